/// What a language knows about a word that stands beside a full stop.
struct WordClasses: OptionSet, Sendable {
  let rawValue: UInt16

  /// An abbreviation that never ends a sentence: *Mr, Dr, e.g, Sra, Excmo*.
  static let never = WordClasses(rawValue: 1 << 0)
  /// An abbreviation that announces a number: *No, p, fig, art, núm*.
  static let numbered = WordClasses(rawValue: 1 << 1)
  /// A month or a day of the week: *Jan, Mon, ene, lun*.
  static let calendar = WordClasses(rawValue: 1 << 2)
  /// An abbreviation that may end a sentence: *Inc, U.S, Jr, EE.UU, cía*.
  static let endable = WordClasses(rawValue: 1 << 3)
  /// An abbreviation that ends the sentence whenever a capital follows: *etc, a.m, p.m*.
  static let closing = WordClasses(rawValue: 1 << 4)
  /// A word that often begins a sentence and is no name: *The, However, El, Además*.
  static let starter = WordClasses(rawValue: 1 << 5)
  /// A verb that reports speech: *said, asked, dijo, preguntó*.
  static let saying = WordClasses(rawValue: 1 << 6)
  /// A pronoun that can stand before such a verb: *he, she, they*.
  static let pronoun = WordClasses(rawValue: 1 << 7)
  /// A name that is written with an exclamation mark: *Yahoo!*.
  static let exclaimed = WordClasses(rawValue: 1 << 8)
  /// A preposition that opens a time of day: *at, by, before*.
  static let timePreposition = WordClasses(rawValue: 1 << 9)
  /// The ending of a file or domain name: *com, pdf*.
  static let ending = WordClasses(rawValue: 1 << 10)
  /// A word after which a number belongs to the word, not to a list: *chapter, page, capítulo*.
  static let counted = WordClasses(rawValue: 1 << 11)

  /// A word that joins the items of an enumeration inside a sentence: *and, o*.
  static let conjunction = WordClasses(rawValue: 1 << 12)
  /// The name of a time zone: *EST, GMT*.
  static let zone = WordClasses(rawValue: 1 << 13)

  /// The classes of abbreviations.
  static let abbreviation: WordClasses = [.never, .numbered, .calendar, .endable, .closing]
}

/// A word of at most 16 bytes, folded to lower case: two integers instead of a string.
struct WordKey: Hashable, Sendable {
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0
  private var length = 0

  init() {}

  /// The key of a word; `nil` when it is empty or too long to be in any table.
  init?(_ text: ScannedText, _ range: Range<Int>) {
    guard !range.isEmpty, range.count <= 24 else { return nil }
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text.bytes[index]
      if byte == 0xE2, text.byte(index + 1) == 0x80, text.byte(index + 2) == 0x99 {
        append(0x27)  // ’ is an apostrophe
        index += 3
      } else if byte == 0xC3, index + 1 < range.upperBound {
        let next = text.bytes[index + 1]
        append(byte)
        append(next < 0x9F && next != 0x97 ? next | 0x20 : next)  // À…Þ → à…þ
        index += 2
      } else {
        append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        index += 1
      }
    }
    if length > 16 { return nil }
  }

  mutating func append(_ byte: UInt8) {
    if length < 8 {
      low |= UInt64(byte) << (UInt64(length) * 8)
    } else if length < 16 {
      high |= UInt64(byte) << (UInt64(length - 8) * 8)
    }
    length += 1
  }

  var slot: Int {
    var mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xFF51_AFD7_ED55_8CCD
    mixed ^= mixed >> 32
    return Int(truncatingIfNeeded: mixed & 0x7FFF_FFFF)
  }
}

/// The words of a language with their classes: an open hash over `WordKey`, built once.
struct WordTable: Sendable {
  private struct Slot: Sendable {
    var key = WordKey()
    var used = false
    /// The classes whatever the case of the word.
    var plain: WordClasses = []
    /// More classes when the word begins with a capital.
    var capitalized: WordClasses = []
  }

  private var slots: [Slot]
  private let mask: Int

  /// - Parameter entries: Words separated by spaces, each list with its classes. A word that is
  ///   written with a capital counts only when the text has a capital, too.
  init(_ entries: [(words: String, classes: WordClasses)]) {
    var words: [(key: WordKey, isCapitalized: Bool, classes: WordClasses)] = []
    for (list, classes) in entries {
      for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let scanned = ScannedText(String(word))
        guard let key = WordKey(scanned, 0..<scanned.count) else {
          preconditionFailure("\(word) is too long for the table")
        }
        words.append((key, scanned.kind(at: 0) == .upper, classes))
      }
    }
    var capacity = 64
    while capacity < words.count * 2 { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
    mask = capacity - 1
    for word in words {
      let index = position(of: word.key)
      slots[index].key = word.key
      slots[index].used = true
      if word.isCapitalized {
        slots[index].capitalized.formUnion(word.classes)
      } else {
        slots[index].plain.formUnion(word.classes)
      }
    }
  }

  /// The classes of a word; empty when the table does not know it.
  func classes(of key: WordKey?, isCapitalized: Bool) -> WordClasses {
    guard let key else { return [] }
    let slot = slots[position(of: key)]
    guard slot.used else { return [] }
    return isCapitalized ? slot.plain.union(slot.capitalized) : slot.plain
  }

  private func position(of key: WordKey) -> Int {
    var index = key.slot & mask
    while slots[index].used, slots[index].key != key { index = (index + 1) & mask }
    return index
  }
}
