/// The number words of a language, looked up by their folded bytes.
///
/// A word is packed into 128 bits: lower case, without Spanish accents. No number word is longer
/// than 16 letters.
struct NumberWords: Sendable {
  /// What a word means in a number.
  enum Kind: UInt8, Sendable {
    /// 1 to 9.
    case unit
    /// 0, 10 to 19, and Spanish 21 to 29: nothing below it can follow.
    case small
    /// 20, 30 … 90.
    case tens
    /// English `hundred`: multiplies.
    case hundred
    /// Spanish 100 (`ciento`), 200 … 900; `cien` stands alone or before a scale.
    case hundreds
    /// Thousand, million …
    case scale
    /// An ordinal below ten, above it, of a ten, of a hundred or of a scale.
    case ordinalUnit, ordinalSmall, ordinalTens, ordinalHundred, ordinalScale
  }

  struct Entry: Sendable {
    var key: UInt128
    var kind: Kind
    var value: UInt64
    /// Whether the word alone is often no number.
    var isWeak: Bool
  }

  enum Grammar: Sendable {
    case none, english, spanish
  }

  let grammar: Grammar
  let percentWords: [StaticString]
  let readsOrdinalSigns: Bool
  private let table: [Entry]
  private let mask: Int
  /// One bit for each letter that a number word begins with.
  private let initials: UInt32

  var isEmpty: Bool { grammar == .none }

  static func words(of language: String) -> NumberWords {
    switch language {
    case "en": english
    case "es": spanish
    default: none
    }
  }

  private init(
    grammar: Grammar, percentWords: [StaticString], readsOrdinalSigns: Bool,
    entries: [(String, Kind, UInt64)], weak: [String]
  ) {
    self.grammar = grammar
    self.percentWords = percentWords
    self.readsOrdinalSigns = readsOrdinalSigns
    let size = 512
    mask = size - 1
    var table = [Entry](
      repeating: Entry(key: 0, kind: .unit, value: 0, isWeak: false), count: size)
    var initials: UInt32 = 0
    for (word, kind, value) in entries {
      var key: UInt128 = 0
      for byte in word.utf8 { key = key << 8 | UInt128(byte) }
      var slot = Self.slot(of: key) & (size - 1)
      while table[slot].key != 0 { slot = (slot + 1) & (size - 1) }
      table[slot] = Entry(key: key, kind: kind, value: value, isWeak: weak.contains(word))
      if let first = word.utf8.first { initials |= 1 << UInt32(first & 31) }
    }
    self.table = table
    self.initials = initials
  }

  @inline(__always)
  private static func slot(of key: UInt128) -> Int {
    let low = UInt64(truncatingIfNeeded: key)
    let high = UInt64(truncatingIfNeeded: key >> 64)
    return Int(truncatingIfNeeded: ((low ^ high &* 31) &* 0x9E37_79B9_7F4A_7C15) >> 48)
  }

  /// The entry of the word at `start` and where the word ends. The entry is `nil` when the word is
  /// no number word. There must be a Latin letter at `start`.
  @inline(__always)
  func entry(in bytes: [UInt8], at start: Int) -> (entry: Entry?, end: Int) {
    var index = start
    var key: UInt128 = 0
    var length = 0
    var isFolded = true
    while index < bytes.count {
      let byte = bytes[index]
      let lower = byte | 0x20
      if byte < 0x80 {
        guard lower &- 0x61 < 26 else { break }
        if length < 16 { key = key << 8 | UInt128(lower) }
        length += 1
        index += 1
      } else if byte == 0xC3, index + 1 < bytes.count {
        // á é í ó ú and their capitals.
        switch bytes[index + 1] | 0x20 {
        case 0xA1: key = key << 8 | 0x61
        case 0xA9: key = key << 8 | 0x65
        case 0xAD: key = key << 8 | 0x69
        case 0xB3: key = key << 8 | 0x6F
        case 0xBA: key = key << 8 | 0x75
        default: isFolded = false
        }
        length += 1
        index += 2
      } else if byte == 0xCC, index + 1 < bytes.count, bytes[index + 1] == 0x81 {
        index += 2  // the combining acute of decomposed text
      } else if (0xC4...0xCD).contains(byte) {
        isFolded = false
        index += 2
      } else {
        break
      }
    }
    guard isFolded, length > 1, length <= 16, initials >> UInt32(bytes[start] & 31) & 1 != 0
    else { return (nil, index) }
    var slot = Self.slot(of: key) & mask
    while table[slot].key != 0 {
      if table[slot].key == key { return (table[slot], index) }
      slot = (slot + 1) & mask
    }
    return (nil, index)
  }

  // MARK: The words

  static let none = NumberWords(
    grammar: .none, percentWords: [], readsOrdinalSigns: false, entries: [], weak: [])

  static let english: NumberWords = {
    var entries: [(String, Kind, UInt64)] = []
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
      "nineteen",
    ]
    let ordinals = [
      "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
      "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
      "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    ]
    for (value, word) in small.enumerated() {
      entries.append((word, (1...9).contains(value) ? .unit : .small, UInt64(value)))
    }
    for (value, word) in ordinals.enumerated() where value > 0 {
      entries.append((word, value < 10 ? .ordinalUnit : .ordinalSmall, UInt64(value)))
    }
    let tens = ["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"]
    for (index, stem) in tens.enumerated() {
      entries.append((stem + "y", .tens, UInt64(index + 2) * 10))
      entries.append((stem + "ieth", .ordinalTens, UInt64(index + 2) * 10))
    }
    entries.append(("hundred", .hundred, 100))
    entries.append(("hundredth", .ordinalHundred, 100))
    let scales: [(String, UInt64)] = [
      ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000),
      ("trillion", 1_000_000_000_000),
    ]
    for (word, value) in scales {
      entries.append((word, .scale, value))
      entries.append((word + "th", .ordinalScale, value))
    }
    return NumberWords(
      grammar: .english, percentWords: ["percent", "per cent"], readsOrdinalSigns: false,
      entries: entries, weak: ["one", "first", "second", "third", "hundred", "thousand", "million"])
  }()

  static let spanish: NumberWords = {
    var entries: [(String, Kind, UInt64)] = []
    let units = [
      "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
    ]
    for (index, word) in units.enumerated() { entries.append((word, .unit, UInt64(index + 1))) }
    entries += [("uno", .unit, 1), ("una", .unit, 1)]
    let small = [
      "diez", "once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete", "dieciocho",
      "diecinueve",
    ]
    entries.append(("cero", .small, 0))
    for (index, word) in small.enumerated() { entries.append((word, .small, UInt64(index + 10))) }
    for (index, word) in units.enumerated() {
      entries.append(("veinti" + word, .small, UInt64(index + 21)))
    }
    entries += [("veintiuno", .small, 21), ("veintiuna", .small, 21)]
    let tens = [
      "veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
    ]
    for (index, word) in tens.enumerated() {
      entries.append((word, .tens, UInt64(index + 2) * 10))
    }
    entries += [("cien", .hundreds, 100), ("ciento", .hundreds, 100)]
    let hundreds = [
      "dosc", "tresc", "cuatroc", "quin", "seisc", "setec", "ochoc", "novec",
    ]
    for (index, stem) in hundreds.enumerated() {
      entries.append((stem + "ientos", .hundreds, UInt64(index + 2) * 100))
      entries.append((stem + "ientas", .hundreds, UInt64(index + 2) * 100))
    }
    entries += [
      ("mil", .scale, 1_000), ("millon", .scale, 1_000_000), ("millones", .scale, 1_000_000),
      ("billon", .scale, 1_000_000_000_000), ("billones", .scale, 1_000_000_000_000),
    ]
    let ordinals = [
      "primer", "segund", "tercer", "cuart", "quint", "sext", "septim", "octav",
      "noven", "decim",
    ]
    for (index, stem) in ordinals.enumerated() {
      for ending in ["o", "a"] {
        entries.append((stem + ending, .ordinalUnit, UInt64(index + 1)))
      }
    }
    entries += [("primer", .ordinalUnit, 1), ("tercer", .ordinalUnit, 3)]
    return NumberWords(
      grammar: .spanish, percentWords: ["por ciento", "por cien"], readsOrdinalSigns: true,
      entries: entries,
      weak: [
        "un", "uno", "una", "primer", "primero", "primera", "segundo", "segunda", "tercer",
        "tercero", "tercera", "cuarto", "cuarta", "quinto", "quinta", "octavo", "octava", "decimo",
        "decima", "millon", "millones", "billon", "billones",
      ])
  }()
}
