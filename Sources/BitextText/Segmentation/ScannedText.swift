/// The UTF-8 bytes of a text, and what stands at each of them.
///
/// The sentence rules look at a few characters around a candidate; they do it here, on bytes, since
/// a walk over `Character` costs tens of times more than the decision itself. Positions are byte
/// offsets; asking beyond an end gives "nothing" instead of a trap.
struct ScannedText {
  let bytes: [UInt8]
  let count: Int

  init(_ text: String) {
    bytes = Array(text.utf8)
    count = bytes.count
  }

  /// The byte at `index`, or 0 outside the text.
  @inline(__always)
  func byte(_ index: Int) -> UInt8 {
    index >= 0 && index < count ? bytes[index] : 0
  }

  /// The scalar that begins at `index` and its length in bytes; `(0, 0)` at the end.
  func scalar(at index: Int) -> (value: UInt32, length: Int) {
    guard index >= 0, index < count else { return (0, 0) }
    let lead = bytes[index]
    if lead < 0x80 { return (UInt32(lead), 1) }
    let second = UInt32(byte(index + 1) & 0x3F)
    if lead < 0xE0 { return (UInt32(lead & 0x1F) << 6 | second, 2) }
    let third = UInt32(byte(index + 2) & 0x3F)
    if lead < 0xF0 { return (UInt32(lead & 0x0F) << 12 | second << 6 | third, 3) }
    let fourth = UInt32(byte(index + 3) & 0x3F)
    return (UInt32(lead & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
  }

  /// The scalar that ends before `index` and where it begins; `(0, 0)` at the start.
  func scalar(before index: Int) -> (value: UInt32, start: Int) {
    guard index > 0, index <= count else { return (0, 0) }
    var start = index - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return (scalar(at: start).value, start)
  }

  /// The length of the white space at `index`, one character of it; 0 when there is none.
  func whiteSpace(at index: Int) -> Int {
    guard index < count else { return 0 }
    let lead = bytes[index]
    if lead < 0x80 { return ScannedText.isASCIIWhiteSpace(lead) ? 1 : 0 }
    guard lead == 0xC2 || (lead >= 0xE1 && lead <= 0xE3) else { return 0 }
    let (value, length) = scalar(at: index)
    return ScannedText.isWhiteSpace(value) ? length : 0
  }

  /// The first position from `index` on that is not white space.
  func skippingWhiteSpace(from index: Int) -> Int {
    var index = index
    while index < count {
      let length = whiteSpace(at: index)
      if length == 0 { return index }
      index += length
    }
    return index
  }

  /// The end of the text before `index` without its trailing white space, not below `floor`.
  func trimmedEnd(_ index: Int, floor: Int) -> Int {
    var end = index
    while end > floor {
      let (value, start) = scalar(before: end)
      guard ScannedText.isWhiteSpace(value) else { return end }
      end = start
    }
    return floor
  }

  /// What kind of character begins at `index`.
  func kind(at index: Int) -> CharacterKind {
    index < count ? CharacterKind(scalar(at: index).value) : .none
  }

  /// Whether the bytes at `index` are those of `pattern`.
  func matches(_ pattern: [UInt8], at index: Int) -> Bool {
    guard index >= 0, index + pattern.count <= count else { return false }
    for offset in pattern.indices where bytes[index + offset] != pattern[offset] { return false }
    return true
  }

  @inline(__always)
  static func isASCIIWhiteSpace(_ byte: UInt8) -> Bool {
    // The information separators U+001C–U+001F separate too, though Unicode calls them controls.
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)
  }

  /// White space as Unicode has it, and the information separators.
  static func isWhiteSpace(_ value: UInt32) -> Bool {
    if value < 0x80 { return isASCIIWhiteSpace(UInt8(value)) }
    switch value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return true
    default: return false
    }
  }
}

/// What the sentence rules want to know of a character.
enum CharacterKind {
  /// There is no character: the text ends.
  case none
  case upper
  case lower
  /// A letter of a script without case, Han excluded.
  case letter
  /// A Han character, kana or hangul: sentences follow each other without a space.
  case ideograph
  case digit
  case space
  case other

  @inline(__always)
  init(_ value: UInt32) {
    if value < 0x80 {
      let letter = value | 0x20
      if letter >= 0x61, letter <= 0x7A {
        self = value < 0x61 ? .upper : .lower
      } else if value >= 0x30, value <= 0x39 {
        self = .digit
      } else {
        self = ScannedText.isASCIIWhiteSpace(UInt8(value)) ? .space : .other
      }
    } else {
      self = CharacterKind.beyondASCII(value)
    }
  }

  @inline(never)
  private static func beyondASCII(_ value: UInt32) -> CharacterKind {
    switch value {
    case 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0x20000...0x3FFFF:
      .ideograph
    case 0xC0...0xD6, 0xD8...0xDE: .upper
    case 0xDF...0xF6, 0xF8...0xFF: .lower
    case 0xAA, 0xBA: .other  // ordinal signs: part of a number, not of a word
    case 0x2010...0x206F, 0x3001...0x3004, 0x3008...0x3020:
      ScannedText.isWhiteSpace(value) ? .space : .other
    case 0xFF10...0xFF19: .digit
    case 0xFF21...0xFF3A: .upper
    case 0xFF41...0xFF5A: .lower
    case 0xFF00...0xFF65: .other
    default: byCategory(value)
    }
  }

  private static func byCategory(_ value: UInt32) -> CharacterKind {
    guard let scalar = Unicode.Scalar(value) else { return .other }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return .upper
    case .lowercaseLetter: return .lower
    case .otherLetter, .modifierLetter: return .letter
    case .decimalNumber: return .digit
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return .space
    default: return .other
    }
  }

  var isLetter: Bool { self == .upper || self == .lower || self == .letter || self == .ideograph }
}
