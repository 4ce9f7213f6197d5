/// What a character does at word boundaries (UAX #29, the property Word_Break), for the scripts that
/// the scanner cuts itself.
enum WordClass: UInt8, Sendable {
  /// Between words, and no part of one.
  case space
  /// Stands alone.
  case other
  case letter
  case digit
  /// `_`: joins letters and digits.
  case connector
  /// `'` and `.`: join letters with letters and digits with digits.
  case middle
  /// `·`: joins letters.
  case letterMiddle
  /// `,` and `;`: join digits.
  case digitMiddle
  /// Combining marks and the like: belong to what comes before.
  case extend
  case han
  /// Left to ICU.
  case foreign
}

extension WordScanner {
  static let asciiClassTable: [WordClass] = (0..<128).map { byte in
    switch UInt8(byte) {
    case 0x09...0x0D, 0x20: .space
    case 0x30...0x39: .digit
    case 0x41...0x5A, 0x61...0x7A: .letter
    case 0x5F: .connector
    case 0x27, 0x2E: .middle
    case 0x2C, 0x3B: .digitMiddle
    default: .other
    }
  }

  @inline(__always)
  func scalarLength(at index: Int) -> Int {
    let byte = bytes[index]
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  /// The scalar of three bytes at `index`.
  @inline(__always)
  static func scalar(_ bytes: [UInt8], at index: Int) -> UInt32 {
    UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      | UInt32(bytes[index + 2] & 0x3F)
  }

  /// Whether a Han character of three bytes stands at `index`: U+3005, U+3007, U+3400 to U+9FFF, and
  /// the compatibility ideographs of U+F900 to U+FAFF.
  @inline(__always)
  static func isHan(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index + 2 < bytes.count else { return false }
    switch bytes[index] {
    case 0xE4...0xE9: return true
    case 0xE3:
      return bytes[index + 1] >= 0x90
        || bytes[index + 1] == 0x80 && (bytes[index + 2] == 0x85 || bytes[index + 2] == 0x87)
    case 0xEF: return bytes[index + 1] &- 0xA4 < 8
    default: return false
    }
  }

  /// The class of the scalar at `index` and its length in bytes.
  @inline(__always)
  func wordClass(at index: Int) -> (kind: WordClass, length: Int) {
    let byte = bytes[index]
    if byte < 0x80 { return (asciiClasses[Int(byte)], 1) }
    return classBeyondASCII(at: index)
  }

  private func classBeyondASCII(at index: Int) -> (kind: WordClass, length: Int) {
    let byte = bytes[index]
    let second = bytes[index + 1]
    switch byte {
    case 0xC2:
      switch second {
      case 0x85, 0xA0: return (.space, 2)
      case 0xAA, 0xB5, 0xBA: return (.letter, 2)
      case 0xB7: return (.letterMiddle, 2)
      case 0xAD: return (.extend, 2)
      default: return (.other, 2)
      }
    case 0xC3: return (second == 0x97 || second == 0xB7 ? .other : .letter, 2)
    case 0xC4...0xCA: return (.letter, 2)
    case 0xCC: return (.extend, 2)
    case 0xCD where second < 0xB0: return (.extend, 2)
    case 0xCB...0xDF: return (.foreign, 2)
    case 0xE1 where second &- 0xB8 < 4: return (.letter, 3)
    case 0xE1 where second == 0x9A && bytes[index + 2] == 0x80: return (.space, 3)
    case 0xE2: return (classOfPunctuation(second, bytes[index + 2]), 3)
    case 0xE3...0xE9:
      if Self.isHan(bytes, at: index) { return (.han, 3) }
      return (classOfCJK(second, bytes[index + 2]), 3)
    case 0xEF:
      if Self.isHan(bytes, at: index) { return (.han, 3) }
      return (classOfFullWidth(second, bytes[index + 2]), 3)
    case 0xF0 where second &- 0xA0 < 0x1A: return (.han, 4)
    default: return (.foreign, byte < 0xF0 ? 3 : 4)
    }
  }

  /// U+2000 to U+2FFF.
  private func classOfPunctuation(_ second: UInt8, _ third: UInt8) -> WordClass {
    switch (second, third) {
    case (0x80, 0x80...0x8A), (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF), (0x81, 0x9F): .space
    case (0x80, 0x8B...0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA0...0xBF): .foreign
    case (0x80, 0x98), (0x80, 0x99), (0x80, 0xA4): .middle
    case (0x80, 0xA7): .letterMiddle
    case (0x80, 0xBF), (0x81, 0x80), (0x81, 0x94): .connector
    case (0x81, 0x84): .digitMiddle
    case (0x80, _), (0x81, 0x80...0x9E): .other
    // Superscripts, currencies, arrows, mathematics, shapes, dingbats; not the letters among them.
    case (0x81, 0xB0), (0x81, 0xB4...0xBE), (0x82, 0x80...0x8E), (0x82, 0xA0...0xBF): .other
    case (0x86...0x91, _), (0x94...0x9E, _): .other
    default: .foreign
    }
  }

  /// U+3000 to U+9FFF without Han.
  private func classOfCJK(_ second: UInt8, _ third: UInt8) -> WordClass {
    switch (second, third) {
    case (0x80, 0x80): .space
    case (0x80, 0x81...0x84), (0x80, 0x88...0xA0), (0x80, 0xB0), (0x83, 0xBB): .other
    default: .foreign
    }
  }

  /// U+F000 to U+FFFF without Han.
  private func classOfFullWidth(_ second: UInt8, _ third: UInt8) -> WordClass {
    switch (second, third) {
    case (0xB8, 0x80...0x8F): .extend
    case (0xBC, 0x87), (0xBC, 0x8E): .middle
    case (0xBC, 0x8C), (0xBC, 0x9B): .digitMiddle
    case (0xBC, 0x90...0x99): .digit
    case (0xBC, 0xA1...0xBA), (0xBD, 0x81...0x9A): .letter
    case (0xBC, 0xBF): .connector
    case (0xBC, 0x81...0xBF), (0xBD, 0x80), (0xBD, 0x9B...0xA5): .other
    default: .foreign
    }
  }
}
