/// The scores of all beads that end in one row of the grid.
///
/// With several pairs of languages (a unit of several texts against the sentences of another) the
/// length and lexical terms are the mean over the pairs that have text on both sides of the bead.
struct LatticeScorer {
  private let pairs: [PairEvidence]
  private let model: BeadModel
  private let logPriors: [Float]
  private let block: GridBlock
  private let rows: ClosedRange<Int>
  /// Where paragraphs begin, for the pairs of which that is known; each has the same share.
  private let paragraphs: [PairEvidence.Paragraphs]
  private let paragraphShare: Float
  private let guidance: [PairGuidance]
  private var rowScorers: [RowScorer]
  /// For the last six source sentences what they say of runs of target sentences.
  private var rings: [Ring]
  private var nextRow: Int
  private var forward: [Float] = []
  private var forwardSum: [Float] = []
  private var backwardSums: [Float] = []

  /// What one source sentence says.
  private struct Ring {
    /// The first node.
    var first = 0
    var width = 0
    var backward: [Float] = []
  }

  /// For each number of source sentences, the largest number of target sentences of a bead.
  private static let widest: [Int] = (1...BeadShape.largest).map { m in
    BeadShape.all.filter { $0.source == m }.map(\.target).max() ?? 0
  }
  /// For each number of target sentences, the largest number of source sentences of a bead.
  private static let tallest: [Int] = (1...BeadShape.largest).map { n in
    BeadShape.all.filter { $0.target == n }.map(\.source).max() ?? 0
  }
  /// The index of the shape of `m` and `n` sentences at `7 m + n`; -1 when there is none.
  private static let shapeIndexes: [Int] = (0..<49).map { key in
    BeadShape.all.firstIndex { $0.source == key / 7 && $0.target == key % 7 } ?? -1
  }

  init(_ pairs: [PairEvidence], model: BeadModel, block: GridBlock) {
    self.pairs = pairs
    self.model = model
    logPriors = model.logPriors.map { Float($0) }
    self.block = block
    rows = block.rows
    paragraphs = pairs.compactMap(\.paragraphs)
    paragraphShare = 1 / Float(max(paragraphs.count, 1))
    guidance = pairs.compactMap(\.guidance)
    rowScorers = pairs.map { pair in
      let stretch = Stretch(pair, rows: block.sentences, columns: block.columns)
      return RowScorer(pair, stretch, smoothing: model.smoothing)
    }
    rings = [Ring](repeating: Ring(), count: BeadShape.largest)
    nextRow = block.rows.lowerBound
  }

  /// Appends the scores of the beads that end in a row: for each shape, in the order of
  /// `BeadShape.all`, one score for each node of the row; `-inf` where the bead begins outside.
  ///
  /// Rows may be asked for in any order, but only ascending runs are cheap.
  mutating func appendScores(row: Int, to scores: inout [Float]) {
    let begin = rows.lowerBound
    if row != nextRow {
      for sentence in max(begin, row - BeadShape.largest)..<max(begin, row - 1) { meet(sentence) }
    }
    if row > begin { meet(row - 1) }
    nextRow = row + 1

    let low = block.lower(row)
    let width = block.upper(row) - low + 1
    let base = scores.count
    scores.append(
      contentsOf: repeatElement(-.infinity, count: BeadShape.all.count * width))
    addOmissions(row, low, width, to: &scores, at: base)
    if row > begin { addBeads(row, low, width, to: &scores, at: base) }
    if !paragraphs.isEmpty { addParagraphs(row, low, width, to: &scores, at: base) }
    for known in guidance {
      known.adjust(&scores, at: base, row: row, low: low, width: width)
    }
  }

  private func addOmissions(
    _ row: Int, _ low: Int, _ width: Int, to scores: inout [Float], at base: Int
  ) {
    for (shape, bead) in BeadShape.all.enumerated() where bead.isOmission {
      guard row - bead.source >= rows.lowerBound else { continue }
      let first = max(0, block.lower(rows.lowerBound) + bead.target - low)
      for node in first..<max(first, width) {
        scores[base + shape * width + node] = logPriors[shape]
      }
    }
  }

  private mutating func addBeads(
    _ row: Int, _ low: Int, _ width: Int, to scores: inout [Float], at base: Int
  ) {
    let corner = block.lower(rows.lowerBound)
    let count = min(BeadShape.largest, row - rows.lowerBound)
    // What the target sentences before the nodes say of the runs of source sentences that end here.
    let firsts = (1...count).map { max(corner, low - Self.widest[$0 - 1]) }
    let start = firsts[0]
    let forwardWidth = low + width - 1 - start
    Self.clear(&forward, count: forwardWidth * count)
    for index in rowScorers.indices {
      rowScorers[index].addForward(
        row: row, first: firsts, end: low + width - 1, base: start, width: forwardWidth,
        to: &forward)
    }
    var (scratch, otherScratch): ([Float], [Float]) = ([], [])
    swap(&scratch, &backwardSums)
    swap(&otherScratch, &forwardSum)
    defer {
      swap(&scratch, &backwardSums)
      swap(&otherScratch, &forwardSum)
    }
    Self.clear(&scratch, count: width * BeadShape.largest)
    let weight = Float(model.lexicalWeight / 2)
    var scores = scores.mutableSpan
    var backwardSums = scratch.mutableSpan
    let forward = self.forward.span
    let lengths = pairs[0].targetSide.lengths
    for m in 1...count {
      let ring = rings[(row - m) % BeadShape.largest]
      let backward = ring.backward.span
      let costs = pairs.map { LengthCost($0, model, source: (row - m)..<row) }
      let present = Float(costs.count { $0.sourceLength > 0 })
      Self.clear(&otherScratch, count: width)
      var forwardSum = otherScratch.mutableSpan
      for n in 1...Self.widest[0] {
        // Runs of many sentences are only asked about next to one source sentence or few.
        guard m <= Self.tallest[n - 1] else { break }
        let shape = Self.shapeIndexes[7 * m + n]
        let first = max(0, corner + n - low)
        guard first < width else { break }
        let prior = logPriors[shape]
        for node in first..<width {
          let column = low + node
          let evidence = backward[(n - 1) * ring.width + column - ring.first]
          backwardSums[(n - 1) * width + node] += evidence
          forwardSum[node] += forward[(m - 1) * forwardWidth + column - n - start]
          guard prior > -.infinity else { continue }
          let words = forwardSum[node] + backwardSums[(n - 1) * width + node]
          let score: Float
          if costs.count == 1 {
            score =
              prior + weight * words
              - costs[0].cost(of: lengths[column] - lengths[column - n])
          } else {
            let length = lengths[column] - lengths[column - n]
            var cost: Float = 0
            if length > 0 {
              for index in costs.indices where costs[index].sourceLength > 0 {
                cost += costs[index].cost(of: length)
              }
            }
            score = prior + (weight * words - cost) / (length > 0 ? max(present, 1) : 1)
          }
          scores[base + shape * width + node] = score
        }
      }
    }
  }

  private func addParagraphs(
    _ row: Int, _ low: Int, _ width: Int, to scores: inout [Float], at base: Int
  ) {
    for (shape, bead) in BeadShape.all.enumerated() {
      for node in 0..<width where scores[base + shape * width + node] > -.infinity {
        let column = low + node
        for structure in paragraphs {
          scores[base + shape * width + node] +=
            paragraphShare
            * structure.bonus(
              source: (row - bead.source)..<row, target: (column - bead.target)..<column)
        }
      }
    }
  }

  /// What the lengths of a run of source sentences and of any run of target sentences cost.
  struct LengthCost {
    let sourceLength: Double
    private let expected: Double
    private let model: BeadModel

    init(_ pair: PairEvidence, _ model: BeadModel, source: Range<Int>) {
      let lengths = pair.sourceSide.lengths
      sourceLength = lengths[source.upperBound] - lengths[source.lowerBound]
      expected = pair.lengthRatio * sourceLength
      self.model = model
    }

    @inline(__always)
    func cost(of length: Double) -> Float {
      Float(model.lengthCost(expected: expected, target: length))
    }
  }

  private static func clear(_ values: inout [Float], count: Int) {
    values.removeAll(keepingCapacity: true)
    values.append(contentsOf: repeatElement(0, count: count))
  }

  /// Meets a source sentence with the target sentences of all beads that hold it.
  private mutating func meet(_ sentence: Int) {
    let last = rows.upperBound
    let low = block.lower(sentence + 1)
    let corner = block.lower(rows.lowerBound)
    let window =
      max(corner, low - BeadShape.largest)..<block.upper(min(last, sentence + BeadShape.largest))
    let lasts = Self.tallest.map { block.upper(min(last, sentence + $0)) }
    let slot = sentence % BeadShape.largest
    var ring = Ring()
    swap(&ring, &rings[slot])
    ring.first = low
    ring.width = lasts[0] - low + 1
    Self.clear(&ring.backward, count: ring.width * BeadShape.largest)
    for index in rowScorers.indices {
      rowScorers[index].gather(row: sentence, window: window)
      rowScorers[index].addBackward(
        first: low, last: lasts, width: ring.width, to: &ring.backward)
    }
    swap(&ring, &rings[slot])
  }
}
