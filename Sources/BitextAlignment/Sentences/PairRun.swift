internal import BitextCore

/// The alignment of documents in two languages: passes over the beads, and learning between them.
struct PairRun {
  /// What came out.
  struct Result {
    /// The chosen beads of each document.
    var paths: [[ScoredBead]]
    /// The probability that each of them is right.
    var confidences: [[Double]]
    /// The beads of each document that have some probability.
    var likely: [[ScoredBead]]
    /// The last table of translations.
    var table: TranslationTable
    var passes: Int
    var lexiconCoverage: Double
    /// What each source knew of the words.
    var lexicons: [LexiconUse]
    /// Whether a lexicon knows enough of the words.
    var hasLexicon: Bool
    /// The weights that were used for each document.
    var models: [BeadModel]
    /// What the words of each document say for its beads before anything is learned: the mean over
    /// the beads, as a logarithm of odds.
    var wordEvidence: [Double]
    /// The share of each document's grid that the first pass searched.
    var searched: [Double]
    /// The number of anchors of each document; 0 where the whole grid was searched.
    var anchors: [Int]
  }

  private let aligner: SentenceAligner
  /// The side with fewer sentences: shapes that split a sentence are commoner than those that join
  /// two, so this side counts as the source. The answer is then the same whichever text came first.
  private let source: TextCorpus
  private let target: TextCorpus
  private let isExchanged: Bool
  /// What is known of each document's beads, source and target in this order.
  private let guidance: [PairGuidance?]
  private let isCancelled: () -> Bool
  /// Is told of each document that was searched in a pass.
  private let didSearch: (_ document: Int) -> Void

  /// With a lexicon a third pass is the last that changes anything.
  private static let passesWithLexicon = 3
  private static let passesWithoutLexicon = 6
  /// Learning stops when a smaller share of the beads changes.
  private static let settledShare = 0.005
  /// The largest number of nodes of a grid that is searched whole.
  static let largestGrid = 300_000
  /// How much wider than what was reached the band of the next pass is.
  private static let margin = 4

  init(
    _ aligner: SentenceAligner, source: TextCorpus, target: TextCorpus,
    guidance: (_ isExchanged: Bool) -> [PairGuidance?],
    isCancelled: @escaping () -> Bool, didSearch: @escaping (_ document: Int) -> Void
  ) {
    self.aligner = aligner
    let counts = [source, target].map { $0.documents.reduce(0) { $0 + $1.count } }
    isExchanged = (counts[1], target.language) < (counts[0], source.language)
    self.guidance = guidance(isExchanged)
    self.source = isExchanged ? target : source
    self.target = isExchanged ? source : target
    self.isCancelled = isCancelled
    self.didSearch = didSearch
  }

  func align() throws(CancellationError) -> Result {
    let evidence = EvidenceTable(source, target, aligner)
    // Vectors that tell sentences apart do for beads what a lexicon does.
    let hasLexicon =
      evidence.lexiconCoverage >= EvidenceTable.usefulCoverage
      || guidance.contains { $0?.vectors?.isTelling ?? false }
    let model = aligner.model(hasLexicon: hasLexicon)
    let limit =
      aligner.options.learning == .none
      ? 1
      : aligner.options.tuning.passes
        ?? (hasLexicon ? Self.passesWithLexicon : Self.passesWithoutLexicon)
    var result = Result(
      paths: [], confidences: [], likely: [], table: evidence.table, passes: 0,
      lexiconCoverage: evidence.lexiconCoverage, lexicons: evidence.uses,
      hasLexicon: hasLexicon,
      models: [BeadModel](repeating: model, count: source.documents.count),
      wordEvidence: [Double](repeating: 0, count: source.documents.count),
      searched: [Double](repeating: 1, count: source.documents.count),
      anchors: [Int](repeating: 0, count: source.documents.count))
    var bands = [Band?](repeating: nil, count: source.documents.count)
    for pass in 1...limit {
      var paths: [[ScoredBead]] = []
      var confidences: [[Double]] = []
      var likely: [[ScoredBead]] = []
      for document in source.documents.indices {
        var pair = PairEvidence(
          source: source.documents[document], target: target.documents[document],
          table: result.table, sourceVocabulary: source.vocabulary,
          targetVocabulary: target.vocabulary,
          paragraphs: PairEvidence.Paragraphs(
            source: source.paragraphStarts[document],
            sourceCount: source.documents[document].count,
            target: target.paragraphStarts[document],
            targetCount: target.documents[document].count))
        pair.guidance = guidance[document]
        let first: Band
        if let band = bands[document] {
          first = band
        } else {
          first = try firstBand(pair, &result.anchors[document])
          result.searched[document] =
            Double(first.nodeCount) / Double((pair.source.count + 1) * (pair.target.count + 1))
        }
        let found = try Self.search(
          [pair], model: result.models[document], band: first, isCancelled: isCancelled)
        paths.append(found.path)
        if pass == 1 { result.wordEvidence[document] = wordEvidence(found.path, pair, model) }
        confidences.append(
          ConfidenceModel(result.models[document], hasLexicon: hasLexicon)
            .confidences(found.path, pair))
        likely.append(found.likely.reversed())
        bands[document] = found.reached.widened(
          by: Self.margin, targetCount: target.documents[document].count)
        didSearch(document)
      }
      let change = Self.change(from: result.paths, to: paths)
      result.paths = paths
      result.confidences = confidences
      result.likely = likely
      result.passes = pass
      if pass == limit || change < Self.settledShare { break }
      if hasLexicon { result.models = paths.map { model.expecting($0) } }
      result.table = try DocumentModel().learn(
        examples(aligner.options.tuning.learningThreshold > 0 ? likely : paths),
        known: result.table, targetCount: target.vocabulary.words.count,
        isCancelled: isCancelled)
    }
    if isExchanged {
      result.paths = result.paths.map { $0.map(\.exchanged) }
      result.likely = result.likely.map { $0.map(\.exchanged) }
      result.table = result.table.transposed(targetCount: target.vocabulary.words.count)
    }
    return result
  }

  /// What the words say for the beads of a path: their scores less priors and lengths.
  private func wordEvidence(
    _ path: [ScoredBead], _ pair: PairEvidence, _ model: BeadModel
  ) -> Double {
    let (a, b) = (pair.sourceSide.lengths, pair.targetSide.lengths)
    let priors = model.logPriors
    var sum = 0.0
    var count = 0
    for bead in path where !bead.isOmission {
      guard
        let shape = BeadShape.all.firstIndex(where: {
          $0.source == bead.source.count && $0.target == bead.target.count
        })
      else { continue }
      sum +=
        bead.score - priors[shape]
        + model.lengthCost(
          source: a[bead.source.upperBound] - a[bead.source.lowerBound],
          target: b[bead.target.upperBound] - b[bead.target.lowerBound], ratio: pair.lengthRatio)
      count += 1
    }
    return count > 0 ? sum / Double(count) : 0
  }

  /// The whole grid of short texts, a band around anchors in long ones.
  private func firstBand(
    _ pair: PairEvidence, _ anchorCount: inout Int
  ) throws(CancellationError) -> Band {
    let (m, n) = (pair.source.count, pair.target.count)
    let width = aligner.options.tuning.bandHalfWidth
    if m == 0 || n == 0 || width == nil && m <= Self.largestGrid / n { return Band(full: m, n) }
    let found = try AnchorFinder(pair, source.vocabulary, target.vocabulary)
      .anchors(isCancelled: isCancelled)
    let anchors = pair.guidance?.completed(found) ?? found
    anchorCount = anchors.count
    if let width {
      return Band(around: anchors, halfWidth: width, sourceCount: m, targetCount: n)
    }
    return Band(around: anchors, sourceCount: m, targetCount: n)
  }

  /// Searches a band, and a wider one when the path runs along its edge.
  static func search(
    _ pairs: [PairEvidence], model: BeadModel, band: Band, isCancelled: () -> Bool
  ) throws(CancellationError) -> BeadLattice.Result {
    var band = band
    var margin = 32
    for _ in 0..<3 {
      let lattice = BeadLattice(
        pairs, model: model, options: BeadLattice.Options(), band: band)
      let result = try lattice.run(isCancelled: isCancelled)
      if result.edgeRows.count <= 3 { return result }
      band = band.widened(
        near: result.edgeRows, by: margin, targetCount: pairs[0].target.count)
      margin *= 2
    }
    return try BeadLattice(pairs, model: model, options: BeadLattice.Options(), band: band)
      .run(isCancelled: isCancelled)
  }

  /// The bags of the beads that are probably right.
  private func examples(_ likely: [[ScoredBead]]) -> [DocumentModel.Example] {
    var examples: [DocumentModel.Example] = []
    for (document, beads) in likely.enumerated() {
      let sure = beads.filter {
        !$0.isOmission && $0.posterior >= aligner.options.tuning.learningThreshold
      }
      let a = source.documents[document].merged(sure.map(\.source))
      let b = target.documents[document].merged(sure.map(\.target))
      for index in sure.indices {
        let left = a.range(index).prefix(DocumentModel.longestSide)
        let right = b.range(index).prefix(DocumentModel.longestSide)
        examples.append(
          DocumentModel.Example(
            source: Array(a.words[left]), sourceOccurrences: Array(a.occurrences[left]),
            target: Array(b.words[right]), targetOccurrences: Array(b.occurrences[right])))
      }
    }
    return examples
  }

  /// The share of the beads that were not there before.
  private static func change(from old: [[ScoredBead]], to new: [[ScoredBead]]) -> Double {
    guard !old.isEmpty else { return 1 }
    var count = 0
    var changed = 0
    for (before, after) in zip(old, new) {
      let known = Set(before.map { [$0.source, $0.target] })
      count += after.count
      changed += after.filter { !known.contains([$0.source, $0.target]) }.count
    }
    return count > 0 ? Double(changed) / Double(count) : 0
  }
}
