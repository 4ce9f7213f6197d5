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

/// All paths of beads through a band, weighed against each other.
///
/// Forward-backward gives every bead its posterior probability. The path that is chosen is the one
/// with the largest sum of `posterior - toll`: it has the largest expected number of right beads,
/// where the toll keeps it from splitting into many small ones.
///
/// Source: Rabiner 1989 for forward-backward; Goodman 1996 and Kumar & Byrne 2002 for decoding by
/// expected score.
struct BeadLattice {
  /// What forward-backward found.
  struct Result {
    /// The chosen beads; they cover both texts.
    var path: [ScoredBead] = []
    /// All beads with a posterior of at least `floor`, from the end of the texts to their beginning.
    var likely: [ScoredBead] = []
    /// The nodes that some likely path passes: a band for the next pass.
    var reached: Band
    /// The rows in which the path runs within two nodes of the band's edge.
    var edgeRows: [Int] = []
    /// The logarithm of the sum over all paths.
    var logSum = 0.0
  }

  /// How paths are weighed and chosen.
  struct Options {
    /// What each bead costs when the path is chosen.
    var toll = 0.2
    /// The least posterior of a bead that is reported as likely.
    var floor = 0.5
    /// The rows whose scores are held at a time; more nodes need fewer rows.
    var nodesInBlock = 200_000
  }

  private let pairs: [PairEvidence]
  private let model: BeadModel
  private let options: Options
  private let band: Band
  private let sourceCount: Int
  private let targetCount: Int
  private let shapes = BeadShape.all
  /// The index of a row's first node among all nodes.
  private let rowStarts: [Int]

  /// - Precondition: All pairs have the same number of source and of target sentences; the band fits
  ///   them.
  init(_ pairs: [PairEvidence], model: BeadModel, options: Options, band: Band) {
    self.pairs = pairs
    self.model = model
    self.options = options
    self.band = band
    sourceCount = pairs[0].source.count
    targetCount = pairs[0].target.count
    var starts = [0]
    starts.reserveCapacity(band.rowCount + 1)
    for row in 0..<band.rowCount {
      starts.append(starts[row] + Int(band.upper[row] - band.lower[row]) + 1)
    }
    rowStarts = starts
  }

  private func lower(_ row: Int) -> Int { Int(band.lower[row]) }
  private func upper(_ row: Int) -> Int { Int(band.upper[row]) }

  /// Runs forward-backward and chooses the path.
  ///
  /// - Complexity: O(nodes of the band · words in a row of the band) time. Scores are held for one
  ///   block of rows at a time and computed twice when there are several blocks.
  func run(isCancelled: () -> Bool) throws(CancellationError) -> Result {
    let blocks = rowBlocks()
    var alpha = [Double](repeating: -.infinity, count: rowStarts[band.rowCount])
    alpha[0] = 0
    var scores = BlockScores()
    var scorer = LatticeScorer(pairs, model: model, band: band)
    for block in blocks {
      try fill(&scores, &scorer, rows: block, isCancelled: isCancelled)
      forward(&alpha, scores, rows: block)
    }
    return try backward(alpha, &scores, &scorer, blocks: blocks, isCancelled: isCancelled)
  }

  /// Rows in runs whose nodes fit the block size.
  private func rowBlocks() -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    while start < band.rowCount {
      var end = start + 1
      while end < band.rowCount, rowStarts[end + 1] - rowStarts[start] <= options.nodesInBlock {
        end += 1
      }
      blocks.append(start..<end)
      start = end
    }
    return blocks
  }

  /// The scores of the beads that end at the nodes of some rows, row by row, shape by shape; `-inf`
  /// where there is no bead.
  private struct BlockScores {
    var rows = 0..<0
    var values: [Float] = []
  }

  private func fill(
    _ scores: inout BlockScores, _ scorer: inout LatticeScorer, rows: Range<Int>,
    isCancelled: () -> Bool
  ) throws(CancellationError) {
    guard scores.rows != rows else { return }
    scores.rows = rows
    let count = (rowStarts[rows.upperBound] - rowStarts[rows.lowerBound]) * shapes.count
    scores.values.removeAll(keepingCapacity: true)
    scores.values.reserveCapacity(count)
    for row in rows {
      if row % 64 == 0, isCancelled() { throw CancellationError() }
      scorer.appendScores(row: row, to: &scores.values)
    }
  }

  private func forward(_ alpha: inout [Double], _ scores: BlockScores, rows: Range<Int>) {
    var terms = [Double](repeating: 0, count: shapes.count)
    let temperature = model.temperature
    for row in rows {
      let width = upper(row) - lower(row) + 1
      let start = rowStarts[row]
      let base = (start - rowStarts[rows.lowerBound]) * shapes.count
      // For each shape the node before `alpha`'s first node of the row it begins in, and that row.
      let origins = shapes.map { shape -> (offset: Int, nodes: Range<Int>) in
        let from = row - shape.source
        guard from >= 0 else { return (0, 0..<0) }
        // Node k of this row begins at column lower(row) + k - target.
        let shift = lower(row) - shape.target - lower(from)
        let nodes =
          max(0, -shift)..<max(0, -shift, min(width, upper(from) - lower(from) + 1 - shift))
        return (rowStarts[from] + shift, nodes)
      }
      for node in 0..<width {
        if row == 0, node == 0 { continue }
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
        alpha[start + node] = Self.logSum(terms, count, best)
      }
    }
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

  private func backward(
    _ alpha: [Double], _ scores: inout BlockScores, _ scorer: inout LatticeScorer,
    blocks: [Range<Int>], isCancelled: () -> Bool
  ) throws(CancellationError) -> Result {
    let last = band.rowCount - 1
    let total = alpha[rowStarts[band.rowCount] - 1]
    var beta = alpha
    var gain = alpha
    for index in beta.indices {
      beta[index] = -.infinity
      gain[index] = -.infinity
    }
    beta[beta.count - 1] = 0
    gain[gain.count - 1] = 0
    var choice = [UInt8](repeating: .max, count: beta.count)
    var choicePosterior = [Float](repeating: 0, count: beta.count)
    var choiceScore = [Float](repeating: 0, count: beta.count)
    var reachedLower = [Int32](repeating: .max, count: band.rowCount)
    var reachedUpper = [Int32](repeating: -1, count: band.rowCount)
    var result = Result(reached: band)
    result.logSum = total

    // Beads are pushed from the node where they end to the node where they begin; a node is final
    // when all nodes after it have pushed, which the order of the rows and columns guarantees.
    for block in blocks.reversed() {
      try fill(&scores, &scorer, rows: block, isCancelled: isCancelled)
      for row in block.reversed() {
        for column in (lower(row)...upper(row)).reversed() {
          let node = rowStarts[row] + column - lower(row)
          // The paths through all nodes that are left out here have no share worth counting, so
          // that a path through the others always remains.
          guard alpha[node] + beta[node] - total > -40 else { continue }
          if alpha[node] + beta[node] - total > -20 {
            reachedLower[row] = min(reachedLower[row], Int32(column))
            reachedUpper[row] = max(reachedUpper[row], Int32(column))
          }
          let width = upper(row) - lower(row) + 1
          let base =
            (rowStarts[row] - rowStarts[block.lowerBound]) * shapes.count + column - lower(row)
          for shape in shapes.indices {
            let from = row - shapes[shape].source
            let fromColumn = column - shapes[shape].target
            guard from >= 0, fromColumn >= lower(from), fromColumn <= upper(from) else { continue }
            let score = Double(scores.values[base + shape * width])
            let start = rowStarts[from] + fromColumn - lower(from)
            guard score > -.infinity, alpha[start] > -.infinity else { continue }
            let after = beta[node] + model.temperature * score
            beta[start] = Self.logAdd(beta[start], after)
            let logPosterior = alpha[start] + after - total
            let posterior = logPosterior > -30 ? min(1, fastExp(logPosterior)) : 0
            let value =
              gain[node] + (model.decoding == .bestPath ? score : posterior - options.toll)
            if value > gain[start]
              || value == gain[start] && shape < Int(choice[start])
            {
              gain[start] = value
              choice[start] = UInt8(shape)
              choicePosterior[start] = Float(posterior)
              choiceScore[start] = Float(score)
            }
            if posterior >= options.floor {
              result.likely.append(
                ScoredBead(
                  source: from..<row, target: fromColumn..<column, posterior: posterior,
                  score: score))
            }
          }
        }
      }
    }

    var row = 0
    var column = 0
    while row < last || column < targetCount {
      let node = rowStarts[row] + column - lower(row)
      precondition(choice[node] != .max, "the band holds a path from every node that was reached")
      let shape = shapes[Int(choice[node])]
      result.path.append(
        ScoredBead(
          source: row..<(row + shape.source), target: column..<(column + shape.target),
          posterior: Double(choicePosterior[node]), score: Double(choiceScore[node])))
      row += shape.source
      column += shape.target
      if column - lower(row) < 2 && lower(row) > 0
        || upper(row) - column < 2 && upper(row) < targetCount
      {
        result.edgeRows.append(row)
      }
    }
    for row in 0...last where reachedUpper[row] < 0 {
      reachedLower[row] = row > 0 ? reachedLower[row - 1] : 0
      reachedUpper[row] = row > 0 ? reachedUpper[row - 1] : 0
    }
    result.reached = Band(lower: reachedLower, upper: reachedUpper, targetCount: targetCount)
    return result
  }

  private static func logAdd(_ a: Double, _ b: Double) -> Double {
    let high = max(a, b)
    let difference = abs(a - b)
    // Also for a side of -inf, whose difference is infinite.
    return difference < 30 ? high + log(1 + fastExp(-difference)) : high
  }
}

/// e to the power of a number in `-700...0`, to about eleven digits.
///
/// The power of two goes into the exponent's bits; a polynomial covers the rest. Plain arithmetic
/// only, so the result is the same on every machine.
@inline(__always)
func fastExp(_ x: Double) -> Double {
  let scaled = x * 1.442_695_040_888_963_4
  let whole = scaled.rounded(.toNearestOrEven)
  let rest = (scaled - whole) * 0.693_147_180_559_945_3  // |rest| <= 0.347
  var series = 1.0 / 3_628_800
  series = series * rest + 1.0 / 362_880
  series = series * rest + 1.0 / 40_320
  series = series * rest + 1.0 / 5040
  series = series * rest + 1.0 / 720
  series = series * rest + 1.0 / 120
  series = series * rest + 1.0 / 24
  series = series * rest + 1.0 / 6
  series = series * rest + 0.5
  series = series * rest + 1
  series = series * rest + 1
  return series * Double(bitPattern: UInt64(bitPattern: Int64(whole) &+ 1023) << 52)
}
