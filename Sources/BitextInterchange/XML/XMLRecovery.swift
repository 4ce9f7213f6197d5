internal import BitextCore

/// Decides what a fault of an XML file means, and finds the place to go on in lenient mode.
///
/// What every reader of an XML format shares: strict mode throws the first fault; lenient mode reports it,
/// and reading goes on at the next unit behind the failed one's first tag.
struct XMLRecovery {
  /// A unit that a fault stands in.
  struct Unit {
    /// Its number in the file, from 1.
    let number: Int
    /// The name that the file gives it.
    let identifier: String?
    /// Where it begins; `nil` when the fault stands between two units.
    let start: Int?
  }

  let reporter: Reporter
  let isLenient: Bool
  private let xml: XMLEventReader
  /// The format's root element, for messages.
  var root: String
  private var lastRestart = -1

  init(_ xml: XMLEventReader, reporter: Reporter, isLenient: Bool, root: String) {
    self.xml = xml
    self.reporter = reporter
    self.isLenient = isLenient
    self.root = root
  }

  /// Throws a fault, or in lenient mode reports it.
  ///
  /// - Parameter mayGoOn: Whether the root was met: what has another root is never read.
  func refuse(
    _ fault: XMLFault, in unit: Unit?, mayGoOn: Bool
  ) throws(InterchangeError) {
    let position = xml.position(of: fault.offset)
    guard isLenient, mayGoOn else {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: fault.code, file: xml.file, position: position,
          message: fault.message, unit: unit?.number, identifier: unit?.identifier))
    }
    reporter.send(
      .error, code: fault.code, at: position, fault.message, unit: unit?.number,
      identifier: unit?.identifier)
  }

  /// Goes on behind a fault that was reported; `false` when there is no further unit.
  ///
  /// - Parameters:
  ///   - tags: The names of the elements that are units.
  ///   - prologue: Tags that open what is around the units.
  mutating func goOn(
    behind fault: XMLFault, in unit: Unit?, tags: [String], prologue: String
  ) throws(InterchangeError) -> Bool {
    let from = max(unit?.start.map { $0 + 1 } ?? fault.offset, lastRestart + 1)
    lastRestart = from
    guard try xml.recover(after: from, tags: tags, prologue: prologue) else {
      reporter.finish()
      return false
    }
    lastRestart = max(lastRestart, xml.lastRecovery)
    return true
  }

  /// Says what stands behind the end of the document: a second one is an error, anything else a warning.
  ///
  /// - Parameter end: About where the root's end tag ends.
  func judgeRest(_ fault: XMLFault, behind end: Int) throws(InterchangeError) {
    var rest = xml.bytes(at: end, limit: 256)
    if let close = rest.firstIndex(of: UInt8(ascii: ">")) { rest = rest[(close + 1)...] }
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
          message: "found a second document behind </\(root)>, expected one"))
    }
    reporter.send(
      .warning, code: "after-root", at: xml.position(of: fault.offset),
      "found something behind </\(root)>, expected the end of the file; it was not read")
    reporter.finish()
  }

  /// Passes on what the parser found and did not stop at.
  func reportFindings() {
    guard !xml.findings.isEmpty else { return }
    for finding in xml.findings {
      reporter.warn(
        code: finding.code, about: isLenient ? "\(finding.offset)" : "",
        at: xml.position(of: finding.offset), finding.message)
    }
    xml.findings = []
  }
}
