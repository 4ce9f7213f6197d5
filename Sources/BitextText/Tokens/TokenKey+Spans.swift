public import BitextCore
internal import BitextICU

extension TokenKey {
  /// A key together with the place of each token in the text that it was made of.
  public struct Located: Sendable, Hashable {
    /// The key, equal to `TokenKey(text)`.
    public let key: TokenKey
    /// One span for each token, ascending, in UTF-8 bytes of the text.
    public let spans: [TextSpan]
  }

  /// Makes the key of a text and says where each token stands in it.
  ///
  /// A token's span covers all that it was folded from: a ligature, a full-width letter with its
  /// sound mark, an ignored soft hyphen inside a word. Two tokens that one character was folded into
  /// (`½` is `1⁄2`), or a base with its marks, both cover it; apart from that spans do not overlap.
  ///
  /// - Precondition: The text has fewer than 2³² bytes.
  /// - Complexity: O(length of the text), about four times the cost of the key alone where the text
  ///   is not ASCII.
  public static func located(in text: String) -> Located {
    var scanner = TokenScanner()
    scanner.keepsRanges = true
    let sources = scanner.scanLocated(text)
    var spans: [TextSpan] = []
    spans.reserveCapacity(scanner.count)
    for range in scanner.ranges {
      if sources.isEmpty {
        spans.append(TextSpan(range))
      } else {
        spans.append(
          TextSpan(
            start: sources[range.lowerBound].start, end: sources[range.upperBound - 1].end))
      }
    }
    return Located(key: TokenKey(scanner), spans: spans)
  }
}

extension TokenScanner {
  /// Scans a text piece by piece, so that each unit of its folded form knows where it comes from.
  ///
  /// - Returns: For each UTF-16 unit of the folded form the span of the text that it comes from;
  ///   empty when the text is ASCII and `ranges` are its own bytes.
  mutating func scanLocated(_ text: String) -> [TextSpan] {
    if scanASCII(text) { return [] }
    guard let normalizer = TokenScanner.normalizer else { return [] }
    var folded: [UInt16] = []
    var sources: [TextSpan] = []
    folded.reserveCapacity(text.utf8.count)
    sources.reserveCapacity(text.utf8.count)
    var piece: [UInt16] = []
    var start: UInt32 = 0
    var offset: UInt32 = 0
    func flush() {
      guard !piece.isEmpty else { return }
      let units =
        piece.count == 1 && piece[0] < 0x80
        ? [TokenScanner.asciiLowercase(piece[0])] : normalizer.normalize(piece)
      let span = TextSpan(start: start, end: offset)
      for unit in units {
        folded.append(unit)
        sources.append(span)
      }
      piece.removeAll(keepingCapacity: true)
      start = offset
    }
    for scalar in text.unicodeScalars {
      if !piece.isEmpty, normalizer.hasBoundary(before: scalar) { flush() }
      piece.append(contentsOf: scalar.utf16)
      offset += UInt32(UTF8.width(scalar))
    }
    flush()
    scanUTF16(folded)
    return sources
  }
}
