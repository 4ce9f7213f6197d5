/// Finds URLs, e-mail addresses, file and domain names: no sign inside them ends a sentence.
///
/// A token is looked at once, however many signs it holds; the last answer is kept.
struct ProtectedSpans {
  private var token = 0..<0
  private var protected = 0..<0
  /// How many bytes of tokens were read.
  private(set) var steps = 0

  /// The protected span that `index` lies in; `nil` when there is none.
  mutating func span(around index: Int, in text: ScannedText, words: WordTable) -> Range<Int>? {
    if !token.contains(index) {
      token = Self.token(around: index, from: token.upperBound, in: text)
      steps += token.count
      protected = Self.protectedPart(of: token, in: text, words: words)
    }
    return protected.contains(index) ? protected : nil
  }

  private static func token(around index: Int, from floor: Int, in text: ScannedText) -> Range<Int>
  {
    var start = index
    while start > floor, isAddressByte(text.bytes[start - 1]) { start -= 1 }
    var end = index
    while end < text.count, isAddressByte(text.bytes[end]) { end += 1 }
    return start..<max(end, index + 1)
  }

  /// White space, controls, quotes, angle brackets, general punctuation and Han end an address.
  private static func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x22, 0x3C, 0x3E, 0x7F: false
    case 0xC2, 0xE2...0xFF: false
    default: true
    }
  }

  private static func protectedPart(
    of token: Range<Int>, in text: ScannedText, words: WordTable
  ) -> Range<Int> {
    var start = token.lowerBound
    var end = token.upperBound
    while start < end, isTrailing(text.bytes[start]) || text.bytes[start] == 0x28 { start += 1 }
    while end > start, isTrailing(text.bytes[end - 1]) { end -= 1 }
    let none = token.lowerBound..<token.lowerBound
    guard end - start >= 4 else { return none }

    if text.matches(Array("www.".utf8), at: start) { return start..<end }
    var index = start
    var sawAt = false
    while index < end {
      let byte = text.bytes[index]
      if byte == 0x3A, text.byte(index + 1) == 0x2F, text.byte(index + 2) == 0x2F, index > start {
        return start..<end
      }
      if byte == 0x40, index > start { sawAt = true }
      if byte == 0x2E, sawAt, index + 1 < end { return start..<end }
      index += 1
    }
    // The host of an address without a scheme ends before its path.
    var hostEnd = start
    while hostEnd < end, !isHostEnd(text.bytes[hostEnd]) { hostEnd += 1 }
    for candidate in [end, hostEnd] {
      var dot = candidate
      while dot > start, text.bytes[dot - 1] != 0x2E, candidate - dot < 8 { dot -= 1 }
      guard dot > start + 1, text.bytes[dot - 1] == 0x2E, dot < candidate else { continue }
      let key = WordKey(text, dot..<candidate)
      if words.classes(of: key, isCapitalized: false).contains(.ending),
        (dot..<candidate).allSatisfy({ text.bytes[$0] >= 0x61 || text.bytes[$0] < 0x41 })
      {
        return start..<end
      }
    }
    return none
  }

  private static func isTrailing(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x22, 0x27, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x7D: true
    default: false
    }
  }

  private static func isHostEnd(_ byte: UInt8) -> Bool {
    byte == 0x2F || byte == 0x3F || byte == 0x23 || byte == 0x3A
  }
}
