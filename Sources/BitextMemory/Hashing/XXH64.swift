/// XXH64, the hash of tokens, texts and file blocks that a memory keeps.
///
/// Fast, well spread and the same on every machine; no defence against texts that are made to
/// collide: whatever is found by hash is compared afterwards.
///
/// Source: Y. Collet, *xxHash fast digest algorithm*, specification 0.1.1, section "XXH64".
public enum XXH64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The hash of bytes, with seed 0.
  public static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    hash(bytes, 0..<bytes.count)
  }

  /// The hash of a text's UTF-8.
  public static func hash(_ text: String) -> UInt64 {
    hash(text.utf8Span.span)
  }

  /// The hash of the bytes in `range`.
  static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    var index = range.lowerBound
    let end = range.upperBound
    let length = end &- index
    var hash: UInt64
    if length >= 32 {
      var lane1 = prime1 &+ prime2
      var lane2 = prime2
      var lane3: UInt64 = 0
      var lane4: UInt64 = 0 &- prime1
      while index &+ 32 <= end {
        lane1 = round(lane1, word(bytes, index))
        lane2 = round(lane2, word(bytes, index &+ 8))
        lane3 = round(lane3, word(bytes, index &+ 16))
        lane4 = round(lane4, word(bytes, index &+ 24))
        index &+= 32
      }
      hash = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
      for lane in [lane1, lane2, lane3, lane4] {
        hash = (hash ^ round(0, lane)) &* prime1 &+ prime4
      }
    } else {
      hash = prime5
    }
    hash = hash &+ UInt64(truncatingIfNeeded: length)
    while index &+ 8 <= end {
      hash = rotate(hash ^ round(0, word(bytes, index)), 27) &* prime1 &+ prime4
      index &+= 8
    }
    if index &+ 4 <= end {
      var half: UInt64 = 0
      for place in 0..<4 { half |= UInt64(bytes[index &+ place]) &<< UInt64(8 &* place) }
      hash = rotate(hash ^ (half &* prime1), 23) &* prime2 &+ prime3
      index &+= 4
    }
    while index < end {
      hash = rotate(hash ^ (UInt64(bytes[index]) &* prime5), 11) &* prime1
      index &+= 1
    }
    hash = (hash ^ (hash &>> 33)) &* prime2
    hash = (hash ^ (hash &>> 29)) &* prime3
    return hash ^ (hash &>> 32)
  }

  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ index: Int) -> UInt64 {
    // The compiler turns the eight shifts into one load.
    var word: UInt64 = 0
    for place in 0..<8 { word |= UInt64(bytes[index &+ place]) &<< UInt64(8 &* place) }
    return word
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotate(lane &+ input &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value &<< bits | value &>> (64 &- bits)
  }
}
