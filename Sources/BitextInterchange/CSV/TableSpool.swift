internal import BitextCore

/// The cells of a table whose columns are not all known yet.
///
/// Each unit is taken apart into cells at once and put aside; in the end the columns are put in order and
/// the rows come back. Memory holds the columns alone.
struct TableSpool {
  /// What a column holds.
  struct Column: Hashable {
    enum Kind: Hashable {
      case identifier
      case text
      case property(String)
      case note
    }
    let kind: Kind
    /// The language it belongs to; `nil` for the concept.
    let language: LanguageTag?
  }

  /// The parts of one cell: one a synonym, or one a value.
  private struct Cell {
    let column: Int
    let parts: [String]
    let keepsPlaces: Bool
  }

  private let spool = Spool()
  private var columns: [Column] = []
  private var numbers: [Column: Int] = [:]
  private var languages: [LanguageTag] = []
  private var rows = 0
  private var isGlossary = false
  private var pending: [UInt8] = []

  /// Puts the cells of a unit aside.
  mutating func add(_ unit: TranslationUnit) throws(DocumentError) {
    rows += 1
    var cells: [Cell] = []
    if let identifier = unit.identifier {
      cells.append(cell(Column(kind: .identifier, language: nil), [identifier]))
    }
    var seen: [LanguageTag] = []
    for variant in unit.variants where !seen.contains(variant.language) {
      let language = variant.language
      seen.append(language)
      if !languages.contains(language) { languages.append(language) }
      let variants = unit.variants.filter { $0.language == language }
      cells.append(
        cell(Column(kind: .text, language: language), variants.map(\.segment.textWithCodes)))
      var names: [String] = []
      for property in variants.flatMap(\.properties) where !names.contains(property.name) {
        names.append(property.name)
      }
      for name in names {
        let values = variants.map { variant in
          variant.properties.filter { $0.name == name }.map(\.value).joined(separator: "\n")
        }
        cells.append(
          cell(Column(kind: .property(name), language: language), values, keepsPlaces: true))
      }
      if variants.contains(where: { !$0.notes.isEmpty }) {
        let notes = variants.map { $0.notes.map(\.text).joined(separator: "\n") }
        cells.append(cell(Column(kind: .note, language: language), notes, keepsPlaces: true))
      }
    }
    var names: [String] = []
    for property in unit.properties where !names.contains(property.name) {
      names.append(property.name)
      let values = unit.properties.filter { $0.name == property.name }.map(\.value)
      cells.append(cell(Column(kind: .property(property.name), language: nil), values))
    }
    if !unit.notes.isEmpty {
      cells.append(cell(Column(kind: .note, language: nil), unit.notes.map(\.text)))
    }
    isGlossary =
      isGlossary || GlossaryProperty.marks(unit) || seen.count < unit.variants.count
    try write(cells)
  }

  private mutating func cell(
    _ column: Column, _ parts: [String], keepsPlaces: Bool = false
  ) -> Cell {
    if let number = numbers[column] {
      return Cell(column: number, parts: parts, keepsPlaces: keepsPlaces)
    }
    numbers[column] = columns.count
    columns.append(column)
    return Cell(column: columns.count - 1, parts: parts, keepsPlaces: keepsPlaces)
  }

  // MARK: Putting aside

  private mutating func write(_ cells: [Cell]) throws(DocumentError) {
    func append(_ value: Int, _ bytes: inout [UInt8]) {
      for shift in stride(from: 0, to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    var row: [UInt8] = []
    append(cells.count, &row)
    for cell in cells {
      append(cell.column, &row)
      append(cell.parts.count << 1 | (cell.keepsPlaces ? 1 : 0), &row)
      for part in cell.parts {
        append(part.utf8.count, &row)
        row += part.utf8
      }
    }
    append(row.count, &pending)
    pending += row
    if pending.count >= 1 << 16 { try flush() }
  }

  private mutating func flush() throws(DocumentError) {
    try spool.write(pending)
    pending.removeAll(keepingCapacity: true)
  }

  /// Gives the header, then each row.
  mutating func rows(
    _ take: ([String]) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    try flush()
    let order = ordered()
    try take(order.map(label))
    // Where each numbered column stands in a row.
    var places = [Int](repeating: -1, count: columns.count)
    for (place, column) in order.enumerated() {
      if let number = numbers[column] { places[number] = place }
    }
    var rest: [UInt8] = []
    let isGlossary = isGlossary
    let columns = columns
    try spool.drain { (piece: [UInt8]) throws(DocumentError) in
      rest += piece
      var index = 0
      while index + 4 <= rest.count {
        let length = Self.integer(rest, index)
        guard index + 4 + length <= rest.count else { break }
        var cells = [String](repeating: "", count: order.count)
        Self.read(rest, from: index + 4) { column, parts, keepsPlaces in
          cells[places[column]] =
            columns[column].kind == .identifier
            ? parts[0]
            : Self.join(parts, keepsPlaces: keepsPlaces, isGlossary: isGlossary)
        }
        try take(cells)
        index += 4 + length
      }
      rest.removeFirst(index)
    }
  }

  private static func integer(_ bytes: [UInt8], _ index: Int) -> Int {
    Int(bytes[index]) | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2]) << 16
      | Int(bytes[index + 3]) << 24
  }

  private static func read(
    _ bytes: [UInt8], from start: Int, cell: (Int, [String], Bool) -> Void
  ) {
    var index = start
    func next() -> Int {
      index += 4
      return integer(bytes, index - 4)
    }
    for _ in 0..<next() {
      let column = next()
      let head = next()
      let parts = (0..<(head >> 1)).map { _ in
        let length = next()
        index += length
        return String(decoding: bytes[(index - length)..<index], as: UTF8.self)
      }
      cell(column, parts, head & 1 == 1)
    }
  }

  // MARK: Columns

  /// The columns as they stand: the name, each language with what belongs to it, then the concept's own.
  private func ordered() -> [Column] {
    let name = Column(kind: .identifier, language: nil)
    var order = isGlossary || columns.contains(name) ? [name] : []
    for language in languages {
      let own = columns.filter { $0.language == language }
      order += own.filter { $0.kind == .text }
      order += own.filter { if case .property = $0.kind { true } else { false } }
      order += own.filter { $0.kind == .note }
    }
    let own = columns.filter { $0.language == nil }
    order += own.filter { if case .property = $0.kind { true } else { false } }
    return order + own.filter { $0.kind == .note }
  }

  private func label(_ column: Column) -> String {
    guard let language = column.language?.identifier else {
      switch column.kind {
      // `id` would be Indonesian.
      case .identifier: return isGlossary ? "concept" : "tuid"
      case .note: return "concept:note"
      case .property(GlossaryProperty.subjectField): return "subject"
      case .property(GlossaryProperty.definition): return "definition"
      case .property(let name): return "concept:\(name)"
      case .text: return ""
      }
    }
    switch column.kind {
    case .property(GlossaryProperty.status): return "\(language):status"
    case .property(GlossaryProperty.partOfSpeech): return "\(language):pos"
    case .property(let name): return "\(language):\(name)"
    case .note: return "\(language):note"
    default: return language
    }
  }

  /// The parts of a cell; in a glossary a bar inside a part is escaped.
  private static func join(_ parts: [String], keepsPlaces: Bool, isGlossary: Bool) -> String {
    guard isGlossary else { return parts.joined(separator: "\n") }
    if keepsPlaces, parts.allSatisfy(\.isEmpty) { return "" }
    return parts.map { part in
      part.utf8.contains(UInt8(ascii: "|")) || part.utf8.contains(UInt8(ascii: "\\"))
        ? part.map { $0 == "|" ? "\\|" : $0 == "\\" ? "\\\\" : String($0) }.joined() : part
    }.joined(separator: " | ")
  }
}
