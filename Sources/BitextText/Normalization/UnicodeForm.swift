internal import BitextICU

/// NFC or NFKC (UAX #15), by ICU, with a check of our own in front of it.
struct UnicodeForm: Sendable {
  private let normalizer: Normalizer
  private let isComposedOnly: Bool
  private let safeScalars: [UInt64]

  static let composed = UnicodeForm(.nfc)
  static let compatibility = UnicodeForm(.nfkc)

  private init(_ form: Normalizer.Form) {
    normalizer = .required(form)
    isComposedOnly = form == .nfc
    safeScalars = Self.safeScalars(isComposedOnly: isComposedOnly)
  }

  /// Whether the text is in this form.
  ///
  /// What the scan does not know is asked of ICU, piece by piece: longer pieces where there is much of
  /// it, so that ICU is not called for each word of a language that the scan knows nothing of.
  ///
  /// - Complexity: O(length of the text), at memory speed for ASCII.
  func isNormalized(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    var buffer = UTF16Buffer()
    var index = 0
    var pieceLength = 64
    while true {
      let safe = safeEnd(of: bytes, from: index)
      if safe == bytes.count { return true }
      pieceLength =
        safe &- index >= 4 &* pieceLength
        ? max(64, pieceLength / 2) : min(1 << 20, pieceLength &* 2)
      // ASCII and Han have a boundary before them.
      var end = min(bytes.count, safe &+ pieceLength)
      while end < bytes.count, bytes[end] >= 0x80, bytes[end] &- 0xE5 >= 5 { end &+= 1 }
      buffer.load(bytes.extracting(safe..<end))
      if normalizer.spanQuickCheckYes(buffer.units) != buffer.units.count,
        normalizer.normalize(buffer.units) != buffer.units
      {
        return false
      }
      if end == bytes.count { return true }
      index = end
    }
  }

  func normalized(_ text: String) -> String {
    var buffer = UTF16Buffer()
    buffer.load(text)
    return String(decoding: normalizer.normalize(buffer.units), as: UTF16.self)
  }

  /// Normalizes from boundary to boundary, so that each piece maps as a whole.
  func mapped(_ text: String) -> MappedText {
    let bytes = text.utf8Span.span
    if safeEnd(of: bytes, from: 0) == bytes.count {
      return MappedText(text: text, map: OffsetMap(identity: bytes.count))
    }
    var buffer = UTF16Buffer()
    buffer.load(bytes)
    let units = buffer.units
    var output: [UInt16] = []
    output.reserveCapacity(units.count)
    var map = OffsetMap()
    var start = 0
    while start < units.count {
      // What is certainly normalized is copied, up to the last boundary in it.
      var end = start
      let safe = start + normalizer.spanQuickCheckYes(Array(units[start...].prefix(4096)))
      if safe > start {
        end = safe
        if safe < units.count {
          while end > start, !isBoundary(units, end) { end -= 1 }
        }
      }
      if end > start {
        output.append(contentsOf: units[start..<end])
        map.copy(UTF16Buffer.utf8Count(units[start..<end]))
        start = end
        continue
      }
      end = start + 1
      while end < units.count, !isBoundary(units, end) { end += 1 }
      let chunk = Array(units[start..<end])
      let folded = normalizer.normalize(chunk)
      if folded == chunk {
        map.copy(UTF16Buffer.utf8Count(chunk[...]))
      } else {
        map.replace(
          original: UTF16Buffer.utf8Count(chunk[...]),
          normalized: UTF16Buffer.utf8Count(folded[...]))
      }
      output.append(contentsOf: folded)
      start = end
    }
    return MappedText(text: String(decoding: output, as: UTF16.self), map: map)
  }

  /// Whether the text can be cut before the unit at `index`.
  private func isBoundary(_ units: [UInt16], _ index: Int) -> Bool {
    let unit = units[index]
    if unit & 0xFC00 == 0xDC00 { return false }  // inside a pair
    var value = UInt32(unit)
    if unit & 0xFC00 == 0xD800, index + 1 < units.count {
      value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(units[index + 1]) - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { return true }
    return normalizer.hasBoundary(before: scalar)
  }

  /// Where the text from `start` on, a boundary, is no longer certainly in this form.
  ///
  /// Ranges that are wholly in the form and hold no combining mark are skipped without a table: ASCII,
  /// Han and Hangul, CJK punctuation; for NFC also Latin, Cyrillic, kana, the full-width forms and most
  /// signs. Where the scan stops, a mark may stand: so the scalar before it is left out.
  private func safeEnd(of bytes: Span<UInt8>, from start: Int) -> Int {
    // Reads 8 bytes at offsets that are checked first; byte by byte this check is 5 times slower.
    let raw = unsafe bytes.bytes
    let safe = safeScalars.span
    let count = bytes.count
    var index = start
    while index < count {
      // ASCII, 32 bytes at a time.
      while index &+ 32 <= count {
        let first = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        let second = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self)
        let third = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index &+ 16, as: UInt64.self)
        let fourth = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index &+ 24, as: UInt64.self)
        if (first | second | third | fourth) & 0x8080_8080_8080_8080 != 0 { break }
        index &+= 32
      }
      while index &+ 8 <= count {
        let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        let high = UInt64(littleEndian: word) & 0x8080_8080_8080_8080
        if high != 0 {
          index &+= high.trailingZeroBitCount &>> 3
          break
        }
        index &+= 8
      }
      while index < count, bytes[index] < 0x80 { index &+= 1 }
      // Everything else, until eight bytes of ASCII may follow.
      while index < count, bytes[index] >= 0x80 {
        // Two scalars of three bytes at a time.
        while index &+ 8 <= count {
          let word = UInt64(
            littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
          guard word & 0xF000_00F0 == 0xE000_00E0 else { break }
          let first = Int(word & 0x0F) &<< 6 | Int(word &>> 8 & 0x3F)
          let second = Int(word &>> 24 & 0x0F) &<< 6 | Int(word &>> 32 & 0x3F)
          let areSafe =
            safe[first] &>> (word &>> 16 & 0x3F) & safe[second] &>> (word &>> 40 & 0x3F)
          guard areSafe & 1 != 0 else { break }
          index &+= 6
        }
        guard index < count else { break }
        let byte = bytes[index]
        if byte < 0x80 { break }
        if byte & 0xF0 == 0xE0 {
          let row = Int(byte & 0x0F) &<< 6 | Int(bytes[index &+ 1] & 0x3F)
          guard safe[row] &>> UInt64(bytes[index &+ 2] & 0x3F) & 1 != 0 else {
            return lastScalar(before: index, start, bytes)
          }
          index &+= 3
          continue
        }
        if byte < 0xCC || byte == 0xD0 || byte == 0xD1 {
          guard isComposedOnly else { return lastScalar(before: index, start, bytes) }
          index &+= 2
          continue
        }
        return lastScalar(before: index, start, bytes)
      }
    }
    return count
  }

  /// The scalars of three bytes that are safe: a row for each pair of first bytes, a bit for the third.
  ///
  /// A table, since Han and the marks between them follow each other in no order that a processor could
  /// guess: with a branch for each kind, a check of Chinese took half as long again.
  private static func safeScalars(isComposedOnly: Bool) -> [UInt64] {
    var rows = [UInt64](repeating: 0, count: 16 * 64)
    for first in UInt8(0xE0)...0xEF {
      for second in UInt8(0x80)...0xBF {
        for third in UInt8(0x80)...0xBF where isSafe(first, second, third, isComposedOnly) {
          rows[Int(first & 0x0F) << 6 | Int(second & 0x3F)] |= 1 << UInt64(third & 0x3F)
        }
      }
    }
    return rows
  }

  /// Whether a scalar of three bytes is in the form, whatever stands beside it.
  private static func isSafe(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, _ isComposedOnly: Bool
  ) -> Bool {
    if first &- 0xE4 < 6 { return true }  // Han
    if first == 0xE3, second == 0x80 { return third &- 0x81 < 0x21 }  // U+3001 to U+3021
    if first == 0xEB || first == 0xEC { return true }
    guard isComposedOnly else { return false }
    switch first {
    case 0xEF: return second == 0xBC || second == 0xBD
    case 0xE3: return second == 0x81 && third >= 0x81 || second == 0x83  // kana without voice marks
    case 0xE2:
      switch second {
      case 0x80: return third >= 0x90
      case 0x82: return third >= 0xA0  // currencies
      case 0x84: return third != 0xA6 && third != 0xAA && third != 0xAB  // Ω, K, Å
      case 0x86...0x8B, 0x8D...0x9F: return true
      default: return false
      }
    default: return false
    }
  }

  /// Where the scalar before `index` begins.
  private func lastScalar(before index: Int, _ start: Int, _ bytes: Span<UInt8>) -> Int {
    var place = index
    while place > start {
      place &-= 1
      if bytes[place] & 0xC0 != 0x80 { break }
    }
    return place
  }
}

extension Normalizer {
  /// One of ICU's forms. All of them are part of every ICU that has its normalization data.
  static func required(_ form: Form) -> Normalizer {
    do {
      return try Normalizer(form)
    } catch {
      // No input decides this: the installation lacks ICU's data, and no text can be compared.
      preconditionFailure("ICU's normalization data cannot be loaded: \(error)")
    }
  }
}
