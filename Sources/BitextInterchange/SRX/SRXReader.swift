internal import BitextCore
public import BitextText

/// Reads segmentation rules from SRX 2.0, and from SRX 1.0 where the two agree.
///
/// Elements and attributes of other namespaces are passed over. DTDs and external entities are never
/// opened: the XML gate refuses them.
///
/// Source: SRX 2.0, GALA/LISA OSCAR, 2008.
public enum SRXReader {
  /// The most bytes that one pattern may have.
  static let maximumPatternBytes = 16 << 10
  /// The most rules that a file may have.
  static let maximumRules = 20_000

  /// Reads a whole file.
  ///
  /// - Throws: `InterchangeError` with line and column when the file is not well-formed or not SRX.
  public static func read(_ source: InputSource) throws(InterchangeError) -> SRXRules {
    var options = ReadOptions()
    options.limits.textBytes = 1 << 20
    let xml = try XMLEventReader(InputBytes(source), options: options)
    var parser = SRXParser(file: source.name)
    var hasMore = true
    while hasMore {
      hasMore = try xml.advance()
      var index = 0
      while index < xml.events.count {
        let event = xml.events[index]
        do {
          switch event.kind {
          case .start:
            let count = Int(event.attributes)
            var attributes: [String: String] = [:]
            for step in 0..<count where index + 1 + step < xml.events.count {
              let attribute = xml.events[index + 1 + step]
              guard attribute.kind == .attribute else { continue }
              let name = xml.names[Int(attribute.name)]
              if name.prefix.isEmpty { attributes[name.local] = xml.string(attribute) }
            }
            let offset = xml.tagStart(event)
            try parser.start(
              xml.names[Int(event.name)], attributes, at: xml.position(of: offset))
          case .end: try parser.end(at: xml.position(of: xml.offset(of: event)))
          case .text: parser.text(xml.string(event))
          case .attribute, .warning: break
          }
        } catch {
          throw error
        }
        index += 1
      }
      if let fault = xml.fault {
        throw InterchangeError(
          kind: .badData,
          diagnostic: Diagnostic(
            severity: .error, code: fault.code, file: source.name,
            position: xml.position(of: fault.offset), message: fault.message))
      }
    }
    return try parser.finish()
  }
}

/// The state of reading one SRX file.
private struct SRXParser {
  private let file: String
  private var rules = SRXRules(languageRules: [], languageMaps: [])
  private var stack: [String] = []
  private var ignoredDepth = 0
  private var text = ""
  private var rule: SRXRule?
  private var ruleCount = 0
  private var hasRoot = false

  init(file: String) {
    self.file = file
    rules.file = file
  }

  mutating func start(
    _ name: XMLName, _ attributes: [String: String], at position: TextPosition
  ) throws(InterchangeError) {
    if ignoredDepth > 0 {
      ignoredDepth += 1
      return
    }
    let isOurs = name.namespace.isEmpty || name.namespace.lowercased().contains("srx")
    if stack.isEmpty {
      guard name.local == "srx", isOurs else {
        let found = RootElement.format(of: name) ?? "<\(name.qualified)>"
        throw fault("not-srx", at: position, "found \(found), expected SRX")
      }
      hasRoot = true
      stack.append("srx")
      return
    }
    guard isOurs else {
      ignoredDepth = 1
      return
    }
    let parent = stack[stack.count - 1]
    switch (parent, name.local) {
    case ("srx", "header"):
      rules.cascades = Self.isYes(attributes["cascade"], default: true)
      rules.segmentsSubflows = Self.isYes(attributes["segmentsubflows"], default: true)
    case ("header", "formathandle"):
      guard let kind = attributes["type"] else {
        throw fault("attribute", at: position, "<formathandle> has no \"type\"")
      }
      rules.formatHandling.append(
        SRXRules.FormatHandling(
          kind: kind, isIncluded: Self.isYes(attributes["include"], default: false)))
    case ("srx", "body"), ("body", "languagerules"), ("body", "maprules"): break
    case ("languagerules", "languagerule"):
      guard let name = attributes["languagerulename"] else {
        throw fault("attribute", at: position, "<languagerule> has no \"languagerulename\"")
      }
      rules.languageRules.append(SRXRules.LanguageRules(name: name, rules: []))
    case ("languagerule", "rule"):
      ruleCount += 1
      guard ruleCount <= SRXReader.maximumRules else {
        throw fault(
          "too-many", at: position,
          "found more than \(SRXReader.maximumRules) rules, expected fewer")
      }
      let breaks = attributes["break"] ?? "yes"
      guard breaks == "yes" || breaks == "no" else {
        throw fault(
          "attribute", at: position, "found break=\"\(breaks.excerpt)\", expected \"yes\" or \"no\""
        )
      }
      rule = SRXRule(breaks: breaks == "yes", before: "", after: "", line: position.line)
    case ("rule", "beforebreak"), ("rule", "afterbreak"): text = ""
    case ("maprules", "languagemap"), ("maprule", "languagemap"):
      guard let pattern = attributes["languagepattern"], let target = attributes["languagerulename"]
      else {
        throw fault(
          "attribute", at: position,
          "<languagemap> needs \"languagepattern\" and \"languagerulename\"")
      }
      rules.languageMaps.append(SRXRules.LanguageMap(pattern: pattern, rules: target))
    case ("maprules", "maprule"): break  // SRX 1.0
    default:
      throw fault(
        "element", at: position,
        "found <\(name.qualified.excerpt)> inside <\(parent)>, expected an element of SRX there")
    }
    stack.append(name.local)
  }

  mutating func text(_ piece: String) {
    guard ignoredDepth == 0, let top = stack.last, top == "beforebreak" || top == "afterbreak"
    else {
      return
    }
    text += piece
  }

  mutating func end(at position: TextPosition) throws(InterchangeError) {
    if ignoredDepth > 0 {
      ignoredDepth -= 1
      return
    }
    guard let name = stack.popLast() else { return }
    if name == "beforebreak" || name == "afterbreak",
      text.utf8.count > SRXReader.maximumPatternBytes
    {
      throw fault(
        "pattern-length", at: position,
        "found a pattern of \(text.utf8.count) bytes, expected at most "
          + "\(SRXReader.maximumPatternBytes)")
    }
    switch name {
    case "beforebreak": rule?.before = text
    case "afterbreak": rule?.after = text
    case "rule":
      if let rule, !rules.languageRules.isEmpty {
        rules.languageRules[rules.languageRules.count - 1].rules.append(rule)
      }
      rule = nil
    default: break
    }
  }

  func finish() throws(InterchangeError) -> SRXRules {
    guard hasRoot else { throw fault("not-srx", at: .start, "found an empty file, expected SRX") }
    guard !rules.languageMaps.isEmpty else {
      throw fault("maps", at: nil, "found no <languagemap>, expected one for each language")
    }
    return rules
  }

  private static func isYes(_ value: String?, default standard: Bool) -> Bool {
    value.map { $0 == "yes" } ?? standard
  }

  private func fault(
    _ code: String, at position: TextPosition?, _ message: String
  ) -> InterchangeError {
    InterchangeError(
      kind: .badData,
      diagnostic: Diagnostic(
        severity: .error, code: code, file: file, position: position, message: message))
  }
}
