internal import BitextCore
internal import BitextText

/// One call of an aligner: documents that share their vocabularies and what is learned.
struct AlignmentRun {
  private let aligner: SentenceAligner
  private let documents: [[SegmentedText]]
  /// Documents under guidance; `nil` for the others.
  private let guidance: [DocumentGuidance?]
  private let isCancelled: @Sendable () -> Bool
  /// Is told of each document that was searched in a pass.
  private let didSearch: (_ document: Int) -> Void

  init(
    _ aligner: SentenceAligner, documents: [[SegmentedText]],
    guidance: [AlignmentGuidance?] = [], isCancelled: @escaping @Sendable () -> Bool,
    didSearch: @escaping (_ document: Int) -> Void = { _ in }
  ) {
    self.didSearch = didSearch
    self.aligner = aligner
    let prepared = documents.indices.map { document in
      guidance.isEmpty ? nil : guidance[document].map { DocumentGuidance(documents[document], $0) }
    }
    self.guidance = prepared
    let keepsParagraphs = aligner.options.tuning.evidence.contains(.paragraphs)
    self.documents = documents.indices.map { document in
      let texts = prepared[document]?.texts ?? documents[document]
      return keepsParagraphs
        ? texts : texts.map { SegmentedText(language: $0.language, sentences: $0.sentences) }
    }
    self.isCancelled = isCancelled
  }

  /// Aligns all documents.
  func align() throws(CancellationError) -> [Alignment] {
    guard !documents.isEmpty else { return [] }
    var corpora: [TextCorpus] = []
    for (index, language) in aligner.languages.enumerated() {
      var corpus = TextCorpus(language: language, phrases: aligner.phraseFinder(index))
      for texts in documents {
        try corpus.add(texts[index], isCancelled: isCancelled)
      }
      corpora.append(corpus)
    }
    var pairs = [[PairRun.Result?]](
      repeating: [PairRun.Result?](repeating: nil, count: corpora.count), count: corpora.count)
    for a in corpora.indices {
      for b in corpora.indices where a < b {
        pairs[a][b] = try PairRun(
          aligner, source: corpora[a], target: corpora[b],
          guidance: { isExchanged in
            guidance.map { isExchanged ? $0?.pair(b, a) : $0?.pair(a, b) }
          }, isCancelled: isCancelled, didSearch: didSearch
        ).align()
      }
    }
    var alignments: [Alignment] = []
    for document in documents.indices {
      let found = try units(corpora, document, pairs)
      let units = guidance[document]?.expanded(found) ?? found
      alignments.append(
        Alignment(
          languages: aligner.languages, units: units, report: report(document, units, pairs)))
    }
    return alignments
  }

  /// The beads of the two texts of each document, with what their confidence is judged by.
  func samples() throws(CancellationError) -> [[(bead: ScoredBead, features: [Double])]] {
    var corpora: [TextCorpus] = []
    for (index, language) in aligner.languages.enumerated() {
      var corpus = TextCorpus(language: language, phrases: aligner.phraseFinder(index))
      for texts in documents { try corpus.add(texts[index], isCancelled: isCancelled) }
      corpora.append(corpus)
    }
    let result = try PairRun(
      aligner, source: corpora[0], target: corpora[1],
      guidance: { _ in documents.map { _ in nil } }, isCancelled: isCancelled,
      didSearch: didSearch
    ).align()
    return documents.indices.map { document in
      zip(result.paths[document], result.features[document]).map { ($0, $1.values) }
    }
  }

  private func units(
    _ corpora: [TextCorpus], _ document: Int, _ pairs: [[PairRun.Result?]]
  ) throws(CancellationError) -> [AlignedUnit] {
    if corpora.count == 2 {
      guard let pair = pairs[0][1] else { return [] }
      let trust = trust(document, pairs)
      return zip(pair.paths[document], pair.confidences[document]).map { bead, confidence in
        AlignedUnit(ranges: [bead.source, bead.target], confidence: Confidence(trust * confidence))
      }
    }
    let joint = try JointRun(
      corpora, document: document, pairs: pairs, guidance: guidance[document],
      isCancelled: isCancelled
    ).align()
    let trust = trust(document, pairs)
    return joint.map {
      AlignedUnit(ranges: $0.ranges, confidence: Confidence(trust * $0.confidence))
    }
  }

  /// What is left of each unit's confidence when the document as a whole is no translation: little.
  private func trust(_ document: Int, _ pairs: [[PairRun.Result?]]) -> Double {
    let doubtful = pairs.joined().compactMap(\.self).contains {
      AlignmentReport.contradicts($0.wordEvidence[document], $0.lexiconCoverage)
    }
    return doubtful ? 0.25 : 1
  }

  private func report(
    _ document: Int, _ units: [AlignedUnit], _ pairs: [[PairRun.Result?]]
  ) -> AlignmentReport {
    let results = pairs.joined().compactMap(\.self)
    var report = AlignmentReport()
    report.passes = results.map(\.passes).max() ?? 0
    report.anchors = results.reduce(0) { $0 + $1.anchors[document] }
    report.searched =
      results.reduce(0) { $0 + $1.searched[document] } / Double(max(results.count, 1))
    report.lexiconCoverage =
      results.reduce(0) { $0 + $1.lexiconCoverage } / Double(max(results.count, 1))
    report.lexicons = LexiconUse.sum(results.map(\.lexicons))
    report.wordEvidence = results.map { $0.wordEvidence[document] }.min() ?? 0
    report.meanConfidence =
      units.isEmpty
      ? 1 : units.reduce(0) { $0 + $1.confidence.probability } / Double(units.count)
    let exchanged = exchangedLanguages(documents[document])
    report.languagesSeemSwapped = !exchanged.isEmpty
    report.exchangedLanguages = exchanged
    return report
  }

  /// The texts of which two are each written in the other's language.
  private func exchangedLanguages(_ texts: [SegmentedText]) -> [AlignmentReport.ExchangedLanguage] {
    let identifier = LanguageIdentifier()
    let found = texts.map { text -> LanguageGuess? in
      var sample = ""
      for sentence in text.sentences {
        if sample.utf8.count > 4000 { break }
        sample += sentence.utf8.count > 4000 ? "" : sentence + "\n"
      }
      guard let guess = identifier.identify(sample), guess.confidence.probability >= 0.5 else {
        return nil
      }
      return guess
    }
    for a in texts.indices {
      for b in texts.indices where a < b && texts[a].language.language != texts[b].language.language
      {
        guard let first = found[a], let second = found[b],
          first.language.language == texts[b].language.language,
          second.language.language == texts[a].language.language
        else { continue }
        return [(a, first), (b, second)].map { index, guess in
          AlignmentReport.ExchangedLanguage(
            text: index, given: texts[index].language, found: guess.language,
            confidence: guess.confidence)
        }
      }
    }
    return []
  }
}
