internal import BitextCore

extension WordScanner {
  /// The longest parts of an address that are looked at (RFC 5321; file names of common systems).
  private static let maximumNameLength = 64
  private static let maximumHostLength = 255

  /// Where the address ends that begins with the word from `start` to `wordEnd`; `nil` for another word.
  func addressEnd(at start: Int, wordEnd: Int) -> Int? {
    let next = wordEnd < bytes.count ? bytes[wordEnd] : 0
    // http://…, mailto:…
    if next == 0x3A, wordEnd + 2 < bytes.count, bytes[wordEnd + 1] == 0x2F,
      bytes[wordEnd + 2] == 0x2F, wordEnd - start <= 8, isASCIIWord(start..<wordEnd)
    {
      let end = trimmed(start..<pathEnd(from: wordEnd + 3))
      return end > wordEnd + 3 ? end : nil
    }
    if next == 0x3A, wordEnd - start == 6, lowercased(start..<wordEnd) == "mailto" {
      return mailEnd(at: wordEnd + 1)
    }
    if wordEnd - start > 4, isWWW(start) {
      return trimmed(start..<pathEnd(from: wordEnd))
    }
    switch next {
    case 0x40, 0x2D, 0x2B, 0x5F, 0x25, 0x2E: break  // @ - + _ % .
    default:
      if !bytes[start..<wordEnd].contains(0x2E) { return nil }
    }
    return mailEnd(at: start) ?? namedEnd(at: start)
  }

  private func isWWW(_ start: Int) -> Bool {
    (0..<3).allSatisfy { bytes[start + $0] | 0x20 == 0x77 } && bytes[start + 3] == 0x2E
  }

  /// `name@host.tld`
  private func mailEnd(at start: Int) -> Int? {
    var at = start
    let limit = min(limit, start + Self.maximumNameLength + 1)
    while at < limit, isNameByte(bytes[at]) { at += 1 }
    guard at > start, at < limit, bytes[at] == 0x40 else { return nil }
    // Shortened addresses, as archives print them, end in dots: franz371...@example.com.
    var end = at + 1
    let hostLimit = min(self.limit, end + Self.maximumHostLength)
    var lastDot: Int?
    while end < hostLimit, isHostByte(bytes[end]) {
      if bytes[end] == 0x2E { lastDot = end }
      end += 1
    }
    while end > at + 1, bytes[end - 1] == 0x2E || bytes[end - 1] == 0x2D { end -= 1 }
    guard let lastDot, lastDot > at + 1, end - at > 4 else { return nil }
    return end
  }

  /// A host (`example.com/path`) or a file (`read-me.txt`), known by its ending.
  private func namedEnd(at start: Int) -> Int? {
    var end = start
    let limit = min(limit, start + Self.maximumHostLength)
    var dot: Int?
    while end < limit, isHostByte(bytes[end]) || bytes[end] == 0x5F {
      if bytes[end] == 0x2E { dot = end }
      end += 1
    }
    while end > start, bytes[end - 1] == 0x2E || bytes[end - 1] == 0x2D {
      end -= 1
      if dot == end { dot = nil }
    }
    if dot == nil { dot = bytes[start..<end].lastIndex(of: 0x2E) }
    guard let dot, dot > start, end - dot <= 6, end == self.limit || !isLatinLetter(at: end),
      WordRules.addressEndings.contains(lowercased((dot + 1)..<end)),
      // "end.In" is two sentences without a space, not a host of India.
      bytes[dot + 1] | 0x20 == bytes[dot + 1] || bytes[start] &- 0x61 >= 26
    else { return nil }
    if end < self.limit, bytes[end] == 0x2F {
      return trimmed(start..<pathEnd(from: end))
    }
    return end
  }

  /// The end of what can stand in a URL, from `start` on.
  private func pathEnd(from start: Int) -> Int {
    var index = start
    let limit = limit
    while index < limit {
      let byte = bytes[index]
      if byte <= 0x20 || byte == 0x22 || byte == 0x3C || byte == 0x3E || byte == 0x7F { break }
      if byte >= 0x80 {
        guard wordClass(at: index).kind == .letter, byte < 0xE2 else { break }
        index += scalarLength(at: index)
      } else {
        index += 1
      }
    }
    return index
  }

  /// Leaves out the punctuation at the end of a URL, which belongs to the sentence, and a closing
  /// bracket that was not opened inside.
  private func trimmed(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    // Closing brackets without an opening one.
    var surplus = bytes[range].reduce(0) { $0 + ($1 == 0x29 ? 1 : $1 == 0x28 ? -1 : 0) }
    while end > range.lowerBound {
      switch bytes[end - 1] {
      case 0x2E
      where end - 3 >= range.lowerBound && bytes[end - 2] == 0x2E && bytes[end - 3] == 0x2E:
        return end  // a shortened URL
      case 0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x27, 0x22, 0x5D, 0x7D, 0x2A: end -= 1
      case 0x29 where surplus > 0:
        end -= 1
        surplus -= 1
      default: return end
      }
    }
    return end
  }

  private func isASCIIWord(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { isASCIILetter($0) }
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    isASCIILetter(byte) || byte &- 0x30 < 10 || [0x2E, 0x5F, 0x25, 0x2B, 0x2D].contains(byte)
  }

  private func isHostByte(_ byte: UInt8) -> Bool {
    isASCIILetter(byte) || byte &- 0x30 < 10 || byte == 0x2E || byte == 0x2D
  }

  private func isLatinLetter(at index: Int) -> Bool {
    let kind = wordClass(at: index).kind
    return kind == .letter || kind == .digit
  }
}
