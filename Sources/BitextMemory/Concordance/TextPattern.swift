internal import BitextCore
internal import BitextICU

/// A regular expression that texts are searched with.
struct TextPattern {
  private let expression: RegularExpression

  /// - Throws: `invalidQuery` when the pattern is none.
  init(_ pattern: String) throws(MemoryError) {
    do {
      expression = try RegularExpression(pattern)
    } catch {
      let place = error.offset.map { " at character \($0 + 1)" } ?? ""
      throw MemoryError(
        .invalidQuery,
        message: "found \(error.reason)\(place) in the pattern, expected a regular expression")
    }
  }

  /// Where the pattern stands in a text, in UTF-8 bytes: matches that do not overlap, without empty ones.
  ///
  /// - Throws: `invalidQuery` when the search takes too many steps.
  func spans(in text: String) throws(MemoryError) -> [TextSpan] {
    var buffer = UTF16Buffer()
    buffer.load(text)
    var found: [(start: Int, end: Int)] = []
    do {
      try expression.forEachOverlappingMatch(in: buffer) { start, end in
        if end > start, start >= found.last?.end ?? 0 { found.append((start, end)) }
      }
    } catch {
      throw MemoryError(
        .invalidQuery,
        message: "the pattern takes too many steps on a text of \(text.utf8.count) bytes, "
          + "expected a simpler one")
    }
    guard !found.isEmpty else { return [] }
    var spans: [TextSpan] = []
    var (units, bytes, next) = (0, 0, 0)
    var start = 0
    // Ends before starts: two matches may touch.
    var waitsForEnd = false
    for scalar in text.unicodeScalars {
      while next < found.count {
        if !waitsForEnd, units >= found[next].start {
          start = bytes
          waitsForEnd = true
        } else if waitsForEnd, units >= found[next].end {
          spans.append(TextSpan(start..<bytes))
          waitsForEnd = false
          next += 1
        } else {
          break
        }
      }
      units += scalar.value > 0xFFFF ? 2 : 1
      bytes += UTF8.width(scalar)
    }
    if waitsForEnd { spans.append(TextSpan(start..<bytes)) }
    return spans
  }
}
