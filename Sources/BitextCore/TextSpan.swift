/// A half-open range of a text, in UTF-8 bytes.
///
/// Every position that Bitext gives is a UTF-8 byte offset into the text that was passed in, so that
/// it can be stored, sent and applied to the same bytes in any program. Both ends lie on boundaries
/// of Unicode scalars. A text of 4 GiB or more cannot be addressed.
public struct TextSpan: Sendable, Hashable, Comparable {
  /// The offset of the first byte.
  public let start: UInt32
  /// The offset after the last byte.
  public let end: UInt32

  /// - Precondition: `start <= end`.
  @inlinable
  public init(start: UInt32, end: UInt32) {
    precondition(start <= end, "span \(start)..<\(end) ends before it starts")
    self.start = start
    self.end = end
  }

  /// - Precondition: both bounds fit in 32 bits.
  @inlinable
  public init(_ range: Range<Int>) {
    self.init(start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }

  /// The length in bytes.
  @inlinable
  public var count: Int { Int(end) - Int(start) }

  /// Whether the span covers no byte.
  @inlinable
  public var isEmpty: Bool { start == end }

  /// The same range as integers.
  @inlinable
  public var range: Range<Int> { Int(start)..<Int(end) }

  /// Spans are ordered by where they start, then by where they end.
  @inlinable
  public static func < (left: TextSpan, right: TextSpan) -> Bool {
    (left.start, left.end) < (right.start, right.end)
  }
}

extension String {
  /// Returns the part of the text that `span` covers.
  ///
  /// - Precondition: The span lies inside the text.
  /// - Complexity: O(length of the span) for native strings.
  public subscript(span: TextSpan) -> Substring {
    let bytes = utf8
    let start = bytes.index(bytes.startIndex, offsetBy: Int(span.start))
    let end = bytes.index(start, offsetBy: span.count)
    return self[start..<end]
  }
}
