internal import BitextAlignment

/// What the occurrences of two forms in translations of each other add up to.
struct PairStatistics: Sendable {
  let source: Int
  let target: Int
  /// The sum over units of the best score of the two in that unit.
  var scores = 0.0
  /// The best score.
  var best = 0.0
  /// The units in which the two stand for each other, ascending.
  var units: [Int] = []
  /// Sums over units of the coverages of both sides.
  var sourceCoverage = 0.0
  var targetCoverage = 0.0
  /// Sums over units of the mass of the links inside.
  var mass = 0.0

  var mean: Double { scores / Double(max(1, units.count)) }
}

/// Scores pairs of candidates by the links between their words.
///
/// With the link probabilities p of a unit: m is the mass inside the rectangle of the two runs, R and C
/// the whole mass of its rows and columns; the score is 2m/(R + C) · √(cov · cov'), where cov is the mean
/// over content words of the mass that stays inside, at most 1.
struct PairScorer {
  /// Pairs below are not kept.
  static let least = 0.25

  /// Adds up the pairs of two documents whose sentences translate each other.
  ///
  /// - Returns: The pairs in order of their first appearance.
  static func statistics(
    _ source: TermDocument, _ target: TermDocument, _ posteriors: [LinkPosterior]
  ) -> [PairStatistics] {
    var pairs: [PairStatistics] = []
    var index: [Int: Int] = [:]
    for unit in source.sentences.indices {
      let grid = LinkGrid(posteriors[unit])
      // The best score of each pair of forms in this unit.
      for candidate in source.candidates[unit] {
        for other in target.candidates[unit] {
          let mass = grid.mass(candidate.run, other.run)
          guard mass >= 0.3 else { continue }
          let rows = grid.rowMass(candidate.run)
          let columns = grid.columnMass(other.run)
          let ratio = 2 * mass / (rows + columns)
          guard ratio >= least else { continue }
          let here = grid.sourceCoverage(source.sentences[unit].tokens, candidate.run, other.run)
          let there = grid.targetCoverage(target.sentences[unit].tokens, other.run, candidate.run)
          let score = ratio * (here * there).squareRoot()
          guard score >= least else { continue }
          let key = candidate.form << 32 | other.form
          let place: Int
          if let known = index[key] {
            place = known
          } else {
            place = pairs.count
            index[key] = place
            pairs.append(PairStatistics(source: candidate.form, target: other.form))
          }
          pairs[place].best = max(pairs[place].best, score)
          if pairs[place].units.last == unit { continue }
          pairs[place].units.append(unit)
          pairs[place].scores += score
          pairs[place].mass += mass
          pairs[place].sourceCoverage += here
          pairs[place].targetCoverage += there
        }
      }
    }
    return pairs
  }
}

/// The link probabilities of a unit, with sums that make every rectangle cost the same.
struct LinkGrid {
  private let sources: Int
  private let targets: Int
  private let cells: [Float]
  private let sums: [Float]

  init(_ posterior: LinkPosterior) {
    sources = posterior.sourceCount
    targets = posterior.targetCount
    var cells = [Float](repeating: 0, count: sources * targets)
    for entry in posterior.entries {
      cells[Int(entry.source) * targets + Int(entry.target)] = entry.probability
    }
    var sums = [Float](repeating: 0, count: (sources + 1) * (targets + 1))
    for i in 0..<sources {
      for j in 0..<targets {
        sums[(i + 1) * (targets + 1) + j + 1] =
          cells[i * targets + j] + sums[i * (targets + 1) + j + 1]
          + sums[(i + 1) * (targets + 1) + j] - sums[i * (targets + 1) + j]
      }
    }
    self.cells = cells
    self.sums = sums
  }

  func mass(_ rows: Range<Int>, _ columns: Range<Int>) -> Double {
    let width = targets + 1
    let sum =
      sums[rows.upperBound * width + columns.upperBound]
      - sums[rows.lowerBound * width + columns.upperBound]
      - sums[rows.upperBound * width + columns.lowerBound]
      + sums[rows.lowerBound * width + columns.lowerBound]
    return Double(max(0, sum))
  }

  func rowMass(_ rows: Range<Int>) -> Double { mass(rows, 0..<targets) }
  func columnMass(_ columns: Range<Int>) -> Double { mass(0..<sources, columns) }

  /// The mean over the content words of a source run of the mass that stays inside the rectangle.
  func sourceCoverage(_ tokens: [TermToken], _ run: Range<Int>, _ columns: Range<Int>) -> Double {
    var sum = 0.0
    var count = 0
    for index in run where tokens[index].isContent {
      sum += min(1, mass(index..<(index + 1), columns))
      count += 1
    }
    return count == 0 ? 0 : sum / Double(count)
  }

  func targetCoverage(_ tokens: [TermToken], _ run: Range<Int>, _ rows: Range<Int>) -> Double {
    var sum = 0.0
    var count = 0
    for index in run where tokens[index].isContent {
      sum += min(1, mass(rows, index..<(index + 1)))
      count += 1
    }
    return count == 0 ? 0 : sum / Double(count)
  }
}
