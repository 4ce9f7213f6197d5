/// A text made of bytes of which some are not UTF-8.
///
/// Each maximal part of an ill-formed sequence becomes one U+FFFD (Unicode 15, section 3.9).
struct RepairedUTF8 {
  /// The text.
  private(set) var text: String
  /// How many U+FFFD were put in.
  private(set) var replacementCount = 0

  init(_ bytes: Span<UInt8>) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 16)
    var start = 0
    while start < bytes.count {
      let rest = bytes.extracting(start..<bytes.count)
      let bad: Range<Int>
      do {
        _ = try UTF8Span(validating: rest)
        bad = rest.count..<rest.count
      } catch {
        bad = error.byteOffsets
      }
      for index in 0..<bad.lowerBound { output.append(rest[index]) }
      start += bad.lowerBound
      guard !bad.isEmpty else { break }
      output += [0xEF, 0xBF, 0xBD]
      replacementCount += 1
      start += bad.count
    }
    text = String(decoding: output, as: UTF8.self)
  }
}
