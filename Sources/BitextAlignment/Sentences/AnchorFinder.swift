internal import Foundation

/// A pair of sentences that probably belong together.
struct Anchor: Sendable, Hashable {
  let source: Int
  let target: Int
  let weight: Double
}

/// Finds points that the path of a long text surely passes near, without looking at all pairs.
///
/// Rare words (names, numbers) and their translations vote for the pairs of sentences that hold them,
/// through an inverted index. A pair that stands out from its rivals becomes a candidate; the heaviest
/// chain of candidates that ascends on both sides is kept. Where the chain leaves a wide gap, the
/// search is repeated inside the gap, where more words are rare.
///
/// Source: Melamed 1999 for chains of points; Artetxe & Schwenk 2019 for the margin over rivals.
struct AnchorFinder {
  /// A word takes part when at most so many sentences hold it.
  var largestPostings = 8
  /// So many candidates are kept for each sentence.
  var candidatesPerSentence = 8
  /// A gap of more sentences on both sides is searched again.
  var widestGap = 60
  /// How often gaps are searched again.
  var depth = 3

  private let pair: PairEvidence
  private let sourceVocabulary: Vocabulary
  private let targetVocabulary: Vocabulary

  init(_ pair: PairEvidence, _ source: Vocabulary, _ target: Vocabulary) {
    self.pair = pair
    sourceVocabulary = source
    targetVocabulary = target
  }

  /// Anchors in ascending order of both sides.
  func anchors(isCancelled: @escaping @Sendable () -> Bool) throws(CancellationError) -> [Anchor] {
    let source = 0..<pair.source.count
    let target = 0..<pair.target.count
    var chain = try chain(in: source, target, isCancelled: isCancelled)
    for _ in 0..<depth {
      var refined: [Anchor] = []
      var changed = false
      var last = (source: 0, target: 0)
      for index in 0...chain.count {
        let next =
          index < chain.count
          ? (source: chain[index].source, target: chain[index].target)
          : (source: source.upperBound, target: target.upperBound)
        if next.source - last.source > widestGap, next.target - last.target > widestGap {
          let found = try self.chain(
            in: last.source..<next.source, last.target..<next.target, isCancelled: isCancelled)
          changed = changed || !found.isEmpty
          refined += found
        }
        if index < chain.count { refined.append(chain[index]) }
        last = (next.source + 1, next.target + 1)
      }
      chain = refined
      if !changed { break }
    }
    return chain
  }

  private func chain(
    in source: Range<Int>, _ target: Range<Int>, isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> [Anchor] {
    let candidates = try candidates(in: source, target, isCancelled: isCancelled)
    return Self.withoutOutliers(
      Self.heaviestChain(candidates, targets: target),
      ratio: Double(target.count) / Double(max(source.count, 1)))
  }

  /// How rare a word is: -ln of its frequency over e⁴.
  private static func rarity(_ vocabulary: Vocabulary, _ word: Int32) -> Double {
    max(0, -log(vocabulary.relativeFrequency(of: word)) - 4)
  }

  /// The pairs of sentences that rare words vote for, with their margin over their rivals.
  private func candidates(
    in source: Range<Int>, _ target: Range<Int>, isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> [Anchor] {
    let sourceCounts = Self.sentenceCounts(
      pair.source, source, wordCount: sourceVocabulary.words.count)
    var postings = LocalPostings(pair.target, target, limit: largestPostings)
    var byTarget = [[(source: Int32, weight: Double)]](repeating: [], count: target.count)
    var bySource = [[(target: Int32, weight: Double)]](repeating: [], count: source.count)
    var votes: [(target: Int32, weight: Double)] = []
    for i in source {
      if i % 256 == 0, isCancelled() { throw CancellationError() }
      votes.removeAll(keepingCapacity: true)
      for position in pair.source.range(i) {
        let word = pair.source.words[position]
        guard sourceCounts[Int(word)] <= largestPostings else { continue }
        let rarity = Self.rarity(sourceVocabulary, word)
        guard rarity > 0 else { continue }
        for index in pair.table.row(Int(word)) {
          let other = pair.table.targets[index]
          let sentences = postings.sentences(of: other)
          guard !sentences.isEmpty else { continue }
          let strength = Double(pair.table.forward[index] * pair.table.backward[index])
          let weight =
            strength.squareRoot() * min(rarity, Self.rarity(targetVocabulary, other))
          guard weight > 0.01 else { continue }
          for j in sentences { votes.append((j, weight)) }
        }
      }
      guard !votes.isEmpty else { continue }
      votes.sort { ($0.target, $0.weight) < ($1.target, $1.weight) }
      var merged: [(target: Int32, weight: Double)] = []
      for vote in votes {
        if let last = merged.last, last.target == vote.target {
          merged[merged.count - 1].weight += vote.weight
        } else {
          merged.append(vote)
        }
      }
      let types = Double(pair.source.range(i).count)
      for index in merged.indices {
        let others = Double(pair.target.range(Int(merged[index].target)).count)
        merged[index].weight /= (types * others).squareRoot()
      }
      merged.sort { ($1.weight, $0.target) < ($0.weight, $1.target) }
      let best = Array(merged.prefix(candidatesPerSentence))
      bySource[i - source.lowerBound] = best
      for candidate in best {
        byTarget[Int(candidate.target) - target.lowerBound].append((Int32(i), candidate.weight))
      }
    }
    var anchors: [Anchor] = []
    for i in source {
      let rivals = bySource[i - source.lowerBound]
      let sum = rivals.reduce(0) { $0 + $1.weight }
      for candidate in rivals {
        let others = byTarget[Int(candidate.target) - target.lowerBound]
        let best = others.sorted { ($1.weight, $0.source) < ($0.weight, $1.source) }
          .prefix(candidatesPerSentence)
        guard best.contains(where: { $0.source == Int32(i) }) else { continue }
        let otherSum = best.reduce(0) { $0 + $1.weight }
        let meanHere = rivals.count > 1 ? (sum - candidate.weight) / Double(rivals.count - 1) : 0
        let meanThere = best.count > 1 ? (otherSum - candidate.weight) / Double(best.count - 1) : 0
        let margin = candidate.weight - (meanHere + meanThere) / 2
        if margin > 0 {
          anchors.append(Anchor(source: i, target: Int(candidate.target), weight: margin))
        }
      }
    }
    return anchors
  }

  /// In how many sentences of a range each word stands.
  private static func sentenceCounts(
    _ bags: WordBags, _ range: Range<Int>, wordCount: Int
  ) -> [Int32] {
    var counts = [Int32](repeating: 0, count: wordCount)
    for position in Int(bags.offsets[range.lowerBound])..<Int(bags.offsets[range.upperBound]) {
      counts[Int(bags.words[position])] += 1
    }
    return counts
  }

  /// The sentences of a range that hold a word, for words that few of them hold.
  private struct LocalPostings {
    private var starts: [Int32]
    private var sentences: [Int32] = []
    private let limit: Int

    init(_ bags: WordBags, _ range: Range<Int>, limit: Int) {
      self.limit = limit
      let positions = Int(bags.offsets[range.lowerBound])..<Int(bags.offsets[range.upperBound])
      var highest = 0
      for position in positions { highest = max(highest, Int(bags.words[position])) }
      starts = [Int32](repeating: 0, count: highest + 2)
      for position in positions { starts[Int(bags.words[position]) + 1] += 1 }
      for word in 0...highest { starts[word + 1] += starts[word] }
      sentences = [Int32](repeating: 0, count: positions.count)
      var next = starts
      for sentence in range {
        for position in bags.range(sentence) {
          let word = Int(bags.words[position])
          sentences[Int(next[word])] = Int32(sentence)
          next[word] += 1
        }
      }
    }

    mutating func sentences(of word: Int32) -> ArraySlice<Int32> {
      guard Int(word) + 1 < starts.count else { return [] }
      let range = Int(starts[Int(word)])..<Int(starts[Int(word) + 1])
      return range.count <= limit ? sentences[range] : []
    }
  }

  /// The heaviest sequence of anchors that ascends on both sides.
  ///
  /// - Complexity: O(*n* log *n*), with a Fenwick tree of maxima over the target sentences.
  static func heaviestChain(_ anchors: [Anchor], targets: Range<Int>) -> [Anchor] {
    guard !anchors.isEmpty else { return [] }
    // Within one source sentence later targets come first, so that no two of them form a chain.
    let order = anchors.indices.sorted {
      (anchors[$0].source, anchors[$1].target) < (anchors[$1].source, anchors[$0].target)
    }
    var tree = [Int32](repeating: -1, count: targets.count + 1)
    var totals = [Double](repeating: 0, count: anchors.count)
    var previous = [Int32](repeating: -1, count: anchors.count)
    for index in order {
      let place = anchors[index].target - targets.lowerBound
      var best: Int32 = -1
      var node = place  // targets before this one
      while node > 0 {
        let other = tree[node]
        if other >= 0, best < 0 || totals[Int(other)] > totals[Int(best)] { best = other }
        node &= node - 1
      }
      totals[index] = anchors[index].weight + (best >= 0 ? totals[Int(best)] : 0)
      previous[index] = best
      node = place + 1
      while node < tree.count {
        if tree[node] < 0 || totals[index] > totals[Int(tree[node])] { tree[node] = Int32(index) }
        node += node & -node
      }
    }
    var end = order[0]
    for index in order where totals[index] > totals[end] { end = index }
    var chain: [Anchor] = []
    var link = Int32(end)
    while link >= 0 {
      chain.append(anchors[Int(link)])
      link = previous[Int(link)]
    }
    return chain.reversed()
  }

  /// The chain without lone points off the diagonal of their neighbours.
  static func withoutOutliers(_ chain: [Anchor], ratio: Double) -> [Anchor] {
    guard chain.count > 2 else { return chain }
    return chain.indices.filter { index in
      for step in [-2, -1, 1, 2] where chain.indices.contains(index + step) {
        let other = chain[index + step]
        let expected = ratio * Double(chain[index].source - other.source)
        if abs(Double(chain[index].target - other.target) - expected) <= 20 { return true }
      }
      return false
    }.map { chain[$0] }
  }
}
