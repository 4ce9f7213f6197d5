/// A small generator of random numbers with one word of state.
///
/// The same seed gives the same numbers on every machine.
/// Source: Steele, Lea & Flood 2014, *Fast splittable pseudorandom number generators* (OOPSLA).
struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed &>> 31)
  }

  /// A number in `0..<1` with 24 bits.
  @inline(__always)
  mutating func unit() -> Float {
    Float(next() &>> 40) * 0x1p-24
  }
}
