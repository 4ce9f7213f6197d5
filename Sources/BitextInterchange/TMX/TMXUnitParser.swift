internal import BitextCore

/// Builds the units of a TMX file from the events of its XML.
///
/// It is a value with one owner, so that its inner loop runs without checks of who else may be writing. What
/// is being built is moved, not copied: a unit holds dozens of strings.
struct TMXUnitParser {
  /// The header; `nil` before it was met, and when the file has none.
  var header: TMXHeader?
  private(set) var summary = ReadSummary()

  let xml: XMLEventReader
  let limits: ReadOptions.Limits
  private var recovery: XMLRecovery
  /// The events of the piece that is being read, and the bytes of their text.
  var events: [XMLEvent] = []
  private var bytes: [UInt8] = []
  private var eventIndex = 0
  private var hasEnded = false
  var hasSeenRoot = false
  private var hasClosedRoot = false
  /// Where the name of the root's end tag ends, about.
  private var rootEnd = 0
  private var hasSeenBody = false
  var hasSeenHeader = false

  private var elements: [TMXElement] = []
  private var attributeKinds: [TMXAttribute] = []
  var stack: [TMXElement] = []
  /// How many elements deep we are inside one that is not understood.
  private var ignoredDepth = 0

  /// The unit being built, its number, and where it began.
  var unit = Self.emptyUnit
  var isInUnit = false
  var unitNumber = 0
  var unitStart = 0
  /// The variant being built, and what it has by now.
  var variant = Self.emptyVariant
  var variantStart = 0
  var hasLanguage = false
  var hasSegment = false
  private var property: PartialProperty?
  private var segment = SegmentBuilder()
  /// The spellings of languages so far: a file has a handful, which are compared faster than hashed.
  private var languages: [(spelling: String, tag: LanguageTag?)] = []
  /// The attributes of the root but its version.
  var rootAttributes: [Attribute] = []

  static let emptyUnit = TranslationUnit(variants: [])
  static let emptyVariant = Variant(language: .undetermined, segment: Segment(""))

  init(
    _ source: InputBytes, options: ReadOptions, report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    xml = try XMLEventReader(source, options: options)
    recovery = XMLRecovery(
      xml, reporter: Reporter(file: source.name, report: report),
      isLenient: options.mode == .lenient, root: "tmx")
    limits = options.limits
  }

  /// Where the unit that was given out last begins.
  var unitPosition: TextPosition { xml.releasedPosition }

  /// The next unit; `nil` at the end.
  mutating func next() throws(InterchangeError) -> TranslationUnit? {
    while !hasEnded {
      while eventIndex < events.count {
        do {
          if try process() {
            summary.read += 1
            var done = Self.emptyUnit
            swap(&done, &unit)
            return done
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
      // The reader's arrays must have one owner, or they are copied.
      events = []
      bytes = []
      eventIndex = 0
      do {
        hasMore = try xml.advance()
      } catch {
        hasEnded = true
        throw error
      }
      takePiece()
      recovery.reportFindings()
      if !hasMore {
        hasEnded = true
        recovery.reporter.finish()
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
      hasEnded = true
      try recovery.judgeRest(fault, behind: rootEnd)
      return
    }
    let failed =
      isInUnit
      ? XMLRecovery.Unit(number: unitNumber, identifier: unit.identifier, start: unitStart)
      : hasSeenBody
        ? XMLRecovery.Unit(number: unitNumber + 1, identifier: nil, start: nil) : nil
    do {
      try recovery.refuse(fault, in: failed, mayGoOn: hasSeenRoot)
    } catch {
      hasEnded = true
      throw error
    }
    summary.rejected += 1
    if !isInUnit, hasSeenBody { unitNumber += 1 }
    isInUnit = false
    unit = Self.emptyUnit
    variant = Self.emptyVariant
    property = nil
    segment.clear()
    ignoredDepth = 0
    if try recovery.goOn(behind: fault, in: failed, tags: ["tu"], prologue: "<tmx><body>") {
      stack = [.tmx, .body]
      hasSeenBody = true
      takePiece()
    } else {
      hasEnded = true
    }
  }

  func fault(_ code: String, at offset: Int, _ message: String) -> XMLFault {
    XMLFault(code: code, offset: offset, message: message)
  }

  /// Warns of something at a tag.
  func warn(
    _ code: String, _ about: String, at event: XMLEvent, _ message: @autoclosure () -> String
  ) {
    recovery.reporter.warn(
      code: code, about: about, at: xml.position(of: xml.tagStart(event)), message(),
      unit: isInUnit ? unitNumber : nil, identifier: isInUnit ? unit.identifier : nil)
  }

  /// Throws a fault of one part of a unit; in lenient mode only that part is left out.
  mutating func rejectPart(_ fault: XMLFault, _ action: String) throws(XMLFault) {
    guard recovery.isLenient else { throw fault }
    summary.rejected += 1
    recovery.reporter.send(
      .error, code: fault.code, at: xml.position(of: fault.offset), fault.message + action,
      unit: unitNumber, identifier: unit.identifier)
  }

  // MARK: Events

  /// Takes the next event; `true` when it completes the unit.
  private mutating func process() throws(XMLFault) -> Bool {
    let event = events[eventIndex]
    eventIndex += 1
    switch event.kind {
    case .text: try characters(event)
    case .start: try start(event)
    case .end: return try end(event)
    case .warning:
      warn(
        "namespace", "", at: event,
        "found a prefix that no namespace is bound to, expected xmlns:…; the name was kept")
    case .attribute: break
    }
    return false
  }

  private mutating func start(_ event: XMLEvent) throws(XMLFault) {
    let element = elements[Int(event.name)]
    let range = eventIndex..<(eventIndex + Int(event.attributes))
    eventIndex = range.upperBound
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
    case (.tu, .tuv): startVariant(event, range)
    case (.tuv, .seg): try startSegment(event, range)
    case (.body, .tu): startUnit(event, range)
    case (.header, .prop), (.tu, .prop), (.tuv, .prop), (.header, .note), (.tu, .note),
      (.tuv, .note):
      startProperty(element, event, range)
    case (nil, .tmx): try startRoot(event, range)
    case (nil, _): throw wrongRoot(event)
    case (.tmx, .header) where !hasSeenHeader: startHeader(event, range)
    case (.tmx, .body):
      if !hasSeenHeader {
        warn("header", "", at: event, "found no header before the body, expected one")
      }
      hasSeenBody = true
      stack.append(.body)
    case (.header, .ude):
      let encoding = TMXHeader.UserEncoding(attributes: plainAttributes(range), maps: [])
      header?.userEncodings.append(encoding)
      stack.append(.ude)
    case (.ude, .map):
      let map = plainAttributes(range)
      if let last = header?.userEncodings.indices.last {
        header?.userEncodings[last].maps.append(map)
      }
      stack.append(.map)
    case (_, .tu):
      throw fault(
        "unit-nested", at: xml.tagStart(event),
        isInUnit
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

  private mutating func end(_ event: XMLEvent) throws(XMLFault) -> Bool {
    if ignoredDepth > 0 {
      ignoredDepth -= 1
      return false
    }
    if segment.isOpen {
      if segment.endElement() { endSegment() }
      return false
    }
    guard let element = stack.popLast() else { return false }
    switch element {
    case .note, .prop: endProperty()
    case .tuv: try endVariant()
    case .tu: return try endUnit()
    case .tmx:
      hasClosedRoot = true
      rootEnd = xml.offset(of: event)
    default: break
    }
    return false
  }

  private mutating func characters(_ event: XMLEvent) throws(XMLFault) {
    guard ignoredDepth == 0 else { return }
    if segment.isOpen {
      segment.append(bytes[event.text])
      if segment.byteCount > limits.textBytes {
        throw fault(
          "segment-too-long", at: variantStart,
          "found a segment of more than \(limits.textBytes) bytes, expected less")
      }
    } else if property != nil {
      property?.text += bytes[event.text]
      if let count = property?.text.count, count > limits.textBytes {
        throw fault(
          "text-too-long", at: unitStart,
          "found a value of more than \(limits.textBytes) bytes, expected less")
      }
    } else if !isSpace(event.text) {
      recovery.reporter.warn(
        code: "stray-text", about: "",
        at: xml.position(of: xml.offset(of: event) - event.text.count),
        "found text between elements, expected tags; it was left out",
        unit: isInUnit ? unitNumber : nil, identifier: isInUnit ? unit.identifier : nil)
    }
  }

  private func isSpace(_ range: Range<Int>) -> Bool {
    let span = bytes.span
    for index in range where span[index] > 0x20 { return false }
    return true
  }

  // MARK: Segments and properties

  /// The text of an element that holds nothing else, when all of it is in this piece; most do.
  private mutating func simpleText() -> String? {
    guard eventIndex < events.count else { return nil }
    let event = events[eventIndex]
    if event.kind == .end {
      eventIndex += 1
      return ""
    }
    guard event.kind == .text, eventIndex + 1 < events.count,
      events[eventIndex + 1].kind == .end, event.text.count <= limits.textBytes
    else { return nil }
    eventIndex += 2
    return string(event)
  }

  private mutating func startSegment(_ event: XMLEvent, _ range: Range<Int>) throws(XMLFault) {
    if hasSegment {
      throw fault(
        "segment-twice", at: xml.tagStart(event), "found a second seg in a tuv, expected one")
    }
    hasSegment = true
    for index in range {
      let name = xml.names[Int(events[index].name)].qualified
      warn(
        "attribute", name, at: event,
        "found the attribute \(name.excerpt) on <seg>, which TMX does not have; it was left out")
    }
    if let text = simpleText() {
      variant.segment = Segment(text)
      return
    }
    stack.append(.seg)
    segment.begin()
  }

  private mutating func endSegment() {
    variant.segment = segment.finish()
    for problem in segment.problems {
      recovery.reporter.warn(
        code: "code-pairs", about: "", at: xml.position(of: variantStart), problem,
        unit: unitNumber, identifier: unit.identifier)
    }
    stack.removeLast()
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

  private struct PartialProperty {
    var value: Property
    var isNote: Bool
    var text: [UInt8] = []
  }

  private mutating func startProperty(
    _ element: TMXElement, _ event: XMLEvent, _ range: Range<Int>
  ) {
    let parent = stack.last
    var new = Property(name: "", value: "")
    let hasType = read(range, of: element, at: event, into: &new)
    if element == .prop, !hasType {
      warn("property-type", "", at: event, "found a prop without a type, expected one; it was kept")
    }
    let isLate = parent == .tuv ? hasSegment : parent == .tu && !unit.variants.isEmpty
    if isLate {
      let name = element == .prop ? "prop" : "note"
      warn("order", name, at: event, "found a \(name) behind what it belongs before; it was kept")
    }
    if let text = simpleText() {
      new.value = text
      keep(new, isNote: element == .note, in: parent)
    } else {
      stack.append(element)
      property = PartialProperty(value: new, isNote: element == .note)
    }
  }

  private mutating func endProperty() {
    guard var done = property.take() else { return }
    done.value.value = String(decoding: done.text, as: UTF8.self)
    keep(done.value, isNote: done.isNote, in: stack.last)
  }

  private mutating func keep(_ value: Property, isNote: Bool, in parent: TMXElement?) {
    if isNote {
      let note = Note(value.value, language: value.language, attributes: value.attributes)
      switch parent {
      case .tuv: variant.notes.append(note)
      case .tu: unit.notes.append(note)
      default: header?.notes.append(note)
      }
    } else {
      switch parent {
      case .tuv: variant.properties.append(value)
      case .tu: unit.properties.append(value)
      default: header?.properties.append(value)
      }
    }
  }

  // MARK: Values

  /// The text of an event.
  func string(_ event: XMLEvent) -> String {
    let span = bytes.span.extracting(event.text)
    // The parser gives out well-formed UTF-8; nothing is repaired.
    guard let text = try? UTF8Span(validating: span) else {
      return String(decoding: bytes[event.text], as: UTF8.self)
    }
    return String(copying: text)
  }

  func kind(_ event: XMLEvent) -> TMXAttribute { attributeKinds[Int(event.name)] }

  func plainAttributes(_ range: Range<Int>) -> [Attribute] {
    range.map { index in
      let event = events[index]
      return Attribute(name: xml.names[Int(event.name)].qualified, value: string(event))
    }
  }

  func warnAboutAttribute(_ name: String, element: String, at event: XMLEvent) {
    warn(
      "attribute", name, at: event,
      "found the attribute \(name.excerpt) on <\(element.excerpt)>, which TMX does not have; it was kept"
    )
  }

  /// The tag of a spelling; spellings come again and again.
  mutating func tag(_ text: String) -> LanguageTag? {
    for known in languages where known.spelling == text { return known.tag }
    let tag = LanguageTag(text)
    if languages.count < 16 { languages.append((text, tag)) }
    return tag
  }
}
