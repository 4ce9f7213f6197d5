/// One word of the source and one of the target that translate each other.
public struct WordLink: Sendable, Hashable {
  /// Index of the source word.
  public let source: Int
  /// Index of the target word.
  public let target: Int
  /// The probability that the two belong together.
  public let confidence: Confidence

  public init(source: Int, target: Int, confidence: Confidence) {
    self.source = source
    self.target = target
    self.confidence = confidence
  }
}
