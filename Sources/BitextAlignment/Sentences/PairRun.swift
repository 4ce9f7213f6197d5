internal import BitextCore

/// The alignment of documents in two languages: passes over the beads, and learning between them.
struct PairRun {
  /// What came out.
  struct Result {
    /// The chosen beads of each document.
    var paths: [[ScoredBead]]
    /// The probability that each of them is right.
    var confidences: [[Double]]
    /// What the confidences were judged by.
    var features: [[ConfidenceModel.Features]] = []
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
  private let isCancelled: @Sendable () -> Bool
  /// Is told of each document that was searched in a pass.
  private let didSearch: (_ document: Int) -> Void

  /// With a lexicon a third pass is the last that changes anything; with so much text to learn from,
  /// the second is.
  private var passesWithLexicon: Int {
    source.documents.reduce(0) { $0 + $1.count } > Self.muchText ? 2 : 3
  }
  private static let muchText = 5000
  private static let passesWithoutLexicon = 6
  /// Learning stops when a smaller share of the beads changes.
  private static let settledShare = 0.005
  /// The largest number of nodes of a grid that is searched whole.
  static let largestGrid = 300_000

  init(
    _ aligner: SentenceAligner, source: TextCorpus, target: TextCorpus,
    guidance: (_ isExchanged: Bool) -> [PairGuidance?],
    isCancelled: @escaping @Sendable () -> Bool, didSearch: @escaping (_ document: Int) -> Void
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
        ?? (hasLexicon ? passesWithLexicon : Self.passesWithoutLexicon)
    var result = Result(
      paths: [], confidences: [], likely: [], table: evidence.table, passes: 0,
      lexiconCoverage: evidence.lexiconCoverage, lexicons: evidence.uses,
      hasLexicon: hasLexicon,
      models: [BeadModel](repeating: model, count: source.documents.count),
      wordEvidence: [Double](repeating: 0, count: source.documents.count),
      searched: [Double](repeating: 1, count: source.documents.count),
      anchors: [Int](repeating: 0, count: source.documents.count))
    var searches = [BandSearch?](repeating: nil, count: source.documents.count)
    for pass in 1...limit {
      // Documents do not touch each other within a pass.
      let (source, target) = (source, target)
      let (table, models, known) = (result.table, result.models, searches)
      let (guidance, halfWidth) = (guidance, aligner.options.tuning.bandHalfWidth)
      let prepared = try concurrently(source.documents.count, isCancelled: isCancelled) {
        (document, mustStop) throws(CancellationError) -> Prepared in
        try Self.prepare(
          document, source, target, table, models[document], known[document], guidance[document],
          halfWidth,
          isCancelled: mustStop)
      }
      let blocks = prepared.indices.flatMap { document in
        prepared[document].search.blocks.map { (document: document, block: $0) }
      }
      let weighed = try concurrently(blocks.count, isCancelled: isCancelled) {
        (index, mustStop) throws(CancellationError) -> BeadLattice.Result in
        let document = blocks[index].document
        return try BandSearch.weigh(
          blocks[index].block, [prepared[document].pair], model: models[document],
          isCancelled: mustStop)
      }
      var paths: [[ScoredBead]] = []
      var confidences: [[Double]] = []
      var features: [[ConfidenceModel.Features]] = []
      var likely: [[ScoredBead]] = []
      var start = 0
      for document in prepared.indices {
        let pair = prepared[document].pair
        var search = prepared[document].search
        let end = start + search.blocks.count
        let found = search.finish(Array(weighed[start..<end]))
        start = end
        searches[document] = search
        paths.append(found.path)
        if pass == 1 {
          result.wordEvidence[document] = wordEvidence(found.path, pair, model)
          result.searched[document] = prepared[document].searched
          result.anchors[document] = prepared[document].anchors
        }
        let confidence = ConfidenceModel(result.models[document], hasLexicon: hasLexicon)
        features.append(confidence.features(found.path, pair))
        confidences.append(features[document].map(confidence.confidence))
        likely.append(found.likely)
        didSearch(document)
      }
      let change = Self.change(from: result.paths, to: paths)
      result.paths = paths
      result.confidences = confidences
      result.features = features
      result.likely = likely
      result.passes = pass
      if pass == limit || change < Self.settledShare { break }
      // Nothing is to be learned from texts that are no translations.
      if result.wordEvidence.allSatisfy({
        AlignmentReport.contradicts($0, result.lexiconCoverage)
      }) {
        break
      }
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

  /// A document before its blocks are weighed.
  private struct Prepared: Sendable {
    let pair: PairEvidence
    let search: BandSearch
    /// The share of the grid that is searched coarsely.
    var searched = 1.0
    var anchors = 0
  }

  /// Lays out a document and, the first time, finds where its path may run: anywhere in short texts,
  /// near anchors in long ones.
  ///
  /// - Parameter halfWidth: How far to search to each side of the anchors; `nil` as the evidence says.
  private static func prepare(
    _ document: Int, _ source: TextCorpus, _ target: TextCorpus, _ table: TranslationTable,
    _ model: BeadModel, _ search: BandSearch?, _ guidance: PairGuidance?, _ halfWidth: Int?,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> Prepared {
    let (m, n) = (source.documents[document].count, target.documents[document].count)
    var pair = PairEvidence(
      source: source.documents[document], target: target.documents[document], table: table,
      sourceVocabulary: source.vocabulary, targetVocabulary: target.vocabulary,
      paragraphs: PairEvidence.Paragraphs(
        source: source.paragraphStarts[document], sourceCount: m,
        target: target.paragraphStarts[document], targetCount: n))
    pair.guidance = guidance
    if let search { return Prepared(pair: pair, search: search) }
    if m == 0 || n == 0 || halfWidth == nil && m <= largestGrid / n {
      return Prepared(
        pair: pair,
        search: try BandSearch(
          [pair], model: model, within: Band(full: m, n), isCancelled: isCancelled))
    }
    let found = try AnchorFinder(pair, source.vocabulary, target.vocabulary)
      .anchors(isCancelled: isCancelled)
    let anchors = guidance?.completed(found) ?? found
    let band =
      halfWidth.map { Band(around: anchors, halfWidth: $0, sourceCount: m, targetCount: n) }
      ?? Band(around: anchors, sourceCount: m, targetCount: n)
    return Prepared(
      pair: pair,
      search: try BandSearch([pair], model: model, within: band, isCancelled: isCancelled),
      searched: Double(band.nodeCount) / Double((m + 1) * (n + 1)), anchors: anchors.count)
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
