/// How well two things agree, from 0 (not at all) to 1 (equal).
public struct MatchScore: Sendable, Hashable, Comparable {
  /// The score in `0...1`.
  public let fraction: Double

  /// - Precondition: `fraction` is in `0...1`.
  public init(_ fraction: Double) {
    precondition((0...1).contains(fraction), "match score \(fraction) is outside 0...1")
    self.fraction = fraction
  }

  /// The score in whole percent, rounded down: only equal things reach 100.
  public var percentage: Int { Int((fraction * 100).rounded(.down)) }

  public static func < (left: MatchScore, right: MatchScore) -> Bool {
    left.fraction < right.fraction
  }
}
