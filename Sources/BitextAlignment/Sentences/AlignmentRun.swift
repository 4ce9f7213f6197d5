internal import BitextCore
internal import BitextText

/// One call of an aligner: documents that share their vocabularies and what is learned.
struct AlignmentRun {
  private let aligner: SentenceAligner
  private let documents: [[SegmentedText]]
  private let isCancelled: @Sendable () -> Bool
  /// Is told of each document that was searched in a pass.
  private let didSearch: () -> Void

  init(
    _ aligner: SentenceAligner, documents: [[SegmentedText]],
    isCancelled: @escaping @Sendable () -> Bool,
    didSearch: @escaping () -> Void = {}
  ) {
    self.didSearch = didSearch
    self.aligner = aligner
    self.documents = documents
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
          aligner, source: corpora[a], target: corpora[b], isCancelled: isCancelled,
          didSearch: didSearch
        ).align()
      }
    }
    var alignments: [Alignment] = []
    for document in documents.indices {
      let units = try units(corpora, document, pairs)
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
      aligner, source: corpora[0], target: corpora[1], isCancelled: isCancelled,
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
      corpora, document: document, pairs: pairs, isCancelled: isCancelled
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
    report.wordEvidence = results.map { $0.wordEvidence[document] }.min() ?? 0
    report.meanConfidence =
      units.isEmpty
      ? 1 : units.reduce(0) { $0 + $1.confidence.probability } / Double(units.count)
    report.languagesSeemSwapped = languagesSeemSwapped(documents[document])
    return report
  }

  /// Whether two of the texts are each written in the other's language.
  private func languagesSeemSwapped(_ texts: [SegmentedText]) -> Bool {
    let identifier = LanguageIdentifier()
    let found = texts.map { text -> String? in
      var sample = ""
      for sentence in text.sentences {
        if sample.utf8.count > 4000 { break }
        sample += sentence.utf8.count > 4000 ? "" : sentence + "\n"
      }
      guard let guess = identifier.identify(sample), guess.confidence.probability >= 0.5 else {
        return nil
      }
      return guess.language.language
    }
    for a in texts.indices {
      for b in texts.indices where a < b && texts[a].language.language != texts[b].language.language
      {
        if found[a] == texts[b].language.language, found[b] == texts[a].language.language {
          return true
        }
      }
    }
    return false
  }
}
