/// The scores of all beads that end in one row of the grid.
///
/// With several pairs of languages (a unit of several texts against the sentences of another) the
/// length and lexical terms are the mean over the pairs that have text on both sides of the bead.
struct LatticeScorer {
  private let pairs: [PairEvidence]
  private let model: BeadModel
  private let logPriors: [Double]
  private let band: Band
  private let shapes = BeadShape.all
  private var rowScorers: [RowScorer]
  /// `backward` of the last six rows, one slot a row.
  private var rows: [Row]
  private var nextRow = 0

  /// The evidence of one source sentence.
  private struct Row {
    var window = 0..<0
    var forward: [Float] = []
    var backward: [Float] = []
  }

  init(_ pairs: [PairEvidence], model: BeadModel, logPriors: [Double], band: Band) {
    self.pairs = pairs
    self.model = model
    self.logPriors = logPriors
    self.band = band
    rowScorers = pairs.map { RowScorer($0, smoothing: model.smoothing) }
    rows = [Row](repeating: Row(), count: BeadShape.largest)
  }

  /// Appends 21 scores for each node of a row, in the order of `BeadShape.all`.
  ///
  /// Rows may be asked for in any order, but only ascending runs are cheap.
  mutating func appendScores(row: Int, to scores: inout [Float]) {
    if row != nextRow { restart(before: row) }
    if row > 0 { evaluate(row - 1) }
    nextRow = row + 1

    let targetCount = pairs[0].target.count
    var backwardSums = [Float](
      repeating: 0, count: (BeadShape.largest + 1) * (BeadShape.largest + 1))
    var forwardSums = backwardSums
    let side = BeadShape.largest + 1
    let current = row > 0 ? rows[(row - 1) % BeadShape.largest] : Row()
    let width = current.window.count
    for column in Int(band.lower[row])...Int(band.upper[row]) {
      // forwardSums[m, n]: the last m source sentences against the last n target sentences.
      let longestSource = min(BeadShape.largest, row)
      let longestTarget = min(BeadShape.largest, column)
      if longestSource > 0, longestTarget > 0 {
        for m in 1...longestSource {
          var sum: Float = 0
          for n in 1...longestTarget {
            sum += current.forward[(m - 1) * width + column - n - current.window.lowerBound]
            forwardSums[m * side + n] = sum
          }
        }
        for n in 1...longestTarget {
          var sum: Float = 0
          for m in 1...longestSource {
            let older = (row - m) % BeadShape.largest
            let e = column - 1 - rows[older].window.lowerBound
            let width = rows[older].window.count
            if e >= 0, e < width { sum += rows[older].backward[(n - 1) * width + e] }
            backwardSums[m * side + n] = sum
          }
        }
      }
      for shape in shapes.indices {
        let m = shapes[shape].source
        let n = shapes[shape].target
        if m > row || n > column || logPriors[shape] == -.infinity {
          scores.append(-.infinity)
        } else if m == 0 || n == 0 {
          scores.append(Float(logPriors[shape]))
        } else {
          let (present, length) = lengths(source: (row - m)..<row, target: (column - n)..<column)
          let lexical = Double(forwardSums[m * side + n] + backwardSums[m * side + n])
          let score =
            logPriors[shape] - length + model.lexicalWeight / 2 * lexical / Double(max(present, 1))
          scores.append(Float(score))
        }
      }
    }
    precondition(targetCount >= Int(band.upper[row]))
  }

  /// The number of pairs with text on both sides, and the mean cost of their lengths.
  private func lengths(source: Range<Int>, target: Range<Int>) -> (present: Int, cost: Double) {
    var present = 0
    var cost = 0.0
    for pair in pairs {
      let a =
        pair.sourceSide.lengths[source.upperBound] - pair.sourceSide.lengths[source.lowerBound]
      let b =
        pair.targetSide.lengths[target.upperBound] - pair.targetSide.lengths[target.lowerBound]
      guard pairs.count == 1 || a > 0 && b > 0 else { continue }
      present += 1
      cost += model.lengthCost(source: a, target: b, ratio: pair.lengthRatio)
    }
    return (present, cost / Double(max(present, 1)))
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
