/// The scores of all beads that end in one row of the grid.
///
/// With several pairs of languages (a unit of several texts against the sentences of another) the
/// length and lexical terms are the mean over the pairs that have text on both sides of the bead.
struct LatticeScorer {
  private let pairs: [PairEvidence]
  private let model: BeadModel
  private let logPriors: [Float]
  private let band: Band
  private let shapes = BeadShape.all
  /// Where paragraphs begin, for the pairs of which that is known; each has the same share.
  private let paragraphs: [PairEvidence.Paragraphs]
  private let paragraphShare: Float
  private let guidance: [PairGuidance]
  private var rowScorers: [RowScorer]
  /// The evidence of the last six rows, one slot a row.
  private var rows: [Row]
  private var nextRow = 0
  private var forward: [Float] = []
  private var backward: [Float] = []

  /// The evidence of one source sentence.
  private struct Row {
    var window = 0..<0
    var forward: [Float] = []
    var backward: [Float] = []
  }

  init(_ pairs: [PairEvidence], model: BeadModel, band: Band) {
    self.pairs = pairs
    self.model = model
    logPriors = model.logPriors.map { Float($0) }
    self.band = band
    paragraphs = pairs.compactMap(\.paragraphs)
    paragraphShare = 1 / Float(max(paragraphs.count, 1))
    guidance = pairs.compactMap(\.guidance)
    rowScorers = pairs.map { RowScorer($0, smoothing: model.smoothing) }
    rows = [Row](repeating: Row(), count: BeadShape.largest)
  }

  /// Appends the scores of the beads that end in a row: for each shape, in the order of
  /// `BeadShape.all`, one score for each node of the row; `-inf` where the bead begins outside.
  ///
  /// Rows may be asked for in any order, but only ascending runs are cheap.
  mutating func appendScores(row: Int, to scores: inout [Float]) {
    if row != nextRow { restart(before: row) }
    if row > 0 { evaluate(row - 1) }
    nextRow = row + 1

    let low = Int(band.lower[row])
    let width = Int(band.upper[row]) - low + 1
    let base = scores.count
    scores.append(contentsOf: repeatElement(-.infinity, count: shapes.count * width))
    for shape in shapes.indices where logPriors[shape] > -.infinity {
      let (m, n) = (shapes[shape].source, shapes[shape].target)
      guard m <= row else { continue }
      let first = max(0, n - low)  // the first node with n target sentences behind it
      guard first < width else { continue }
      defer {
        for structure in paragraphs {
          for node in first..<width {
            scores[base + shape * width + node] +=
              paragraphShare
              * structure.bonus(
                source: (row - m)..<row, target: (low + node - n)..<(low + node))
          }
        }
      }
      if m == 0 || n == 0 {
        for node in first..<width { scores[base + shape * width + node] = logPriors[shape] }
      } else {
        add(shape, row: row, low: low, first..<width, to: &scores, at: base + shape * width)
      }
    }
    for known in guidance {
      known.adjust(&scores, at: base, row: row, low: low, width: width)
    }
  }

  /// The scores of one shape for some nodes of a row.
  private mutating func add(
    _ shape: Int, row: Int, low: Int, _ nodes: Range<Int>, to scores: inout [Float], at base: Int
  ) {
    let (m, n) = (shapes[shape].source, shapes[shape].target)
    sumEvidence(row: row, m, n, low: low, nodes)
    let weight = Float(model.lexicalWeight / 2)
    let prior = logPriors[shape]
    if pairs.count == 1 {
      let cost = LengthCost(pairs[0], model, source: (row - m)..<row)
      for node in nodes {
        let length = cost.cost(of: pairs[0].targetSide.lengths, low + node - n, low + node)
        scores[base + node] = prior - length + weight * (forward[node] + backward[node])
      }
      return
    }
    let costs = pairs.map { LengthCost($0, model, source: (row - m)..<row) }
    for node in nodes {
      var present: Float = 0
      var length: Float = 0
      for index in pairs.indices where costs[index].sourceLength > 0 {
        let lengths = pairs[index].targetSide.lengths
        guard lengths[low + node] > lengths[low + node - n] else { continue }
        present += 1
        length += costs[index].cost(of: lengths, low + node - n, low + node)
      }
      let share = 1 / max(present, 1)
      scores[base + node] =
        prior + share * (weight * (forward[node] + backward[node]) - length)
    }
  }

  /// Sums the evidence of `m` source sentences for runs of `n` target sentences.
  private mutating func sumEvidence(row: Int, _ m: Int, _ n: Int, low: Int, _ nodes: Range<Int>) {
    forward.removeAll(keepingCapacity: true)
    forward.append(contentsOf: repeatElement(0, count: nodes.upperBound))
    backward.removeAll(keepingCapacity: true)
    backward.append(contentsOf: repeatElement(0, count: nodes.upperBound))
    let current = rows[(row - 1) % BeadShape.largest]
    let start = (m - 1) * current.window.count + low - current.window.lowerBound
    for step in 1...n {
      for node in nodes { forward[node] += current.forward[start + node - step] }
    }
    for step in 1...m {
      let older = rows[(row - step) % BeadShape.largest]
      // The run ends with the sentence before the node; rows above may not reach as far right, but
      // then no bead from there does.
      let start = (n - 1) * older.window.count + low - 1 - older.window.lowerBound
      let end = min(nodes.upperBound, older.window.upperBound - low + 1)
      guard nodes.lowerBound < end else { continue }
      for node in nodes.lowerBound..<end { backward[node] += older.backward[start + node] }
    }
  }

  /// What the lengths of a run of source sentences and of any run of target sentences cost.
  private struct LengthCost {
    let sourceLength: Double
    private let ratio: Double
    private let model: BeadModel

    init(_ pair: PairEvidence, _ model: BeadModel, source: Range<Int>) {
      let lengths = pair.sourceSide.lengths
      sourceLength = lengths[source.upperBound] - lengths[source.lowerBound]
      ratio = pair.lengthRatio
      self.model = model
    }

    @inline(__always)
    func cost(of lengths: [Double], _ from: Int, _ to: Int) -> Float {
      Float(
        model.lengthCost(source: sourceLength, target: lengths[to] - lengths[from], ratio: ratio))
    }
  }

  /// The target sentences that beads ending in this row or the five after it may touch.
  private func window(_ row: Int) -> Range<Int> {
    let last = min(band.rowCount - 1, row + BeadShape.largest)
    let low = max(0, Int(band.lower[row + 1]) - BeadShape.largest)
    return low..<max(low, Int(band.upper[last]))
  }

  private mutating func evaluate(_ sentence: Int) {
    let slot = sentence % BeadShape.largest
    var row = Row()
    swap(&row, &rows[slot])
    row.window = window(sentence)
    row.forward.removeAll(keepingCapacity: true)
    row.forward.append(
      contentsOf: repeatElement(0, count: row.window.count * BeadShape.largest))
    row.backward.removeAll(keepingCapacity: true)
    row.backward.append(
      contentsOf: repeatElement(0, count: row.window.count * BeadShape.largest))
    for index in pairs.indices {
      rowScorers[index].add(
        row: sentence, window: row.window, forward: &row.forward, backward: &row.backward)
    }
    swap(&row, &rows[slot])
  }

  /// Prepares the rows before `row` anew.
  private mutating func restart(before row: Int) {
    for index in rowScorers.indices { rowScorers[index].restart() }
    for sentence in max(0, row - BeadShape.largest)..<max(0, row - 1) { evaluate(sentence) }
  }
}
