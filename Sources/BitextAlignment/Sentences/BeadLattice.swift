internal import Foundation

/// A bead with the probability that it is right, given the texts and the model.
struct ScoredBead: Sendable, Hashable {
  let source: Range<Int>
  let target: Range<Int>
  /// The posterior probability.
  var posterior: Double
  /// The score of the bead (log prior, length and words).
  var score: Double

  var isOmission: Bool { source.isEmpty || target.isEmpty }

  /// The bead with its sides exchanged.
  var exchanged: ScoredBead {
    ScoredBead(source: target, target: source, posterior: posterior, score: score)
  }
}

/// All paths of beads through a part of the grid, weighed against each other.
///
/// Forward-backward gives every bead its posterior probability. The path that is chosen is the one
/// with the largest sum of `posterior - toll`: it has the largest expected number of right beads,
/// where the toll keeps it from splitting into many small ones.
///
/// Source: Rabiner 1989 for forward-backward; Goodman 1996 and Kumar & Byrne 2002 for decoding by
/// expected score.
struct BeadLattice {
  /// What forward-backward found.
  struct Result: Sendable {
    /// The chosen beads, from the first node of the block to its last.
    var path: [ScoredBead] = []
    /// All beads with a posterior of at least `floor`, from the beginning of the texts to their end.
    var likely: [ScoredBead] = []
    /// For each row the first and the last node that some likely path passes.
    var reachedLower: [Int32] = []
    var reachedUpper: [Int32] = []
    /// The rows in which the path runs along the band's edge.
    var edgeRows: [Int] = []
    /// The logarithm of the sum over all paths.
    var logSum = 0.0
  }

  /// How paths are weighed and chosen.
  struct Options: Sendable {
    /// What each bead costs when the path is chosen.
    var toll = 0.2
    /// The least posterior of a bead that is reported as likely.
    var floor = 0.5
    /// How improbable a node may be and still count as reached, as a logarithm.
    var reach = -20.0
    /// The nodes whose scores are held at a time.
    var nodesInBlock = 50_000
  }

  private let pairs: [PairEvidence]
  private let model: BeadModel
  private let options: Options
  private let block: GridBlock
  private let shapes = BeadShape.all
  /// The index of a row's first node among all nodes; row `block.rows.lowerBound` stands first.
  private let rowStarts: [Int]

  /// - Precondition: All pairs have the same number of source and of target sentences; the block fits
  ///   them.
  init(_ pairs: [PairEvidence], model: BeadModel, options: Options, block: GridBlock) {
    self.pairs = pairs
    self.model = model
    self.options = options
    self.block = block
    var starts = [0]
    starts.reserveCapacity(block.rows.count + 1)
    for row in block.rows {
      starts.append(starts[starts.count - 1] + block.upper(row) - block.lower(row) + 1)
    }
    rowStarts = starts
  }

  private func start(_ row: Int) -> Int { rowStarts[row - block.rows.lowerBound] }

  /// Runs forward-backward and chooses the path.
  ///
  /// - Complexity: O(nodes · words in a row) time. Scores are held for some rows at a time and
  ///   computed twice when there are too many nodes.
  func run(isCancelled: @escaping @Sendable () -> Bool) throws(CancellationError) -> Result {
    let parts = parts()
    var alpha = [Double](repeating: -.infinity, count: rowStarts[rowStarts.count - 1])
    alpha[0] = 0
    var scores = Scores()
    var scorer = LatticeScorer(pairs, model: model, block: block)
    for part in parts {
      try fill(&scores, &scorer, rows: part, isCancelled: isCancelled)
      forward(&alpha, scores, rows: part)
    }
    var backward = BackwardState(nodeCount: alpha.count, rowCount: block.rows.count)
    for part in parts.reversed() {
      // A bead that begins in this part may end in the first rows of the next.
      let rows = part.lowerBound..<min(block.rows.upperBound + 1, part.upperBound + 6)
      try fill(&scores, &scorer, rows: rows, isCancelled: isCancelled)
      self.backward(alpha, &backward, scores, rows: part)
    }
    return result(backward, logSum: alpha[alpha.count - 1])
  }

  /// Rows in runs whose nodes fit the limit.
  private func parts() -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var first = block.rows.lowerBound
    while first <= block.rows.upperBound {
      var end = first + 1
      while end <= block.rows.upperBound, start(end + 1) - start(first) <= options.nodesInBlock {
        end += 1
      }
      parts.append(first..<end)
      first = end
    }
    return parts
  }

  /// The scores of the beads that end at the nodes of some rows, row by row, shape by shape; `-inf`
  /// where there is no bead.
  private struct Scores {
    var rows = 0..<0
    var values: [Float] = []
  }

  private func fill(
    _ scores: inout Scores, _ scorer: inout LatticeScorer, rows: Range<Int>,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) {
    guard scores.rows != rows else { return }
    scores.rows = rows
    scores.values.removeAll(keepingCapacity: true)
    scores.values.reserveCapacity((start(rows.upperBound) - start(rows.lowerBound)) * shapes.count)
    for row in rows {
      if row % 16 == 0, isCancelled() { throw CancellationError() }
      scorer.appendScores(row: row, to: &scores.values)
    }
  }

  private func forward(_ alpha: inout [Double], _ scores: Scores, rows: Range<Int>) {
    let temperature = model.temperature
    var terms = [Double](repeating: 0, count: shapes.count)
    for row in rows {
      let width = block.upper(row) - block.lower(row) + 1
      let first = start(row)
      let base = (first - start(scores.rows.lowerBound)) * shapes.count
      // For each shape the node before the row's first node, and the nodes of which it is there.
      let origins = shapes.indices.map { origin(of: $0, row) }
      for node in 0..<width {
        if first + node == 0 { continue }
        var best = -Double.infinity
        var count = 0
        for shape in shapes.indices where origins[shape].nodes.contains(node) {
          let term =
            alpha[origins[shape].offset + node]
            + temperature * Double(scores.values[base + shape * width + node])
          terms[count] = term
          count += 1
          if term > best { best = term }
        }
        alpha[first + node] = Self.logSum(terms, count, best)
      }
    }
  }

  /// Where the beads of a shape begin that end in a row: node `k` of the row follows node
  /// `offset + k`, for the `k` in `nodes`.
  private func origin(of shape: Int, _ row: Int) -> (offset: Int, nodes: Range<Int>) {
    let from = row - shapes[shape].source
    guard from >= block.rows.lowerBound else { return (0, 0..<0) }
    // Node k of this row begins at column lower(row) + k - target.
    let shift = block.lower(row) - shapes[shape].target - block.lower(from)
    let width = block.upper(row) - block.lower(row) + 1
    let first = max(0, -shift)
    let end = min(width, block.upper(from) - block.lower(from) + 1 - shift)
    return (start(from) + shift, first..<max(first, end))
  }

  /// log Σ exp over the first `count` terms, whose largest is `best`.
  private static func logSum(_ terms: [Double], _ count: Int, _ best: Double) -> Double {
    guard best > -.infinity else { return -.infinity }
    var sum = 0.0
    for index in 0..<count where terms[index] > best - 30 {
      sum += fastExp(terms[index] - best)
    }
    return sum > 1 ? best + log(sum) : best
  }

  /// What the way back finds, one value a node.
  private struct BackwardState {
    var beta: [Double]
    /// The largest expected gain from the node to the end.
    var gain: [Double]
    /// The shape of the bead that has it.
    var choice: [UInt8]
    var posterior: [Float]
    var score: [Float]
    var reachedLower: [Int32]
    var reachedUpper: [Int32]
    /// From the end to the beginning.
    var likely: [ScoredBead] = []

    init(nodeCount: Int, rowCount: Int) {
      beta = [Double](repeating: -.infinity, count: nodeCount)
      gain = beta
      beta[nodeCount - 1] = 0
      gain[nodeCount - 1] = 0
      choice = [UInt8](repeating: .max, count: nodeCount)
      posterior = [Float](repeating: 0, count: nodeCount)
      score = posterior
      reachedLower = [Int32](repeating: .max, count: rowCount)
      reachedUpper = [Int32](repeating: -1, count: rowCount)
    }
  }

  private func backward(
    _ alpha: [Double], _ state: inout BackwardState, _ scores: Scores, rows: Range<Int>
  ) {
    let total = alpha[alpha.count - 1]
    var terms = [Double](repeating: 0, count: shapes.count)
    for row in rows.reversed() {
      let first = start(row)
      let low = block.lower(row)
      // For each shape where its beads end that begin in this row.
      let ends = shapes.map { shape -> (offset: Int, index: Int, nodes: Range<Int>) in
        let to = row + shape.source
        guard to <= block.rows.upperBound else { return (0, 0, 0..<0) }
        let shift = low + shape.target - block.lower(to)
        let width = block.upper(to) - block.lower(to) + 1
        let index = (start(to) - start(scores.rows.lowerBound)) * shapes.count + shift
        let begin = max(0, -shift)
        return (start(to) + shift, index, begin..<max(begin, width - shift))
      }
      let widths = shapes.map { shape -> Int in
        let to = min(row + shape.source, block.rows.upperBound)
        return block.upper(to) - block.lower(to) + 1
      }
      for node in (0...(block.upper(row) - low)).reversed() {
        let place = first + node
        if place == alpha.count - 1 {
          reach(row, low + node, &state)
          continue
        }
        var best = -Double.infinity
        for shape in shapes.indices {
          guard ends[shape].nodes.contains(node) else {
            terms[shape] = -.infinity
            continue
          }
          let score = scores.values[ends[shape].index + shape * widths[shape] + node]
          let term = state.beta[ends[shape].offset + node] + model.temperature * Double(score)
          terms[shape] = term
          if term > best { best = term }
        }
        guard best > -.infinity else { continue }
        let sum = Self.logSum(terms, shapes.count, best)
        state.beta[place] = sum
        if alpha[place] + sum - total > options.reach { reach(row, low + node, &state) }
        for shape in shapes.indices where terms[shape] > -.infinity {
          let logPosterior = alpha[place] + terms[shape] - total
          let posterior = logPosterior > -30 ? min(1, fastExp(logPosterior)) : 0
          let score = scores.values[ends[shape].index + shape * widths[shape] + node]
          let gain = model.decoding == .bestPath ? Double(score) : posterior - options.toll
          let value = state.gain[ends[shape].offset + node] + gain
          if value > state.gain[place] {
            state.gain[place] = value
            state.choice[place] = UInt8(shape)
            state.posterior[place] = Float(posterior)
            state.score[place] = score
          }
          if posterior >= options.floor {
            let column = low + node
            state.likely.append(
              ScoredBead(
                source: row..<(row + shapes[shape].source),
                target: column..<(column + shapes[shape].target), posterior: posterior,
                score: Double(score)))
          }
        }
      }
    }
  }

  private func reach(_ row: Int, _ column: Int, _ state: inout BackwardState) {
    let index = row - block.rows.lowerBound
    state.reachedLower[index] = min(state.reachedLower[index], Int32(column))
    state.reachedUpper[index] = max(state.reachedUpper[index], Int32(column))
  }

  /// Walks the chosen path.
  private func result(_ state: BackwardState, logSum: Double) -> Result {
    var result = Result()
    result.logSum = logSum
    result.likely = state.likely.reversed()
    var (row, column) = (block.rows.lowerBound, block.columns.lowerBound)
    while row < block.rows.upperBound || column < block.columns.upperBound {
      let node = start(row) + column - block.lower(row)
      precondition(state.choice[node] != .max, "the band holds a path from every node")
      let shape = shapes[Int(state.choice[node])]
      result.path.append(
        ScoredBead(
          source: row..<(row + shape.source), target: column..<(column + shape.target),
          posterior: Double(state.posterior[node]), score: Double(state.score[node])))
      row += shape.source
      column += shape.target
      if column == block.lower(row) && column > block.columns.lowerBound
        || column == block.upper(row) && column < block.columns.upperBound
      {
        result.edgeRows.append(row)
      }
    }
    result.reachedLower = state.reachedLower
    result.reachedUpper = state.reachedUpper
    for index in result.reachedLower.indices where result.reachedUpper[index] < 0 {
      result.reachedLower[index] = index > 0 ? result.reachedLower[index - 1] : 0
      result.reachedUpper[index] = index > 0 ? result.reachedUpper[index - 1] : 0
    }
    return result
  }
}
