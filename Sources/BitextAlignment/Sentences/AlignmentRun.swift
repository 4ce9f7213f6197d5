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
    let pair = try PairRun(
      aligner, source: corpora[0], target: corpora[1], isCancelled: isCancelled
    ).align()
    return documents.indices.map { document in
      let units = pair.paths[document].map { bead in
        AlignedUnit(
          ranges: [bead.source, bead.target], confidence: Confidence(bead.posterior))
      }
      var report = AlignmentReport()
      report.passes = pair.passes
      report.anchors = pair.anchors[document]
      report.lexiconCoverage = pair.lexiconCoverage
      var sum = 0.0
      for unit in units { sum += unit.confidence.probability }
      report.meanConfidence = units.isEmpty ? 1 : sum / Double(units.count)
      return Alignment(languages: aligner.languages, units: units, report: report)
    }
  }
}
