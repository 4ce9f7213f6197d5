internal import BitextCore

extension WordScanner {
  // MARK: Numbers

  /// Where a date, a time or a range ends that begins with the number up to `end`: `08/16/2000`,
  /// `2026-11-25`, `10:30`, `853-3242`. `nil` for a plain number.
  func compoundNumberEnd(at start: Int, _ end: Int) -> Int? {
    guard end < limit, bytes[start] &- 0x30 < 10 else { return nil }
    let joint = bytes[end]
    guard joint == 0x2F || joint == 0x2D || joint == 0x3A else { return nil }
    var last = end
    var groups = 1
    while groups < 8, last + 1 < limit, bytes[last] == joint, bytes[last + 1] &- 0x30 < 10 {
      let (next, isNumber) = unicodeWord(at: last + 1)
      guard isNumber else { return nil }
      // A time has two digits after each colon.
      if joint == 0x3A, next - last != 3 { return nil }
      last = next
      groups += 1
    }
    // One half is two numbers and a stroke; a date has three parts.
    if groups == 1 || joint == 0x2F && groups != 3 { return nil }
    return last
  }

  // MARK: Punctuation

  private static let emoticons: Set<String> = [
    ":)", ":(", ":D", ":P", ":p", ":/", ":|", ":O", ":o", ":-)", ":-(", ":-D", ":-P", ":-/", ":-|",
    ";)", ";-)", ";D", "=)", "=(", "=D", ":'(", "8)", "<3", "^^", "^_^", ":]", ":[", ":*", ":-*",
  ]

  /// Whether one of the commonest marks of Chinese stands at `index` and no combining mark after it:
  /// it is a word of its own.
  @inline(__always)
  func isPlainMark(at index: Int) -> Bool {
    guard index &+ 3 < bytes.count else { return false }
    let (first, second, third) = (bytes[index], bytes[index &+ 1], bytes[index &+ 2])
    switch (first, second) {
    case (0xE2, 0x80): guard third == 0x9C || third == 0x9D else { return false }  // “ ”
    case (0xE3, 0x80): guard third &- 0x81 < 2 || third &- 0x88 < 10 else { return false }  // 、。〈…】
    case (0xEF, 0xBC):
      guard third == 0x8C || third &- 0x88 < 2 || third &- 0x9A < 2 else { return false }  // ，（）：；
    default: return false
    }
    switch bytes[index &+ 3] {
    case 0xC2, 0xCC, 0xCD: return false
    case 0xEF: return index &+ 4 < bytes.count && bytes[index &+ 4] != 0xB8
    default: return true
    }
  }

  /// Reads punctuation or a symbol.
  mutating func scanSign(at start: Int) -> Int {
    let byte = bytes[start]
    if byte < 0x80 {
      if let end = emoticonEnd(at: start) {
        append(start..<end, .symbol)
        return end
      }
      if let end = taggedEnd(at: start) {
        append(start..<end, byte == 0x2E ? .address : .word)
        return end
      }
    }
    let end = runEnd(at: start)
    append(start..<end, end - start == 1 ? Self.asciiKind(byte) : signKind(of: start..<end))
    return end
  }

  private func emoticonEnd(at start: Int) -> Int? {
    switch bytes[start] {
    case 0x3A, 0x3B, 0x3D, 0x3C, 0x5E: break
    default: return nil
    }
    // Between words, and not inside a run of signs.
    if start > 0, bytes[start - 1] > 0x20, isASCIIPunctuation(bytes[start - 1]) { return nil }
    for length in [3, 2] where start + length <= limit {
      let after = start + length
      guard after == bytes.count || bytes[after] <= 0x20 || isASCIIPunctuation(bytes[after]),
        bytes[start..<after].allSatisfy({ $0 < 0x80 }),
        Self.emoticons.contains(String(decoding: bytes[start..<after], as: UTF8.self))
      else { continue }
      // ":/" opens "://", "8)" closes a list mark.
      if after < bytes.count, bytes[after] == bytes[after - 1] { return nil }
      return after
    }
    return nil
  }

  /// `#tag`, `@name`, `.doc`: a sign and the word it marks, after white space.
  private func taggedEnd(at start: Int) -> Int? {
    let sign = bytes[start]
    guard sign == 0x23 || sign == 0x40 || sign == 0x2E, start == 0 || bytes[start - 1] <= 0x20,
      start + 1 < limit
    else { return nil }
    let (kind, _) = wordClass(at: start + 1)
    guard kind == .letter || kind == .connector && sign == 0x40 else { return nil }
    let end = unicodeWord(at: start + 1).end
    if sign == 0x2E {
      guard end - start <= 6, WordRules.addressEndings.contains(lowercased((start + 1)..<end))
      else {
        return nil
      }
    }
    return end
  }

  /// Where the run of signs ends that are one mark: `...`, `--`, `?!`, `——`, a ruled line.
  private func runEnd(at start: Int) -> Int {
    let length = scalarLength(at: start)
    var end = start + length
    let limit = limit
    let first = bytes[start]
    switch first {
    case 0x21, 0x3F, 0x2E:
      // Final marks go together.
      while end < limit, bytes[end] == 0x21 || bytes[end] == 0x3F || bytes[end] == 0x2E { end += 1 }
    case 0x2D, 0x3D, 0x2A, 0x5F, 0x7E, 0x2B:
      while end < limit, bytes[end] == first { end += 1 }
      // A line that is drawn with several signs.
      if end - start >= 2 || end < limit && isRule(bytes[end]) {
        var line = end
        while line < limit, isRule(bytes[line]) { line += 1 }
        if line - start >= 4 { end = line }
      }
    case 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x22, 0x2C, 0x3B, 0x3A, 0x25, 0x2F: break
    case ..<0x80:
      while end < limit, bytes[end] == first { end += 1 }
    default:
      // Repeated brackets and quotation marks open or close one each.
      if joinsWithItself(start) {
        while end + length <= limit, isRepeated(at: end, from: start, length) { end += length }
      }
    }
    // Marks belong to what they stand on.
    while end < limit {
      let (kind, length) = wordClass(at: end)
      guard kind == .extend else { break }
      end += length
    }
    return end
  }

  private func isRepeated(at index: Int, from start: Int, _ length: Int) -> Bool {
    for offset in 0..<length where bytes[index + offset] != bytes[start + offset] { return false }
    return true
  }

  /// Dashes, dots and final marks: the signs beyond ASCII that are written in runs.
  private func joinsWithItself(_ index: Int) -> Bool {
    guard scalarLength(at: index) == 3 else { return false }
    switch Self.scalar(bytes, at: index) {
    case 0x2010...0x2015, 0x2022, 0x2024...0x2026, 0x203C, 0x2047...0x2049, 0x22EF, 0x2500...0x25FF,
      0x2605, 0x2606, 0xFF01, 0xFF0D, 0xFF1F, 0xFF5E, 0x301C:
      return true
    default: return false
    }
  }

  private func isRule(_ byte: UInt8) -> Bool {
    byte == 0x2D || byte == 0x3D || byte == 0x2A || byte == 0x5F || byte == 0x7E || byte == 0x2B
  }

  private func isASCIIPunctuation(_ byte: UInt8) -> Bool {
    byte < 0x80 && byte > 0x20 && !isASCIILetter(byte) && byte &- 0x30 >= 10
  }

  /// `$ + < = > ^ \` | ~` are symbols, the other signs of ASCII punctuation.
  private static func asciiKind(_ byte: UInt8) -> WordKind {
    switch byte {
    case 0x24, 0x2B, 0x3C...0x3E, 0x5E, 0x60, 0x7C, 0x7E, 0..<0x20, 0x7F: .symbol
    default: .punctuation
    }
  }
}
