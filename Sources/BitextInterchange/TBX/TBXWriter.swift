public import BitextCore

/// Writes termbases: TBX 3 in the style DCA or DCT, or TBX 2.
///
/// The dialect is named by the categories that are used and a reference needs its target, so the concepts go
/// through a temporary file: memory holds no more than their ids.
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
  private let spool: Spool
  private var xml: XMLWriter
  private var identifiers: Set<String> = []
  private var count = 0
  /// Whether the categories so far are those of the smallest public dialect, or of the next one.
  private var isMin = true
  private var isBasic = true

  /// Encloses a reference whose target is not known yet; no XML holds this byte.
  private static let mark: UInt8 = 0x01

  /// - Parameter sink: Where the bytes go.
  public init(to sink: any ByteSink, style: Style = .dca) {
    self.sink = sink
    self.style = style
    spool = Spool()
    xml = XMLWriter(to: spool)
  }

  /// Writes a concept.
  ///
  /// - Throws: `InterchangeError` when it holds a character that XML cannot carry, or the disk is full.
  public mutating func write(_ concept: ConceptEntry) throws(InterchangeError) {
    count += 1
    // Identifiers are XML's: a name each, and each once.
    let name = identifier(concept.identifier, number: count)
    if name != concept.identifier { losses.add("concept ids that XML does not allow") }
    noteCategories(of: concept)
    do {
      try entry(concept, name)
    } catch {
      xml.rollBack()
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "unwritable", file: "output", position: nil,
          message: "found the character \(error.name) in the concept \"\(name)\", which XML cannot "
            + "carry; expected text"))
    }
    do {
      try xml.commit()
    } catch {
      throw InterchangeError(error)
    }
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    losses.add("inline codes", unit.variants.reduce(0) { $0 + $1.segment.codes.count })
    let parts = [unit.provenance] + unit.variants.map(\.provenance)
    losses.add("dates and authors", parts.count { $0 != Provenance() })
    losses.add(
      "unknown attributes",
      unit.attributes.count + unit.variants.reduce(0) { $0 + $1.attributes.count })
    try write(ConceptEntry(unit, fallbackIdentifier: "c\(count + 1)"))
  }

  public mutating func finish() throws(InterchangeError) {
    do {
      try xml.flush()
      var head = XMLWriter(to: sink)
      writeHead(&head)
      try head.flush()
      let known = identifiers
      let sink = sink
      var isInReference = false
      var reference: [UInt8] = []
      try spool.drain { (piece: [UInt8]) throws(DocumentError) in
        var output: [UInt8] = []
        output.reserveCapacity(piece.count)
        for byte in piece {
          if byte == Self.mark {
            if isInReference, known.contains(Self.target(reference)) { output += reference }
            isInReference.toggle()
            reference = []
          } else if isInReference {
            reference.append(byte)
          } else {
            output.append(byte)
          }
        }
        try sink.write(output)
      }
      var tail = XMLWriter(to: sink)
      if count > 0 { tail.raw("    </body>\n  </text>\n") }
      tail.raw(style == .v2 ? "</martif>\n" : "</tbx>\n")
      try tail.flush()
    } catch {
      throw InterchangeError(error)
    }
  }

  /// The id in ` target="id"`.
  private static func target(_ reference: [UInt8]) -> String {
    String(decoding: reference.dropFirst(9).dropLast(), as: UTF8.self)
  }

  // MARK: Structure

  private func writeHead(_ xml: inout XMLWriter) {
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    switch style {
    case .v2:
      xml.raw(
        "<!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\">\n<martif type=\"TBX\" xml:lang=\"en\">\n"
      )
      xml.raw(
        "  <martifHeader>\n    <fileDesc>\n      <sourceDesc>\n        <p>Bitext</p>\n      </sourceDesc>\n    </fileDesc>\n  </martifHeader>\n"
      )
    case .dca, .dct:
      let dialect = isMin ? "TBX-Min" : isBasic ? "TBX-Basic" : "TBX-Core"
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
    xml.raw(count == 0 ? "  <text/>\n" : "  <text>\n    <body>\n")
  }

  private mutating func entry(_ concept: ConceptEntry, _ identifier: String) throws(XMLWriter
    .UnwritableCharacter)
  {
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

  private mutating func termSection(_ term: Term) throws(XMLWriter.UnwritableCharacter) {
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
  ) throws(XMLWriter.UnwritableCharacter) {
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
  private mutating func group(_ items: [Item], indentation: Int, isTerm: Bool) throws(XMLWriter
    .UnwritableCharacter)
  {
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
  private mutating func single(_ item: Item, indentation: Int, isTerm: Bool) throws(XMLWriter
    .UnwritableCharacter)
  {
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
  ) throws(XMLWriter.UnwritableCharacter) {
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
    if let target = item.target {
      if kind == .xref || !hasType {
        try xml.attribute("target", target)
      } else if Self.isName(target) {
        xml.enclosed(in: Self.mark, " target=\"\(target)\"")
      }
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

  /// Looks which public dialects still have all categories.
  private mutating func noteCategories(of concept: ConceptEntry) {
    if concept.definition != nil { isMin = false }
    for property in concept.properties { noteCategory(property) }
    for language in concept.languages {
      for property in language.properties { noteCategory(property) }
    }
    for term in concept.terms { for property in term.properties { noteCategory(property) } }
  }

  private mutating func noteCategory(_ property: Property) {
    let category = TBXCategory.category(property.name)
    if category == "date" || TBXCategory.min[category] != nil { return }
    isMin = false
    if TBXCategory.basic[category] == nil { isBasic = false }
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
