internal import BitextCore
internal import BitextText

/// Decides whether what the automaton found really stands in a text as a term.
struct TermJudge {
  let text: String
  /// The way from the key to the text; `nil` where both have the same places.
  let mapped: MappedText?
  let tokens: [TermTokens.Token]
  let segmenter: WordSegmenter
  /// Whether a hit in a script without spaces must keep to words.
  let checksWords: Bool

  private let bytes: [UInt8]
  /// The words of the text, once they are needed.
  private var words: [Word]?

  init(
    text: String, mapped: MappedText?, tokens: [TermTokens.Token], segmenter: WordSegmenter,
    checksWords: Bool
  ) {
    self.text = text
    self.mapped = mapped
    self.tokens = tokens
    self.segmenter = segmenter
    self.checksWords = checksWords
    bytes = Array(text.utf8)
  }

  /// The bytes of the text that a candidate covers; `nil` when it is no term there.
  mutating func span(of candidate: TermAutomaton.Candidate) -> TextSpan? {
    let (first, last) = (Int(candidate.start), Int(candidate.end) - 1)
    let key = TextSpan(start: tokens[first].start, end: tokens[last].end)
    let span = original(key)
    // A hit that begins inside what normalization made of one character is none: ½ is no 1.
    guard !span.isEmpty, mapped.map({ $0.normalizedSpan(of: span) == key }) ?? true else {
      return nil
    }
    // C is not found in C++ and C#.
    if last + 1 < tokens.count, tokens[last + 1].start == tokens[last].end {
      let next = Int(span.end)
      if next < bytes.count, bytes[next] == 0x2B || bytes[next] == 0x23 { return nil }
    }
    guard hasPlainGaps(first...last), !isInAddress(span) else { return nil }
    if checksWords, isUnspaced(span.range.lowerBound) || isUnspacedBefore(span.range.upperBound),
      !keepsToWords(span)
    {
      return nil
    }
    return span
  }

  /// The bytes of the text that a part of the key comes from.
  private func original(_ span: TextSpan) -> TextSpan { mapped?.originalSpan(of: span) ?? span }

  /// Whether only spaces and hyphens separate the words, no dash.
  private func hasPlainGaps(_ range: ClosedRange<Int>) -> Bool {
    for index in range.dropLast() where tokens[index + 1].start == tokens[index].end + 1 {
      let gap = original(TextSpan(start: tokens[index].end, end: tokens[index + 1].start))
      // U+2012 to U+2015.
      if gap.count == 3, bytes[Int(gap.start)] == 0xE2, bytes[Int(gap.start) + 1] == 0x80,
        (0x92...0x95).contains(bytes[Int(gap.start) + 2])
      {
        return false
      }
    }
    return true
  }

  /// Addresses are no longer than this.
  private static let maximumAddressLength = 256

  /// Whether the span is part of a URL or an e-mail address.
  private func isInAddress(_ span: TextSpan) -> Bool {
    func isPart(_ byte: UInt8) -> Bool {
      byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x3C && byte != 0x3E
    }
    var start = Int(span.start)
    while start > 0, Int(span.start) - start < Self.maximumAddressLength, isPart(bytes[start - 1]) {
      start -= 1
    }
    var end = Int(span.end)
    while end < bytes.count, end - Int(span.end) < Self.maximumAddressLength, isPart(bytes[end]) {
      end += 1
    }
    if end - start == span.count { return false }
    let run = bytes[start..<end]
    if run.count >= 4, run.prefix(4).elementsEqual("www.".utf8) { return true }
    var index = start
    while index < end {
      if bytes[index] == 0x3A, index + 2 < end, bytes[index + 1] == 0x2F, bytes[index + 2] == 0x2F {
        return index < Int(span.end)
      }
      if bytes[index] == 0x40, index > start, index + 1 < end {
        return !span.range.contains(index)
      }
      index += 1
    }
    return false
  }

  // MARK: Scripts without spaces

  /// Whether a character of a script without spaces begins at `index`: kana and Han.
  private func isUnspaced(_ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    return bytes[index] >= 0xE3 && bytes[index] <= 0xE9 || bytes[index] == 0xF0
  }

  private func isUnspacedBefore(_ index: Int) -> Bool {
    var place = index - 1
    while place > 0, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place >= 0 && isUnspaced(place)
  }

  /// Whether a term may be cut out of the words: when it is made of whole words, or when cutting it out
  /// leaves no more pieces than there are words.
  private mutating func keepsToWords(_ span: TextSpan) -> Bool {
    let words = self.words ?? segmenter.words(in: text)
    self.words = words
    guard let first = Self.word(at: span.start, words),
      let last = Self.word(at: span.end - 1, words)
    else { return true }
    let before = TextSpan(start: words[first].span.start, end: span.start)
    let after = TextSpan(start: span.end, end: words[last].span.end)
    if before.isEmpty, after.isEmpty { return true }
    let pieces = 1 + count(before) + count(after)
    return pieces <= last - first + 1 && last > first
  }

  private func count(_ span: TextSpan) -> Int {
    span.isEmpty ? 0 : segmenter.words(in: String(text[span])).count
  }

  /// The word that holds a byte; `nil` when white space does.
  private static func word(at byte: UInt32, _ words: [Word]) -> Int? {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle].span.end <= byte { low = middle + 1 } else { high = middle }
    }
    return low < words.count && words[low].span.start <= byte ? low : nil
  }

  // MARK: Case

  /// Whether a candidate is written with the capitals of a term; an ending that the term does not have
  /// may be in any case.
  func hasCase(
    of words: [String], _ candidate: TermAutomaton.Candidate, isInflected: Bool
  ) -> Bool {
    for (offset, word) in words.enumerated() {
      let token = tokens[Int(candidate.start) + offset]
      let span = original(TextSpan(start: token.start, end: token.end))
      var found = String(text[span])
      if found == word { continue }
      found = TextNormalizer(.nfkc, language: segmenter.language)(found)
      if found == word { continue }
      guard isInflected else { return false }
      let shared = zip(found.utf8, word.utf8).prefix(while: ==).count
      guard shared + 1 >= min(found.utf8.count, word.utf8.count) else { return false }
    }
    return true
  }
}
