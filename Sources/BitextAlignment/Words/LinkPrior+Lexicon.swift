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
    weight: Float = 10
  ) -> [LinkPrior] {
    let sources = Self.words(self.source.spellings)
    let targets = Self.words(self.target.spellings)
    guard !sources.isEmpty, !targets.isEmpty else { return [] }
    return LinkPrior.priors(
      of: evidence.entries(
        source: sources, sourceLanguage: source, target: targets, targetLanguage: target),
      source: sources, target: targets, weight: weight)
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

extension LinkPrior {
  /// Turns what a lexicon says of two vocabularies into pseudo-counts.
  ///
  /// A pair counts `weight` times the mean of its two probabilities; pairs below 0.02 are left out. What
  /// a word's probabilities lack to 1 goes to translations that do not occur: a word whose translations
  /// are elsewhere is an unlikely partner of what is here.
  ///
  /// - Parameters:
  ///   - entries: What the lexicon says, by indexes of the vocabularies.
  ///   - source: The words of the source vocabulary.
  ///   - target: The words of the target vocabulary.
  ///   - weight: The pseudo-count of a pair that is certain.
  public static func priors(
    of entries: [LexicalEntry], source: [String], target: [String], weight: Float = 10
  ) -> [LinkPrior] {
    let key = LinkKey()
    var priors: [LinkPrior] = []
    var sourceMass = [Float](repeating: 0, count: source.count)
    var targetMass = [Float](repeating: 0, count: target.count)
    for entry in entries {
      let (i, j) = (Int(entry.source), Int(entry.target))
      sourceMass[i] += entry.forward
      targetMass[j] += entry.backward
      let share = (entry.forward + entry.backward) / 2
      guard share > 0.02 else { continue }
      priors.append(
        LinkPrior(source: key(source[i]), target: key(target[j]), count: weight * share))
    }
    // No key is a lone line feed: the partner that does not occur.
    for (word, mass) in zip(source, sourceMass) where mass > 0 && mass < 1 {
      priors.append(LinkPrior(source: key(word), target: "\n", count: weight * (1 - mass) / 2))
    }
    for (word, mass) in zip(target, targetMass) where mass > 0 && mass < 1 {
      priors.append(LinkPrior(source: "\n", target: key(word), count: weight * (1 - mass) / 2))
    }
    return priors
  }
}
