internal import BitextCore

/// What all sources together know of the words of two vocabularies.
struct EvidenceTable {
  let table: TranslationTable
  /// The share of the source and target words, repetitions counted, that a lexicon knows. Numbers
  /// and punctuation do not count.
  let lexiconCoverage: Double
  /// What each source knew.
  let uses: [LexiconUse]

  /// From this coverage on, a lexicon decides more than lengths do.
  static let usefulCoverage = 0.25

  init(_ source: TextCorpus, _ target: TextCorpus, _ aligner: SentenceAligner) {
    let a = source.vocabulary.words
    let b = target.vocabulary.words
    let kinds = aligner.options.tuning.evidence
    var sources = CombinedEvidence(kinds.contains(.lexicons) ? aligner.allSources : [])
    sources.usesParts = kinds.contains(.parts)
    let (lexical, known) = sources.answers(
      source: a, sourceLanguage: source.language, target: b, targetLanguage: target.language)
    var knownSource = [Bool](repeating: false, count: a.count)
    var knownTarget = [Bool](repeating: false, count: b.count)
    for entry in lexical {
      knownSource[Int(entry.source)] = true
      knownTarget[Int(entry.target)] = true
    }
    lexiconCoverage = min(
      Self.share(knownSource, source.vocabulary), Self.share(knownTarget, target.vocabulary))
    let shared = SharedFormEvidence(
      comparesNumbers: kinds.contains(.numbers), comparesCognates: kinds.contains(.cognates)
    ).entries(
      source: a, sourceLanguage: source.language, target: b, targetLanguage: target.language)
    // Names are no lexicon: what they know does not count as coverage. A lexicon that knows enough knows
    // them, too, and need not wait for them (docs/decisions/0024-names-of-icu.md).
    let asksNames = kinds.contains(.names) && lexiconCoverage < Self.usefulCoverage
    let names =
      asksNames
      ? aligner.localeNames.entries(
        source: a, sourceLanguage: source.language, target: b, targetLanguage: target.language)
      : []
    let pinyin =
      kinds.contains(.pinyin) && lexiconCoverage < Self.usefulCoverage
      ? aligner.romanizedNames.entries(
        source: a, sourceLanguage: source.language, target: b, targetLanguage: target.language)
      : []
    table = TranslationTable([lexical, shared, names, pinyin], rowCount: a.count)

    let words = [a, b].reduce(0) { $0 + $1.count(where: Self.isWord) }
    var uses = zip(sources.sources, known).filter {
      $0.0.covers(source.language, target.language)
    }.map { LexiconUse(name: $0.name, known: $1, words: words) }
    if asksNames {
      uses.append(
        LexiconUse(
          name: aligner.localeNames.name,
          known: CombinedEvidence.wordCount(names, a.count, b.count), words: words))
    }
    if !pinyin.isEmpty {
      uses.append(
        LexiconUse(
          name: aligner.romanizedNames.name,
          known: CombinedEvidence.wordCount(pinyin, a.count, b.count), words: words))
    }
    self.uses = uses
  }

  /// Whether a token is neither a number nor a mark.
  private static func isWord(_ token: String) -> Bool {
    token.unicodeScalars.first.map { $0.value >= 0x61 } ?? false
  }

  private static func share(_ known: [Bool], _ vocabulary: Vocabulary) -> Double {
    var covered = 0
    var all = 0
    for (number, word) in vocabulary.words.enumerated() {
      guard isWord(word) else { continue }
      all += Int(vocabulary.counts[number])
      if known[number] { covered += Int(vocabulary.counts[number]) }
    }
    return all > 0 ? Double(covered) / Double(all) : 0
  }
}
