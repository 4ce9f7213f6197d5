/// Turns the inline markup of Markdown into the text that a reader sees.
///
/// The text of links and emphasis and code spans stay; images, tags, comments and footnote marks go.
/// Emphasis pairs as in CommonMark's delimiter algorithm, so that `2 * 3 * 4` keeps its signs.
struct MarkdownText {
  /// Stands for a line break that the author asked for.
  static let hardBreak: Character = "\u{2028}"

  private let source: [Character]
  private let labels: Set<String>
  private let depth: Int
  private var output: [Piece] = []
  /// Lengths of runs of backticks that nothing closes: each is looked for once.
  private var hasNoClosing: Set<Int> = []

  private enum Piece {
    case text(String)
    /// A run of `*`, `_` or `~`.
    case delimiter(Character, count: Int, opens: Bool, closes: Bool)
  }

  /// The readable text.
  ///
  /// - Parameter labels: The labels of link definitions, as `key` gives them.
  static func plain(_ text: String, labels: Set<String>) -> String {
    var reader = MarkdownText(text, labels, depth: 0)
    return reader.read()
  }

  /// How labels are compared.
  static func key(_ label: String) -> String { label.squeezed.lowercased() }

  private init(_ text: String, _ labels: Set<String>, depth: Int) {
    source = Array(text)
    self.labels = labels
    self.depth = depth
  }

  private mutating func read() -> String {
    var index = 0
    while index < source.count {
      let character = source[index]
      switch character {
      case "\\" where index + 1 < source.count && Self.isPunctuation(source[index + 1]):
        add(String(source[index + 1]))
        index += 2
      case "`": index = code(at: index)
      case "!" where index + 1 < source.count && source[index + 1] == "[":
        if let (_, end) = link(at: index + 1) { index = end } else { index = take(index) }
      case "[": index = bracket(at: index)
      case "<": index = angle(at: index)
      case "&": index = entity(at: index)
      case "*", "_", "~": index = delimiter(at: index)
      default: index = take(index)
      }
    }
    return paired()
  }

  private mutating func add(_ text: String) {
    if case .text(let before)? = output.last {
      output[output.count - 1] = .text(before + text)
    } else {
      output.append(.text(text))
    }
  }

  private mutating func take(_ index: Int) -> Int {
    var end = index + 1
    while end < source.count, !"\\`![<&*_~".contains(source[end]) { end += 1 }
    add(String(source[index..<end]))
    return end
  }

  /// A code span is text: a name that the reader sees.
  private mutating func code(at index: Int) -> Int {
    let count = run(at: index)
    var place = hasNoClosing.contains(count) ? source.count : index + count
    while place < source.count {
      guard source[place] == "`" else {
        place += 1
        continue
      }
      let closing = run(at: place)
      if closing == count {
        var text = String(source[(index + count)..<place])
        if text.hasPrefix(" "), text.hasSuffix(" "), text.count > 2 {
          text = String(text.dropFirst().dropLast())
        }
        add(text)
        return place + closing
      }
      place += closing
    }
    hasNoClosing.insert(count)
    add(String(repeating: "`", count: count))
    return index + count
  }

  private func run(at index: Int) -> Int {
    var end = index
    while end < source.count, source[end] == source[index] { end += 1 }
    return end - index
  }

  private mutating func bracket(at index: Int) -> Int {
    if index + 1 < source.count, source[index + 1] == "^",
      let close = source[index...].prefix(200).firstIndex(of: "]"), close > index + 2
    {
      return close + 1
    }
    guard let (text, end) = link(at: index) else { return take(index) }
    if depth < 8 {
      var inner = MarkdownText(text, labels, depth: depth + 1)
      add(inner.read())
    } else {
      add(text)
    }
    return end
  }

  /// The text of a link and where it ends; `nil` when the bracket opens none.
  private func link(at index: Int) -> (text: String, end: Int)? {
    guard let close = matching(at: index, "[", "]", limit: 1_000) else { return nil }
    let text = String(source[(index + 1)..<close])
    if close + 1 < source.count, source[close + 1] == "(",
      let end = matching(at: close + 1, "(", ")", limit: 1_000)
    {
      return (text, end + 1)
    }
    if close + 1 < source.count, source[close + 1] == "[",
      let end = source[(close + 1)...].prefix(1_000).firstIndex(of: "]")
    {
      let label = String(source[(close + 2)..<end])
      if labels.contains(Self.key(label.isEmpty ? text : label)) { return (text, end + 1) }
    }
    return labels.contains(Self.key(text)) ? (text, close + 1) : nil
  }

  private func matching(at index: Int, _ open: Character, _ close: Character, limit: Int) -> Int? {
    var depth = 0
    var place = index
    while place < min(source.count, index + limit) {
      if source[place] == "\\" {
        place += 2
        continue
      }
      if source[place] == open { depth += 1 }
      if source[place] == close {
        depth -= 1
        if depth == 0 { return place }
      }
      place += 1
    }
    return nil
  }

  private mutating func angle(at index: Int) -> Int {
    let rest = source[(index + 1)...]
    if source[index...].starts(with: Array("<!--")) {
      var place = index + 4
      while place + 2 < source.count {
        if source[place] == "-", source[place + 1] == "-", source[place + 2] == ">" {
          return place + 3
        }
        place += 1
      }
      return source.count
    }
    guard let first = rest.first, first.isLetter || first == "/", first.isASCII,
      let close = rest.prefix(2_000).firstIndex(of: ">")
    else { return take(index) }
    let inside = String(source[(index + 1)..<close])
    if inside.contains("://") || (inside.contains("@") && !inside.contains(" ")),
      !inside.contains("=")
    {
      add(inside)
    } else if inside.lowercased().hasPrefix("br") {
      add(String(Self.hardBreak))
    }
    return close + 1
  }

  private mutating func entity(at index: Int) -> Int {
    guard let end = source[index...].prefix(12).firstIndex(of: ";") else { return take(index) }
    let name = String(source[(index + 1)..<end])
    var value = HTMLEntities.character(named: name)
    switch name {
    case "amp": value = "&"
    case "lt": value = "<"
    case "gt": value = ">"
    case "quot": value = "\""
    case "apos": value = "'"
    default: break
    }
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let number =
        digits.first == "x" || digits.first == "X"
        ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      value = number.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    }
    guard let value else { return take(index) }
    add(value)
    return end + 1
  }

  // MARK: Emphasis

  private mutating func delimiter(at index: Int) -> Int {
    let sign = source[index]
    let count = run(at: index)
    let before = index > 0 ? source[index - 1] : " "
    let after = index + count < source.count ? source[index + count] : " "
    let leftFlanking =
      !after.isWhitespace
      && (!Self.isMark(after) || before.isWhitespace || Self.isMark(before))
    let rightFlanking =
      !before.isWhitespace
      && (!Self.isMark(before) || after.isWhitespace || Self.isMark(after))
    var opens = leftFlanking
    var closes = rightFlanking
    if sign == "_" {
      opens = leftFlanking && (!rightFlanking || Self.isMark(before))
      closes = rightFlanking && (!leftFlanking || Self.isMark(after))
    }
    if sign == "~", count != 2 { (opens, closes) = (false, false) }
    output.append(.delimiter(sign, count: count, opens: opens, closes: closes))
    return index + count
  }

  /// Takes out the signs that pair, and joins everything.
  private func paired() -> String {
    var counts = output.map { piece in
      if case .delimiter(_, let count, _, _) = piece { count } else { 0 }
    }
    var openers: [Int] = []
    for (place, piece) in output.enumerated() {
      guard case .delimiter(let sign, _, let opens, let closes) = piece else { continue }
      if closes {
        while counts[place] > 0,
          let found = openers.lastIndex(where: { opener in
            if case .delimiter(sign, _, _, _) = output[opener] { counts[opener] > 0 } else { false }
          })
        {
          let opener = openers[found]
          let taken = counts[opener] >= 2 && counts[place] >= 2 ? 2 : 1
          counts[opener] -= taken
          counts[place] -= taken
          openers.removeSubrange((found + (counts[opener] > 0 ? 1 : 0))...)
        }
      }
      if opens, counts[place] > 0 {
        openers.append(place)
        // What lies so far back is no emphasis; without a bound, hostile text costs the square of its length.
        if openers.count > 256 { openers.removeFirst() }
      }
    }
    var result = ""
    for (place, piece) in output.enumerated() {
      switch piece {
      case .text(let text): result += text
      case .delimiter(let sign, _, _, _): result += String(repeating: sign, count: counts[place])
      }
    }
    return result
  }

  /// ASCII punctuation, which a backslash makes literal.
  private static func isPunctuation(_ character: Character) -> Bool {
    character.isASCII && (character.isPunctuation || character.isSymbol)
  }

  /// What counts as punctuation beside a delimiter.
  private static func isMark(_ character: Character) -> Bool {
    character.isPunctuation || character.isSymbol
  }
}
