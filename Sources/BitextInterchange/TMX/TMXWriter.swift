public import BitextCore

/// Writes TMX 1.4, unit by unit; the bytes depend on the units and the header alone.
///
/// UTF-8 without a byte order mark, LF, attributes in the order of the DTD and unknown ones by name behind
/// them, one element a line outside `seg` and nothing added inside it. What was read from TMX is written
/// back as it was spelled: language tags, dates, codes.
///
/// Cost: linear in the text, about 64 KiB of memory.
public struct TMXWriter: UnitWriter {
  public private(set) var losses = LossReport()

  private var xml: XMLWriter
  private let name: String
  private var units = 0

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - sink: Where the bytes go.
  ///   - name: The name to show in messages.
  ///   - header: The header; `nil` writes none, for a file that was read without one.
  public init(
    to sink: any ByteSink, name: String = "output", header: TMXHeader?
  ) throws(InterchangeError) {
    xml = XMLWriter(to: sink)
    self.name = name
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n")
    do {
      xml.raw("<tmx version=\"1.4\"")
      for attribute in header?.rootAttributes ?? [] {
        try xml.attribute(attribute.name, attribute.value)
      }
      xml.raw(">\n")
      if let header { try write(header) }
    } catch {
      throw failure(error, inside: "the header")
    }
    xml.raw("  <body>\n")
  }

  /// Writes a unit.
  ///
  /// - Throws: `InterchangeError` when the unit holds a character that XML cannot carry (the unit is then
  ///   left out and writing may go on), or when the sink fails.
  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    units += 1
    do {
      try unitElement(unit)
    } catch {
      xml.rollBack()
      throw failure(
        error, inside: "unit \(units)" + (unit.identifier.map { " (tuid \"\($0.excerpt)\")" } ?? "")
      )
    }
    do {
      try xml.commit()
    } catch {
      throw InterchangeError(error)
    }
  }

  /// Ends the file.
  public mutating func finish() throws(InterchangeError) {
    xml.raw("  </body>\n</tmx>\n")
    do {
      try xml.flush()
    } catch {
      throw InterchangeError(error)
    }
  }

  // MARK: Elements

  private mutating func write(_ header: TMXHeader) throws(XMLWriter.UnwritableCharacter) {
    xml.raw("  <header")
    try attributes(header.attributes, order: TMXOrder.header)
    if header.notes.isEmpty, header.properties.isEmpty, header.userEncodings.isEmpty {
      xml.raw("/>\n")
      return
    }
    xml.raw(">\n")
    try annotations(header.notes, header.properties, indentation: "    ")
    for encoding in header.userEncodings {
      xml.raw("    <ude")
      try attributes(encoding.attributes, order: TMXOrder.userEncoding)
      xml.raw(">\n")
      for map in encoding.maps {
        xml.raw("      <map")
        try attributes(map, order: TMXOrder.map)
        xml.raw("/>\n")
      }
      xml.raw("    </ude>\n")
    }
    xml.raw("  </header>\n")
  }

  private mutating func unitElement(
    _ unit: TranslationUnit
  ) throws(XMLWriter.UnwritableCharacter) {
    xml.raw("    <tu")
    if unit.attributes.isEmpty {
      try quickAttributes(unit)
    } else {
      try allAttributes(unit)
    }
    xml.raw(">\n")
    try annotations(unit.notes, unit.properties, indentation: "      ")
    for variant in unit.variants { try variantElement(variant) }
    xml.raw("    </tu>\n")
  }

  /// The attributes of a unit that has none but those of the model, in the order of the DTD.
  private mutating func quickAttributes(
    _ unit: TranslationUnit
  ) throws(XMLWriter.UnwritableCharacter) {
    if let identifier = unit.identifier { try xml.quoted(" tuid=\"", identifier) }
    try quickAttributes(unit.provenance)
    if let language = unit.sourceLanguage {
      try xml.quoted(" srclang=\"", language.identifier)
    }
  }

  private mutating func quickAttributes(
    _ provenance: Provenance
  ) throws(XMLWriter.UnwritableCharacter) {
    if let count = provenance.usageCount { try xml.quoted(" usagecount=\"", String(count)) }
    if let date = provenance.lastUsed { try xml.quoted(" lastusagedate=\"", date.asWritten) }
    if let date = provenance.created { try xml.quoted(" creationdate=\"", date.asWritten) }
    if let person = provenance.createdBy { try xml.quoted(" creationid=\"", person) }
    if let date = provenance.changed { try xml.quoted(" changedate=\"", date.asWritten) }
    if let person = provenance.changedBy { try xml.quoted(" changeid=\"", person) }
  }

  private mutating func allAttributes(
    _ unit: TranslationUnit
  ) throws(XMLWriter.UnwritableCharacter) {
    var list = Self.attributes(of: unit.provenance, and: unit.attributes)
    if let identifier = unit.identifier {
      list.append(Attribute(name: "tuid", value: identifier))
    }
    if let language = unit.sourceLanguage {
      // A spelling that was read stands in the attributes; it goes while it means the same.
      if let index = list.firstIndex(where: { $0.name == "srclang" }) {
        if LanguageTag(list[index].value) != language { list[index].value = language.identifier }
      } else {
        list.append(Attribute(name: "srclang", value: language.identifier))
      }
    }
    try attributes(list, order: TMXOrder.unit)
  }

  private mutating func variantElement(
    _ variant: Variant
  ) throws(XMLWriter.UnwritableCharacter) {
    xml.raw("      <tuv")
    var language = variant.language.identifier
    if let written = variant.languageAsWritten,
      (LanguageTag(written) ?? .undetermined) == variant.language
    {
      language = written
    }
    if variant.attributes.isEmpty {
      try xml.quoted(" xml:lang=\"", language)
      try quickAttributes(variant.provenance)
    } else {
      try attributes(
        [Attribute(name: "xml:lang", value: language)]
          + Self.attributes(of: variant.provenance, and: variant.attributes),
        order: TMXOrder.variant)
    }
    xml.raw(">\n")
    try annotations(variant.notes, variant.properties, indentation: "        ")
    xml.raw("        <seg>")
    try segment(variant.segment)
    xml.raw("</seg>\n      </tuv>\n")
  }

  private mutating func annotations(
    _ notes: [Note], _ properties: [Property], indentation: StaticString
  ) throws(XMLWriter.UnwritableCharacter) {
    for note in notes {
      xml.raw(indentation)
      xml.raw("<note")
      var list = note.attributes
      if let language = note.language { list.append(Attribute(name: "xml:lang", value: language)) }
      try attributes(list, order: TMXOrder.note)
      xml.raw(">")
      try xml.text(note.text)
      xml.raw("</note>\n")
    }
    for property in properties {
      xml.raw(indentation)
      xml.raw("<prop")
      if property.attributes.isEmpty, property.language == nil, !property.name.isEmpty {
        try xml.quoted(" type=\"", property.name)
      } else {
        var list = property.attributes
        if let language = property.language {
          list.append(Attribute(name: "xml:lang", value: language))
        }
        if !property.name.isEmpty { list.append(Attribute(name: "type", value: property.name)) }
        try attributes(list, order: TMXOrder.property)
      }
      xml.raw(">")
      try xml.text(property.value)
      xml.raw("</prop>\n")
    }
  }

  // MARK: Segments

  private mutating func segment(_ segment: Segment) throws(XMLWriter.UnwritableCharacter) {
    guard !segment.codes.isEmpty else {
      try xml.text(segment.text)
      return
    }
    let utf8 = segment.text.utf8
    var index = utf8.startIndex
    var offset = 0
    var open: [String] = []
    for code in TMXCodes.written(segment.codes) {
      if code.utf8Offset > offset {
        let end = utf8.index(index, offsetBy: code.utf8Offset - offset)
        try xml.text(segment.text[index..<end])
        index = end
        offset = code.utf8Offset
      }
      switch code.kind {
      case .highlightStart:
        let name = XMLName.writable(code.name)
        xml.tag("<", name)
        try attributes(code.attributes, order: TMXOrder.code)
        xml.raw(">")
        open.append(name)
      case .highlightEnd:
        if let name = open.popLast() { xml.tag("</", name, ">") }
      default:
        try element(code.name, code.attributes, code.content)
      }
    }
    try xml.text(segment.text[index...])
    while let name = open.popLast() { xml.tag("</", name, ">") }
  }

  private mutating func element(
    _ name: String, _ list: [Attribute], _ content: [InlineCode.Content]
  ) throws(XMLWriter.UnwritableCharacter) {
    let name = XMLName.writable(name)
    xml.tag("<", name)
    try attributes(list, order: TMXOrder.code)
    if content.isEmpty {
      xml.raw("/>")
      return
    }
    xml.raw(">")
    for piece in content {
      switch piece {
      case .data(let text): try xml.text(text)
      case .element(let name, let attributes, let content): try element(name, attributes, content)
      }
    }
    xml.tag("</", name, ">")
  }

  // MARK: Attributes

  private mutating func attributes(
    _ list: [Attribute], order: [String]
  ) throws(XMLWriter.UnwritableCharacter) {
    if list.isEmpty { return }
    if list.count == 1, XMLName.isWritable(list[0].name) {
      try xml.attribute(list[0].name, list[0].value)
      return
    }
    var written = 0
    for name in order {
      guard written < list.count else { return }
      for attribute in list where attribute.name == name {
        try xml.attribute(name, attribute.value)
        written += 1
        break
      }
    }
    if written < list.count {
      var names: Set<String> = []
      for attribute in list.filter({ !order.contains($0.name) }).sorted(by: { $0.name < $1.name }) {
        // Two of one name, or a name that is none, would make the file unreadable.
        let name = XMLName.writable(attribute.name)
        guard !order.contains(name), names.insert(name).inserted else {
          losses.add("attributes whose names XML does not allow")
          continue
        }
        try xml.attribute(name, attribute.value)
      }
    }
  }

  private static func attributes(
    of provenance: Provenance, and others: [Attribute]
  ) -> [Attribute] {
    guard provenance != Provenance() else { return others }
    var list = others
    func add(_ name: String, _ value: String?) {
      if let value { list.append(Attribute(name: name, value: value)) }
    }
    add("creationdate", provenance.created?.asWritten)
    add("creationid", provenance.createdBy)
    add("changedate", provenance.changed?.asWritten)
    add("changeid", provenance.changedBy)
    add("lastusagedate", provenance.lastUsed?.asWritten)
    add("usagecount", provenance.usageCount.map { String($0) })
    return list
  }

  // MARK: Failures

  private func failure(
    _ character: XMLWriter.UnwritableCharacter, inside what: String
  ) -> InterchangeError {
    failure(
      "found the character \(character.name) in \(what), which XML cannot carry; expected text")
  }

  private func failure(_ message: String) -> InterchangeError {
    InterchangeError(
      kind: .badData,
      diagnostic: Diagnostic(
        severity: .error, code: "unwritable", file: name, position: nil, message: message))
  }
}
