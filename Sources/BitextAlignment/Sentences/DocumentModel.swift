/// Translation probabilities learned from beads that are probably right.
///
/// IBM Model 1 in both directions with an empty word on the conditioning side. The table that is
/// known already counts as prior evidence, so that the few sentences of a document refine it and
/// do not replace it. Thin evidence is discounted.
///
/// Source: Brown et al. 1993, *Computational Linguistics* 19(2), Model 1; Moore 2002 for learning from
/// the sentences that a first pass is sure of; Moore 2004 for weighing prior evidence.
struct DocumentModel: Sendable {
  /// One bead: the bags of its two sides.
  struct Example: Sendable {
    var source: [Int32] = []
    var sourceOccurrences: [Float] = []
    var target: [Int32] = []
    var targetOccurrences: [Float] = []
  }

  /// How often the expectations are taken.
  var iterations = 5
  /// How many occurrences a probability of the known table is worth.
  var priorWeight: Float = 5
  /// What every pair starts with beside the known table.
  var floor: Float = 0.001
  /// The expected count at which a learned probability is halved.
  var discount: Float = 0.7
  /// The largest number of words of a side that take part.
  static let longestSide = 200
  /// The largest number of word pairs, over all beads, that are learned from at a time.
  var pairsInChunk = 2_000_000
  /// Learned probabilities below this are dropped.
  var leastProbability: Float = 0.002

  /// Learns from examples and combines with what is known.
  ///
  /// - Returns: The larger of what was learned and four fifths of what was known, a pair.
  func learn(
    _ examples: [Example], known: TranslationTable, targetCount: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> TranslationTable {
    var chunks: [Range<Int>] = []
    var start = 0
    while start < examples.count {
      var end = start
      var size = 0
      while end < examples.count {
        let next = examples[end].source.count * examples[end].target.count
        if end > start, size + next > pairsInChunk { break }
        size += next
        end += 1
      }
      chunks.append(start..<end)
      start = end
    }
    let cut = chunks
    let lists = try concurrently(cut.count, isCancelled: isCancelled) {
      (index, mustStop) throws(CancellationError) -> [LexicalEntry] in
      try learnChunk(
        examples[cut[index]], known: known, targetCount: targetCount, isCancelled: mustStop)
    }
    var kept: [LexicalEntry] = []
    kept.reserveCapacity(known.count)
    for source in 0..<known.rowCount {
      for index in known.row(source) {
        kept.append(
          LexicalEntry(
            source: Int32(source), target: known.targets[index],
            forward: 0.8 * known.forward[index], backward: 0.8 * known.backward[index]))
      }
    }
    return TranslationTable([kept] + lists, rowCount: known.rowCount)
  }

  /// The word pairs of some examples, by source word, and for every example the index of each of its
  /// pairs.
  private struct Pairs: Sendable {
    var rowStarts: [Int32] = [0]
    var targets: [Int32] = []
    /// For each example its pairs, target by target within source word.
    var indexes: [Int32] = []
  }

  private func learnChunk(
    _ examples: ArraySlice<Example>, known: TranslationTable, targetCount: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> [LexicalEntry] {
    let pairs = collect(examples, rowCount: known.rowCount, targetCount: targetCount)
    var forwardPrior = [Float](repeating: 0, count: pairs.targets.count)
    var backwardPrior = forwardPrior
    for source in 0..<known.rowCount {
      let row = known.row(source)
      var next = row.lowerBound
      for index in Int(pairs.rowStarts[source])..<Int(pairs.rowStarts[source + 1]) {
        while next < row.upperBound, known.targets[next] < pairs.targets[index] { next += 1 }
        if next < row.upperBound, known.targets[next] == pairs.targets[index] {
          forwardPrior[index] = known.forward[next]
          backwardPrior[index] = known.backward[next]
        }
      }
    }
    let priors = [forwardPrior, backwardPrior]
    let estimates = try concurrently(2, isCancelled: isCancelled) {
      (direction, mustStop) throws(CancellationError) -> [Float] in
      try estimate(
        examples, pairs, prior: priors[direction], targetCount: targetCount,
        conditionedOnSource: direction == 0, isCancelled: mustStop)
    }
    let (forward, backward) = (estimates[0], estimates[1])
    var entries: [LexicalEntry] = []
    for source in 0..<known.rowCount {
      for index in Int(pairs.rowStarts[source])..<Int(pairs.rowStarts[source + 1])
      where forward[index] >= leastProbability || backward[index] >= leastProbability {
        entries.append(
          LexicalEntry(
            source: Int32(source), target: pairs.targets[index], forward: forward[index],
            backward: backward[index]))
      }
    }
    return entries
  }

  private func collect(_ examples: ArraySlice<Example>, rowCount: Int, targetCount: Int) -> Pairs {
    // Which examples hold each source word.
    var starts = [Int32](repeating: 0, count: rowCount + 1)
    for example in examples { for word in example.source { starts[Int(word) + 1] += 1 } }
    for word in 0..<rowCount { starts[word + 1] += starts[word] }
    var holders = [Int32](repeating: 0, count: Int(starts[rowCount]))
    var next = starts
    for (number, example) in examples.enumerated() {
      for word in example.source {
        holders[Int(next[Int(word)])] = Int32(number)
        next[Int(word)] += 1
      }
    }
    var pairs = Pairs()
    pairs.rowStarts.reserveCapacity(rowCount + 1)
    var lastSeen = [Int32](repeating: -1, count: targetCount)
    var row: [Int32] = []
    for word in 0..<rowCount {
      row.removeAll(keepingCapacity: true)
      for holder in Int(starts[word])..<Int(starts[word + 1]) {
        for target in examples[examples.startIndex + Int(holders[holder])].target
        where lastSeen[Int(target)] != Int32(word) {
          lastSeen[Int(target)] = Int32(word)
          row.append(target)
        }
      }
      row.sort()
      pairs.targets += row
      pairs.rowStarts.append(Int32(pairs.targets.count))
    }
    // Bags are sorted, so each row is walked once beside its example.
    for example in examples {
      for source in example.source {
        var index = Int(pairs.rowStarts[Int(source)])
        for target in example.target {
          while pairs.targets[index] < target { index += 1 }
          pairs.indexes.append(Int32(index))
        }
      }
    }
    return pairs
  }

  /// Expectation maximization one way; returns the discounted probabilities, one a pair.
  private func estimate(
    _ examples: ArraySlice<Example>, _ pairs: Pairs, prior: [Float], targetCount: Int,
    conditionedOnSource: Bool, isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> [Float] {
    let rowCount = pairs.rowStarts.count - 1
    let count = pairs.targets.count
    let producedCount = conditionedOnSource ? targetCount : rowCount
    var state = Expectation(
      probabilities: prior.map { priorWeight * $0 + floor },
      expected: [Float](repeating: 0, count: count),
      empty: [Float](repeating: 1 / Float(max(producedCount, 1)), count: producedCount),
      emptyExpected: [Float](repeating: 0, count: producedCount))
    let givenCount = conditionedOnSource ? rowCount : targetCount
    Self.normalize(&state.probabilities, pairs, givenCount, conditionedOnSource)
    for _ in 0..<iterations {
      for index in 0..<count { state.expected[index] = 0 }
      for index in 0..<producedCount { state.emptyExpected[index] = 0 }
      var base = 0
      for (number, example) in examples.enumerated() {
        if number % 64 == 0, isCancelled() { throw CancellationError() }
        state.add(example, pairs.indexes, base, conditionedOnSource)
        base += example.source.count * example.target.count
      }
      for index in 0..<count {
        state.probabilities[index] = state.expected[index] + priorWeight * prior[index]
      }
      Self.normalize(&state.probabilities, pairs, givenCount, conditionedOnSource)
      var total: Float = 0
      for value in state.emptyExpected { total += value }
      for index in 0..<producedCount {
        state.empty[index] = total > 0 ? state.emptyExpected[index] / total : 0
      }
    }
    for index in 0..<count {
      state.probabilities[index] *= state.expected[index] / (state.expected[index] + discount)
    }
    return state.probabilities
  }

  /// What one direction believes and counts.
  private struct Expectation {
    var probabilities: [Float]
    var expected: [Float]
    /// What the empty word produces.
    var empty: [Float]
    var emptyExpected: [Float]

    /// Shares each produced word of an example among the given words.
    ///
    /// - Parameter base: Where the example's pairs begin in `indexes`, target by target within source.
    mutating func add(
      _ example: Example, _ indexes: [Int32], _ base: Int, _ conditionedOnSource: Bool
    ) {
      let (m, n) = (example.source.count, example.target.count)
      let produced = (conditionedOnSource ? example.target : example.source).span
      let producedOccurrences =
        (conditionedOnSource ? example.targetOccurrences : example.sourceOccurrences).span
      let given =
        (conditionedOnSource ? example.sourceOccurrences : example.targetOccurrences).span
      // From one given word to the next, and from one produced word to the next.
      let (step, stride) = conditionedOnSource ? (n, 1) : (1, n)
      let indexes = indexes.span
      let (knownPairs, knownEmpty) = (self.probabilities, self.empty)
      let probabilities = knownPairs.span
      let empty = knownEmpty.span
      var (counts, emptyCounts): ([Float], [Float]) = ([], [])
      swap(&counts, &self.expected)
      swap(&emptyCounts, &self.emptyExpected)
      defer {
        swap(&counts, &self.expected)
        swap(&emptyCounts, &self.emptyExpected)
      }
      var expected = counts.mutableSpan
      var emptyExpected = emptyCounts.mutableSpan
      for place in 0..<(conditionedOnSource ? n : m) {
        let word = Int(produced[place])
        var sum = empty[word]
        var index = base + place * stride
        for other in 0..<given.count {
          sum += given[other] * probabilities[Int(indexes[index])]
          index += step
        }
        guard sum > 0 else { continue }
        let share = producedOccurrences[place] / sum
        emptyExpected[word] += share * empty[word]
        index = base + place * stride
        for other in 0..<given.count {
          let pair = Int(indexes[index])
          expected[pair] += share * given[other] * probabilities[pair]
          index += step
        }
      }
    }
  }

  /// Makes the values of each given word sum to one.
  private static func normalize(
    _ values: inout [Float], _ pairs: Pairs, _ givenCount: Int, _ conditionedOnSource: Bool
  ) {
    var sums = [Float](repeating: 0, count: givenCount)
    for source in 0..<(pairs.rowStarts.count - 1) {
      for index in Int(pairs.rowStarts[source])..<Int(pairs.rowStarts[source + 1]) {
        sums[conditionedOnSource ? source : Int(pairs.targets[index])] += values[index]
      }
    }
    for source in 0..<(pairs.rowStarts.count - 1) {
      for index in Int(pairs.rowStarts[source])..<Int(pairs.rowStarts[source + 1]) {
        let sum = sums[conditionedOnSource ? source : Int(pairs.targets[index])]
        if sum > 0 { values[index] /= sum }
      }
    }
  }
}
