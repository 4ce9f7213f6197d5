public import BitextCore

/// Finds what may be a term or a name in one text, without a translation.
///
/// Noun phrases and names (`NounPhrasePattern`) are ranked by how often they occur on their own (the
/// idea of C-value: an occurrence inside a longer candidate counts for the longer one), how rare their
/// words are in general language, how surely the head is a noun, and their length.
///
/// Source: Frantzi, Ananiadou & Mima 2000, *International Journal on Digital Libraries* 3(2). We differ
/// in weighing words by their rarity, since one text is short.
public struct TermCandidateFinder: Sendable {
  /// A candidate of one text.
  public struct Proposal: Sendable, Hashable {
    /// The most frequent surface form.
    public let text: String
    /// Occurrences of all its forms.
    public let count: Int
    /// How likely it is a term, in `0...1`; comparable inside one text only.
    public let score: MatchScore
    /// Whether it is written like a name.
    public let isName: Bool
    /// `accepted` when it is repeated and scores high.
    public let status: ExtractionStatus
  }

  /// The language of the texts.
  public let language: LanguageTag
  private let profile: WordProfile

  public init(language: LanguageTag) {
    self.language = language
    profile = .shipped(for: language)
  }

  /// Returns the candidates of a text, best first; equal ones in the order of their appearance.
  ///
  /// - Complexity: O(length of the text), plus sorting.
  public func candidates(in text: SegmentedText) -> [Proposal] {
    let tokenizer = TermTokenizer(language: language, profile: profile)
    var sentences = text.sentences.map { tokenizer.sentence($0, whole: []) }
    if language.language == "zh" {
      for index in sentences.indices {
        _ = TransliteratedNames.merge(&sentences[index], names: [], tokenizer: tokenizer)
      }
      FragmentMerge.merge(&sentences, tokenizer: tokenizer)
    } else {
      ExtractionAnalysis.settleCapitals(&sentences)
    }
    var document = TermDocument(language: language, sentences: sentences)
    document.findCandidates(NounPhrasePattern(language: language))
    let nested = nestedCounts(document)
    var scored: [(form: Int, score: Double)] = []
    for form in document.forms.indices {
      let score = score(form, document, nested: nested[form])
      if score > 0.1 { scored.append((form, score)) }
    }
    scored.sort { $0.score != $1.score ? $0.score > $1.score : $0.form < $1.form }
    return scored.map { form, score in
      let isName = document.examples[form].names == 1
      return Proposal(
        text: document.surface(of: form), count: document.counts[form],
        score: MatchScore(min(1, score)), isName: isName,
        status: score >= 0.6 && document.counts[form] > 1 ? .accepted : .candidate)
    }
  }

  /// For each form, how many of its occurrences stand inside a longer form that is repeated, too.
  private func nestedCounts(_ document: TermDocument) -> [Int] {
    var nested = [Int](repeating: 0, count: document.forms.count)
    for candidates in document.candidates {
      for inner in candidates {
        let isInside = candidates.contains { outer in
          outer.run != inner.run && outer.run.lowerBound <= inner.run.lowerBound
            && outer.run.upperBound >= inner.run.upperBound && document.counts[outer.form] >= 2
            && outer.noun >= 0.4
        }
        if isInside { nested[inner.form] += 1 }
      }
    }
    return nested
  }

  private func score(_ form: Int, _ document: TermDocument, nested: Int) -> Double {
    let example = document.examples[form]
    let words = document.words[form]
    let count = Double(document.counts[form] - nested)
    guard count > 0, document.freeCounts[form] * 2 >= document.counts[form] else { return 0 }
    let noun = example.names == 1 ? 0.9 : example.noun
    guard noun >= 0.35, example.edge >= 0.1 || example.contentWords == 1 else { return 0 }
    let rarities = words.map { profile.rarity(of: $0) ?? 0.6 }
    let rarity = rarities.reduce(0, +) / Double(max(1, rarities.count))
    let repetition = count / (count + 2)
    let length = example.contentWords > 1 ? 1.0 : example.names == 1 ? 0.85 : 0.65
    let shape = example.functionWords > 0 ? 0.8 : 1
    return noun * (0.35 + 0.65 * rarity) * (0.3 + 0.7 * repetition) * length * shape
      * (example.contentWords > 3 ? 0.7 : 1)
  }
}
