internal import Bitext
internal import Foundation

/// A unit as JSON: for each language its sentence indexes, then confidence and text.
///
/// Keys are written in alphabetical order, as everywhere: `{"confidence":…,"en":[0],"text":{…}}`.
struct AlignedRecord: Encodable, Sendable {
  private let ranges: [(name: String, indexes: [Int])]
  private let confidence: Double
  private let text: [String: String]

  init(_ unit: AlignedUnit, of texts: [SegmentedText]) {
    ranges = zip(texts, unit.ranges).map { ($0.language.identifier, Array($1)) }
    confidence = (unit.confidence.probability * 10_000).rounded(.down) / 10_000
    var text: [String: String] = [:]
    for (segmented, range) in zip(texts, unit.ranges) {
      text[segmented.language.identifier] = segmented.text(of: range)
    }
    self.text = text
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (name, indexes) in ranges { try container.encode(indexes, forKey: Key(name)) }
    try container.encode(confidence, forKey: Key("confidence"))
    try container.encode(text, forKey: Key("text"))
  }
}

/// Writes an alignment in one of the formats of `bitext align`.
struct AlignmentWriter {
  let format: AlignmentFormat
  let minimumConfidence: Confidence

  func write(_ alignment: Alignment, of texts: [SegmentedText], to file: OutputFile) throws {
    let units = alignment.units.filter { $0.confidence >= minimumConfidence }
    switch format {
    case .table: try AlignmentTable(texts).write(units, to: file)
    case .tsv: try writeColumns(units, texts, to: file)
    case .beads:
      for unit in units {
        try file.write(unit.ranges.map { "\(Array($0))" }.joined(separator: ":") + "\n")
      }
    case .jsonl:
      struct Document: Encodable { let units: [AlignedRecord] }
      try file.write(
        try JSONLines.encode(Document(units: units.map { AlignedRecord($0, of: texts) })))
    case .html:
      try AlignmentPage(texts, report: alignment.report)
        .write(units, leftOut: alignment.units.count - units.count, to: file)
    case .tmx: try writeMemory(alignment, texts, to: file)
    }
  }

  /// One `tu` a unit, omissions included: what one language alone has is worth knowing too.
  private func writeMemory(
    _ alignment: Alignment, _ texts: [SegmentedText], to file: OutputFile
  ) throws {
    var writer = try TMXWriter(
      to: file, name: file.path, header: TMXHeader(sourceLanguage: alignment.languages[0]))
    let units = alignment.translationUnits(
      of: texts, minimumConfidence: minimumConfidence, minimumLanguages: 1)
    for unit in units { try writer.write(unit) }
    try writer.finish()
  }

  private func writeColumns(
    _ units: [AlignedUnit], _ texts: [SegmentedText], to file: OutputFile
  ) throws {
    for unit in units {
      var columns = zip(texts, unit.ranges).map { TableCell.escapedForTSV($0.text(of: $1)) }
      columns.append(TableCell.decimal(unit.confidence.probability))
      try file.write(columns.joined(separator: "\t") + "\n")
    }
  }
}

/// Units side by side for a terminal.
struct AlignmentTable {
  private let texts: [SegmentedText]
  private let columnWidth: Int

  /// - Parameter width: The width of the terminal in columns.
  init(_ texts: [SegmentedText], width: Int = 120) {
    self.texts = texts
    columnWidth = max(16, (width - 14) / texts.count - 3)
  }

  func write(_ units: [AlignedUnit], to file: OutputFile) throws {
    for unit in units {
      let columns = zip(texts, unit.ranges).map { Self.wrapped($0.text(of: $1), columnWidth) }
      let shape = unit.ranges.map { String($0.count) }.joined(separator: "-")
      let label = [shape, TableCell.decimal(unit.confidence.probability)]
      let height = max(2, columns.map(\.count).max() ?? 0)
      for line in 0..<height {
        var row = Self.padded(line < label.count ? label[line] : "", 8)
        for column in columns {
          row += " | " + Self.padded(line < column.count ? column[line] : "", columnWidth)
        }
        while row.last == " " { row.removeLast() }
        try file.write(row + "\n")
      }
      try file.write("\n")
    }
  }

  /// Cuts a text into lines of at most `width` columns, at spaces or between Chinese characters.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    var lastSpace: String.Index?
    for character in text {
      let character = character.isNewline || character == "\t" ? " " : character
      let columns = columnCount(character)
      if used + columns > width, !line.isEmpty {
        if character != " ", let space = lastSpace {
          let rest = String(line[line.index(after: space)...])
          lines.append(String(line[..<space]))
          line = rest
        } else {
          lines.append(line)
          line = ""
        }
        used = line.reduce(0) { $0 + columnCount($1) }
        lastSpace = nil
        if character == " " { continue }
      }
      if character == " " { lastSpace = line.endIndex }
      line.append(character)
      used += columns
      if columns == 2 { lastSpace = nil }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let used = text.reduce(0) { $0 + columnCount($1) }
    return text + String(repeating: " ", count: max(0, width - used))
  }

  /// Chinese and other wide characters take two columns (UAX #11, roughly).
  private static func columnCount(_ character: Character) -> Int {
    guard let value = character.unicodeScalars.first?.value else { return 0 }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
