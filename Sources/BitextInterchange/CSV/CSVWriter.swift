public import BitextCore

/// Writes units as a table: a column a language, and columns for what else is known of them.
///
/// The columns are known when all units are, so they are kept until `finish()`. A glossary (a file whose
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
  private var units: [TranslationUnit] = []

  /// - Parameter sink: Where the bytes go.
  public init(to sink: any ByteSink, options: Options = Options()) {
    self.sink = sink
    self.options = options
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    units.append(unit)
  }

  public mutating func finish() throws(InterchangeError) {
    let table = Table(units)
    var bytes: [UInt8] = options.hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    append(table.columns.map(\.name), to: &bytes)
    do {
      for unit in units {
        append(table.row(unit, &losses), to: &bytes)
        if bytes.count > 1 << 16 {
          try sink.write(bytes)
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
}

/// The columns that a set of units needs.
private struct Table {
  struct Column: Hashable {
    enum Kind: Hashable {
      case identifier
      case text
      case property(String)
      case note
    }
    let name: String
    let kind: Kind
    /// The language it belongs to; `nil` for the concept.
    let language: LanguageTag?
  }

  let columns: [Column]
  let isGlossary: Bool

  init(_ units: [TranslationUnit]) {
    isGlossary = units.contains { unit in
      GlossaryProperty.marks(unit) || Set(unit.variants.map(\.language)).count < unit.variants.count
    }
    var languages: [LanguageTag] = []
    var known: Set<LanguageTag> = []
    var names: [LanguageTag: [String]] = [:]
    var unitNames: [String] = []
    var seen: Set<String> = []
    var withNotes: Set<LanguageTag> = []
    var unitHasNotes = false
    var hasIdentifier = isGlossary
    func add(_ name: String, to list: inout [String], key: String) {
      if seen.insert("\(key)\u{0}\(name)").inserted { list.append(name) }
    }
    for unit in units {
      if unit.identifier != nil { hasIdentifier = true }
      if !unit.notes.isEmpty { unitHasNotes = true }
      for property in unit.properties { add(property.name, to: &unitNames, key: "") }
      for variant in unit.variants {
        if known.insert(variant.language).inserted { languages.append(variant.language) }
        if !variant.notes.isEmpty { withNotes.insert(variant.language) }
        for property in variant.properties {
          add(
            property.name, to: &names[variant.language, default: []],
            key: variant.language.identifier)
        }
      }
    }
    var columns: [Column] = []
    if hasIdentifier {
      columns.append(Column(name: isGlossary ? "concept" : "tuid", kind: .identifier, language: nil))
    }
    for language in languages {
      let tag = language.identifier
      columns.append(Column(name: tag, kind: .text, language: language))
      for name in names[language] ?? [] {
        columns.append(
          Column(name: "\(tag):\(Self.label(name))", kind: .property(name), language: language))
      }
      if withNotes.contains(language) {
        columns.append(Column(name: "\(tag):note", kind: .note, language: language))
      }
    }
    for name in unitNames {
      columns.append(Column(name: Self.unitLabel(name), kind: .property(name), language: nil))
    }
    if unitHasNotes { columns.append(Column(name: "concept:note", kind: .note, language: nil)) }
    self.columns = columns
  }

  private static func label(_ property: String) -> String {
    switch property {
    case GlossaryProperty.status: "status"
    case GlossaryProperty.partOfSpeech: "pos"
    default: property
    }
  }

  private static func unitLabel(_ property: String) -> String {
    switch property {
    case GlossaryProperty.subjectField: "subject"
    case GlossaryProperty.definition: "definition"
    default: "concept:\(property)"
    }
  }

  func row(_ unit: TranslationUnit, _ losses: inout LossReport) -> [String] {
    count(unit, &losses)
    return columns.map { column in
      guard let language = column.language else {
        switch column.kind {
        case .identifier: return unit.identifier ?? ""
        case .property(let name):
          return join(unit.properties.filter { $0.name == name }.map(\.value))
        case .note: return join(unit.notes.map(\.text))
        case .text: return ""
        }
      }
      let variants = unit.variants.filter { $0.language == language }
      switch column.kind {
      case .text: return join(variants.map(\.segment.textWithCodes))
      case .property(let name):
        return join(
          variants.map { variant in
            variant.properties.filter { $0.name == name }.map(\.value).joined(separator: "\n")
          }, keepsPlaces: true)
      case .note:
        return join(
          variants.map { $0.notes.map(\.text).joined(separator: "\n") }, keepsPlaces: true)
      case .identifier: return ""
      }
    }
  }

  /// The parts of a cell; in a glossary a bar inside a part is escaped.
  private func join(_ parts: [String], keepsPlaces: Bool = false) -> String {
    guard isGlossary else { return parts.joined(separator: "\n") }
    if keepsPlaces, parts.allSatisfy(\.isEmpty) { return "" }
    return parts.map { part in
      part.utf8.contains(UInt8(ascii: "|")) || part.utf8.contains(UInt8(ascii: "\\"))
        ? part.map { $0 == "|" ? "\\|" : $0 == "\\" ? "\\\\" : String($0) }.joined() : part
    }.joined(separator: " | ")
  }

  private func count(_ unit: TranslationUnit, _ losses: inout LossReport) {
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
