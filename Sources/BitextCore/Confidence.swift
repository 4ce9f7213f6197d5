/// The probability that an answer is right, from 0 to 1.
public struct Confidence: Sendable, Hashable, Comparable {
  /// The probability in `0...1`.
  public let probability: Double

  /// - Precondition: `probability` is in `0...1`.
  public init(_ probability: Double) {
    precondition((0...1).contains(probability), "confidence \(probability) is outside 0...1")
    self.probability = probability
  }

  public static func < (left: Confidence, right: Confidence) -> Bool {
    left.probability < right.probability
  }
}
