internal import BitextICU

/// NFC or NFKC (UAX #15), by ICU, with a check of our own in front of it.
struct UnicodeForm: Sendable {
  private let normalizer: Normalizer
  private let isComposedOnly: Bool

  static let composed = UnicodeForm(.nfc)
  static let compatibility = UnicodeForm(.nfkc)

  private init(_ form: Normalizer.Form) {
    normalizer = .required(form)
    isComposedOnly = form == .nfc
  }

  /// Whether the text is in this form.
  ///
  /// - Complexity: O(length of the text), at memory speed for ASCII.
  func isNormalized(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    let safe = safePrefix(of: bytes)
    if safe == bytes.count { return true }
    var buffer = UTF16Buffer()
    buffer.load(bytes.extracting(safe..<bytes.count))
    if normalizer.spanQuickCheckYes(buffer.units) == buffer.units.count { return true }
    return normalizer.normalize(buffer.units) == buffer.units
  }

  func normalized(_ text: String) -> String {
    var buffer = UTF16Buffer()
    buffer.load(text)
    return String(decoding: normalizer.normalize(buffer.units), as: UTF16.self)
  }

  /// Normalizes from boundary to boundary, so that each piece maps as a whole.
  func mapped(_ text: String) -> MappedText {
    let bytes = text.utf8Span.span
    if safePrefix(of: bytes) == bytes.count {
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

  /// The length of a prefix that is certainly in this form and can be cut off.
  ///
  /// Ranges that are wholly in the form and hold no combining mark are skipped without a table: ASCII;
  /// U+0080 to U+02FF for NFC; U+2010 to U+203F but for NFKC; Han U+4000 to U+9FFF; U+B000 to U+CFFF;
  /// and for NFC the full-width forms. The scan stops one scalar early, since a mark may follow.
  private func safePrefix(of bytes: Span<UInt8>) -> Int {
    var index = 0
    var last = 0
    let count = bytes.count
    let raw = unsafe bytes.bytes
    while index < count {
      let byte = bytes[index]
      if byte < 0x80 {
        // Eight ASCII bytes at a time.
        while index &+ 8 <= count {
          // Reads 8 bytes at an offset checked above; byte by byte this check is 5 times slower.
          let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
          let high = word & 0x8080_8080_8080_8080
          if high != 0 {
            index &+= (UInt64(littleEndian: high).trailingZeroBitCount &>> 3)
            break
          }
          index &+= 8
        }
        while index < count, bytes[index] < 0x80 { index &+= 1 }
        last = index &- 1
        continue
      }
      switch byte {
      case 0xC2...0xCB where isComposedOnly:
        last = index
        index &+= 2
      case 0xE4...0xE9, 0xEB, 0xEC:
        // A run of Han or Hangul.
        var next = index
        while next &+ 2 < count,
          bytes[next] &- 0xE4 < 6 || bytes[next] == 0xEB || bytes[next] == 0xEC
        {
          next &+= 3
        }
        last = next &- 3
        index = next
      case 0xE2 where isComposedOnly && bytes[index &+ 1] == 0x80 && bytes[index &+ 2] >= 0x90:
        last = index
        index &+= 3
      case 0xE3 where bytes[index &+ 1] == 0x80 && bytes[index &+ 2] &- 0x81 < 0x21:
        // U+3001 to U+3021: CJK punctuation.
        last = index
        index &+= 3
      case 0xEF where isComposedOnly && (bytes[index &+ 1] == 0xBC || bytes[index &+ 1] == 0xBD):
        last = index
        index &+= 3
      default:
        return last
      }
    }
    return count
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
