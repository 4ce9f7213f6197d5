/// Finds the characters that separate lines, eight bytes at a time.
///
/// Most sentences hold none, and every sentence that is written on a line of its own has to be asked.
/// The separators are LF, VT, FF, CR, U+0085, U+2028 and U+2029.
enum LineSeparators {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Where the next separator begins in a range; the end of the range when there is none.
  ///
  /// - Complexity: O(length of the range).
  static func next(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    // Reads 8 bytes inside the span, which `extracting` checks once.
    let raw = unsafe bytes.extracting(range).bytes
    let count = range.count
    var index = 0
    while index < count {
      if index &+ 8 <= count {
        let word = UInt64(
          littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
        // Control characters below 0x0E, and the bytes C2 and E2 with which the others begin.
        let low = ~((word | highs) &- 0x0E &* ones) & ~word & highs
        let lead = (word | 0x20 &* ones) ^ 0xE2 &* ones
        let found = low | ((lead &- ones) & ~lead & highs)
        guard found != 0 else {
          index &+= 8
          continue
        }
        index &+= found.trailingZeroBitCount &>> 3
      }
      let place = range.lowerBound &+ index
      if length(at: place, in: bytes) > 0 { return place }
      index &+= 1
    }
    return range.upperBound
  }

  /// The length of the separator that begins at `index`; 0 when none does.
  @inline(__always)
  static func length(at index: Int, in bytes: Span<UInt8>) -> Int {
    switch bytes[index] {
    case 0x0A...0x0D: return 1
    case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      return index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8
        ? 3 : 0
    default: return 0
    }
  }
}
