/// What is known of a pair of words before a text is looked at: as if the two had been seen linked
/// `count` times.
///
/// A translation lexicon, the links of a translation memory and evidence of the run itself (equal
/// numbers, cognates) all speak in this form; where several know a pair their counts add up.
public struct LinkPrior: Sendable, Hashable {
  /// The key (`LinkKey`) of the source word.
  public let source: String
  /// The key of the target word.
  public let target: String
  /// How often the two were seen linked, or as if; above zero.
  public let count: Float

  /// - Precondition: `count` is finite and above zero.
  public init(source: String, target: String, count: Float) {
    precondition(count.isFinite && count > 0, "a prior count is above zero, not \(count)")
    self.source = source
    self.target = target
    self.count = count
  }
}
