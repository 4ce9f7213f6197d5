public import BitextCore

/// Writes termbases: TBX 3 in the style DCA or DCT, or TBX 2.
///
/// The dialect is named by the categories that are used, so concepts are kept until `finish()`.
public struct TBXWriter: UnitWriter {
  /// Which TBX is written.
  public enum Style: Sendable, Hashable, CaseIterable {
    /// TBX 3, categories as attributes.
    case dca
    /// TBX 3, categories as elements.
    case dct
    /// TBX 2.
    case v2
  }

  public private(set) var losses = LossReport()

  private let style: Style
  private let sink: any ByteSink
  private var xml: XMLWriter
  private var concepts: [ConceptEntry] = []
  private var identifiers: Set<String> = []

  /// - Parameter sink: Where the bytes go.
  public init(to sink: any ByteSink, style: Style = .dca) {
    self.sink = sink
    self.style = style
    xml = XMLWriter(to: sink)
  }

  /// Writes a concept.
  public mutating func write(_ concept: ConceptEntry) throws(InterchangeError) {
    concepts.append(concept)
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    let codes = unit.variants.reduce(0) { $0 + $1.segment.codes.count }
    losses.add("inline codes", codes)
    let parts = [unit.provenance] + unit.variants.map(\.provenance)
    losses.add("dates and authors", parts.filter { $0 != Provenance() }.count)
    concepts.append(ConceptEntry(unit, fallbackIdentifier: "c\(concepts.count + 1)"))
  }

  public mutating func finish() throws(InterchangeError) {
    do {
      try document()
      try xml.flush()
    } catch let error as XMLWriter.UnwritableCharacter {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "unwritable", file: "output", position: nil,
          message: "found the character \(error.name), which XML cannot carry; expected text"))
    } catch let error as DocumentError {
      throw InterchangeError(error)
    } catch {
      throw InterchangeError(
        kind: .inputOutput,
        diagnostic: Diagnostic(
          severity: .error, code: "unwritable", file: "output", position: nil,
          message: "the termbase cannot be written"))
    }
  }

  // MARK: Structure

  private mutating func document() throws {
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    let dialect = Self.dialect(concepts)
    switch style {
    case .v2:
      xml.raw(
        "<!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\">\n<martif type=\"TBX\" xml:lang=\"en\">\n"
      )
      xml.raw(
        "  <martifHeader>\n    <fileDesc>\n      <sourceDesc>\n        <p>Bitext</p>\n      </sourceDesc>\n    </fileDesc>\n  </martifHeader>\n"
      )
    case .dca, .dct:
      xml.raw(
        "<tbx type=\"\(dialect)\" style=\"\(style == .dca ? "dca" : "dct")\" xml:lang=\"en\" xmlns=\"\(TBXCategory.coreNamespace)\""
      )
      if style == .dct {
        xml.raw(
          " xmlns:min=\"\(TBXCategory.minNamespace)\" xmlns:basic=\"\(TBXCategory.basicNamespace)\" xmlns:other=\"urn:bitext:tbx:other\""
        )
      }
      xml.raw(
        ">\n  <tbxHeader>\n    <fileDesc>\n      <sourceDesc>\n        <p>Bitext</p>\n      </sourceDesc>\n    </fileDesc>\n  </tbxHeader>\n"
      )
    }
    if concepts.isEmpty {
      xml.raw("  <text/>\n")
    } else {
      xml.raw("  <text>\n    <body>\n")
      // Identifiers are XML's: a name each, and each once.
      var written: [String] = []
      for (index, concept) in concepts.enumerated() {
        let name = identifier(concept.identifier, number: index + 1)
        if name != concept.identifier { losses.add("concept ids that XML does not allow") }
        written.append(name)
      }
      for (concept, name) in zip(concepts, written) {
        try entry(concept, name)
        try xml.commit()
      }
      xml.raw("    </body>\n  </text>\n")
    }
    xml.raw(style == .v2 ? "</martif>\n" : "</tbx>\n")
  }

  private mutating func entry(_ concept: ConceptEntry, _ identifier: String) throws {
    let tag = style == .v2 ? "termEntry" : "conceptEntry"
    xml.raw("      <\(tag)")
    try xml.attribute("id", identifier)
    xml.raw(">\n")
    var properties: [Property] = []
    if let subject = concept.subjectField {
      properties.append(Property(name: GlossaryProperty.subjectField, value: subject))
    }
    if let definition = concept.definition {
      properties.append(
        Property(
          name: GlossaryProperty.definition, value: definition,
          language: concept.definitionLanguage))
    }
    try level(properties + concept.properties, concept.notes, indentation: 8, isTerm: false)
    var languages: [LanguageTag] = []
    for term in concept.terms where !languages.contains(term.language) {
      languages.append(term.language)
    }
    for language in languages {
      let section = style == .v2 ? "langSet" : "langSec"
      xml.raw("        <\(section)")
      try xml.attribute("xml:lang", language.identifier)
      xml.raw(">\n")
      for said in concept.languages where said.language == language {
        try level(said.properties, said.notes, indentation: 10, isTerm: false)
      }
      for term in concept.terms where term.language == language { try termSection(term) }
      xml.raw("        </\(section)>\n")
    }
    // What is said of a language that has no term has no place of its own.
    losses.add(
      "notes on languages without a term",
      concept.languages.filter { !languages.contains($0.language) }.count)
    xml.raw("      </\(tag)>\n")
  }

  private mutating func termSection(_ term: Term) throws {
    let tag = style == .v2 ? "tig" : "termSec"
    xml.raw("          <\(tag)>\n            <term>")
    try xml.text(term.text)
    xml.raw("</term>\n")
    var properties: [Property] = []
    if let partOfSpeech = term.partOfSpeech {
      properties.append(Property(name: GlossaryProperty.partOfSpeech, value: partOfSpeech))
    }
    if let status = term.writtenStatus {
      properties.append(Property(name: GlossaryProperty.status, value: status))
    }
    try level(properties + term.properties, term.notes, indentation: 12, isTerm: true)
    xml.raw("          </\(tag)>\n")
  }

  // MARK: Categories

  /// One value on its way out.
  private struct Item {
    let category: String
    let element: TBXCategory.Element?
    let value: String
    let language: String?
    let group: String?
    let target: String?
  }

  private mutating func level(
    _ properties: [Property], _ notes: [Note], indentation: Int, isTerm: Bool
  ) throws {
    var items = properties.map { property in
      let category = TBXCategory.category(property.name)
      let asWritten = Self.place(TermbasePlace.element, property.attributes)
      return Item(
        category: category,
        element: asWritten.flatMap { TBXCategory.Element(rawValue: $0) }
          ?? TBXCategory.usualElement(category, isTerm: isTerm), value: property.value,
        language: property.language, group: Self.place(TermbasePlace.group, property.attributes),
        target: Self.place(TermbasePlace.attributePrefix + "target", property.attributes))
    }
    items += notes.map { note in
      Item(
        category: "note", element: nil, value: note.text, language: note.language,
        group: Self.place(TermbasePlace.group, note.attributes), target: nil)
    }
    // In a term, its own categories come before all others.
    if isTerm {
      let own = items.filter { isTermNote($0, in: items) }
      items = own + items.filter { !isTermNote($0, in: items) }
    }
    var done: Set<String> = []
    for item in items {
      guard let group = item.group else {
        try single(item, indentation: indentation, isTerm: isTerm)
        continue
      }
      guard done.insert(group).inserted else { continue }
      try self.group(
        items.filter { $0.group == group }, indentation: indentation, isTerm: isTerm)
    }
  }

  private func isTermNote(_ item: Item, in items: [Item]) -> Bool {
    guard let group = item.group else { return item.element == .termNote }
    return items.first { $0.group == group && $0.element == .termNote } != nil
  }

  /// Writes values that belong together, as far as TBX lets them stand in one group.
  private mutating func group(_ items: [Item], indentation: Int, isTerm: Bool) throws {
    let heads: [TBXCategory.Element] =
      isTerm ? [.termNote, .descrip, .transac, .admin] : [.descrip, .transac, .admin]
    guard let head = heads.lazy.compactMap({ kind in items.first { $0.element == kind } }).first,
      let kind = head.element
    else {
      for item in items { try single(item, indentation: indentation, isTerm: isTerm) }
      return
    }
    let allowed: Set<TBXCategory.Element>
    let name: String
    switch kind {
    case .descrip: (name, allowed) = ("descripGrp", [.admin, .descripNote, .ref, .xref])
    case .transac: (name, allowed) = ("transacGrp", [.date, .transacNote, .ref, .xref])
    case .termNote: (name, allowed) = ("termNoteGrp", [.admin, .ref, .xref])
    default: (name, allowed) = ("adminGrp", [.adminNote, .ref, .xref])
    }
    var hasHead = false
    var inside: [Item] = []
    var outside: [Item] = []
    for item in items {
      if !hasHead, item.element == kind {
        hasHead = true
      } else if item.element.map(allowed.contains) ?? true {
        inside.append(item)
      } else {
        outside.append(item)
      }
    }
    let margin = String(repeating: " ", count: indentation)
    if inside.isEmpty, kind != .transac {
      try single(head, indentation: indentation, isTerm: isTerm)
    } else {
      xml.raw("\(margin)<\(name)>\n")
      try element(head, kind, indentation: indentation + 2)
      for item in inside { try element(item, item.element, indentation: indentation + 2) }
      xml.raw("\(margin)</\(name)>\n")
    }
    for item in outside { try single(item, indentation: indentation, isTerm: isTerm) }
  }

  /// Writes a value that stands alone.
  private mutating func single(_ item: Item, indentation: Int, isTerm: Bool) throws {
    switch item.element {
    case .transac:
      let margin = String(repeating: " ", count: indentation)
      xml.raw("\(margin)<transacGrp>\n")
      try element(item, .transac, indentation: indentation + 2)
      xml.raw("\(margin)</transacGrp>\n")
    case .termNote where !isTerm, .descripNote:
      try element(item, .descrip, indentation: indentation)
    case .transacNote, .adminNote, .date:
      try element(item, .admin, indentation: indentation)
    default: try element(item, item.element, indentation: indentation)
    }
  }

  private mutating func element(
    _ item: Item, _ kind: TBXCategory.Element?, indentation: Int
  ) throws {
    xml.raw(String(repeating: " ", count: indentation))
    guard var kind else {
      xml.raw("<note")
      if let language = item.language { try xml.attribute("xml:lang", language) }
      xml.raw(">")
      try xml.text(item.value)
      xml.raw("</note>\n")
      return
    }
    if kind == .date, item.category == "date" {
      if Self.isDate(item.value) {
        xml.raw("<date>")
        try xml.text(item.value)
        xml.raw("</date>\n")
        return
      }
      // The schema wants XML Schema's spelling; another one is kept beside it.
      kind = .transacNote
    }
    // An external reference without its target is only a text.
    if kind == .xref, (item.target ?? "").isEmpty { kind = .admin }
    let (name, hasType) = Self.name(item.category, kind, style: style)
    xml.raw("<\(name)")
    if hasType { try xml.attribute("type", item.category) }
    if let target = item.target, kind == .xref || !hasType || identifiers.contains(target) {
      try xml.attribute("target", target)
    }
    if let language = item.language, kind != .xref || !hasType {
      try xml.attribute("xml:lang", language)
    }
    xml.raw(">")
    try xml.text(item.value)
    xml.raw("</\(name)>\n")
  }

  /// The element that holds a category, and whether the category stands in `type`.
  private static func name(
    _ category: String, _ kind: TBXCategory.Element, style: Style
  ) -> (name: String, hasType: Bool) {
    guard style == .dct else { return (kind.rawValue, true) }
    if TBXCategory.min[category] == kind { return ("min:\(category)", false) }
    if TBXCategory.basic[category] == kind { return ("basic:\(category)", false) }
    // Elements that only look alike would be read as another kind: they keep the attribute.
    let isUsual = TBXCategory.usualElement(category, isTerm: true) == kind && kind == .termNote
    return isUsual && isName(category) ? ("other:\(category)", false) : (kind.rawValue, true)
  }

  private static func place(_ name: String, _ attributes: [Attribute]) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The smallest public dialect that has all categories.
  private static func dialect(_ concepts: [ConceptEntry]) -> String {
    var isMin = true
    var isBasic = true
    for concept in concepts {
      if concept.definition != nil { isMin = false }
      let properties =
        concept.properties + concept.languages.flatMap(\.properties)
        + concept.terms.flatMap(\.properties)
      for property in properties {
        let category = TBXCategory.category(property.name)
        if category == "date" || TBXCategory.min[category] != nil { continue }
        isMin = false
        if TBXCategory.basic[category] == nil { isBasic = false }
      }
    }
    return isMin ? "TBX-Min" : isBasic ? "TBX-Basic" : "TBX-Core"
  }

  /// An identifier that XML accepts: the concept's own where it does, else one made of it.
  private mutating func identifier(_ wanted: String, number: Int) -> String {
    var name = wanted
    if !Self.isName(name) {
      let cleaned = String(
        wanted.unicodeScalars.map { Self.isNameScalar($0) ? Character($0) : "_" })
      name = Self.isName("c" + cleaned) ? "c" + cleaned : "c\(number)"
    }
    var candidate = name
    var copy = 2
    while !identifiers.insert(candidate).inserted {
      candidate = "\(name)-\(copy)"
      copy += 1
    }
    return candidate
  }

  /// Whether a text is XML Schema's `date` or `dateTime`.
  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func matches(_ pattern: StaticString, from start: Int) -> Bool {
      let signs = Array(pattern.description.utf8)
      guard bytes.count >= start + signs.count else { return false }
      return signs.indices.allSatisfy { index in
        signs[index] == UInt8(ascii: "0")
          ? (0x30...0x39).contains(bytes[start + index]) : bytes[start + index] == signs[index]
      }
    }
    guard matches("0000-00-00", from: 0) else { return false }
    let month = (bytes[5] - 0x30) * 10 + bytes[6] - 0x30
    let day = (bytes[8] - 0x30) * 10 + bytes[9] - 0x30
    guard (1...12).contains(month), (1...31).contains(day) else { return false }
    var end = 10
    if matches("T00:00:00", from: 10) {
      end = 19
      if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
        end += 1
        while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
        if bytes[end - 1] == UInt8(ascii: ".") { return false }
      }
    }
    if end == bytes.count { return true }
    if bytes[end] == UInt8(ascii: "Z") { return end + 1 == bytes.count }
    return (matches("+00:00", from: end) || matches("-00:00", from: end)) && end + 6 == bytes.count
  }

  /// Whether a text is an XML name without a colon.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return (first.properties.isAlphabetic || first == "_")
      && text.unicodeScalars.allSatisfy(isNameScalar)
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-"
        || scalar == "_" || scalar == "."
      : scalar.properties.isAlphabetic
  }
}
