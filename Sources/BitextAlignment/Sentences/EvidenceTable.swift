internal import BitextCore

/// What all sources together know of the words of two vocabularies.
struct EvidenceTable {
  let table: TranslationTable
  /// The share of the source and target words, repetitions counted, that a lexicon knows. Numbers
  /// and punctuation do not count.
  let lexiconCoverage: Double

  /// From this coverage on, a lexicon decides more than lengths do.
  static let usefulCoverage = 0.25

  init(_ source: TextCorpus, _ target: TextCorpus, sources: [any LexicalEvidence]) {
    let a = source.vocabulary.words
    let b = target.vocabulary.words
    let lexical = CombinedEvidence(sources).entries(
      source: a, sourceLanguage: source.language, target: b, targetLanguage: target.language)
    var knownSource = [Bool](repeating: false, count: a.count)
    var knownTarget = [Bool](repeating: false, count: b.count)
    for entry in lexical {
      knownSource[Int(entry.source)] = true
      knownTarget[Int(entry.target)] = true
    }
    lexiconCoverage = min(
      Self.share(knownSource, source.vocabulary), Self.share(knownTarget, target.vocabulary))
    let shared = SharedFormEvidence().entries(
      source: a, sourceLanguage: source.language, target: b, targetLanguage: target.language)
    table = TranslationTable([lexical, shared], rowCount: a.count)
  }

  private static func share(_ known: [Bool], _ vocabulary: Vocabulary) -> Double {
    var covered = 0
    var all = 0
    for (number, word) in vocabulary.words.enumerated() {
      guard let first = word.unicodeScalars.first, first.value >= 0x61 else { continue }
      all += Int(vocabulary.counts[number])
      if known[number] { covered += Int(vocabulary.counts[number]) }
    }
    return all > 0 ? Double(covered) / Double(all) : 0
  }
}
