/// A text in the form in which alignment reads it: scalar by scalar, lower-cased, with the wide,
/// typographic and Spanish spellings of ASCII signs folded onto ASCII.
///
/// Every scalar of the original gives exactly one scalar here.
struct FoldedText {
  /// The folded scalars.
  private(set) var scalars: [UInt32] = []
  /// Whether some letters are written without spaces between words (Han, kana, Thai, Khmer …).
  private(set) var needsDictionary = false
  /// Whether there are combining marks, so that the text may have to be composed first.
  private(set) var hasCombiningMarks = false

  init(_ text: String) {
    scalars.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value < 0x80 {
        scalars.append((0x41...0x5A).contains(value) ? value + 0x20 : value)
        continue
      }
      if (0x300...0x36F).contains(value) { hasCombiningMarks = true }
      if Self.isUnspaced(value) { needsDictionary = true }
      scalars.append(Self.fold(scalar))
    }
  }

  /// The folded text as a string.
  var string: String { Self.string(of: scalars[...]) }

  /// The number of bytes that a scalar takes in UTF-8.
  static func utf8Count(_ value: UInt32) -> Int {
    value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4
  }

  static func string(of scalars: ArraySlice<UInt32>) -> String {
    var text = String.UnicodeScalarView()
    for value in scalars {
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return String(text)
  }

  /// Whether a scalar belongs to a script that puts no space between words.
  static func isUnspaced(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3005...0x3007, 0x3040...0x30FF, 0xF900...0xFAFF,
      0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  private static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    let value = scalar.value
    switch value {
    case 0xFF21...0xFF3A: return value - 0xFF21 + 0x61  // wide capitals
    case 0xFF01...0xFF5E: return value - 0xFEE0  // wide ASCII
    case 0x2018, 0x2019, 0x02BC, 0x201B: return 0x27
    case 0x201C...0x201F, 0x00AB, 0x00BB, 0x300C...0x300F, 0xFE41...0xFE44, 0xFF62, 0xFF63:
      return 0x22
    case 0x00BF, 0x061F: return 0x3F
    case 0x00A1: return 0x21
    case 0x2010, 0x2011: return 0x2D
    case 0x3000, 0x00A0, 0x202F, 0x2009: return 0x20
    case 0xFFE1: return 0xA3
    case 0xFFE5: return 0xA5
    case 0xFE6A: return 0x25
    case 0xC0...0xDE where value != 0xD7: return value + 0x20
    default: break
    }
    guard value < 0x2C00 || (0xA640...0xA7FF).contains(value) || value > 0xFFFF else {
      return value
    }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    guard let first = lower.first, lower.count == 1 else { return value }
    return first.value
  }
}

/// What a folded scalar is to an aligner.
enum ScalarClass {
  case letter
  case digit
  /// Punctuation or a sign that survives translation, as its token.
  case mark(String)
  case other

  init(_ value: UInt32) {
    switch value {
    case 0x61...0x7A: self = .letter
    case 0x30...0x39: self = .digit
    case 0x3F: self = .mark("?")
    case 0x21: self = .mark("!")
    case 0x3B: self = .mark(";")
    case 0x3A: self = .mark(":")
    case 0x28: self = .mark("(")
    case 0x29: self = .mark(")")
    case 0x22: self = .mark("\"")
    case 0x25: self = .mark("%")
    case 0x24: self = .mark("$")
    case 0xA3: self = .mark("£")
    case 0xA5: self = .mark("¥")
    case 0x20AC: self = .mark("€")
    case 0..<0x80: self = .other
    case 0xC0...0x24F: self = value == 0xD7 || value == 0xF7 ? .other : .letter
    case 0x4E00...0x9FFF, 0x3005...0x3007: self = .letter
    default:
      guard let scalar = Unicode.Scalar(value) else {
        self = .other
        return
      }
      let properties = scalar.properties
      if properties.isAlphabetic || properties.generalCategory == .nonspacingMark
        || properties.generalCategory == .spacingMark
      {
        self = .letter
      } else if Self.isDigit(value) {
        self = .digit
      } else {
        self = .other
      }
    }
  }

  /// Whether a scalar is a decimal digit of any script.
  static func isDigit(_ value: UInt32) -> Bool {
    if value < 0x80 { return (0x30...0x39).contains(value) }
    return Unicode.Scalar(value)?.properties.generalCategory == .decimalNumber
  }
}
