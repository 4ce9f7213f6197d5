public import BitextCore

/// How probably each word of a sentence belongs to each word of its translation.
public struct LinkPosterior: Sendable, Hashable {
  /// The probability of one link.
  public struct Entry: Sendable, Hashable {
    /// Index of the source word.
    public let source: Int32
    /// Index of the target word.
    public let target: Int32
    /// The mean of the probabilities of the two directions, in `0...1`.
    public let probability: Float

    public init(source: Int32, target: Int32, probability: Float) {
      self.source = source
      self.target = target
      self.probability = probability
    }
  }

  /// The number of source words.
  public let sourceCount: Int
  /// The number of target words.
  public let targetCount: Int
  /// The links above 0.01, in ascending order of source, then target.
  public let entries: [Entry]
  /// For each target word the source word that most probably made it; `-1` where none did.
  let bestSource: [Int32]
  /// For each source word the target word that most probably made it; `-1` where none did.
  let bestTarget: [Int32]

  init(
    sourceCount: Int, targetCount: Int, entries: [Entry], bestSource: [Int32], bestTarget: [Int32]
  ) {
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.entries = entries
    self.bestSource = bestSource
    self.bestTarget = bestTarget
  }

  /// The links by one rule of symmetrisation, in ascending order of source, then target.
  public func links(by rule: LinkSymmetrization) -> [WordLink] {
    func link(_ source: Int32, _ target: Int32, _ probability: Float) -> WordLink {
      WordLink(
        source: Int(source), target: Int(target),
        confidence: Confidence(Double(min(1, max(0, probability)))))
    }
    if case .posterior(let threshold) = rule {
      return entries.filter { Double($0.probability) > threshold }.map {
        link($0.source, $0.target, $0.probability)
      }
    }
    var known: [Int: Float] = [:]
    for entry in entries {
      known[Int(entry.source) * targetCount + Int(entry.target)] = entry.probability
    }
    return rule.links(
      bestSource: bestSource, bestTarget: bestTarget, sourceCount: sourceCount
    ).map { link($0.0, $0.1, known[Int($0.0) * targetCount + Int($0.1)] ?? 0) }
  }
}
