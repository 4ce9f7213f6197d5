internal import BitextCore

extension WordScanner {
  /// Where the word of letters and digits at `start` ends by UAX #29 (rules WB4 to WB13b), and whether
  /// it is a number.
  ///
  /// The colon joins nothing: CLDR took it out of MidLetter, and so did ICU.
  func unicodeWord(at start: Int) -> (end: Int, isNumber: Bool) {
    var previous = WordClass.other
    var isNumber = true
    var index = start
    let limit = limit
    while index < limit {
      let (kind, length) = wordClass(at: index)
      switch kind {
      case .letter:
        isNumber = false
        previous = .letter
      case .digit:
        previous = .digit
      case .connector:
        previous = .connector
      case .extend:
        // At the start of a word, or alone, a mark is a sign.
        if index == start { return (index, false) }
      case .middle, .letterMiddle, .digitMiddle:
        guard let next = classAfterMarks(at: index + length, limit),
          kind != .digitMiddle && previous == .letter && next == .letter
            || kind != .letterMiddle && previous == .digit && next == .digit
        else { return (index, isNumber) }
      default: return (index, isNumber)
      }
      index += length
    }
    return (index, isNumber)
  }

  /// The class of the first scalar from `index` on that is no mark.
  private func classAfterMarks(at index: Int, _ limit: Int) -> WordClass? {
    var place = index
    // More marks than this are no text; the bound keeps hostile input linear.
    let end = min(limit, index + 64)
    while place < end {
      let (kind, length) = wordClass(at: place)
      if kind != .extend { return kind }
      place += length
    }
    return nil
  }

  /// Where the word at `start` ends, a letter of ASCII, when nothing but letters of English and Spanish
  /// is in it and the sign after it joins it to nothing; `start` for any other word.
  ///
  /// Five words out of six are such. `scanLatin` gives the same answer, four times as slow.
  func plainWordEnd(at start: Int) -> Int {
    let text = bytes.span
    let limit = limit
    var index = start &+ 1
    while index < limit {
      let byte = text[index]
      if byte < 0x80 {
        if (byte | 0x20) &- 0x61 < 26 {
          index &+= 1
          continue
        }
        // All but digits and the signs that may join: % & ' + - . / : @ _
        switch byte {
        case 0x25, 0x26, 0x27, 0x2B, 0x2D, 0x2E, 0x2F, 0x3A, 0x40, 0x5F, 0x30...0x39: return start
        default: return index
        }
      }
      // À to ÿ, but × and ÷.
      guard byte == 0xC3, text[index &+ 1] != 0x97, text[index &+ 1] != 0xB7 else { return start }
      index &+= 2
    }
    return start
  }

  /// Reads the word at `start`, which begins with a letter, a digit or `_`.
  mutating func scanLatin(at start: Int) -> Int {
    var (end, isNumber) = unicodeWord(at: start)
    if end == start { end = start + scalarLength(at: start) }
    if let address = addressEnd(at: start, wordEnd: end) {
      append(start..<address, .address)
      return address
    }
    if isNumber, let compound = compoundNumberEnd(at: start, end) {
      append(start..<compound, .number)
      return compound
    }
    if rules.isChinese {
      end = technicalWordEnd(end)
    } else if let joined = prefixedWordEnd(start..<end) {
      end = joined
    }
    if let withStop = abbreviationEnd(start..<end) { end = withStop }
    append(start..<end, isNumber && end > start ? numberOrWord(start..<end) : .word)
    return end
  }

  /// `_` alone is no number.
  private func numberOrWord(_ range: Range<Int>) -> WordKind {
    for index in range {
      if bytes[index] &- 0x30 < 10 { return .number }
      if bytes[index] == 0xBC, bytes[index - 1] == 0xEF { return .number }  // full-width
      if bytes[index] | 0x20 &- 0x61 < 26 { return .word }
    }
    return .symbol
  }

  // MARK: Joins

  /// `Wi-Fi`, `TCP/IP`, `AT&T`, `50%`: in Chinese text a run of Latin letters and digits is one word.
  private func technicalWordEnd(_ wordEnd: Int) -> Int {
    var end = wordEnd
    let limit = limit
    while end < limit {
      let (kind, length) = wordClass(at: end)
      if bytes[end] == 0x25 { return end + 1 }
      if kind == .other, bytes[end] == 0xEF, Self.scalar(bytes, at: end) == 0xFF05 {
        return end + 3
      }
      let isJoint: Bool =
        switch bytes[end] {
        case 0x2E, 0x2D, 0x5F, 0x40, 0x26, 0x2B, 0x2F, 0x3A: true
        case 0xC2: bytes[end + 1] == 0xB7
        case 0xEF: Self.scalar(bytes, at: end) == 0xFF0E || Self.scalar(bytes, at: end) == 0xFF0D
        default: false
        }
      guard isJoint, end + length < limit else { return end }
      let (next, _) = wordClass(at: end + length)
      guard next == .letter || next == .digit else { return end }
      end = unicodeWord(at: end + length).end
    }
    return end
  }

  /// `e-mail`, `co-author`: a beginning that is no word and what it is joined to.
  private func prefixedWordEnd(_ range: Range<Int>) -> Int? {
    guard !rules.prefixes.isEmpty, range.count <= 7, range.upperBound + 1 < limit,
      bytes[range.upperBound] == 0x2D, wordClass(at: range.upperBound + 1).kind == .letter,
      rules.prefixes.contains(lowercased(range))
    else { return nil }
    return unicodeWord(at: range.upperBound + 1).end
  }

  /// Where an abbreviation ends that keeps its full stop; `nil` when the word keeps none.
  private func abbreviationEnd(_ range: Range<Int>) -> Int? {
    let stop = range.upperBound
    guard stop < limit, bytes[stop] == 0x2E, range.count <= 12 else { return nil }
    // An ellipsis begins here: "and so on etc..." keeps its dots together.
    if stop + 1 < bytes.count, bytes[stop + 1] == 0x2E { return nil }
    if isInitials(range) { return stop + 1 }
    if range.count > 1, rules.abbreviations.contains(lowercased(range)) { return stop + 1 }
    return nil
  }

  /// `U.S`, `p.m`, `J`: letters with stops between them; a single capital before another word.
  private func isInitials(_ range: Range<Int>) -> Bool {
    if range.count == 1 {
      let letter = bytes[range.lowerBound]
      guard !rules.abbreviations.isEmpty, letter &- 0x41 < 26,
        letter != 0x49 || rules.prefixes.isEmpty
      else { return false }
      // An initial stands before a name or another initial, not at the end of a sentence.
      var next = range.upperBound + 1
      if next < bytes.count, bytes[next] == 0x20 { next += 1 }
      return next < bytes.count && (bytes[next] &- 0x41 < 26 || bytes[next] == 0xC3)
    }
    guard range.count % 2 == 1 else { return false }
    for (place, index) in range.enumerated() {
      if place % 2 == 0 ? !isASCIILetter(bytes[index]) : bytes[index] != 0x2E { return false }
    }
    return true
  }

  @inline(__always)
  func isASCIILetter(_ byte: UInt8) -> Bool {
    byte < 0x80 && byte | 0x20 &- 0x61 < 26
  }

  /// A short range in lower case.
  func lowercased(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).lowercased()
  }
}
