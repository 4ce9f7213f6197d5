internal import BitextCore

/// The elements around segments: root, header, units, variants, and what their attributes say.
extension TMXUnitParser {
  mutating func startRoot(_ event: XMLEvent, _ range: Range<Int>) throws(XMLFault) {
    hasSeenRoot = true
    stack.append(.tmx)
    var version = ""
    for index in range {
      let name = xml.names[Int(events[index].name)]
      let value = string(events[index])
      if name.prefix.isEmpty, name.local == "version" {
        version = value
      } else {
        rootAttributes.append(Attribute(name: name.qualified, value: value))
      }
    }
    if !["1.1", "1.2", "1.3", "1.4"].contains(version) {
      warn(
        "version", "", at: event,
        version.isEmpty
          ? "found no version, expected 1.4; it was read as 1.4"
          : "found version \"\(version.excerpt)\", expected 1.4; it was read as 1.4")
    }
  }

  func wrongRoot(_ event: XMLEvent) -> XMLFault {
    let name = xml.names[Int(event.name)]
    let at = xml.tagStart(event)
    if name.local.lowercased() == "tmx" {
      return fault(
        "root", at: at,
        "found <\(name.qualified.excerpt)>, expected <tmx>: names in TMX are lower case")
    }
    let known = RootElement.format(of: name)
    return fault(
      "root", at: at,
      "found <\(name.qualified.excerpt)>\(known.map { ", which is \($0)" } ?? ""), expected <tmx>")
  }

  mutating func startHeader(_ event: XMLEvent, _ range: Range<Int>) {
    hasSeenHeader = true
    stack.append(.header)
    let attributes = plainAttributes(range)
    header = TMXHeader(rootAttributes: rootAttributes, attributes: attributes)
    let missing = TMXOrder.requiredHeader.filter { name in
      !attributes.contains { $0.name == name }
    }
    if !missing.isEmpty {
      warn(
        "header", "missing", at: event,
        "found a header without \(missing.joined(separator: ", ")), expected them")
    }
    for attribute in attributes where !TMXOrder.header.contains(attribute.name) {
      warn(
        "attribute", attribute.name, at: event,
        "found the attribute \(attribute.name.excerpt) on <header>, which TMX does not have; it was kept"
      )
    }
    if let type = attributes.first(where: { $0.name == "segtype" })?.value,
      TMXHeader.SegmentType(rawValue: type) == nil
    {
      warn(
        "segtype", "", at: event,
        "found segtype \"\(type.excerpt)\", expected block, paragraph, sentence or phrase")
    }
  }

  // MARK: Units

  mutating func startUnit(_ event: XMLEvent, _ range: Range<Int>) {
    stack.append(.tu)
    unitNumber += 1
    unitStart = xml.tagStart(event)
    xml.pinned = unitStart
    isInUnit = true
    unit.variants.reserveCapacity(2)
    for index in range {
      let attribute = events[index]
      let value = string(attribute)
      switch kind(attribute) {
      case .tuid: unit.identifier = value
      case .sourceLanguage:
        unit.sourceLanguage = tag(value)
        if unit.sourceLanguage?.identifier != value {
          unit.attributes.append(Attribute(name: "srclang", value: value))
        }
      case let kind:
        if !Self.set(kind, value, in: &unit.provenance) {
          let name = xml.names[Int(attribute.name)].qualified
          unit.attributes.append(Attribute(name: name, value: value))
          if !TMXOrder.unit.contains(name) { warnAboutAttribute(name, element: "tu", at: event) }
        }
      }
    }
  }

  /// `true` when the unit is good; in lenient mode one without a variant is left out.
  mutating func endUnit() throws(XMLFault) -> Bool {
    xml.unpin()
    if unit.variants.isEmpty {
      try rejectPart(
        fault("variants-missing", at: unitStart, "found a tu without a tuv, expected one"), "")
      isInUnit = false
      unit = Self.emptyUnit
      return false
    }
    isInUnit = false
    return true
  }

  // MARK: Variants

  mutating func startVariant(_ event: XMLEvent, _ range: Range<Int>) {
    stack.append(.tuv)
    variantStart = xml.tagStart(event)
    hasLanguage = false
    hasSegment = false
    var written: String?
    var legacy: String?
    for index in range {
      let attribute = events[index]
      let value = string(attribute)
      switch kind(attribute) {
      case .language: written = value
      case .legacyLanguage: legacy = value
      case let kind:
        if !Self.set(kind, value, in: &variant.provenance) {
          let name = xml.names[Int(attribute.name)].qualified
          variant.attributes.append(Attribute(name: name, value: value))
          if !TMXOrder.variant.contains(name) {
            warnAboutAttribute(name, element: "tuv", at: event)
          }
        }
      }
    }
    if legacy != nil, written != nil {
      warn(
        "language-twice", "", at: event,
        "found both lang and xml:lang, expected one; xml:lang counts")
    }
    if let written = written ?? legacy { setLanguage(written, at: event) }
  }

  private mutating func setLanguage(_ written: String, at event: XMLEvent) {
    guard let tag = tag(written) else {
      guard !written.isEmpty else { return }
      warn(
        "language", written, at: event,
        "found the language \"\(written.excerpt)\", expected a tag such as en or zh-Hant; it was kept"
      )
      variant.languageAsWritten = written
      hasLanguage = true
      return
    }
    if written.utf8.contains(UInt8(ascii: "_")) {
      warn(
        "language", written, at: event,
        "found the language \"\(written.excerpt)\", expected \"\(tag.identifier)\"; "
          + "it was read as that")
    }
    variant.language = tag
    if tag.identifier != written { variant.languageAsWritten = written }
    hasLanguage = true
  }

  mutating func endVariant() throws(XMLFault) {
    var done = Self.emptyVariant
    swap(&done, &variant)
    guard hasLanguage else {
      try rejectPart(
        fault(
          "language-missing", at: variantStart,
          "found a tuv without a language, expected xml:lang"),
        "; the variant was left out")
      return
    }
    guard hasSegment else {
      try rejectPart(
        fault("segment-missing", at: variantStart, "found a tuv without a seg, expected one"),
        "; the variant was left out")
      return
    }
    unit.variants.append(done)
  }

  // MARK: Attributes

  /// Reads the attributes of a prop or a note; whether there was a type.
  func read(
    _ range: Range<Int>, of element: TMXElement, at event: XMLEvent, into new: inout Property
  ) -> Bool {
    var hasType = false
    var legacy: String?
    for index in range {
      let attribute = events[index]
      let value = string(attribute)
      switch kind(attribute) {
      case .language: new.language = value
      case .legacyLanguage: legacy = value
      case .type where element == .prop:
        hasType = true
        new.name = value
        // An empty type is not the same as none.
        if value.isEmpty { new.attributes.append(Attribute(name: "type", value: "")) }
      default:
        let name = xml.names[Int(attribute.name)].qualified
        new.attributes.append(Attribute(name: name, value: value))
        if name != "o-encoding" {
          warnAboutAttribute(name, element: element == .prop ? "prop" : "note", at: event)
        }
      }
    }
    if new.language == nil { new.language = legacy }
    return hasType
  }

  /// Takes a date, a person or a count; `false` for anything else.
  private static func set(
    _ kind: TMXAttribute, _ value: String, in provenance: inout Provenance
  ) -> Bool {
    switch kind {
    case .creationDate: provenance.created = Timestamp(value)
    case .creationID: provenance.createdBy = value
    case .changeDate: provenance.changed = Timestamp(value)
    case .changeID: provenance.changedBy = value
    case .lastUsageDate: provenance.lastUsed = Timestamp(value)
    case .usageCount:
      guard let count = Int(value), String(count) == value else { return false }
      provenance.usageCount = count
    default: return false
    }
    return true
  }
}
