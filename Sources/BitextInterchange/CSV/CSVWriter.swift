public import BitextCore

/// Writes units as a table: a column a language, and columns for what else is known of them.
///
/// The columns are known when all units are, so the cells go through a temporary file: memory is constant. A
/// glossary (a file whose
/// units have terms' properties, or two variants of one language) begins with the column `concept`, and
/// its synonyms share a cell, separated by ` | `.
public struct CSVWriter: UnitWriter {
  /// How the table is written.
  public struct Options: Sendable, Hashable {
    /// The character between two cells, and whether quotes guard it.
    public var dialect: CSVDialect
    /// Whether a byte order mark comes first, for Excel.
    public var hasByteOrderMark: Bool
    /// Whether cells that a spreadsheet would run as a formula get a `'` in front.
    public var guardsFormulas: Bool

    public init(
      dialect: CSVDialect = .csv, hasByteOrderMark: Bool = false, guardsFormulas: Bool = false
    ) {
      self.dialect = dialect
      self.hasByteOrderMark = hasByteOrderMark
      self.guardsFormulas = guardsFormulas
    }
  }

  public private(set) var losses = LossReport()

  private let sink: any ByteSink
  private let options: Options
  private var table = TableSpool()

  /// - Parameter sink: Where the bytes go.
  public init(to sink: any ByteSink, options: Options = Options()) {
    self.sink = sink
    self.options = options
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    count(unit)
    do {
      try table.add(unit)
    } catch {
      throw InterchangeError(error)
    }
  }

  public mutating func finish() throws(InterchangeError) {
    let writer = self
    var bytes: [UInt8] = options.hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    do {
      try table.rows { (cells: [String]) throws(DocumentError) in
        writer.append(cells, to: &bytes)
        if bytes.count > 1 << 16 {
          try writer.sink.write(bytes)
          bytes.removeAll(keepingCapacity: true)
        }
      }
      try sink.write(bytes)
    } catch {
      throw InterchangeError(error)
    }
  }

  private func append(_ cells: [String], to bytes: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(options.dialect.delimiter.byte) }
      var text = cell
      if options.guardsFormulas, let first = cell.utf8.first, "=+-@\t\r".utf8.contains(first) {
        text = "'" + cell
      }
      if options.dialect.hasQuotes {
        bytes += Self.quoted(text, delimiter: options.dialect.delimiter.byte).utf8
      } else {
        bytes += Self.escaped(text).utf8
      }
    }
    bytes += options.dialect.hasQuotes ? [0x0D, 0x0A] : [0x0A]
  }

  private static func quoted(_ cell: String, delimiter: UInt8) -> String {
    let needsQuotes =
      cell.utf8.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      || cell.utf8.first == 0x20 || cell.utf8.last == 0x20
    guard needsQuotes else { return cell }
    var text = "\""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }

  private static func escaped(_ cell: String) -> String {
    guard cell.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == 0x5C }) else {
      return cell
    }
    var text = ""
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "\t": text += "\\t"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\\": text += "\\\\"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// Counts what a table has no column for.
  private mutating func count(_ unit: TranslationUnit) {
    let parts = [unit.provenance] + unit.variants.map(\.provenance)
    losses.add("dates and authors", parts.filter { $0 != Provenance() }.count)
    losses.add(
      "unknown attributes",
      unit.attributes.count + unit.variants.reduce(0) { $0 + $1.attributes.count })
    let properties = unit.properties + unit.variants.flatMap(\.properties)
    let notes = unit.notes + unit.variants.flatMap(\.notes)
    losses.add(
      "languages of notes and properties",
      properties.filter { $0.language != nil }.count + notes.filter { $0.language != nil }.count)
    losses.add(
      "inline codes, written as text,", unit.variants.reduce(0) { $0 + $1.segment.codes.count })
  }
}
