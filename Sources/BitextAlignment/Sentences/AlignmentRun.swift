internal import BitextCore
internal import BitextText

/// One call of an aligner: documents that share their vocabularies and what is learned.
struct AlignmentRun {
  private let aligner: SentenceAligner
  private let documents: [[SegmentedText]]
  private let isCancelled: () -> Bool

  init(
    _ aligner: SentenceAligner, documents: [[SegmentedText]], isCancelled: @escaping () -> Bool
  ) {
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
        try corpus.add(texts[index].sentences, isCancelled: isCancelled)
      }
      corpora.append(corpus)
    }
    var pairs = [[PairRun.Result?]](
      repeating: [PairRun.Result?](repeating: nil, count: corpora.count), count: corpora.count)
    for a in corpora.indices {
      for b in corpora.indices where a < b {
        pairs[a][b] = try PairRun(
          aligner, source: corpora[a], target: corpora[b], isCancelled: isCancelled
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

  private func units(
    _ corpora: [TextCorpus], _ document: Int, _ pairs: [[PairRun.Result?]]
  ) throws(CancellationError) -> [AlignedUnit] {
    if corpora.count == 2 {
      guard let pair = pairs[0][1] else { return [] }
      return zip(pair.paths[document], pair.confidences[document]).map { bead, confidence in
        AlignedUnit(ranges: [bead.source, bead.target], confidence: Confidence(confidence))
      }
    }
    let joint = try JointRun(
      corpora, document: document, pairs: pairs, isCancelled: isCancelled
    ).align()
    return joint.map { AlignedUnit(ranges: $0.ranges, confidence: Confidence($0.posterior)) }
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
