/// What is known of the words of a corpus before it is linked, by the corpus's own numbers.
struct PriorTable {
  typealias Pair = (source: UInt32, target: UInt32, count: Float)

  private(set) var pairs: [Pair] = []
  private var sourceSums: [Float]
  private var targetSums: [Float]

  /// - Parameter priors: By key; those for words that do not occur count in the sums of the others.
  init(_ priors: [LinkPrior], of corpus: LinkCorpus) {
    sourceSums = [Float](repeating: 0, count: corpus.source.keys.count)
    targetSums = [Float](repeating: 0, count: corpus.target.keys.count)
    for prior in priors {
      let source = corpus.source.numbers[prior.source]
      let target = corpus.target.numbers[prior.target]
      if let source { sourceSums[Int(source)] += prior.count }
      if let target { targetSums[Int(target)] += prior.count }
      if let source, let target { pairs.append((source, target, prior.count)) }
    }
  }

  /// The pseudo-counts of one direction in ascending order, each pair once, and their sums by the word
  /// that generates.
  ///
  /// - Parameters:
  ///   - isReversed: Whether the target side generates.
  ///   - knowledge: What a model knows of the words.
  func direction(
    isReversed: Bool, _ knowledge: LinkKnowledge?, _ options: WordAligner.Options
  ) -> (priors: [Pair], sums: [Float]) {
    var found: [Pair] = isReversed ? pairs.map { ($0.target, $0.source, $0.count) } : pairs
    var sums = isReversed ? targetSums : sourceSums
    if let knowledge {
      let words = isReversed ? knowledge.target : knowledge.source
      let scales = words.map {
        options.modelWeight * min(1, options.modelCeiling / max(1, $0.links))
      }
      for (word, known) in words.enumerated() { sums[word] += known.links * scales[word] }
      for pair in knowledge.pairs {
        let (from, to) = isReversed ? (pair.target, pair.source) : (pair.source, pair.target)
        // The empty word makes words; nothing makes it.
        guard to != 0 else { continue }
        found.append((from, to, pair.count * scales[Int(from)]))
      }
    }
    found.sort { ($0.source, $0.target, $0.count) < ($1.source, $1.target, $1.count) }
    var merged: [Pair] = []
    merged.reserveCapacity(found.count)
    for prior in found {
      if let last = merged.last, last.source == prior.source, last.target == prior.target {
        merged[merged.count - 1].count += prior.count
      } else {
        merged.append(prior)
      }
    }
    return (merged, sums)
  }
}
