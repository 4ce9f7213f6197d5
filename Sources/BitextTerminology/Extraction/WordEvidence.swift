internal import BitextAlignment
internal import BitextCore

/// What lexicons know of the words of two documents.
struct WordEvidence: Sendable {
  /// P(target | source) and P(source | target) by pair of words.
  private var known: [String: (forward: Float, backward: Float)] = [:]
  private(set) var entries: [(source: String, target: String, forward: Float, backward: Float)] = []

  init(
    source: TermDocument, target: TermDocument, lexicon: CombinedEvidence
  ) {
    let (sourceWords, targetWords) = (Self.vocabulary(source), Self.vocabulary(target))
    for entry in lexicon.entries(
      source: sourceWords, sourceLanguage: source.language, target: targetWords,
      targetLanguage: target.language)
    {
      let (a, b) = (sourceWords[Int(entry.source)], targetWords[Int(entry.target)])
      known[a + "\t" + b] = (entry.forward, entry.backward)
      entries.append((a, b, entry.forward, entry.backward))
    }
  }

  private static func vocabulary(_ document: TermDocument) -> [String] {
    var seen: Set<String> = []
    var words: [String] = []
    for sentence in document.sentences {
      for token in sentence.tokens where token.kind != .mark && seen.insert(token.lower).inserted {
        words.append(token.lower)
      }
    }
    return words
  }

  /// How well the words of one term are explained by those of the other: the mean over the words of
  /// the best probability.
  func support(_ source: [String], _ target: [String]) -> (source: Double, target: Double) {
    guard !known.isEmpty, !source.isEmpty, !target.isEmpty else { return (0, 0) }
    var forward = [Double](repeating: 0, count: source.count)
    var backward = [Double](repeating: 0, count: target.count)
    for (i, a) in source.enumerated() {
      for (j, b) in target.enumerated() {
        guard let pair = known[a + "\t" + b] else { continue }
        let value = Double(max(pair.forward, pair.backward))
        forward[i] = max(forward[i], value)
        backward[j] = max(backward[j], value)
      }
    }
    return (
      forward.reduce(0, +) / Double(forward.count), backward.reduce(0, +) / Double(backward.count)
    )
  }

  /// Pseudo-counts for linking: at most 20 a pair, so that the text can overrule the lexicon.
  func priors() -> [LinkPrior] {
    let key = LinkKey()
    return entries.compactMap { entry in
      let share = (entry.forward + entry.backward) / 2
      guard share > 0.02 else { return nil }
      return LinkPrior(source: key(entry.source), target: key(entry.target), count: 20 * share)
    }
  }
}
