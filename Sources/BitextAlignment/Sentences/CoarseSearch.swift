/// Finds the narrow part of a wide band that holds all likely paths, without weighing every bead.
///
/// What words say is computed for pairs of single sentences only; a bead of several sentences is given
/// the sum over its pairs, which is never less than what its words really say. The best path through
/// each node is found forth and back; nodes far worse than the best are left out, and nodes without a
/// rival cut the band into blocks that can be weighed apart from each other.
///
/// Source: Felzenszwalb & McAllester 2007 and Petrov & Klein 2007 for pruning a fine search by the
/// max-marginals of a coarse one.
struct CoarseSearch: Sendable {
  /// What is left to search.
  struct Result: Sendable {
    var band: Band
    /// Nodes that every good path passes, in ascending order, without the corners.
    var cuts: [GridBlock.Node] = []
    /// The rows in which the best path runs along the edge of the wide band.
    var edgeRows: [Int] = []
  }

  /// Nodes are left out whose best path is worse than the best path by more than this.
  var beam = 20.0
  /// A node cuts the band when paths past it are worse by at least this.
  var certainty = 12.0
  /// About so many rows lie between cuts.
  var rowsBetweenCuts = 256

  private let pairs: [PairEvidence]
  private let model: BeadModel
  private let band: Band
  private let shapes: [Shape]
  /// The first node of each row among all nodes.
  private let rowStarts: [Int]

  private struct Shape: Sendable {
    let source: Int
    let target: Int
    let prior: Double
  }

  /// The largest number of sentences on a side of a bead; larger ones pass as omissions beside it.
  private static let largest = 4

  init(_ pairs: [PairEvidence], model: BeadModel, band: Band) {
    self.pairs = pairs
    self.model = model
    self.band = band
    shapes = zip(BeadShape.all, model.logPriors).filter { shape, prior in
      prior > -.infinity && max(shape.source, shape.target) <= Self.largest
        && (min(shape.source, shape.target) <= 1 || shape.source + shape.target <= 4)
    }.map { Shape(source: $0.source, target: $0.target, prior: $1) }
    var starts = [0]
    starts.reserveCapacity(band.rowCount + 1)
    for row in 0..<band.rowCount {
      starts.append(starts[row] + Int(band.upper[row] - band.lower[row]) + 1)
    }
    rowStarts = starts
  }

  /// - Complexity: O(nodes · words in a sentence).
  func run(isCancelled: @escaping @Sendable () -> Bool) throws(CancellationError) -> Result {
    let gains = try gains(isCancelled: isCancelled)
    var sweep = Sweep(self, gains)
    try sweep.forward(isCancelled: isCancelled)
    return try sweep.backward(isCancelled: isCancelled)
  }

  /// For each source sentence, the running sums of what its words and those of the target sentences
  /// beside it gain: sentence `i` owns the target sentences `band.lower[i]..<band.upper[i + 1]`.
  private func gains(isCancelled: @escaping @Sendable () -> Bool) throws(CancellationError)
    -> [[Float]]
  {
    let blocks = evidenceBlocks()
    return try concurrently(blocks.count, isCancelled: isCancelled) {
      (index, mustStop) throws(CancellationError) -> [[Float]] in
      try gains(of: blocks[index], isCancelled: mustStop)
    }.flatMap(\.self)
  }

  /// Runs of source sentences of about equal work.
  private func evidenceBlocks() -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    let count = band.rowCount - 1
    while start < count {
      var end = start + 1
      while end < count, end - start < 256, rowStarts[end + 1] - rowStarts[start] < 16_384 {
        end += 1
      }
      blocks.append(start..<end)
      start = end
    }
    return blocks
  }

  private func gains(
    of rows: Range<Int>, isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> [[Float]] {
    let columns = Int(band.lower[rows.lowerBound])..<Int(band.upper[rows.upperBound])
    var scorers = pairs.map {
      RowScorer(
        $0, Stretch($0, rows: rows, columns: columns), smoothing: model.smoothing)
    }
    var sums: [[Float]] = []
    sums.reserveCapacity(rows.count)
    for row in rows {
      if row % 16 == 0, isCancelled() { throw CancellationError() }
      let window = Int(band.lower[row])..<Int(band.upper[row + 1])
      var values = [Float](repeating: 0, count: window.count + 1)
      let present = pairs.count { $0.source.lengths[row] > 0 }
      let weight = Float(model.lexicalWeight / 2) / Float(max(present, 1))
      for index in scorers.indices {
        scorers[index].gather(row: row, window: window)
        scorers[index].addGains(weight, to: &values, at: 1)
      }
      for index in 0..<window.count { values[index + 1] += values[index] }
      sums.append(values)
    }
    return sums
  }

  /// The two sweeps over the nodes.
  private struct Sweep {
    private let search: CoarseSearch
    private let band: Band
    private let gains: [[Float]]
    /// The best score of a path from the beginning to each node.
    private var best: [Double]
    /// What the words of the sentences before each sentence cost where nothing is known of them.
    private let sourceBase: [Double]
    private let targetBase: [Double]
    /// For runs of 1 … 4 source sentences that end before the row, the sums of gains.
    private var runs: [[Float]]
    private var scores: [Double] = []

    init(_ search: CoarseSearch, _ gains: [[Float]]) {
      self.search = search
      self.gains = gains
      band = search.band
      best = [Double](repeating: -.infinity, count: search.rowStarts[band.rowCount])
      best[0] = 0
      let pairs = search.pairs
      let unit = search.model.lexicalWeight / 2 * Double(fastLog(Float(search.model.smoothing)))
      var source = [0.0]
      for row in 0..<(band.rowCount - 1) {
        var sum = 0.0
        var present = 0
        for pair in pairs where pair.source.lengths[row] > 0 {
          sum += Double(pair.sourceSide.totals[row])
          present += 1
        }
        source.append(source[row] + unit * sum / Double(max(present, 1)))
      }
      sourceBase = source
      var target = [0.0]
      for column in 0..<Int(band.upper[band.rowCount - 1]) {
        var sum = 0.0
        for pair in pairs { sum += Double(pair.targetSide.totals[column]) }
        target.append(target[column] + unit * sum / Double(pairs.count))
      }
      targetBase = target
      runs = [[Float]](repeating: [], count: CoarseSearch.largest)
    }

    /// Sums the gains of the runs of source sentences that end before a row; index 0 stands for the
    /// column `lower(row) - largest`.
    private mutating func prepare(_ row: Int) {
      let low = Int(band.lower[row]) - CoarseSearch.largest
      let width = Int(band.upper[row]) - low + 1
      for m in 1...CoarseSearch.largest where m <= row {
        let sentence = row - m
        let sums = gains[sentence]
        let first = Int(band.lower[sentence])
        runs[m - 1].removeAll(keepingCapacity: true)
        for index in 0..<width {
          let place = min(max(low + index - first, 0), sums.count - 1)
          runs[m - 1].append(sums[place] + (m > 1 ? runs[m - 2][index] : 0))
        }
      }
    }

    /// The beads of one shape that end in a row.
    private struct Arrivals {
      let source: Int
      let target: Int
      /// The nodes of the row where they end.
      let nodes: Range<Int>
      /// The bead that ends in node `k` begins in node `origin + k` of the band.
      let origin: Int
      /// The score of the bead that ends in node `k` is `scores[base + k]`.
      let base: Int
    }

    /// Scores the beads that end in a row.
    private mutating func score(_ row: Int) -> [Arrivals] {
      prepare(row)
      scores.removeAll(keepingCapacity: true)
      var arrivals: [Arrivals] = []
      let low = Int(band.lower[row])
      let width = Int(band.upper[row]) - low + 1
      let pairs = search.pairs
      let lengths = pairs[0].targetSide.lengths
      for shape in search.shapes where shape.source <= row {
        let from = row - shape.source
        let shift = low - shape.target - Int(band.lower[from])
        let first = max(0, -shift)
        let end = min(width, Int(band.upper[from] - band.lower[from]) + 1 - shift)
        guard first < end else { continue }
        arrivals.append(
          Arrivals(
            source: shape.source, target: shape.target, nodes: first..<end,
            origin: search.rowStarts[from] + shift, base: scores.count - first))
        if shape.source == 0 || shape.target == 0 {
          for _ in first..<end { scores.append(shape.prior) }
          continue
        }
        let costs = pairs.map { LatticeScorer.LengthCost($0, search.model, source: from..<row) }
          .filter { pairs.count == 1 || $0.sourceLength > 0 }
        let share = 1 / Double(max(costs.count, 1))
        let base = shape.prior + sourceBase[row] - sourceBase[from]
        let sums = runs[shape.source - 1]
        for node in first..<end {
          let column = low + node
          let length = lengths[column] - lengths[column - shape.target]
          var cost = 0.0
          if pairs.count == 1 || length > 0 {
            for index in costs.indices { cost += Double(costs[index].cost(of: length)) }
          }
          let index = node + CoarseSearch.largest
          scores.append(
            base + targetBase[column] - targetBase[column - shape.target]
              + Double(sums[index] - sums[index - shape.target]) - cost * share)
        }
      }
      return arrivals
    }

    mutating func forward(isCancelled: @escaping @Sendable () -> Bool) throws(CancellationError) {
      for row in 0..<band.rowCount {
        if row % 64 == 0, isCancelled() { throw CancellationError() }
        let start = search.rowStarts[row]
        var step = -Double.infinity
        for beads in score(row) {
          if beads.source == 0 {
            step = scores[beads.base + beads.nodes.lowerBound]
            continue
          }
          for node in beads.nodes {
            let value = best[beads.origin + node] + scores[beads.base + node]
            if value > best[start + node] { best[start + node] = value }
          }
        }
        for place in (start + 1)..<max(start + 1, search.rowStarts[row + 1]) {
          best[place] = max(best[place], best[place - 1] + step)
        }
      }
    }

    /// Goes back, compares the best path through each node with the best of all, and keeps what is
    /// likely.
    mutating func backward(isCancelled: @escaping @Sendable () -> Bool) throws(CancellationError)
      -> Result
    {
      let last = band.rowCount - 1
      let total = best[best.count - 1]
      // The best score from each node to the end; rows are let go of when no bead reaches them.
      var rest = [[Double]](repeating: [], count: BeadShape.largest + 1)
      func restRow(_ row: Int) -> [Double] {
        [Double](repeating: -.infinity, count: search.rowStarts[row + 1] - search.rowStarts[row])
      }
      for row in max(0, last - CoarseSearch.largest)...last {
        rest[row % rest.count] = restRow(row)
      }
      rest[last % rest.count][rest[last % rest.count].count - 1] = 0
      var lower = [Int32](repeating: .max, count: last + 1)
      var upper = [Int32](repeating: -1, count: last + 1)
      var margins = [Float](repeating: -.infinity, count: last + 1)
      var centres = [Int32](repeating: 0, count: last + 1)
      // The best path that jumps over each row.
      var jumps = [Double](repeating: -.infinity, count: last + 1)
      var edgeRows: [Int] = []
      for row in (0...last).reversed() {
        if row % 64 == 0, isCancelled() { throw CancellationError() }
        let start = search.rowStarts[row]
        let arrivals = score(row)
        let low = band.lower[row]
        // Within the row from right to left, so that a node is final before it is left.
        let slot = row % rest.count
        if let step = arrivals.first(where: { $0.source == 0 }) {
          for node in step.nodes.reversed() {
            rest[slot][node - 1] = max(
              rest[slot][node - 1], rest[slot][node] + scores[step.base + node])
          }
        }
        var first = -Double.infinity
        var second = -Double.infinity
        for node in rest[slot].indices {
          let value = best[start + node] + rest[slot][node]
          if value > first {
            second = first
            first = value
            centres[row] = low + Int32(node)
          } else if value > second {
            second = value
          }
          if value >= total - search.beam {
            lower[row] = min(lower[row], low + Int32(node))
            upper[row] = max(upper[row], low + Int32(node))
          }
        }
        margins[row] = Float(first - max(second, jumps[row]))
        if first >= total - 0.001 {
          let centre = centres[row]
          if centre - low < 2 && low > 0
            || band.upper[row] - centre < 2 && Int(band.upper[row]) < targetBase.count - 1
          {
            edgeRows.append(row)
          }
        }
        for beads in arrivals where beads.source > 0 {
          let from = row - beads.source
          let origin = search.rowStarts[from]
          let there = from % rest.count
          var jump = -Double.infinity
          for node in beads.nodes {
            let value = rest[slot][node] + scores[beads.base + node]
            let place = beads.origin + node
            if value > rest[there][place - origin] { rest[there][place - origin] = value }
            jump = max(jump, value + best[place])
          }
          if beads.source > 1 {
            for between in (from + 1)..<row { jumps[between] = max(jumps[between], jump) }
          }
        }
        if row > CoarseSearch.largest {
          let next = row - CoarseSearch.largest - 1
          rest[next % rest.count] = restRow(next)
        }
      }
      return Result(
        band: narrow(lower, upper), cuts: cuts(margins, centres), edgeRows: edgeRows.reversed())
    }

    /// The band of what was kept, a little wider.
    private func narrow(_ lower: [Int32], _ upper: [Int32]) -> Band {
      var lower = lower
      var upper = upper
      for row in lower.indices where upper[row] < 0 {
        lower[row] = row > 0 ? lower[row - 1] : 0
        upper[row] = row > 0 ? upper[row - 1] : 0
      }
      let targetCount = targetBase.count - 1
      return Band(lower: lower, upper: upper, targetCount: targetCount)
        .widened(by: 1, targetCount: targetCount)
    }

    /// The nodes with the largest margin over their rivals, about `rowsBetweenCuts` apart.
    private func cuts(_ margins: [Float], _ centres: [Int32]) -> [GridBlock.Node] {
      var cuts: [GridBlock.Node] = []
      let last = band.rowCount - 1
      let half = search.rowsBetweenCuts / 2
      var previous = 0
      while previous + 2 * half < last {
        // The best of the next rows; failing that, the first good one after them.
        var chosen = previous + half
        for row in chosen..<min(last, chosen + half) where margins[row] > margins[chosen] {
          chosen = row
        }
        while chosen < last, margins[chosen] < Float(search.certainty) { chosen += 1 }
        guard chosen < last else { break }
        cuts.append(GridBlock.Node(row: chosen, column: Int(centres[chosen])))
        previous = chosen
      }
      return cuts
    }
  }
}
