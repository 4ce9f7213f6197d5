/// Finds the blocks of a Markdown text.
///
/// Front matter, code, comments and link definitions are no text. Structure follows CommonMark with tables
/// and footnotes; what stands inside lists and quotes is read line by line, without their nesting.
///
/// Source: CommonMark 0.31, GitHub Flavored Markdown 0.29.
struct MarkdownBlocks {
  private let file: String
  private let limits: ReadOptions.Limits
  private var blocks: [StructuredDocument.Block] = []
  /// The labels of link definitions.
  private var labels: Set<String> = []

  /// The lines of the block that is open.
  private var lines: [String] = []
  private var kind = StructuredDocument.Kind.paragraph
  private var start = 0
  private var end = 0
  private var isInList = false
  private var fence: (sign: Character, count: Int)?
  private var isInTable = false

  init(file: String, limits: ReadOptions.Limits) {
    self.file = file
    self.limits = limits
  }

  private struct Line {
    var text: Substring
    let span: Range<Int>
  }

  /// The blocks of a text.
  mutating func blocks(of text: String) throws(InterchangeError) -> [StructuredDocument.Block] {
    var all: [Line] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let start = text.utf8.distance(from: text.startIndex, to: line.startIndex)
      all.append(Line(text: line, span: start..<(start + line.utf8.count)))
    }
    var index = Self.endOfFrontMatter(all)
    labels = Set(all[index...].compactMap { Self.definition($0.text) })
    while index < all.count {
      let next = try block(all, at: index)
      index = max(next, index + 1)
    }
    flush()
    return blocks
  }

  /// Reads one line; where to go on.
  private mutating func block(_ all: [Line], at index: Int) throws(InterchangeError) -> Int {
    let line = all[index]
    var (content, isQuote) = Self.withoutQuoteSigns(line.text)
    if let (sign, count) = fence {
      let trimmed = String(content).trimmingWhitespace
      if trimmed.count >= count, trimmed.allSatisfy({ $0 == sign }) { fence = nil }
      return index + 1
    }
    if content.allSatisfy(\.isWhitespace) {
      flush()
      isInTable = false
      return index + 1
    }
    var indentation = Self.indentation(content)
    if indentation >= 4, lines.isEmpty, !isInList { return index + 1 }
    if indentation == 0, lines.isEmpty { isInList = isInList && Self.marker(content) != nil }
    content = content.drop { $0 == " " || $0 == "\t" }
    var opened = isQuote ? StructuredDocument.Kind.quote : .paragraph
    // A list item may begin with another one, or with a heading.
    while let (length, _) = Self.marker(content), !Self.isThematicBreak(content) {
      flush()
      isInList = true
      opened = .listItem
      content = content.dropFirst(length).drop { $0 == " " || $0 == "\t" }
      for box in ["[ ] ", "[x] ", "[X] "] where content.hasPrefix(box) {
        content = content.dropFirst(4)
      }
      indentation = 0
      if content.isEmpty { break }
    }
    if opened == .paragraph, isInList, lines.isEmpty, indentation > 0 { opened = .listItem }
    if let found = Self.fence(content) {
      flush()
      fence = found
      return index + 1
    }
    if content.hasPrefix("<"), lines.isEmpty {
      if let next = try html(all, at: index, content, isQuote: isQuote) { return next }
    }
    if let (level, heading) = Self.heading(content) {
      flush()
      append(heading, .heading(level), line.span)
      flush()
      return index + 1
    }
    if !lines.isEmpty, let level = Self.underline(content), kind == .paragraph || kind == .quote {
      kind = .heading(level)
      flush()
      return index + 1
    }
    if Self.isThematicBreak(content) {
      flush()
      return index + 1
    }
    if Self.definition(content) != nil, lines.isEmpty { return index + 1 }
    if let footnote = Self.footnote(content) {
      flush()
      append(footnote, .paragraph, line.span)
      return index + 1
    }
    if isInTable || Self.beginsTable(all, at: index), content.contains("|") {
      if !isInTable { flush() }
      isInTable = true
      if !Self.isTableRule(content) {
        for cell in Self.cells(content) {
          append(cell, .cell, line.span)
          flush()
        }
      }
      return index + 1
    }
    let isBroken = content.hasSuffix("  ") || content.hasSuffix("\\")
    var shown = String(content)
    if shown.hasSuffix("\\") { shown.removeLast() }
    append(shown, lines.isEmpty ? opened : kind, line.span)
    if isBroken { flush() }
    return index + 1
  }

  private mutating func append(
    _ text: String, _ kind: StructuredDocument.Kind, _ span: Range<Int>
  ) {
    if lines.isEmpty {
      self.kind = kind
      start = span.lowerBound
    }
    lines.append(text)
    end = span.upperBound
  }

  private mutating func flush() {
    guard !lines.isEmpty else { return }
    let text = MarkdownText.plain(lines.joined(separator: "\n"), labels: labels)
    lines = []
    for part in text.split(separator: MarkdownText.hardBreak) {
      let line = BlockText.joined(String(part))
      if !line.isEmpty { blocks.append(StructuredDocument.Block(kind, line, span: start..<end)) }
    }
    kind = .paragraph
  }

  // MARK: HTML

  /// Reads HTML that stands by itself, up to a blank line or its own end; `nil` when it is inline.
  private mutating func html(
    _ all: [Line], at index: Int, _ content: Substring, isQuote: Bool
  ) throws(InterchangeError) -> Int? {
    let name = content.dropFirst().drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
      .lowercased()
    let closing: String? =
      content.hasPrefix("<!--")
      ? "-->" : ["script", "style", "pre", "textarea"].contains(name) ? "</\(name)>" : nil
    guard closing != nil || Self.htmlBlocks.contains(name) || content.hasPrefix("<!") else {
      return nil
    }
    var last = index
    var text = String(content)
    while last + 1 < all.count {
      if let closing {
        if text.lowercased().contains(closing) { break }
      } else if all[last + 1].text.allSatisfy(\.isWhitespace) {
        break
      }
      last += 1
      text += "\n" + all[last].text
    }
    if let closing, closing == "-->" {
      // What stands behind a comment on its last line is text.
      let behind = text.firstRange(of: "-->").map { text[$0.upperBound...] } ?? ""
      if !behind.allSatisfy(\.isWhitespace) { append(String(behind), .paragraph, all[last].span) }
      return last + 1
    }
    let span = all[index].span.lowerBound..<all[last].span.upperBound
    var reader = try HTMLBlocks(file: file, limits: limits)
    blocks += try reader.blocks(of: Array(text.utf8)).map {
      StructuredDocument.Block($0.kind, $0.text, span: span)
    }
    return last + 1
  }

  private static let htmlBlocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "iframe", "li", "link", "main", "menu", "nav", "ol", "p",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
  ]

  // MARK: Lines

  /// Where the text begins behind YAML or TOML front matter.
  private static func endOfFrontMatter(_ all: [Line]) -> Int {
    guard let first = all.first?.text, first == "---" || first == "+++" else { return 0 }
    for index in all.indices.dropFirst() {
      let line = String(all[index].text).trimmingWhitespace
      if line == first || (first == "---" && line == "...") { return index + 1 }
    }
    return 0
  }

  private static func withoutQuoteSigns(_ line: Substring) -> (Substring, Bool) {
    var rest = line
    var isQuote = false
    while true {
      let inner = rest.drop { $0 == " " }
      guard inner.first == ">", rest.distance(from: rest.startIndex, to: inner.startIndex) < 4
      else {
        return (rest, isQuote)
      }
      isQuote = true
      rest = inner.dropFirst()
      if rest.first == " " { rest = rest.dropFirst() }
    }
  }

  private static func indentation(_ line: Substring) -> Int {
    var columns = 0
    for character in line {
      if character == " " { columns += 1 } else if character == "\t" { columns += 4 } else { break }
    }
    return columns
  }

  /// The length of a list marker with the space behind it.
  private static func marker(_ line: Substring) -> (length: Int, isOrdered: Bool)? {
    let body = line.drop { $0 == " " || $0 == "\t" }
    let before = line.distance(from: line.startIndex, to: body.startIndex)
    func isSpace(_ rest: Substring) -> Bool {
      rest.isEmpty || rest.first == " " || rest.first == "\t"
    }
    if let first = body.first, "-+*".contains(first), isSpace(body.dropFirst()) {
      return (before + 1, false)
    }
    let digits = body.prefix { $0.isASCII && $0.isNumber }
    guard (1...9).contains(digits.count) else { return nil }
    let rest = body.dropFirst(digits.count)
    guard rest.first == "." || rest.first == ")", isSpace(rest.dropFirst()) else { return nil }
    return (before + digits.count + 1, true)
  }

  private static func fence(_ line: Substring) -> (sign: Character, count: Int)? {
    guard let sign = line.first, sign == "`" || sign == "~" else { return nil }
    let count = line.prefix { $0 == sign }.count
    guard count >= 3, sign == "~" || !line.dropFirst(count).contains("`") else { return nil }
    return (sign, count)
  }

  private static func heading(_ line: Substring) -> (Int, String)? {
    let level = line.prefix { $0 == "#" }.count
    guard (1...6).contains(level) else { return nil }
    let rest = line.dropFirst(level)
    guard rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
    var text = String(rest).trimmingWhitespace
    let signs = text.reversed().prefix { $0 == "#" }.count
    if signs > 0 {
      let body = text.dropLast(signs)
      if body.isEmpty || body.last == " " { text = String(body).trimmingWhitespace }
    }
    return (level, text)
  }

  private static func underline(_ line: Substring) -> Int? {
    let text = String(line).trimmingWhitespace
    if !text.isEmpty, text.allSatisfy({ $0 == "=" }) { return 1 }
    return !text.isEmpty && text.allSatisfy { $0 == "-" } ? 2 : nil
  }

  private static func isThematicBreak(_ line: Substring) -> Bool {
    let signs = line.filter { $0 != " " && $0 != "\t" }
    guard signs.count >= 3, let first = signs.first, "*-_".contains(first) else { return false }
    return signs.allSatisfy { $0 == first }
  }

  /// The label of a link definition such as `[here]: https://example.org`.
  private static func definition(_ line: Substring) -> String? {
    let body = line.drop { $0 == " " }
    guard body.first == "[", body.dropFirst().first != "^", let close = body.firstRange(of: "]:")
    else {
      return nil
    }
    let label = body[body.index(after: body.startIndex)..<close.lowerBound]
    return label.isEmpty || label.contains("]") ? nil : MarkdownText.key(String(label))
  }

  /// The text of a footnote.
  private static func footnote(_ line: Substring) -> String? {
    guard line.hasPrefix("[^"), let close = line.firstRange(of: "]:") else { return nil }
    return String(line[close.upperBound...])
  }

  private static func isTableRule(_ line: Substring) -> Bool {
    line.contains("-") && line.contains("|")
      && line.allSatisfy { $0 == "|" || $0 == "-" || $0 == ":" || $0 == " " || $0 == "\t" }
  }

  /// Whether this line is the header of a table: a rule stands under it.
  private static func beginsTable(_ all: [Line], at index: Int) -> Bool {
    index + 1 < all.count && isTableRule(withoutQuoteSigns(all[index + 1].text).0)
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isEscaped = false
    for character in line {
      if character == "|", !isEscaped {
        cells.append("")
      } else {
        if isEscaped, character != "|" { cells[cells.count - 1].append("\\") }
        if character != "\\" || isEscaped { cells[cells.count - 1].append(character) }
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return cells.map(\.trimmingWhitespace).filter { !$0.isEmpty }
  }
}
