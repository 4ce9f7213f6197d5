public import BitextCore

/// A normalized text and the way from its bytes to those of the original, and back.
public struct MappedText: Sendable, Hashable {
  /// The normalized text.
  public let text: String
  /// Which bytes come from which.
  public let map: OffsetMap

  public init(text: String, map: OffsetMap) {
    self.text = text
    self.map = map
  }

  /// Returns the part of the original that a part of the normalized text comes from.
  public func originalSpan(of span: TextSpan) -> TextSpan { map.originalSpan(of: span) }

  /// Returns the part of the normalized text that a part of the original became.
  public func normalizedSpan(of span: TextSpan) -> TextSpan { map.normalizedSpan(of: span) }
}

/// How the bytes of a normalized text and of its original correspond.
///
/// The map is a list of runs that tile both texts in order. In a run that was copied, byte
/// corresponds to byte; a run that was replaced corresponds as a whole, and can be empty on one side.
/// So both directions are monotone, and a span that does not cut a replaced run goes there and back
/// unchanged; one that does is widened to it.
public struct OffsetMap: Sendable, Hashable {
  struct Run: Sendable, Hashable {
    var original: UInt32
    var normalized: UInt32
    var isCopy: Bool
  }

  /// Where each run starts, in order, closed by the ends of both texts.
  private(set) var runs: [Run] = []
  private(set) var originalCount: UInt32 = 0
  private(set) var normalizedCount: UInt32 = 0

  init() {}

  /// The map of a text onto itself.
  init(identity count: Int) {
    copy(count)
  }

  mutating func copy(_ count: Int) {
    guard count > 0 else { return }
    if runs.last?.isCopy != true {
      runs.append(Run(original: originalCount, normalized: normalizedCount, isCopy: true))
    }
    originalCount += UInt32(count)
    normalizedCount += UInt32(count)
  }

  mutating func replace(original: Int, normalized: Int) {
    guard original > 0 || normalized > 0 else { return }
    runs.append(Run(original: originalCount, normalized: normalizedCount, isCopy: false))
    originalCount += UInt32(original)
    normalizedCount += UInt32(normalized)
  }

  /// Returns the part of the original that `span` of the normalized text comes from.
  ///
  /// - Precondition: The span lies inside the normalized text.
  /// - Complexity: O(log of the number of runs).
  public func originalSpan(of span: TextSpan) -> TextSpan {
    precondition(
      span.end <= normalizedCount, "span ends at \(span.end) of \(normalizedCount) bytes")
    return mapped(span, toOriginal: true)
  }

  /// Returns the part of the normalized text that `span` of the original became.
  ///
  /// - Precondition: The span lies inside the original text.
  /// - Complexity: O(log of the number of runs).
  public func normalizedSpan(of span: TextSpan) -> TextSpan {
    precondition(span.end <= originalCount, "span ends at \(span.end) of \(originalCount) bytes")
    return mapped(span, toOriginal: false)
  }

  private func mapped(_ span: TextSpan, toOriginal: Bool) -> TextSpan {
    let fromCount = toOriginal ? normalizedCount : originalCount
    let toCount = toOriginal ? originalCount : normalizedCount
    func from(_ run: Run) -> UInt32 { toOriginal ? run.normalized : run.original }
    func to(_ run: Run) -> UInt32 { toOriginal ? run.original : run.normalized }
    // The last run that starts at or before the first byte: runs that are empty here and stand
    // before it belong to what comes earlier.
    let first = lastRun { from($0) <= span.start }
    let start: UInt32
    if let first {
      let run = runs[first]
      if run.isCopy {
        start = to(run) + (span.start - from(run))
      } else if span.start == fromCount, span.isEmpty {
        start = toCount
      } else {
        start = to(run)
      }
    } else {
      start = 0
    }
    guard !span.isEmpty else { return TextSpan(start: start, end: start) }
    // The last run that starts before the end holds the last byte.
    guard let last = lastRun({ from($0) < span.end }) else {
      return TextSpan(start: start, end: start)
    }
    let run = runs[last]
    let end =
      run.isCopy
      ? to(run) + (span.end - from(run))
      : last + 1 < runs.count ? to(runs[last + 1]) : toCount
    return TextSpan(start: start, end: max(start, end))
  }

  private func lastRun(_ isBefore: (Run) -> Bool) -> Int? {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(runs[middle]) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}
