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

  /// The end of the paragraph whose lines were measured last, and whether they are full.
  private var measuredEnd = 0
  private var isWrapped = false
  /// Where the current line begins.
  private var lineStart = 0

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
    let breaks = Self.countBreaks(in: gap, of: text)
    if breaks >= 2 { return .paragraph }
    switch mode {
    case .line: return .line
    case .space: return .space
    case .paragraph:
      return isWrapped(around: gap, in: text)
        || continues(after: gap, sentenceStart: sentenceStart, in: text)
        ? .space : .line
    }
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

  private func continues(
    after gap: Range<Int>, sentenceStart: Int, in text: ScannedText
  ) -> Bool {
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
    if sign == 0x28, Self.isRemarkInsideSentence(at: next, in: text),
      text.kind(at: sentenceStart) != .lower
    {
      return !Self.isFinal(text.scalar(before: gap.lowerBound).value)
    }
    guard text.kind(at: next) == .lower, ListMarker(startingAt: next, in: text) == nil else {
      return false
    }
    if Self.isFinal(text.scalar(before: gap.lowerBound).value) { return false }
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

  private mutating func isWrapped(around gap: Range<Int>, in text: ScannedText) -> Bool {
    if gap.lowerBound >= measuredEnd { measure(from: lineStart, in: text) }
    return isWrapped
  }

  /// Measures the lines from `start` to the next blank line.
  private mutating func measure(from start: Int, in text: ScannedText) {
    var widths: [Int] = []
    var firstWords: [Int] = []
    var index = start
    var paragraphEnds = false
    while index < text.count, !paragraphEnds {
      // Leading white space does not count: the first line of a paragraph is often indented.
      var width = 0
      var trailing = 0
      var firstWord = -1
      while index < text.count {
        let (value, length) = text.scalar(at: index)
        if value == 0x0A || value == 0x0D || value == 0x85 || value == 0x2028 || value == 0x2029
          || value == 0x0B || value == 0x0C
        {
          break
        }
        if ScannedText.isWhiteSpace(value) {
          if firstWord < 0, width > 0 { firstWord = width }
          if width > 0 { trailing += 1 }
        } else {
          width += trailing + (value >= 0x1100 && CharacterKind(value) == .ideograph ? 2 : 1)
          trailing = 0
          if value >= 0x2E80, firstWord < 0 { firstWord = 2 }
        }
        index += max(length, 1)
      }
      widths.append(width)
      firstWords.append(firstWord < 0 ? width : firstWord)
      let gapStart = index
      index = text.skippingWhiteSpace(from: index)
      paragraphEnds = Self.countBreaks(in: gapStart..<index, of: text) != 1
    }
    measuredEnd = index
    isWrapped = Self.areFull(widths, firstWords: firstWords)
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
