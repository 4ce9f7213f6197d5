internal import BitextCore

/// The words of a match key, as terms and texts are compared by them.
///
/// A run of letters and digits is a word; a Han or kana character is one by itself, since its language
/// writes no spaces; every other sign is one by itself, too, so that *C++* and *human, rights* stay what
/// they are. A single space and a hyphen between two words separate them and are nothing else, so that
/// *decision-making* and *decision making* are one.
struct TermTokens {
  /// A word in bytes of the key.
  struct Token: Sendable {
    var start: UInt32
    var end: UInt32
    /// Its number among the known forms; `FormTable.unknown` for a form that no term has.
    var form: UInt32
  }

  /// The classes of bytes.
  private enum Class {
    static let sign: UInt8 = 0
    static let word: UInt8 = 1
    static let space: UInt8 = 2
    static let hyphen: UInt8 = 3
    static let long: UInt8 = 4
  }

  private static let classes: [UInt8] = (0..<256).map { byte in
    switch UInt8(byte) {
    case 0x61...0x7A, 0x30...0x39: Class.word
    case 0x20: Class.space
    case 0x2D: Class.hyphen
    case 0x80...: Class.long
    default: Class.sign
    }
  }

  /// What a scalar beyond ASCII is.
  @inline(__always)
  private static func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x250 {
      return scalar >= 0xC0 && scalar != 0xD7 && scalar != 0xF7 || scalar == 0xB5
    }
    if scalar < 0x2000 { return true }
    if scalar < 0x2C00 { return false }
    return scalar >= 0xAC00 && scalar < 0xD7B0 || scalar < 0x2E00 || scalar &- 0xA000 < 0xC00
      || scalar &- 0xFB00 < 0x500
  }

  /// Calls `body` with each word: its place, and the hash by which a `FormTable` knows it.
  @inline(__always)
  static func forEach(
    in key: Span<UInt8>, _ body: (_ start: Int, _ end: Int, _ hash: UInt32) -> Void
  ) {
    let classes = classes.span
    let count = key.count
    var index = 0
    /// Whether a word ended right here, so that a hyphen may join it to the next.
    var endsWord = false
    while index < count {
      let byte = key[index]
      switch classes[Int(byte)] {
      case Class.space:
        index &+= 1
        endsWord = false
        continue
      case Class.hyphen:
        if endsWord, index &+ 1 < count,
          classes[Int(key[index &+ 1])] & 1 == 1
            || index &+ 1 < count && key[index &+ 1] >= 0x80
        {
          if key[index &+ 1] != 0x2D {
            index &+= 1
            endsWord = false
            continue
          }
        }
        body(index, index &+ 1, FormTable.hash(byte))
        index &+= 1
        endsWord = false
        continue
      case Class.sign:
        body(index, index &+ 1, FormTable.hash(byte))
        index &+= 1
        endsWord = false
        continue
      default: break
      }
      let start = index
      var hash = FormTable.hashStart
      if byte >= 0x80 {
        let (scalar, length) = decode(key, at: index)
        if !isLetter(scalar) {
          for place in index..<(index &+ length) { hash = FormTable.hash(hash, key[place]) }
          body(index, index &+ length, hash)
          index &+= length
          endsWord = true
          continue
        }
      }
      while index < count {
        let byte = key[index]
        if byte < 0x80 {
          if classes[Int(byte)] != Class.word { break }
          hash = FormTable.hash(hash, byte)
          index &+= 1
        } else {
          let (scalar, length) = decode(key, at: index)
          if !isLetter(scalar) { break }
          for place in index..<(index &+ length) { hash = FormTable.hash(hash, key[place]) }
          index &+= length
        }
      }
      body(start, index, hash)
      endsWord = true
    }
  }

  @inline(__always)
  private static func decode(
    _ bytes: Span<UInt8>, at index: Int
  ) -> (scalar: UInt32, length: Int) {
    let byte = UInt32(bytes[index])
    let second = UInt32(bytes[index &+ 1] & 0x3F)
    if byte < 0xE0 { return ((byte & 0x1F) &<< 6 | second, 2) }
    let third = UInt32(bytes[index &+ 2] & 0x3F)
    if byte < 0xF0 { return ((byte & 0x0F) &<< 12 | second &<< 6 | third, 3) }
    let fourth = UInt32(bytes[index &+ 3] & 0x3F)
    return ((byte & 0x07) &<< 18 | second &<< 12 | third &<< 6 | fourth, 4)
  }
}

/// The forms that the words of terms take, each with a number.
///
/// An open hash over one array of bytes. Forms that may stand for each other share a symbol: the
/// automaton reads symbols, and a hit is verified by its forms.
struct FormTable: Sendable {
  /// The number of a form that is not in the table.
  static let unknown = UInt32.max
  static let hashStart: UInt32 = 0x811C_9DC5

  private var bytes: [UInt8] = []
  private var starts: [UInt32] = [0]
  private var hashes: [UInt32] = []
  /// Hashes above, form numbers plus one below; 0 for a free slot. Most words of a text are no word of a
  /// term, and this is all that is read for them.
  private var slots: [UInt64] = [UInt64](repeating: 0, count: 64)
  /// While the table grows, the parent of each form in its class; afterwards its symbol, from 1.
  private(set) var symbols: [UInt32] = []
  /// The number of symbols, 0 included.
  private(set) var symbolCount = 1

  var count: Int { hashes.count }

  @inline(__always)
  static func hash(_ byte: UInt8) -> UInt32 { hash(hashStart, byte) }

  /// FNV-1a.
  @inline(__always)
  static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(byte)) &* 0x0100_0193
  }

  static func hash(_ bytes: [UInt8]) -> UInt32 { bytes.reduce(hashStart, hash) }

  /// The low bits of FNV depend on the low bits of the text alone; the high ones are mixed in.
  @inline(__always)
  private static func slot(_ hash: UInt32, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: hash ^ hash &>> 15) & mask
  }

  /// The number of a form; `unknown` when it is not there.
  @inline(__always)
  func find(_ key: Span<UInt8>, _ start: Int, _ end: Int, hash: UInt32) -> UInt32 {
    let mask = slots.count &- 1
    var place = Self.slot(hash, mask)
    while true {
      let slot = slots[place]
      if slot == 0 { return Self.unknown }
      if UInt32(truncatingIfNeeded: slot &>> 32) == hash {
        let form = UInt32(truncatingIfNeeded: slot) &- 1
        if isEqual(Int(form), key, start, end) { return form }
      }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always)
  private func isEqual(_ form: Int, _ key: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let own = Int(starts[form])
    guard Int(starts[form &+ 1]) &- own == end &- start else { return false }
    var offset = 0
    while offset < end &- start {
      if bytes[own &+ offset] != key[start &+ offset] { return false }
      offset &+= 1
    }
    return true
  }

  /// The number of a form, which is added when it is not there.
  mutating func insert(_ form: [UInt8]) -> UInt32 {
    let hash = Self.hash(form)
    let known = find(form.span, 0, form.count, hash: hash)
    if known != Self.unknown { return known }
    if (count + 1) * 2 > slots.count { grow() }
    let number = UInt32(count)
    bytes.append(contentsOf: form)
    starts.append(UInt32(bytes.count))
    hashes.append(hash)
    symbols.append(number)
    place(number, hash)
    return number
  }

  func text(of form: UInt32) -> String {
    String(decoding: bytes[Int(starts[Int(form)])..<Int(starts[Int(form) + 1])], as: UTF8.self)
  }

  private mutating func place(_ number: UInt32, _ hash: UInt32) {
    let mask = slots.count - 1
    var place = Self.slot(hash, mask)
    while slots[place] != 0 { place = (place + 1) & mask }
    slots[place] = UInt64(hash) << 32 | UInt64(number + 1)
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: slots.count * 2)
    for number in hashes.indices { place(UInt32(number), hashes[number]) }
  }

  // MARK: Classes

  /// Puts two forms into one class.
  mutating func join(_ one: UInt32, _ other: UInt32) {
    let (left, right) = (root(one), root(other))
    if left != right { symbols[Int(max(left, right))] = min(left, right) }
  }

  private mutating func root(_ form: UInt32) -> UInt32 {
    var form = form
    while symbols[Int(form)] != form {
      symbols[Int(form)] = symbols[Int(symbols[Int(form)])]
      form = symbols[Int(form)]
    }
    return form
  }

  /// Ends the growth: numbers the classes in the order of their first forms.
  mutating func numberClasses() {
    var next: UInt32 = 1
    // The root of a class is its first form, so it is numbered before the others ask for it.
    for form in symbols.indices {
      let parent = Int(symbols[form])
      if parent == form {
        symbols[form] = next
        next += 1
      } else {
        // An earlier form, whose symbol is final by now.
        symbols[form] = symbols[parent]
      }
    }
    symbolCount = Int(next)
  }
}
