/// A number spelled with letters, so that it is one word to everybody.
func letters(_ number: Int) -> String {
  String(String(number).unicodeScalars.map { Character(Unicode.Scalar(UInt8($0.value + 49))) })
}

/// A small seeded generator (Steele, Lea & Flood 2014), so that every run measures the same text.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A number in `0..<limit`.
  mutating func number(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }
}
