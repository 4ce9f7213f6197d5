internal import BitextICU

/// Cuts a folded text into the tokens of the key; see ``TokenKey`` for the rules.
struct TokenScanner {
  /// What a scalar is to the scanner.
  enum Class {
    static let separator: UInt8 = 0
    static let digit: UInt8 = 1
    /// A letter of a script that is written without spaces.
    static let ideograph: UInt8 = 2
    static let letter: UInt8 = 3
    static let mark: UInt8 = 4
    static let other: UInt8 = 5
  }

  private(set) var encoded: [UInt8] = []
  private(set) var count = 0
  /// Where each token stands in what was scanned: bytes of ASCII, units of UTF-16. Kept on demand.
  private(set) var ranges: [Range<Int>] = []
  var keepsRanges = false

  /// ICU's NFKC_Casefold; `nil` only when ICU's data is missing altogether.
  static let normalizer = try? Normalizer(.nfkcCasefold)

  /// The class of each scalar of the Basic Multilingual Plane: a table, since the scan asks for each
  /// character of each text that is imported (65 kB, filled once in about 1 ms).
  private static let planeZero: [UInt8] = (0...0xFFFF).map { value in
    Unicode.Scalar(UInt32(value)).map(classify) ?? Class.other
  }

  /// Scans a text.
  mutating func scan(_ text: String) {
    if scanASCII(text) { return }
    var buffer = UTF16Buffer()
    buffer.load(text)
    guard let normalizer = Self.normalizer,
      normalizer.spanQuickCheckYes(buffer.units) != buffer.units.count
    else { return scanUTF16(buffer.units) }
    scanUTF16(normalizer.normalize(buffer.units))
  }

  static func asciiLowercase(_ unit: UInt16) -> UInt16 {
    unit &- 65 < 26 ? unit | 0x20 : unit
  }

  // MARK: ASCII

  /// Scans an ASCII text; returns `false`, with nothing scanned, when the text is not ASCII.
  mutating func scanASCII(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    let size = bytes.count
    for index in 0..<size where bytes[index] >= 0x80 { return false }
    encoded.reserveCapacity(size + size / 4 + 4)
    var index = 0
    while index < size {
      let byte = bytes[index]
      var end = index + 1
      if Self.isLetter(byte) {
        while end < size {
          let next = bytes[end]
          if Self.isLetter(next)
            || (next == 0x27 && end + 1 < size && Self.isLetter(bytes[end + 1]))
          {
            end += 1
          } else {
            break
          }
        }
        appendLength(end - index)
        for position in index..<end {
          let letter = bytes[position]
          encoded.append(letter == 0x27 ? letter : letter | 0x20)
        }
        finish(index..<end)
      } else if Self.isDigit(byte) {
        while end < size {
          let next = bytes[end]
          if Self.isDigit(next)
            || ((next == 0x2E || next == 0x2C) && end + 1 < size && Self.isDigit(bytes[end + 1]))
          {
            end += 1
          } else {
            break
          }
        }
        appendNumber()
        finish(index..<end)
      } else if byte > 0x20 && byte < 0x7F {
        while end < size, bytes[end] == byte { end += 1 }
        appendLength(end - index)
        for _ in index..<end { encoded.append(byte) }
        finish(index..<end)
      }
      index = end
    }
    return true
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  // MARK: UTF-16

  /// Scans a text in NFKC_Casefold form.
  mutating func scanUTF16(_ units: [UInt16]) {
    let table = Self.planeZero
    encoded.reserveCapacity(encoded.count + units.count * 4)
    scanUnits(units.span, table.span)
  }

  private mutating func scanUnits(_ units: Span<UInt16>, _ table: Span<UInt8>) {
    let size = units.count
    var index = 0
    while index < size {
      let (first, width) = Self.scalar(units, index)
      let kind = Self.kind(first, table)
      var end = index + width
      switch kind {
      case Class.separator:
        index = end
        continue
      case Class.digit:
        while end < size {
          let (next, step) = Self.scalar(units, end)
          if Self.kind(next, table) == Class.digit {
            end += step
          } else if next == 0x2E || next == 0x2C, end + 1 < size,
            Self.kind(Self.scalar(units, end + 1).0, table) == Class.digit
          {
            end += 1
          } else {
            break
          }
        }
        appendNumber()
      case Class.ideograph:
        while end < size {
          let (next, step) = Self.scalar(units, end)
          guard Self.kind(next, table) == Class.mark else { break }
          end += step
        }
        appendToken(units, index..<end)
      case Class.letter, Class.mark:
        while end < size {
          let (next, step) = Self.scalar(units, end)
          let nextKind = Self.kind(next, table)
          if nextKind == Class.letter || nextKind == Class.mark {
            end += step
          } else if next == 0x27, end + 1 < size,
            Self.kind(Self.scalar(units, end + 1).0, table) == Class.letter
          {
            end += 1
          } else {
            break
          }
        }
        appendToken(units, index..<end)
      default:
        while end < size {
          let (next, step) = Self.scalar(units, end)
          guard next == first else { break }
          end += step
        }
        appendToken(units, index..<end)
      }
      finish(index..<end)
      index = end
    }
  }

  /// The folded scalar at `index` and how many units it takes.
  @inline(__always)
  private static func scalar(_ units: Span<UInt16>, _ index: Int) -> (UInt32, Int) {
    let unit = units[index]
    if unit & 0xFC00 == 0xD800, index + 1 < units.count {
      return (0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(units[index + 1] & 0x3FF)), 2)
    }
    return (fold(UInt32(unit)), 1)
  }

  /// Quotation marks, apostrophes, dashes and the ideographic full stop, as one sign each.
  @inline(__always)
  private static func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x2BC { return scalar }
    switch scalar {
    case 0x2018, 0x2019, 0x201A, 0x201B, 0x2BC, 0x2032: return 0x27
    case 0x201C, 0x201D, 0x201E, 0x201F, 0x2033: return 0x22
    case 0x2010...0x2015, 0x2212: return 0x2D
    case 0x3002: return 0x2E
    default: return scalar
    }
  }

  @inline(__always)
  private static func kind(_ scalar: UInt32, _ table: Span<UInt8>) -> UInt8 {
    if scalar < 0x10000 { return table[Int(scalar)] }
    return Unicode.Scalar(scalar).map(classify) ?? Class.other
  }

  /// The folded scalar at `index` of a text in NFKC_Casefold form, and how many units it takes.
  static func foldedScalar(_ units: Span<UInt16>, _ index: Int) -> (UInt32, Int) {
    scalar(units, index)
  }

  /// Whether a folded scalar stands between tokens.
  static func isSeparator(_ scalar: UInt32) -> Bool {
    kind(scalar, planeZero.span) == Class.separator
  }

  private static func classify(_ scalar: Unicode.Scalar) -> UInt8 {
    // The numbers are ICU's `UCharCategory`.
    switch ScalarProperties.category(of: scalar) {
    case 1...5: return isWrittenWithoutSpaces(scalar.value) ? Class.ideograph : Class.letter
    case 6...8: return Class.mark
    case 9: return Class.digit
    case 10: return isWrittenWithoutSpaces(scalar.value) ? Class.ideograph : Class.other
    case 12...16: return Class.separator
    default: return Class.other
    }
  }

  private static func isWrittenWithoutSpaces(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x2FFF, 0x3000...0x31FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xF900...0xFAFF, 0x1B000...0x1B2FF,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }

  // MARK: Output

  private mutating func appendToken(_ units: Span<UInt16>, _ range: Range<Int>) {
    // Most tokens are shorter than 128 bytes: one byte for the length, filled in afterwards.
    let place = encoded.count
    encoded.append(0)
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, width) = Self.scalar(units, index)
      if scalar < 0x80 {
        encoded.append(UInt8(scalar))
      } else if scalar < 0x800 {
        encoded.append(0xC0 | UInt8(scalar >> 6))
        encoded.append(0x80 | UInt8(scalar & 0x3F))
      } else if scalar < 0x10000 {
        encoded.append(0xE0 | UInt8(scalar >> 12))
        encoded.append(0x80 | UInt8(scalar >> 6 & 0x3F))
        encoded.append(0x80 | UInt8(scalar & 0x3F))
      } else {
        encoded.append(0xF0 | UInt8(scalar >> 18))
        encoded.append(0x80 | UInt8(scalar >> 12 & 0x3F))
        encoded.append(0x80 | UInt8(scalar >> 6 & 0x3F))
        encoded.append(0x80 | UInt8(scalar & 0x3F))
      }
      index += width
    }
    let length = encoded.count - place - 1
    if length < 0x80 {
      encoded[place] = UInt8(length)
    } else {
      var bytes: [UInt8] = []
      Self.encodeLength(length, into: &bytes)
      encoded.replaceSubrange(place...place, with: bytes)
    }
  }

  private mutating func appendNumber() {
    encoded.append(1)
    encoded.append(UInt8(ascii: "#"))
  }

  private mutating func appendLength(_ length: Int) {
    if length < 0x80 {
      encoded.append(UInt8(length))
    } else {
      Self.encodeLength(length, into: &encoded)
    }
  }

  private static func encodeLength(_ length: Int, into bytes: inout [UInt8]) {
    var rest = length
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func finish(_ range: Range<Int>) {
    count += 1
    if keepsRanges { ranges.append(range) }
  }
}
