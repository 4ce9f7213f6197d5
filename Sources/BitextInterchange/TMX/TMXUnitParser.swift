internal import BitextCore

/// Builds the units of a TMX file from the events of its XML.
///
/// It is a value with one owner, so that its inner loop runs without checks of who else may be writing.
struct TMXUnitParser {
  /// The header; `nil` before it was met, and when the file has none.
  private(set) var header: TMXHeader?
  private(set) var summary = ReadSummary()

  private let xml: XMLEventReader
  private let reporter: Reporter
  private let isLenient: Bool
  private let limits: ReadOptions.Limits
  /// The events of the piece that is being read, and the bytes of their text.
  private var events: [XMLEvent] = []
  private var bytes: [UInt8] = []
  private var eventIndex = 0
  private var hasEnded = false
  private var hasSeenRoot = false
  private var hasClosedRoot = false
  /// Where the name of the root's end tag ends, about.
  private var rootEnd = 0
  private var hasSeenBody = false
  private var hasSeenHeader = false
  private var lastRestart = -1
  private var lastUnitStart = 0

  private var elements: [TMXElement] = []
  private var attributeKinds: [TMXAttribute] = []
  private var stack: [TMXElement] = []
  /// How many elements deep we are inside one that is not understood.
  private var ignoredDepth = 0

  /// The unit being built, its number, and where it began.
  private var unit: TranslationUnit?
  private var unitNumber = 0
  private var unitStart = 0
  private var variant: PartialVariant?
  private var property: PartialProperty?
  private var segment = SegmentBuilder()
  private var languages: [String: LanguageTag?] = [:]

  private struct PartialVariant {
    var language: LanguageTag?
    var languageAsWritten: String?
    var segment: Segment?
    var provenance = Provenance()
    var properties: [Property] = []
    var notes: [Note] = []
    var attributes: [Attribute] = []
    var start = 0
  }

  private struct PartialProperty {
    var isNote: Bool
    var name = ""
    var language: String?
    var attributes: [Attribute] = []
    var text: [UInt8] = []
  }

  init(
    _ source: InputBytes, options: ReadOptions, report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    xml = try XMLEventReader(source, options: options)
    reporter = Reporter(file: source.name, report: report)
    isLenient = options.mode == .lenient
    limits = options.limits
  }

  /// Where the unit that was given out last begins.
  var unitPosition: TextPosition { xml.position(of: lastUnitStart) }

  /// The next unit; `nil` at the end.
  mutating func next() throws(InterchangeError) -> TranslationUnit? {
    while !hasEnded {
      while eventIndex < events.count {
        do {
          if let unit = try process() {
            summary.read += 1
            return unit
          }
        } catch {
          try fail(error)
        }
      }
      if let fault = xml.fault {
        try fail(fault)
        continue
      }
      let hasMore: Bool
      do {
        hasMore = try xml.advance()
      } catch {
        hasEnded = true
        throw error
      }
      takePiece()
      for finding in xml.findings {
        reporter.warn(
          code: finding.code, about: isLenient ? "\(finding.offset)" : "",
          at: xml.position(of: finding.offset), finding.message)
      }
      xml.findings = []
      if !hasMore {
        hasEnded = true
        reporter.finish()
      }
    }
    return nil
  }

  private mutating func takePiece() {
    events = xml.events
    bytes = xml.text
    eventIndex = 0
    while elements.count < xml.names.count {
      elements.append(TMXElement(xml.names[elements.count]))
      attributeKinds.append(TMXAttribute(xml.names[attributeKinds.count]))
    }
  }

  // MARK: Faults

  /// Throws, or in lenient mode reports and finds the place to go on.
  private mutating func fail(_ fault: XMLFault) throws(InterchangeError) {
    if hasClosedRoot, fault.code != "document-twice" {
      try failBehindRoot(fault)
      return
    }
    let position = xml.position(of: fault.offset)
    let number = unit != nil ? unitNumber : hasSeenBody ? unitNumber + 1 : nil
    let diagnostic = Diagnostic(
      severity: .error, code: fault.code, file: xml.file, position: position,
      message: fault.message, unit: number, identifier: unit?.identifier)
    guard isLenient, hasSeenRoot else {
      hasEnded = true
      throw InterchangeError(kind: .badData, diagnostic: diagnostic)
    }
    reporter.send(
      .error, code: fault.code, at: position, fault.message, unit: number,
      identifier: unit?.identifier)
    summary.rejected += 1
    let wasOpen = unit != nil
    let from = max(wasOpen ? unitStart + 1 : fault.offset, lastRestart + 1)
    if !wasOpen, hasSeenBody { unitNumber += 1 }
    unit = nil
    variant = nil
    property = nil
    segment.clear()
    ignoredDepth = 0
    lastRestart = from
    if try xml.recover(after: from, tags: ["tu"], prologue: "<tmx><body>") {
      lastRestart = max(lastRestart, xml.lastRecovery)
      stack = [.tmx, .body]
      hasSeenBody = true
      takePiece()
    } else {
      reporter.finish()
      hasEnded = true
    }
  }

  /// What stands behind the end of the document: a second one is an error, anything else a warning.
  private mutating func failBehindRoot(_ fault: XMLFault) throws(InterchangeError) {
    hasEnded = true
    var rest = xml.bytes(at: rootEnd, limit: 256)
    if let end = rest.firstIndex(of: UInt8(ascii: ">")) { rest = rest[(end + 1)...] }
    rest = rest.drop { $0 <= 0x20 }
    let second = rest.dropFirst().first ?? 0
    let isDocument =
      rest.first == UInt8(ascii: "<")
      && ((0x41...0x5A).contains(second) || (0x61...0x7A).contains(second)
        || second == UInt8(ascii: "?") || second == UInt8(ascii: "!"))
    if isDocument, !isLenient {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "document-twice", file: xml.file,
          position: xml.position(of: fault.offset),
          message: "found a second document behind </tmx>, expected one"))
    }
    reporter.send(
      .warning, code: "after-root", at: xml.position(of: fault.offset),
      "found something behind </tmx>, expected the end of the file; it was not read")
    reporter.finish()
  }

  private func fault(_ code: String, at offset: Int, _ message: String) -> XMLFault {
    XMLFault(code: code, offset: offset, message: message)
  }

  private func warn(
    _ code: String, _ about: String, at event: XMLEvent, _ message: @autoclosure () -> String
  ) {
    reporter.warn(
      code: code, about: about, at: xml.position(of: xml.tagStart(event)), message(),
      unit: stack.contains(.tu) ? unitNumber : nil, identifier: unit?.identifier)
  }

  // MARK: Events

  /// Takes the next event; the unit that it completes.
  private mutating func process() throws(XMLFault) -> TranslationUnit? {
    let event = events[eventIndex]
    eventIndex += 1
    switch event.kind {
    case .text: try characters(event)
    case .start: try start(event)
    case .end: return try end(event)
    case .warning:
      reporter.warn(
        code: "namespace", about: "", at: xml.position(of: xml.tagStart(event)),
        "found a prefix that no namespace is bound to, expected xmlns:…; the name was kept",
        unit: stack.contains(.tu) ? unitNumber : nil, identifier: unit?.identifier)
    case .attribute: break
    }
    return nil
  }

  private mutating func start(_ event: XMLEvent) throws(XMLFault) {
    let element = elements[Int(event.name)]
    let count = Int(event.attributes)
    let range = eventIndex..<(eventIndex + count)
    eventIndex += count
    if ignoredDepth > 0 {
      ignoredDepth += 1
      return
    }
    if segment.isOpen {
      if element == .tu {
        throw fault(
          "unit-nested", at: xml.tagStart(event), "found <tu> inside a tu, expected </tu>")
      }
      startCode(element, event, range)
      return
    }
    switch (stack.last, element) {
    case (nil, .tmx): try startRoot(event, range)
    case (nil, _): throw wrongRoot(event)
    case (.tmx, .header) where !hasSeenHeader: startHeader(event, range)
    case (.tmx, .body):
      if !hasSeenHeader {
        warn("header", "", at: event, "found no header before the body, expected one")
      }
      hasSeenBody = true
      push(.body)
    case (.body, .tu): startUnit(event, range)
    case (.tu, .tuv): startVariant(event, range)
    case (.tuv, .seg):
      if variant?.segment != nil {
        throw fault(
          "segment-twice", at: xml.tagStart(event), "found a second seg in a tuv, expected one")
      }
      warnAboutAttributes(range, element: "seg", at: event)
      push(.seg)
      segment.begin()
    case (.header, .prop), (.tu, .prop), (.tuv, .prop), (.header, .note), (.tu, .note),
      (.tuv, .note):
      startProperty(element, event, range)
    case (.header, .ude):
      let encoding = TMXHeader.UserEncoding(attributes: plainAttributes(range), maps: [])
      header?.userEncodings.append(encoding)
      push(.ude)
    case (.ude, .map):
      let map = plainAttributes(range)
      if let last = header?.userEncodings.indices.last {
        header?.userEncodings[last].maps.append(map)
      }
      push(.map)
    case (_, .tu):
      throw fault(
        "unit-nested", at: xml.tagStart(event),
        stack.contains(.tu)
          ? "found <tu> inside a tu, expected </tu>"
          : "found <tu> outside the body, expected it inside")
    default:
      let name = xml.names[Int(event.name)].qualified
      warn(
        "element", name, at: event,
        "found <\(name.excerpt)>, which TMX does not have there; it was left out")
      ignoredDepth = 1
    }
  }

  private mutating func push(_ element: TMXElement) { stack.append(element) }

  private mutating func end(_ event: XMLEvent) throws(XMLFault) -> TranslationUnit? {
    if ignoredDepth > 0 {
      ignoredDepth -= 1
      return nil
    }
    if segment.isOpen {
      if !segment.endElement() { return nil }
      // The end of the segment itself.
      variant?.segment = segment.finish()
      let problems = segment.problems
      if !problems.isEmpty {
        for problem in problems {
          reporter.warn(
            code: "code-pairs", about: "", at: xml.position(of: variant?.start ?? unitStart),
            problem,
            unit: unitNumber, identifier: unit?.identifier)
        }
      }
      stack.removeLast()
      return nil
    }
    guard let element = stack.popLast() else { return nil }
    switch element {
    case .note, .prop: endProperty()
    case .tuv: try endVariant()
    case .tu: return try endUnit()
    case .tmx:
      hasClosedRoot = true
      rootEnd = xml.offset(of: event)
    default: break
    }
    return nil
  }

  private mutating func characters(_ event: XMLEvent) throws(XMLFault) {
    guard ignoredDepth == 0 else { return }
    let range = event.text
    if segment.isOpen {
      segment.append(bytes[range])
      if segment.byteCount > limits.textBytes {
        throw fault(
          "segment-too-long", at: variant?.start ?? unitStart,
          "found a segment of more than \(limits.textBytes) bytes, expected less")
      }
    } else if property != nil {
      property?.text += bytes[range]
      if let count = property?.text.count, count > limits.textBytes {
        throw fault(
          "text-too-long", at: unitStart,
          "found a value of more than \(limits.textBytes) bytes, expected less")
      }
    } else if bytes[range].contains(where: { $0 > 0x20 }) {
      reporter.warn(
        code: "stray-text", about: "",
        at: xml.position(of: xml.offset(of: event) - event.text.count),
        "found text between elements, expected tags; it was left out",
        unit: stack.contains(.tu) ? unitNumber : nil, identifier: unit?.identifier)
    }
  }

  // MARK: Elements

  private mutating func startRoot(_ event: XMLEvent, _ range: Range<Int>) throws(XMLFault) {
    hasSeenRoot = true
    push(.tmx)
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
  private var rootAttributes: [Attribute] = []

  private func wrongRoot(_ event: XMLEvent) -> XMLFault {
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

  private mutating func startHeader(_ event: XMLEvent, _ range: Range<Int>) {
    hasSeenHeader = true
    push(.header)
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

  private mutating func startUnit(_ event: XMLEvent, _ range: Range<Int>) {
    push(.tu)
    unitNumber += 1
    unitStart = xml.tagStart(event)
    xml.pinned = unitStart
    var new = TranslationUnit(variants: [])
    for index in range {
      let attribute = events[index]
      let value = string(attribute)
      switch attributeKinds[Int(attribute.name)] {
      case .tuid: new.identifier = value
      case .sourceLanguage:
        new.sourceLanguage = tag(value)
        if new.sourceLanguage?.identifier != value {
          new.attributes.append(Attribute(name: "srclang", value: value))
        }
      case let kind:
        if !set(kind, value, in: &new.provenance) {
          let name = xml.names[Int(attribute.name)].qualified
          new.attributes.append(Attribute(name: name, value: value))
          if !TMXOrder.unit.contains(name) { warnAboutAttribute(name, element: "tu", at: event) }
        }
      }
    }
    unit = new
  }

  private mutating func startVariant(_ event: XMLEvent, _ range: Range<Int>) {
    push(.tuv)
    var new = PartialVariant()
    new.start = xml.tagStart(event)
    var legacy: String?
    for index in range {
      let attribute = events[index]
      let value = string(attribute)
      switch attributeKinds[Int(attribute.name)] {
      case .language: new.languageAsWritten = value
      case .legacyLanguage: legacy = value
      case let kind:
        if !set(kind, value, in: &new.provenance) {
          let name = xml.names[Int(attribute.name)].qualified
          new.attributes.append(Attribute(name: name, value: value))
          if !TMXOrder.variant.contains(name) {
            warnAboutAttribute(name, element: "tuv", at: event)
          }
        }
      }
    }
    if legacy != nil, new.languageAsWritten != nil {
      warn(
        "language-twice", "", at: event,
        "found both lang and xml:lang, expected one; xml:lang counts")
    }
    if let written = new.languageAsWritten ?? legacy {
      new.languageAsWritten = written
      new.language = tag(written)
      if new.language == nil, !written.isEmpty {
        warn(
          "language", written, at: event,
          "found the language \"\(written.excerpt)\", expected a tag such as en or zh-Hant; it was kept"
        )
        new.language = .undetermined
      } else if written.utf8.contains(UInt8(ascii: "_")) {
        warn(
          "language", written, at: event,
          "found the language \"\(written.excerpt)\", expected \"\(new.language?.identifier ?? "")\"; "
            + "it was read as that")
      }
      if new.language?.identifier == written { new.languageAsWritten = nil }
    }
    variant = new
  }

  private mutating func endVariant() throws(XMLFault) {
    guard let done = variant else { return }
    variant = nil
    guard let language = done.language else {
      try rejectVariant(
        fault(
          "language-missing", at: done.start, "found a tuv without a language, expected xml:lang"))
      return
    }
    guard let segment = done.segment else {
      try rejectVariant(
        fault("segment-missing", at: done.start, "found a tuv without a seg, expected one"))
      return
    }
    unit?.variants.append(
      Variant(
        language: language, languageAsWritten: done.languageAsWritten, segment: segment,
        provenance: done.provenance, properties: done.properties, notes: done.notes,
        attributes: done.attributes))
  }

  /// In lenient mode the other variants of the unit are kept.
  private mutating func rejectVariant(_ fault: XMLFault) throws(XMLFault) {
    guard isLenient else { throw fault }
    summary.rejected += 1
    reporter.send(
      .error, code: fault.code, at: xml.position(of: fault.offset),
      fault.message + "; the variant was left out", unit: unitNumber, identifier: unit?.identifier)
  }

  private mutating func endUnit() throws(XMLFault) -> TranslationUnit? {
    guard let done = unit else { return nil }
    defer { xml.pinned = nil }
    if done.variants.isEmpty {
      let problem = fault(
        "variants-missing", at: unitStart, "found a tu without a tuv, expected one")
      guard isLenient else { throw problem }
      reporter.send(
        .error, code: problem.code, at: xml.position(of: unitStart), problem.message,
        unit: unitNumber, identifier: done.identifier)
      summary.rejected += 1
      unit = nil
      return nil
    }
    lastUnitStart = unitStart
    unit = nil
    return done
  }

  private mutating func startProperty(_ element: TMXElement, _ event: XMLEvent, _ range: Range<Int>)
  {
    push(element)
    var new = PartialProperty(isNote: element == .note)
    var hasType = false
    var legacy: String?
    for index in range {
      let attribute = events[index]
      let value = string(attribute)
      switch attributeKinds[Int(attribute.name)] {
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
    if element == .prop, !hasType {
      warn("property-type", "", at: event, "found a prop without a type, expected one; it was kept")
    }
    let isLate =
      stack.dropLast().last == .tuv ? variant?.segment != nil : !(unit?.variants.isEmpty ?? true)
    if isLate, stack.dropLast().last != .header {
      let name = element == .prop ? "prop" : "note"
      warn("order", name, at: event, "found a \(name) behind what it belongs before; it was kept")
    }
    property = new
  }

  private mutating func endProperty() {
    guard let done = property else { return }
    property = nil
    let text = String(decoding: done.text, as: UTF8.self)
    if done.isNote {
      let note = Note(text, language: done.language, attributes: done.attributes)
      switch stack.last {
      case .tuv: variant?.notes.append(note)
      case .tu: unit?.notes.append(note)
      default: header?.notes.append(note)
      }
    } else {
      let value = Property(
        name: done.name, value: text, language: done.language, attributes: done.attributes)
      switch stack.last {
      case .tuv: variant?.properties.append(value)
      case .tu: unit?.properties.append(value)
      default: header?.properties.append(value)
      }
    }
  }

  private mutating func startCode(_ element: TMXElement, _ event: XMLEvent, _ range: Range<Int>) {
    let name = xml.names[Int(event.name)]
    let attributes = plainAttributes(range)
    let known = TMXOrder.known(element)
    if element == .foreign || !(element.isCode || element == .hi || element == .sub) {
      warn(
        "element", name.qualified, at: event,
        "found <\(name.qualified.excerpt)> in a segment, which TMX does not have; it was kept")
    } else {
      for attribute in attributes where !known.contains(attribute.name) {
        warnAboutAttribute(attribute.name, element: name.local, at: event)
      }
    }
    segment.start(element, name: name.qualified, attributes: attributes)
  }

  // MARK: Attributes

  private func string(_ event: XMLEvent) -> String {
    String(decoding: bytes[event.text], as: UTF8.self)
  }

  private func plainAttributes(_ range: Range<Int>) -> [Attribute] {
    range.map { index in
      let event = events[index]
      return Attribute(name: xml.names[Int(event.name)].qualified, value: string(event))
    }
  }

  private func set(_ kind: TMXAttribute, _ value: String, in provenance: inout Provenance) -> Bool {
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

  private func warnAboutAttribute(_ name: String, element: String, at event: XMLEvent) {
    warn(
      "attribute", name, at: event,
      "found the attribute \(name.excerpt) on <\(element.excerpt)>, which TMX does not have; it was kept"
    )
  }

  private func warnAboutAttributes(_ range: Range<Int>, element: String, at event: XMLEvent) {
    for index in range {
      let name = xml.names[Int(events[index].name)].qualified
      warn(
        "attribute", name, at: event,
        "found the attribute \(name.excerpt) on <\(element)>, which TMX does not have; it was left out"
      )
    }
  }

  /// The tag of a spelling; spellings come again and again.
  private mutating func tag(_ text: String) -> LanguageTag? {
    if let known = languages[text] { return known }
    let tag = LanguageTag(text)
    if languages.count < 1000 { languages[text] = .some(tag) }
    return tag
  }
}
