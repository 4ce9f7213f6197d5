/// What the line breaks of a stretch of white space mean.
enum LineBreakMeaning {
  /// A blank line or a paragraph separator.
  case paragraph
  /// A single line break that ends a sentence.
  case line
  /// A line break that a typewriter or a PDF put into running text.
  case space
}

/// Decides what line breaks mean.
///
/// A line of hard-wrapped prose is full: the next word would not have fitted. When all lines of a
/// paragraph but the last are full, its line breaks are spaces, whatever the lines begin with.
/// Otherwise a line break is a space only before a lower-case continuation of a long line that has
/// no final sign, in a sentence that did not itself begin in lower case: a list of lower-case items
/// stays a list.
struct LineBreaks {
  let mode: SentenceSegmenter.Options.Newlines

  /// Whether the lines of this paragraph are full; `nil` when nobody has asked yet.
  private var isWrapped: Bool?
  /// How many bytes were measured.
  private(set) var steps = 0
  /// Where the current line begins.
  private var lineStart = 0
  /// Whether any line break was found to be a space. Otherwise no sentence holds one.
  private(set) var hasSoftBreaks = false

  /// The narrowest and the widest column at which people wrap prose, in characters.
  private static let wrapWidths = 40...120

  init(mode: SentenceSegmenter.Options.Newlines) {
    self.mode = mode
  }

  /// The meaning of the white space in `gap`, which holds at least one line break and stands
  /// between two pieces of text.
  mutating func meaning(
    of gap: Range<Int>, sentenceStart: Int, in text: ScannedText
  ) -> LineBreakMeaning {
    // `nil` stands for "that depends on the sentence", which is given here.
    let meaning = meaning(of: gap, inSentenceFrom: sentenceStart, in: text) ?? .line
    if meaning == .space { hasSoftBreaks = true }
    return meaning
  }

  /// The same where nobody knows the sentence: `nil` when the meaning depends on it.
  private mutating func meaning(
    of gap: Range<Int>, inSentenceFrom sentenceStart: Int?, in text: ScannedText
  ) -> LineBreakMeaning? {
    let breaks = Self.countBreaks(in: gap, of: text)
    if breaks >= 2 {
      isWrapped = nil
      return .paragraph
    }
    switch mode {
    case .line: return .line
    case .space: return .space
    case .paragraph:
      if isWrapped(in: text) { return .space }
      return continues(after: gap, sentenceStart: sentenceStart, in: text).map {
        $0 ? .space : .line
      }
    }
  }

  /// Where the lines and paragraphs of a text end that are not running text; the last one is the end
  /// of the text. `nil` when only the sentences of the text can tell.
  ///
  /// - Complexity: O(length of the text).
  static func lineEnds(
    in text: ScannedText, mode: SentenceSegmenter.Options.Newlines
  ) -> [Int]? {
    var lineBreaks = LineBreaks(mode: mode)
    var ends: [Int] = []
    let bytes = text.bytes.span
    var index = text.skippingWhiteSpace(from: 0)
    lineBreaks.beginLine(at: index)
    while true {
      let separator = LineSeparators.next(in: bytes, index..<text.count)
      guard separator < text.count else { break }
      let gap =
        text.trimmedEnd(separator, floor: index)..<text.skippingWhiteSpace(from: separator)
      index = gap.upperBound
      guard index < text.count else { break }
      guard let meaning = lineBreaks.meaning(of: gap, inSentenceFrom: nil, in: text) else {
        return nil
      }
      lineBreaks.beginLine(at: index)
      if meaning != .space { ends.append(index) }
    }
    ends.append(text.count)
    return ends
  }

  /// Notes that a new line begins.
  mutating func beginLine(at index: Int) {
    lineStart = index
  }

  /// Line breaks in the gap, CRLF counted once; a paragraph separator counts as two.
  private static func countBreaks(in gap: Range<Int>, of text: ScannedText) -> Int {
    var breaks = 0
    var index = gap.lowerBound
    while index < gap.upperBound, breaks < 2 {
      let (value, length) = text.scalar(at: index)
      switch value {
      case 0x0D:
        breaks += 1
        if text.byte(index + 1) == 0x0A { index += 1 }
      case 0x0A, 0x0B, 0x0C, 0x85, 0x2028: breaks += 1
      case 0x2029: breaks += 2
      default: break
      }
      index += max(length, 1)
    }
    return breaks
  }

  /// Whether the text goes on after a gap; `nil` when that depends on a sentence that is not known.
  private func continues(
    after gap: Range<Int>, sentenceStart: Int?, in text: ScannedText
  ) -> Bool? {
    let next = gap.upperBound
    let sign = text.scalar(at: next).value
    // A line that begins with a closing sign belongs to the one before.
    switch sign {
    case 0x2C, 0x2E, 0x3B, 0x3A, 0x21, 0x3F, 0x29, 0x5D, 0x3002, 0xFF0C, 0x3001, 0xFF1B, 0xFF1A,
      0xFF01, 0xFF1F, 0xFF09:
      let after = text.byte(next + 1)
      return sign != 0x2E || !(0x30...0x39).contains(after)
    default: break
    }
    if sign == 0x28, Self.isRemarkInsideSentence(at: next, in: text) {
      guard let sentenceStart else { return nil }
      if text.kind(at: sentenceStart) != .lower {
        return !Self.isFinal(text.scalar(before: gap.lowerBound).value)
      }
    }
    guard text.kind(at: next) == .lower, ListMarker(startingAt: next, in: text) == nil else {
      return false
    }
    if Self.isFinal(text.scalar(before: gap.lowerBound).value) { return false }
    guard let sentenceStart else { return nil }
    return Self.length(of: lineStart..<gap.lowerBound, atMost: 13, in: text) > 12
      && text.kind(at: sentenceStart) != .lower
  }

  /// Whether a line with this last sign is complete.
  private static func isFinal(_ value: UInt32) -> Bool {
    switch value {
    case 0x2E, 0x21, 0x3F, 0x3A, 0x3B, 0x3002, 0xFF01, 0xFF1F, 0xFF1A, 0xFF1B: true
    default: false
    }
  }

  /// Whether the bracket at `index` closes on its line and the sentence around it goes on:
  /// *( 365.8 m ).*
  private static func isRemarkInsideSentence(at index: Int, in text: ScannedText) -> Bool {
    for place in index..<min(index + 160, text.count) {
      switch text.bytes[place] {
      case 0x0A, 0x0D: return false
      case 0x29:
        let next = text.byte(place + 1)
        return next == 0x2E || next == 0x2C || next == 0x3B || next == 0x3A
      default: break
      }
    }
    return false
  }

  // MARK: - Wrapped prose

  private mutating func isWrapped(in text: ScannedText) -> Bool {
    if let known = isWrapped { return known }
    let (found, end) = Self.isWrapped(from: lineStart, in: text)
    steps += end - lineStart
    isWrapped = found
    return found
  }

  /// Measures the lines from `start` to the next blank line, or to the first sign that nobody
  /// wrapped them.
  private static func isWrapped(
    from start: Int, in text: ScannedText
  ) -> (isWrapped: Bool, end: Int) {
    var widths: [Int] = []
    var firstWords: [Int] = []
    var widest = 0
    var index = start
    while index < text.count {
      let line = LineWidth(from: index, upTo: wrapWidths.upperBound, in: text.bytes.span)
      guard line.width <= wrapWidths.upperBound else { return (false, line.end) }
      if let before = widths.last, before + 1 + line.firstWord <= widest {
        return (false, line.end)
      }
      widest = max(widest, line.width)
      widths.append(line.width)
      firstWords.append(line.firstWord)
      index = text.skippingWhiteSpace(from: line.end)
      if countBreaks(in: line.end..<index, of: text) != 1 { break }
    }
    return (areFull(widths, firstWords: firstWords), index)
  }

  /// Whether no line but the last had room for the first word of the next one.
  private static func areFull(_ widths: [Int], firstWords: [Int]) -> Bool {
    guard widths.count >= 3, let widest = widths.max(), wrapWidths.contains(widest) else {
      return false
    }
    for index in 0..<(widths.count - 1)
    where widths[index] + 1 + firstWords[index + 1] <= widest {
      return false
    }
    return true
  }

  private static func length(of range: Range<Int>, atMost limit: Int, in text: ScannedText) -> Int {
    var index = range.lowerBound
    var length = 0
    while index < range.upperBound, length < limit {
      index += max(text.scalar(at: index).length, 1)
      length += 1
    }
    return length
  }
}

/// How wide a line is and how wide its first word. Ideographs are two columns wide.
private struct LineWidth {
  private(set) var width = 0
  private(set) var firstWord: Int
  /// The end of the line, or where it became wider than `limit`.
  private(set) var end: Int

  init(from start: Int, upTo limit: Int, in bytes: Span<UInt8>) {
    end = start
    var trailing = 0
    var first = -1
    while end < bytes.count, width <= limit {
      let byte = bytes[end]
      if byte <= 0x20 {
        if byte >= 0x0A, byte <= 0x0D { break }
        // Leading white space does not count: the first line of a paragraph is often indented.
        if width > 0 {
          if first < 0 { first = width }
          trailing += 1
        }
        end += 1
        continue
      }
      if byte == 0xC2 || byte == 0xE2, LineWidth.isSeparator(end, in: bytes) { break }
      if byte & 0xC0 != 0x80 {
        let isIdeograph = byte >= 0xE3 && byte < 0xF0
        width += trailing + (isIdeograph ? 2 : 1)
        trailing = 0
        if isIdeograph, first < 0 { first = 2 }
      }
      end += 1
    }
    firstWord = first < 0 ? width : first
  }

  /// U+0085, U+2028 or U+2029.
  private static func isSeparator(_ index: Int, in bytes: Span<UInt8>) -> Bool {
    guard index + 1 < bytes.count else { return false }
    if bytes[index] == 0xC2 { return bytes[index + 1] == 0x85 }
    return index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8
  }
}
