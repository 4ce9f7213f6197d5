internal import Foundation

/// IBM Model 1 in both directions over the pairs of words that stand together somewhere.
///
/// A pair of words has one number; a table holds its two probabilities side by side, so that one
/// access to memory serves both directions. For each pair of segments the numbers of all its pairs of
/// tokens are kept (`links`), so that no look-up is left inside a round.
struct TranslationModel: Sendable {
  /// What a round keeps of a pair of words, for each direction.
  struct Entry {
    let forward: Double
    let backward: Double
    let forwardCount: Double
    let backwardCount: Double
  }

  /// Stands for pairs of words that were seen together too rarely to be kept.
  static let none = UInt32.max

  private let corpus: LexiconCorpus
  private let prior: Double
  /// For each first word, where its pairs begin; a last one for the end.
  private let rows: [Int]
  /// The second word of each pair.
  private let columns: [Int32]
  /// For each pair of segments, where its links begin; a last one for the end.
  private let linkStarts: [Int]
  private let links: [UInt32]
  /// P(second | first) and P(first | second) of each pair.
  private var table: [SIMD2<Float>]
  private var counts: [SIMD2<Double>]
  /// P(word | no word at all), which soaks up what nothing explains.
  private var nullSecond: [Float]
  private var nullFirst: [Float]

  var pairCount: Int { columns.count }

  init(_ corpus: LexiconCorpus, prior: Double) {
    self.corpus = corpus
    self.prior = prior
    let cooccurrences = Cooccurrences(corpus)
    rows = cooccurrences.rows
    columns = cooccurrences.columns
    linkStarts = cooccurrences.linkStarts
    links = cooccurrences.links
    let firstCount = corpus.first.words.count
    let secondCount = corpus.second.words.count
    // The first round only compares these with each other: any constant will do.
    table = Array(
      repeating: SIMD2(1 / Float(secondCount), 1 / Float(firstCount)), count: columns.count)
    counts = Array(repeating: .zero, count: columns.count)
    nullSecond = Array(repeating: 1 / Float(secondCount), count: secondCount)
    nullFirst = Array(repeating: 1 / Float(firstCount), count: firstCount)
  }

  /// One round: expected counts, then new probabilities.
  ///
  /// - Parameters:
  ///   - agreement: How far a link counts only as both directions believe in it: in `0...1`.
  ///   - tension: How strongly links keep to the diagonal.
  mutating func iterate(agreement: Float, tension: Double) async {
    let model = self
    // Two shards whatever the machine: where sums are cut decides how they round.
    let half = linkStarts.partitioningIndex { $0 * 2 >= links.count }
    async let left = model.expectation(0..<half, agreement: agreement, tension: tension)
    async let right = model.expectation(
      half..<corpus.pairCount, agreement: agreement, tension: tension)
    let (one, two) = await (left, right)
    maximise(one, two)
  }

  /// Expected counts of a run of pairs of segments.
  private struct Expectation: Sendable {
    var pairs: [SIMD2<Double>]
    var nullSecond: [Double]
    var nullFirst: [Double]
  }

  private func expectation(
    _ range: Range<Int>, agreement: Float, tension: Double
  ) async -> Expectation {
    var result = Expectation(
      pairs: Array(repeating: .zero, count: columns.count),
      nullSecond: Array(repeating: 0, count: nullSecond.count),
      nullFirst: Array(repeating: 0, count: nullFirst.count))
    let diagonal = Diagonal(tension: tension)
    var scratch = ExpectationScratch()
    for index in range {
      let first = corpus.first.segment(index)
      let second = corpus.second.segment(index)
      scratch.run(
        first: corpus.first.tokens.span.extracting(first),
        second: corpus.second.tokens.span.extracting(second),
        links: links.span.extracting(linkStarts[index]..<linkStarts[index + 1]),
        weight: corpus.weights[index], table: table.span, nullFirst: nullFirst.span,
        nullSecond: nullSecond.span, agreement: agreement, diagonal: diagonal,
        pairs: &result.pairs, nullFirstCounts: &result.nullFirst,
        nullSecondCounts: &result.nullSecond)
    }
    return result
  }

  private mutating func maximise(_ left: Expectation, _ right: Expectation) {
    var firstSums = [Double](repeating: 0, count: corpus.first.words.count)
    var secondSums = [Double](repeating: 0, count: corpus.second.words.count)
    var secondRows = [Int](repeating: 0, count: corpus.second.words.count)
    for first in firstSums.indices {
      for pair in rows[first]..<rows[first + 1] {
        counts[pair] = left.pairs[pair] + right.pairs[pair]
        firstSums[first] += counts[pair].x
        secondSums[Int(columns[pair])] += counts[pair].y
        secondRows[Int(columns[pair])] += 1
      }
    }
    let sparse = SparseEstimate(prior: prior)
    let firstNorms = firstSums.indices.map {
      sparse.norm(total: firstSums[$0], outcomes: rows[$0 + 1] - rows[$0])
    }
    let secondNorms = secondSums.indices.map {
      sparse.norm(total: secondSums[$0], outcomes: secondRows[$0])
    }
    for first in firstSums.indices {
      for pair in rows[first]..<rows[first + 1] {
        table[pair] = SIMD2(
          sparse.probability(counts[pair].x, norm: firstNorms[first]),
          sparse.probability(counts[pair].y, norm: secondNorms[Int(columns[pair])]))
      }
    }
    nullSecond = Self.normalised(left.nullSecond, right.nullSecond)
    nullFirst = Self.normalised(left.nullFirst, right.nullFirst)
  }

  private static func normalised(_ left: [Double], _ right: [Double]) -> [Float] {
    let counts = zip(left, right).map(+)
    let total = counts.reduce(0, +)
    guard total > 0 else { return counts.map { _ in 1 / Float(counts.count) } }
    return counts.map { Float($0 / total) }
  }

  /// Gives each pair of words with its plain relative frequencies, in the order of its numbers.
  func forEachEntry(_ body: (_ first: Int, _ second: Int, _ entry: Entry) -> Void) {
    var firstSums = [Double](repeating: 0, count: corpus.first.words.count)
    var secondSums = [Double](repeating: 0, count: corpus.second.words.count)
    for first in firstSums.indices {
      for pair in rows[first]..<rows[first + 1] {
        firstSums[first] += counts[pair].x
        secondSums[Int(columns[pair])] += counts[pair].y
      }
    }
    for first in firstSums.indices {
      for pair in rows[first]..<rows[first + 1] {
        let second = Int(columns[pair])
        let count = counts[pair]
        body(
          first, second,
          Entry(
            forward: firstSums[first] > 0 ? count.x / firstSums[first] : 0,
            backward: secondSums[second] > 0 ? count.y / secondSums[second] : 0,
            forwardCount: count.x, backwardCount: count.y))
      }
    }
  }
}

extension Array {
  /// The first index whose element fulfils a condition that holds for a tail of the array.
  fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    // `linkStarts` has one element more than there are pairs of segments.
    return Swift.min(low, count - 1)
  }
}

/// Weights `exp(-tension · |i/n - j/m|)` in 256 steps.
struct Diagonal: Sendable {
  let weights: [Float]
  let isFlat: Bool

  init(tension: Double) {
    isFlat = tension == 0
    weights = (0...256).map { Float(exp(-tension * Double($0) / 256)) }
  }
}

/// Turns counts into probabilities under a symmetric Dirichlet prior: `exp ψ(c + α) / exp ψ(Σ + αn)`
/// (the mean field, which is below the plain ratio where counts are small); plain ratios for α = 0.
struct SparseEstimate {
  let prior: Double

  func norm(total: Double, outcomes: Int) -> Double {
    guard total > 0 else { return 0 }
    return prior > 0 ? 1 / exp(digamma(total + prior * Double(outcomes))) : 1 / total
  }

  func probability(_ count: Double, norm: Double) -> Float {
    guard norm > 0 else { return 0 }
    return Float((prior > 0 ? exp(digamma(count + prior)) : count) * norm)
  }

  /// ψ for positive arguments: recurrence up to 6, then the asymptotic series; error below 1e-8.
  private func digamma(_ x: Double) -> Double {
    var x = x
    var result = 0.0
    while x < 6 {
      result -= 1 / x
      x += 1
    }
    let square = 1 / (x * x)
    return result + log(x) - 0.5 / x
      - square * (1.0 / 12 - square * (1.0 / 120 - square / 252))
  }
}
