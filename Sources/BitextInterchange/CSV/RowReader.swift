internal import BitextCore

/// One row of a table and where it begins.
struct TableRow {
  var cells: [String]
  let position: TextPosition
  /// Whether the row has no delimiter and begins with `#`.
  var isComment: Bool { cells.first?.utf8.first == UInt8(ascii: "#") }
  /// Whether there is nothing in it.
  var isBlank: Bool { cells.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
}

/// Cuts a table into rows, piece by piece.
///
/// Source: RFC 4180, with any of the delimiters of `CSVDialect`.
final class RowReader {
  let file: String
  private(set) var dialect: CSVDialect
  private let decoder: InputDecoder
  private let limits: ReadOptions.Limits
  private let isLenient: Bool
  private var buffer: [UInt8] = []
  private var index = 0
  private var line = 1
  /// The offset in the decoded input of the first byte of the buffer.
  private var base = 0
  /// What the decoder met, for the caller.
  var findings: [InputDecoder.Finding] = []

  /// - Parameter dialect: `nil` to find it out.
  init(
    _ source: InputBytes, options: ReadOptions, dialect: CSVDialect?
  ) throws(InterchangeError) {
    file = source.name
    limits = options.limits
    isLenient = options.mode == .lenient
    decoder = try InputDecoder(source, options: options, label: { _ in nil })
    self.dialect = dialect ?? .tsv
    if decoder.firstBytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw error("binary", at: .start, "found a zip archive, expected a table")
    }
    var isWhole = false
    while buffer.count < 1 << 15 {
      if try !fill() {
        isWhole = true
        break
      }
    }
    if dialect == nil { self.dialect = CSVDialect.sniff(buffer, isWhole: isWhole) }
    if buffer.isEmpty, decoder.isAtEnd {
      throw error("empty", at: .start, "found an empty file, expected a table")
    }
  }

  /// The first bytes of the decoded file.
  var start: ArraySlice<UInt8> { buffer.prefix(1 << 15) }

  /// The next row; `nil` at the end.
  func next() throws(InterchangeError) -> TableRow? {
    if index > 1 << 16 {
      buffer.removeFirst(index)
      base += index
      index = 0
    }
    while true {
      if let row = try cut() { return row }
      if try !fill() {
        return try lastRow()
      }
    }
  }

  private func fill() throws(InterchangeError) -> Bool {
    if buffer.count - index > limits.textBytes {
      throw error(
        "row-too-long", at: TextPosition(line: line, column: 1, byteOffset: base + index),
        "found a row of more than \(limits.textBytes) bytes, expected a shorter one")
    }
    let hasMore = try decoder.decode(into: &buffer)
    for finding in decoder.findings where finding.isFatal {
      let place = position(of: min(buffer.count, finding.offset - base))
      throw error(finding.code, at: place, finding.message)
    }
    findings += decoder.findings
    decoder.findings = []
    return hasMore
  }

  func position(of offset: Int) -> TextPosition {
    let start = min(index, offset)
    let local = TextPosition(of: offset - start, in: Array(buffer[start..<max(start, offset)]).span)
    return TextPosition(
      line: line + local.line - 1, column: local.column, byteOffset: base + offset)
  }

  /// Where a finding of the decoder is.
  func position(of finding: InputDecoder.Finding) -> TextPosition {
    position(of: max(index, min(buffer.count, finding.offset - base)))
  }

  func error(_ code: String, at position: TextPosition, _ message: String) -> InterchangeError {
    InterchangeError(
      kind: .badData,
      diagnostic: Diagnostic(
        severity: .error, code: code, file: file, position: position, message: message))
  }

  /// Cuts a row that the buffer holds whole.
  private func cut() throws(InterchangeError) -> TableRow? {
    guard index < buffer.count else { return nil }
    var scanner = RowScanner(dialect: dialect, index: index)
    guard scanner.scan(buffer.span, isAtEnd: false) else { return nil }
    return try take(scanner)
  }

  private func lastRow() throws(InterchangeError) -> TableRow? {
    guard index < buffer.count else { return nil }
    var scanner = RowScanner(dialect: dialect, index: index)
    _ = scanner.scan(buffer.span, isAtEnd: true)
    return try take(scanner)
  }

  private func take(_ scanner: RowScanner) throws(InterchangeError) -> TableRow {
    if let quote = scanner.openQuote {
      let place = position(of: quote)
      index = buffer.count
      throw error("quote", at: place, "found a \" that is never closed, expected another \"")
    }
    if let control = scanner.nul {
      let place = position(of: control)
      index = buffer.count
      throw error("binary", at: place, "found a NUL character, expected text")
    }
    let row = TableRow(
      cells: scanner.cells, position: TextPosition(line: line, column: 1, byteOffset: base + index))
    line += scanner.lines
    index = scanner.index
    return row
  }

  /// The first rows of a sample, for sniffing.
  static func rows(of sample: [UInt8], dialect: CSVDialect, limit: Int) -> [[String]] {
    var rows: [[String]] = []
    var index = 0
    while index < sample.count, rows.count < limit {
      var scanner = RowScanner(dialect: dialect, index: index)
      _ = scanner.scan(sample.span, isAtEnd: true)
      index = scanner.index
      if !scanner.cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { rows.append(scanner.cells) }
    }
    return rows
  }
}

/// Finds the cells of one row.
private struct RowScanner {
  let dialect: CSVDialect
  /// The next byte to look at; behind the row in the end.
  var index: Int
  /// The cells that were found.
  var cells: [String] = []
  /// How many lines the row takes.
  var lines = 0
  /// A quote that nothing closes.
  var openQuote: Int?
  /// A NUL, which no text holds.
  var nul: Int?

  init(dialect: CSVDialect, index: Int) {
    self.dialect = dialect
    self.index = index
  }

  /// `false` when the row does not end here.
  mutating func scan(_ bytes: Span<UInt8>, isAtEnd: Bool) -> Bool {
    let delimiter = dialect.delimiter.byte
    var cell: [UInt8] = []
    var isInQuotes = false
    var isQuoted = false
    var quoteStart = index
    while index < bytes.count {
      let byte = bytes[index]
      if isInQuotes {
        if byte == 0x22 {
          if index + 1 == bytes.count, !isAtEnd { return false }
          if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
            cell.append(0x22)
            index += 2
            continue
          }
          isInQuotes = false
        } else {
          if byte == 0x0A
            || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A))
          {
            lines += 1
          }
          cell.append(byte)
        }
        index += 1
        continue
      }
      if byte == delimiter {
        finish(&cell, isQuoted)
        isQuoted = false
      } else if byte == 0x0A || byte == 0x0D {
        if byte == 0x0D, index + 1 == bytes.count, !isAtEnd { return false }
        finish(&cell, isQuoted)
        lines += 1
        index += byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
        return true
      } else if byte == 0x22, dialect.hasQuotes, cell.isEmpty, !isQuoted {
        isInQuotes = true
        isQuoted = true
        quoteStart = index
      } else {
        if byte == 0, nul == nil { nul = index }
        cell.append(byte)
      }
      index += 1
    }
    if isInQuotes, isAtEnd { openQuote = quoteStart }
    if isAtEnd { finish(&cell, isQuoted) }
    return false
  }

  private mutating func finish(_ cell: inout [UInt8], _ isQuoted: Bool) {
    let text = String(decoding: cell, as: UTF8.self)
    cells.append(dialect.hasQuotes ? text : Self.unescaped(text))
    cell.removeAll(keepingCapacity: true)
  }

  /// Tab-separated files write a tab as `\t`, a line break as `\n` and a backslash as `\\`.
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    var result = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        switch scalar {
        case "t": result += "\t"
        case "n": result += "\n"
        case "r": result += "\r"
        case "\\": result += "\\"
        default:
          result += "\\"
          result.unicodeScalars.append(scalar)
        }
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    if isEscaped { result += "\\" }
    return result
  }
}
