internal import BitextCore

/// Finds the empty targets of XLIFF, and writes translations into them.
struct XLIFFTargets {
  /// The texts without a translation, unit by unit.
  private(set) var groups: [OpenGroup] = []

  private let outline: XMLOutline
  private let languages: [LanguageTag]
  private var source: LanguageTag = .undetermined
  private var target: LanguageTag = .undetermined
  private var isVersion2 = false
  /// For each open element, whether it says that nothing in it is to be translated.
  private var untranslatable: [Bool] = []
  /// All texts, in their order, for the context; and which of them each target is.
  private var texts: [String] = []
  private var places: [[Int]] = []

  init(
    _ bytes: [UInt8], name: String, options: ReadOptions, report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    languages = options.languages
    // The bytes are UTF-8 by now, whatever their label says.
    let reader = try XMLUnitReader(
      InputBytes(.bytes(bytes, name: name)), options: ReadOptions(encoding: "UTF-8"), report: nil,
      units: ["trans-unit", "unit"], whole: ["header", "bin-unit", "notes", "skeleton"]
    ) { root in
      root.name.local == "xliff"
        ? nil : "found <\(root.name.qualified.excerpt)>, expected <xliff>"
    }
    outline = XMLOutline(bytes)
    while let item = try reader.next() {
      switch item {
      case .open(let element): open(element)
      case .close: _ = untranslatable.popLast()
      case .tree(let unit):
        if unit.name.local == "trans-unit" { version1(unit) }
        if unit.name.local == "unit" { version2(unit) }
      }
    }
    for (group, indexes) in zip(groups.indices, places) {
      for (number, index) in indexes.enumerated() {
        groups[group].targets[number].previous = index > 0 ? texts[index - 1] : ""
        groups[group].targets[number].next = index + 1 < texts.count ? texts[index + 1] : ""
      }
    }
    _ = report
  }

  private mutating func open(_ element: XMLElement) {
    untranslatable.append(
      element.attribute("translate") == "no"
        || (untranslatable.last ?? false) && element.attribute("translate") != "yes")
    func tag(_ name: String, _ index: Int) -> LanguageTag {
      element.attribute(name).flatMap { LanguageTag($0) }
        ?? (index < languages.count ? languages[index] : .undetermined)
    }
    switch element.name.local {
    case "xliff":
      isVersion2 = element.attribute("version")?.hasPrefix("2") ?? false
      if isVersion2 { (source, target) = (tag("srcLang", 0), tag("trgLang", 1)) }
    case "file" where !isVersion2:
      (source, target) = (tag("source-language", 0), tag("target-language", 1))
    default: break
    }
  }

  private func isLocked(_ unit: XMLElement) -> Bool {
    unit.attribute("translate") == "no" || unit.attribute("approved") == "yes"
      || (untranslatable.last ?? false) && unit.attribute("translate") != "yes"
  }

  private static func isEmpty(_ element: XMLElement) -> Bool {
    element.text.allSatisfy(\.isWhitespace) && element.elements.allSatisfy(isEmptyMark)
  }

  /// A mark of a segment that holds nothing; codes are content.
  private static func isEmptyMark(_ element: XMLElement) -> Bool {
    element.name.local == "mrk" && element.elements.allSatisfy(isEmptyMark)
  }

  private mutating func question(_ segment: Segment, _ identifier: String?) -> (OpenTarget, Int) {
    texts.append(segment.text)
    return (
      OpenTarget(
        source: segment, sourceLanguage: source, targetLanguage: target, identifier: identifier),
      texts.count - 1
    )
  }

  // MARK: XLIFF 1

  private mutating func version1(_ unit: XMLElement) {
    guard let source = unit.first("source") else { return }
    let parts = XLIFFSegments.segments(unit.first("seg-source") ?? source)
    let target = unit.first("target")
    let identifier = unit.attribute("resname") ?? unit.attribute("id")
    let pieces = parts.isEmpty ? [source] : parts
    let asked = pieces.map { piece in
      question(
        XLIFFSegments.segment(piece, isVersion2: false),
        parts.count > 1 ? "\(identifier ?? "")-\(piece.attribute("mid") ?? "")" : identifier)
    }
    let isOpen = asked.contains { !$0.0.source.text.allSatisfy(\.isWhitespace) }
    guard !isLocked(unit), isOpen, target.map(Self.isEmpty) ?? true else { return }
    guard let anchor = outline.element(at: (unit.first("seg-source") ?? source).offset) else {
      return
    }
    let place = target.flatMap { outline.element(at: $0.offset) }
    if target != nil, place == nil { return }
    let document = outline
    let mids = parts.map { $0.attribute("mid") }
    let sources = asked.map(\.0.source)
    add(asked) { answers in
      let texts = zip(answers, sources).map { answer, source in
        answer.map { XLIFFFragment.text($0, like: source) } ?? ""
      }
      let content =
        parts.isEmpty
        ? texts[0]
        : zip(texts, mids).map { text, mid in
          "<mrk mtype=\"seg\"\(mid.map { " mid=\"\(XLIFFFragment.attribute($0))\"" } ?? "")>\(text)</mrk>"
        }.joined()
      return [
        Self.edit(document, anchor, place, "target", content, state: "needs-review-translation")
      ]
    }
  }

  /// Puts a target behind its source, or into the empty one that is there.
  private static func edit(
    _ outline: XMLOutline, _ source: XMLOutline.Element, _ target: XMLOutline.Element?,
    _ name: String, _ content: String, state: String?
  ) -> TextEdit {
    let prefix = self.prefix(outline.text(source.startTag))
    guard let target else {
      let attribute = state.map { " state=\"\($0)\"" } ?? ""
      let end = source.range.upperBound
      return TextEdit(
        range: end..<end,
        text: outline.indentation(before: source.range.lowerBound)
          + "<\(prefix)\(name)\(attribute)>\(content)</\(prefix)\(name)>")
    }
    var tag = outline.text(target.startTag)
    if target.isSelfClosed {
      tag = String(tag.dropLast(2))
      while tag.last?.isWhitespace ?? false { tag.removeLast() }
      tag += ">"
    }
    if let state { tag = XMLOutline.tag(tag, setting: "state", to: state) }
    let end =
      target.isSelfClosed ? "</\(self.prefix(tag))\(name)>" : outline.text(target.endTag)
    return TextEdit(range: target.range, text: tag + content + end)
  }

  /// The prefix of a tag's name, with its colon.
  private static func prefix(_ tag: String) -> String {
    let name = tag.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
    return name.firstIndex(of: ":").map { String(name[...$0]) } ?? ""
  }

  // MARK: XLIFF 2

  private mutating func version2(_ unit: XMLElement) {
    var data: [String: String] = [:]
    for entry in unit.first("originalData")?.elements("data") ?? [] {
      if let id = entry.attribute("id"), data[id] == nil { data[id] = entry.text }
    }
    let identifier = unit.attribute("name") ?? unit.attribute("id")
    for segment in unit.elements("segment") {
      guard let source = segment.first("source") else { continue }
      let asked = question(
        XLIFFSegments.segment(source, isVersion2: true, data: data), identifier)
      let target = segment.first("target")
      guard !isLocked(unit), !asked.0.source.text.allSatisfy(\.isWhitespace),
        target.map(Self.isEmpty) ?? true, let tag = outline.element(at: segment.offset),
        let anchor = outline.element(at: source.offset)
      else { continue }
      let place = target.flatMap { outline.element(at: $0.offset) }
      if target != nil, place == nil { continue }
      let document = outline
      let text = asked.0.source
      add([asked]) { answers in
        guard let answer = answers[0] else { return [] }
        var start = XMLOutline.tag(document.text(tag.startTag), setting: "state", to: "initial")
        start = XMLOutline.tag(start, setting: "subState", to: "bitext:needs-review")
        let content = XLIFFFragment.text(answer, like: text)
        return [
          TextEdit(range: tag.startTag, text: start),
          Self.edit(document, anchor, place, "target", content, state: nil),
        ]
      }
    }
  }

  private mutating func add(
    _ asked: [(target: OpenTarget, place: Int)], edits: @escaping ([Segment?]) -> [TextEdit]
  ) {
    groups.append(OpenGroup(targets: asked.map(\.target), edits: edits))
    places.append(asked.map(\.place))
  }
}
