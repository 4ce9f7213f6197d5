internal import BitextCore

/// Reads the units of an XML format as small trees, and says what opens and closes around them.
///
/// In lenient mode a fault costs the unit that it stands in: reading goes on at the next one, inside the
/// same elements.
final class XMLUnitReader {
  /// What was found.
  enum Item {
    /// An element that may hold units.
    case open(XMLElement)
    /// Such an element ends.
    case close(XMLName)
    /// A unit, or another element that is read whole.
    case tree(XMLElement)
  }

  let xml: XMLEventReader
  let reporter: Reporter
  let isLenient: Bool
  /// How many units were rejected.
  private(set) var rejected = 0
  /// How many units were met.
  private(set) var unitNumber = 0
  /// Where the unit begins that was read last.
  var unitPosition: TextPosition { xml.releasedPosition }

  private let unitNames: Set<String>
  private let wholeNames: Set<String>
  private let limits: ReadOptions.Limits
  /// Judges the root element; what is wrong with it.
  private let rootProblem: (XMLElement) -> String?
  private var eventIndex = 0
  private var context: [XMLElement] = []
  private var building: [XMLElement] = []
  private var pendingText: [UInt8] = []
  private var builtBytes = 0
  private var hasEnded = false
  private var hasSeenRoot = false
  private var hasClosedRoot = false
  /// Where the root's end tag ends, about.
  private var rootEnd = 0
  private var recovery: XMLRecovery

  /// - Parameters:
  ///   - units: Local names of the elements that are units.
  ///   - whole: Local names of other elements that are read whole.
  ///   - rootProblem: Says what is wrong with a root element; `nil` when it is the format's.
  init(
    _ source: InputBytes, options: ReadOptions, report: ((Diagnostic) -> Void)?,
    units: Set<String>, whole: Set<String>, rootProblem: @escaping (XMLElement) -> String?
  ) throws(InterchangeError) {
    xml = try XMLEventReader(source, options: options)
    reporter = Reporter(file: source.name, report: report)
    recovery = XMLRecovery(
      xml, reporter: reporter, isLenient: options.mode == .lenient, root: "")
    isLenient = options.mode == .lenient
    limits = options.limits
    unitNames = units
    wholeNames = whole
    self.rootProblem = rootProblem
  }

  /// The next item; `nil` at the end.
  func next() throws(InterchangeError) -> Item? {
    while !hasEnded {
      while eventIndex < xml.events.count {
        do {
          if let item = try process() { return item }
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
      eventIndex = 0
      recovery.reportFindings()
      if !hasMore {
        hasEnded = true
        reporter.finish()
      }
    }
    return nil
  }

  /// Throws a fault of the format, or in lenient mode reports it; the unit is left out.
  func reject(
    _ code: String, at offset: Int, _ message: String, identifier: String?
  ) throws(InterchangeError) {
    let position = xml.position(of: offset)
    guard isLenient else {
      hasEnded = true
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: code, file: xml.file, position: position, message: message,
          unit: unitNumber, identifier: identifier))
    }
    rejected += 1
    reporter.send(
      .error, code: code, at: position, message, unit: unitNumber, identifier: identifier)
  }

  /// Warns of something in a unit.
  func warn(
    _ code: String, about: String = "", at offset: Int, _ message: @autoclosure () -> String,
    identifier: String? = nil
  ) {
    reporter.warn(
      code: code, about: about, at: xml.position(of: offset), message(), unit: unitNumber,
      identifier: identifier)
  }

  private func process() throws(XMLFault) -> Item? {
    let event = xml.events[eventIndex]
    eventIndex += 1
    switch event.kind {
    case .start:
      let count = Int(event.attributes)
      let range = eventIndex..<(eventIndex + count)
      eventIndex += count
      let element = XMLElement(
        name: xml.names[Int(event.name)],
        attributes: range.map { index in
          let attribute = xml.events[index]
          return Attribute(
            name: xml.names[Int(attribute.name)].qualified, value: xml.string(attribute))
        }, offset: xml.tagStart(event))
      return try start(element)
    case .text:
      guard !building.isEmpty else { return nil }
      pendingText += xml.text[event.text]
      builtBytes += event.text.count
      if builtBytes > limits.textBytes {
        throw XMLFault(
          code: "unit-too-long", offset: building[0].offset,
          message: "found a unit of more than \(limits.textBytes) bytes, expected less")
      }
    case .end:
      guard !building.isEmpty else {
        guard let closed = context.popLast() else { return nil }
        if context.isEmpty {
          hasClosedRoot = true
          rootEnd = xml.offset(of: event)
          recovery.root = closed.name.qualified
        }
        return .close(closed.name)
      }
      flushText()
      let done = building.removeLast()
      guard let last = building.indices.last else {
        xml.unpin()
        return .tree(done)
      }
      building[last].children.append(.element(done))
    case .warning:
      reporter.warn(
        code: "namespace", about: "", at: xml.position(of: xml.tagStart(event)),
        "found a prefix that no namespace is bound to, expected xmlns:…; the name was kept")
    case .attribute: break
    }
    return nil
  }

  private func start(_ element: XMLElement) throws(XMLFault) -> Item? {
    let isUnit = unitNames.contains(element.name.local)
    if !building.isEmpty {
      if isUnit, unitNames.contains(building[0].name.local) {
        throw XMLFault(
          code: "unit-nested", offset: element.offset,
          message: "found <\(element.name.qualified)> inside a unit, "
            + "expected </\(building[0].name.qualified)>")
      }
      flushText()
      building.append(element)
      builtBytes += 64
      return nil
    }
    if context.isEmpty {
      hasSeenRoot = true
      if let problem = rootProblem(element) {
        hasSeenRoot = false
        throw XMLFault(code: "root", offset: element.offset, message: problem)
      }
    }
    if isUnit || (wholeNames.contains(element.name.local) && !context.isEmpty) {
      if isUnit {
        unitNumber += 1
        xml.pinned = element.offset
      }
      building = [element]
      builtBytes = 0
      return nil
    }
    context.append(element)
    return .open(element)
  }

  private func flushText() {
    guard !pendingText.isEmpty, let last = building.indices.last else { return }
    building[last].children.append(.text(String(decoding: pendingText, as: UTF8.self)))
    pendingText.removeAll(keepingCapacity: true)
  }

  private func fail(_ fault: XMLFault) throws(InterchangeError) {
    if hasClosedRoot {
      hasEnded = true
      try recovery.judgeRest(fault, behind: rootEnd)
      return
    }
    let open = building.first
    let isInUnit = open.map { unitNames.contains($0.name.local) } ?? false
    let failed =
      isInUnit
      ? XMLRecovery.Unit(
        number: unitNumber, identifier: open?.attribute("id"), start: open?.offset) : nil
    do {
      try recovery.refuse(fault, in: failed, mayGoOn: hasSeenRoot && !unitNames.isEmpty)
    } catch {
      hasEnded = true
      throw error
    }
    rejected += 1
    building = []
    pendingText = []
    let prologue = context.map(Self.startTag).joined()
    if try recovery.goOn(
      behind: fault, in: failed, tags: unitNames.sorted(), prologue: prologue)
    {
      eventIndex = 0
    } else {
      hasEnded = true
    }
  }

  private static func startTag(_ element: XMLElement) -> String {
    "<" + element.name.qualified
      + element.attributes.map { attribute in
        let value = attribute.value.map { character -> String in
          switch character {
          case "&": "&amp;"
          case "<": "&lt;"
          case "\"": "&quot;"
          default: String(character)
          }
        }.joined()
        return " \(attribute.name)=\"\(value)\""
      }.joined() + ">"
  }
}
