/// The text of a variant: what a person reads, and the inline codes that stand in it.
///
/// The text is kept as it was given; nothing is trimmed, folded or normalized.
public struct Segment: Sendable, Hashable {
  /// The readable text, without codes.
  public var text: String
  /// The inline codes, in reading order.
  public var codes: [InlineCode]

  /// - Precondition: The codes are in order and stand inside the text.
  public init(_ text: String, codes: [InlineCode] = []) {
    precondition(
      zip(codes, codes.dropFirst()).allSatisfy { $0.utf8Offset <= $1.utf8Offset }
        && codes.allSatisfy { (0...text.utf8.count).contains($0.utf8Offset) },
      "inline codes must be in order inside the text")
    self.text = text
    self.codes = codes
  }
}

extension Segment: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}
