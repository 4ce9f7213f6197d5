public import BitextCore

extension LinkCorpus {
  /// What lexicons know of the words of this corpus, as pseudo-counts for linking.
  ///
  /// A pair counts `weight` times the mean of its two probabilities; pairs below 0.02 are left out.
  ///
  /// - Parameters:
  ///   - evidence: The lexicons.
  ///   - source: The language of the source side.
  ///   - target: The language of the target side.
  ///   - weight: The pseudo-count of a pair that is certain.
  public func priors(
    from evidence: some LexicalEvidence, source: LanguageTag, target: LanguageTag,
    weight: Float = 20
  ) -> [LinkPrior] {
    let sources = Self.words(self.source.spellings)
    let targets = Self.words(self.target.spellings)
    guard !sources.isEmpty, !targets.isEmpty else { return [] }
    let key = LinkKey()
    return evidence.entries(
      source: sources, sourceLanguage: source, target: targets, targetLanguage: target
    ).compactMap { entry in
      let share = (entry.forward + entry.backward) / 2
      guard share > 0.02 else { return nil }
      return LinkPrior(
        source: key(sources[Int(entry.source)]), target: key(targets[Int(entry.target)]),
        count: weight * share)
    }
  }

  /// Distinct words in lower case, in order, without punctuation.
  private static func words(_ spellings: [String]) -> [String] {
    var seen: Set<String> = []
    var words: [String] = []
    for spelling in spellings {
      let word = spelling.lowercased().replacing("’", with: "'")
      guard word.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) else { continue }
      if seen.insert(word).inserted { words.append(word) }
    }
    return words
  }
}
