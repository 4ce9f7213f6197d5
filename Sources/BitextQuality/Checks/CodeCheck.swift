internal import BitextCore
internal import BitextText

/// Compares inline codes, tags and variables, and the addresses of a text.
enum CodeCheck {
  static func run(_ pair: inout SegmentPair) {
    if pair.wants(.codeMissing, .codeExtra, .codeOrder) {
      inlineCodes(&pair)
      variables(&pair)
    }
    if pair.wants(.urlChanged) { addresses(&pair) }
  }

  // MARK: Inline codes

  private static func inlineCodes(_ pair: inout SegmentPair) {
    let source = pair.source.variant.segment.codes
    let target = pair.target.variant.segment.codes
    guard !source.isEmpty || !target.isEmpty else { return }
    let usesNames = (source + target).allSatisfy { name($0) != nil || isClosing($0) }
    let left = source.map { signature($0, usesNames: usesNames) }
    let right = target.map { signature($0, usesNames: usesNames) }
    for (index, _) in unmatched(left, in: right) {
      let shown = display(source[index])
      pair.report(
        .codeMissing, in: pair.source, place(source[index], pair.source), expected: [shown],
        "the code \(shown.quoted) of the source is not in the translation")
    }
    for (index, _) in unmatched(right, in: left) {
      let shown = display(target[index])
      pair.report(
        .codeExtra, in: pair.target, place(target[index], pair.target),
        "the code \(shown.quoted) is not in the source")
    }
    if isNested(source), !isNested(target), left.sorted() == right.sorted(),
      let first = target.first
    {
      pair.report(
        .codeOrder, in: pair.target, place(first, pair.target),
        "paired codes cross or close before they open, expected them nested as in the source")
    }
  }

  private static func isClosing(_ code: InlineCode) -> Bool {
    code.kind == .close || code.kind == .highlightEnd
  }

  /// What links a code to its counterpart in another language.
  private static func name(_ code: InlineCode) -> String? {
    for wanted in ["x", "id", "rid", "i"] {
      if let value = code.attributes.first(where: { $0.name == wanted })?.value { return value }
    }
    return nil
  }

  private static func signature(_ code: InlineCode, usesNames: Bool) -> String {
    let kind = code.kind == .unknown ? "standalone" : code.kind.rawValue
    // A closing code is told by its kind: TMX names only the opening one.
    guard usesNames, !isClosing(code), let name = name(code) else { return kind }
    return "\(kind) \(name)"
  }

  /// The elements of a list that the other does not hold often enough.
  private static func unmatched(_ list: [String], in other: [String]) -> [(Int, String)] {
    var counts: [String: Int] = [:]
    for item in other { counts[item, default: 0] += 1 }
    var found: [(Int, String)] = []
    for (index, item) in list.enumerated() {
      if let count = counts[item], count > 0 {
        counts[item] = count - 1
      } else {
        found.append((index, item))
      }
    }
    return found
  }

  private static func isNested(_ codes: [InlineCode]) -> Bool {
    var depth = 0
    for code in codes {
      switch code.kind {
      case .open, .highlightStart: depth += 1
      case .close, .highlightEnd:
        depth -= 1
        if depth < 0 { return false }
      default: break
      }
    }
    return depth == 0
  }

  private static func place(_ code: InlineCode, _ side: PairSide) -> Range<Int> {
    code.utf8Offset..<code.utf8Offset
  }

  private static func display(_ code: InlineCode) -> String {
    let native = code.content.map { piece in
      if case .data(let text) = piece { text } else { "" }
    }.joined()
    if !native.isEmpty { return native }
    let attribute = name(code).map { " \($0)" } ?? ""
    return "<\(code.name)\(attribute)>"
  }

  // MARK: Variables and tags in plain text

  private static func variables(_ pair: inout SegmentPair) {
    let source = parts(pair.source)
    let target = parts(pair.target)
    guard !source.isEmpty || !target.isEmpty else { return }
    let left = source.map(\.text)
    let right = target.map(\.text)
    for (index, text) in unmatched(left, in: right) {
      pair.report(
        .codeMissing, in: pair.source, source[index].span.range, expected: [text],
        "\(text.quoted) of the source is not in the translation")
    }
    for (index, text) in unmatched(right, in: left) {
      pair.report(
        .codeExtra, in: pair.target, target[index].span.range, "\(text.quoted) is not in the source"
      )
    }
    // %s and %d take their values in order.
    let order = { (parts: [String]) in
      parts.filter {
        $0.hasPrefix("%") && !$0.contains("$") && !$0.contains("(") && !$0.contains("{")
      }
    }
    if left.sorted() == right.sorted(), order(left) != order(right),
      let first = target.first(where: { $0.text.hasPrefix("%") })
    {
      pair.report(
        .codeOrder, in: pair.target, first.span.range, expected: order(left),
        "the placeholders stand as \(order(right).joined(separator: " ")), expected "
          + "\(order(left).joined(separator: " ")), since their values come in order")
    }
  }

  private static func parts(_ side: PairSide) -> [(text: String, span: TextSpan)] {
    side.placeables.compactMap { placeable in
      guard placeable.kind == .variable || placeable.kind == .tag else { return nil }
      let text = String(side.text[placeable.span])
      // An entity may be written as its character.
      if text.hasPrefix("&") { return nil }
      // The attributes of a tag may be translated.
      if text.hasPrefix("<") {
        let name = text.dropFirst().prefix { $0 != " " && $0 != ">" && $0 != "\n" && $0 != "\t" }
        return (
          "<" + name + (name.hasSuffix("/") ? ">" : text.hasSuffix("/>") ? "/>" : ">"),
          placeable.span
        )
      }
      return (text, placeable.span)
    }
  }

  // MARK: Addresses

  private static func addresses(_ pair: inout SegmentPair) {
    func list(_ side: PairSide) -> [(key: String, span: TextSpan)] {
      side.placeables.compactMap { placeable in
        let text = String(side.text[placeable.span])
        switch placeable.kind {
        case .email: return (text.lowercased(), placeable.span)
        case .url where text.contains("://") || text.lowercased().hasPrefix("www."):
          return (key(text), placeable.span)
        default: return nil
        }
      }
    }
    let source = list(pair.source)
    let target = list(pair.target)
    let lower = pair.target.text.lowercased()
    for address in source where !target.contains(where: { $0.key == address.key }) {
      let text = String(pair.source.text[address.span])
      if lower.contains(text.lowercased()) { continue }
      // Another address in its place is said to be the one that changed.
      let other = target.first { one in !source.contains { $0.key == one.key } }
      if let other {
        let found = String(pair.target.text[other.span])
        pair.report(
          .urlChanged, in: pair.target, other.span.range, expected: [text],
          "found the address \(found.quoted), expected \(text.quoted)")
      } else {
        pair.report(
          .urlChanged, in: pair.source, address.span.range, expected: [text],
          "the address \(text.quoted) is not in the translation")
      }
      return
    }
  }

  /// A URL without what a translation may change: the scheme, a last slash, a part that names a language.
  private static func key(_ url: String) -> String {
    var rest = url.lowercased()
    if let scheme = rest.firstRange(of: "://") { rest = String(rest[scheme.upperBound...]) }
    if rest.hasPrefix("www.") { rest = String(rest.dropFirst(4)) }
    let languages: Set<String> = [
      "en", "es", "zh", "en-us", "en-gb", "es-es", "es-mx", "zh-cn", "zh-tw", "zh-hans", "zh-hant",
      "cn", "english", "spanish", "chinese", "espanol", "www", "la",
    ]
    let parts = rest.split(whereSeparator: { $0 == "/" || $0 == "." }).filter {
      !languages.contains(String($0))
    }
    return parts.joined(separator: "/")
  }
}
