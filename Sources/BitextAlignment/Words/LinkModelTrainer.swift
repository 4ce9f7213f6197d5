internal import BitextCore

/// Learns a ``LinkModel`` from sentence pairs.
///
/// The pairs are linked as any corpus is; the expected links are added up by key.
public struct LinkModelTrainer: Sendable {
  /// What a training run may be told.
  public struct Options: Sendable, Hashable {
    /// How the pairs are linked.
    public var linking = WordAligner.Options()
    /// Pairs of keys that make up less than this share of either word's links are dropped.
    public var leastShare = 0.01
    /// Pairs of keys with fewer links are dropped.
    public var leastCount = 0.7

    public init() {}
  }

  /// How the model is learned.
  public let options: Options

  public init(options: Options = Options()) {
    self.options = options
  }

  /// Links the wanted pairs of a corpus and adds their links up.
  ///
  /// - Parameters:
  ///   - corpus: The pairs, all appended as wanted.
  ///   - languages: The languages of source and target.
  ///   - priors: What is known of the words beforehand.
  ///   - notices: Where the text comes from.
  /// - Returns: What `LexiconFile` writes and ``LinkModel`` reads.
  /// - Complexity: That of linking, and 16 bytes a pair of words of each sentence pair.
  public func contents(
    of corpus: LinkCorpus, languages: LanguagePair, priors: [LinkPrior] = [],
    notices: [LexiconNotice] = []
  ) -> LexiconContents {
    guard !corpus.pieces.isEmpty else {
      return encoded(Counts(corpus), corpus, languages, notices)
    }
    let matrices = WordAligner(options: options.linking).matrices(
      of: corpus, priors: priors, model: nil)
    var counts = Counts(corpus)
    for piece in corpus.pieces.indices where corpus.pieces[piece].wanted >= 0 {
      counts.add(
        piece, corpus, matrices.forward[matrices.starts[piece]..<matrices.starts[piece + 1]],
        matrices.backward[matrices.starts[piece]..<matrices.starts[piece + 1]])
    }
    return encoded(counts, corpus, languages, notices)
  }

  /// Expected links by key, jumps and fertilities of both directions.
  private struct Counts {
    var pairs: [UInt64: Float] = [:]
    /// Words that nothing made: of the target, then of the source.
    var madeByNone: [Float]
    var makingNone: [Float]
    var forwardJumps = [Float](repeating: 0.5, count: 2 * JumpTable.reach + 1)
    var backwardJumps = [Float](repeating: 0.5, count: 2 * JumpTable.reach + 1)
    var sourceFertility: [SIMD4<Float>]
    var targetFertility: [SIMD4<Float>]

    init(_ corpus: LinkCorpus) {
      madeByNone = [Float](repeating: 0, count: corpus.target.keys.count)
      makingNone = [Float](repeating: 0, count: corpus.source.keys.count)
      sourceFertility = Array(repeating: .zero, count: corpus.source.keys.count)
      targetFertility = Array(repeating: .zero, count: corpus.target.keys.count)
    }

    mutating func add(
      _ piece: Int, _ corpus: LinkCorpus, _ forward: ArraySlice<Float>,
      _ backward: ArraySlice<Float>
    ) {
      let sources = Array(corpus.source.tokens[corpus.source.piece(piece)])
      let targets = Array(corpus.target.tokens[corpus.target.piece(piece)])
      let (rows, columns) = (sources.count, targets.count)
      for (i, source) in sources.enumerated() {
        for (j, target) in targets.enumerated() {
          let mean =
            (forward[forward.startIndex + j * rows + i]
              + backward[backward.startIndex + i * columns + j]) / 2
          if mean > 0.05 { pairs[UInt64(source) << 32 | UInt64(target), default: 0] += mean }
        }
      }
      Self.walk(
        forward, made: targets, makers: sources, none: &madeByNone, jumps: &forwardJumps,
        fertility: &sourceFertility)
      Self.walk(
        backward, made: sources, makers: targets, none: &makingNone, jumps: &backwardJumps,
        fertility: &targetFertility)
    }

    private static func walk(
      _ matrix: ArraySlice<Float>, made: [UInt32], makers: [UInt32], none: inout [Float],
      jumps: inout [Float], fertility: inout [SIMD4<Float>]
    ) {
      var links = [Int](repeating: 0, count: makers.count)
      var previous = 0
      for (j, word) in made.enumerated() {
        let row = matrix[(matrix.startIndex + j * makers.count)...].prefix(makers.count)
        let nothing = max(0, 1 - row.reduce(0, +))
        none[Int(word)] += nothing
        var best: Int?
        var highest = nothing
        for (i, probability) in row.enumerated() where probability > highest {
          highest = probability
          best = i
        }
        guard let best else { continue }
        links[best] += 1
        jumps[JumpTable.bucket(best + 1 - previous)] += 1
        previous = best + 1
      }
      for (i, word) in makers.enumerated() { fertility[Int(word)][min(3, links[i])] += 1 }
    }
  }

  private func encoded(
    _ counts: Counts, _ corpus: LinkCorpus, _ languages: LanguagePair, _ notices: [LexiconNotice]
  ) -> LexiconContents {
    var (sourceLinks, targetLinks) = (counts.madeByNone.map { _ in Float(0) }, [Float]())
    sourceLinks = [Float](repeating: 0, count: corpus.source.keys.count)
    targetLinks = [Float](repeating: 0, count: corpus.target.keys.count)
    let pairs = counts.pairs.sorted { $0.key < $1.key }
    for (key, count) in pairs {
      sourceLinks[Int(key >> 32)] += count
      targetLinks[Int(key & 0xFFFF_FFFF)] += count
    }
    sourceLinks[0] = counts.madeByNone.reduce(0, +)
    targetLinks[0] = counts.makingNone.reduce(0, +)
    var kept: [(source: Int, target: Int, count: Float)] = []
    for (key, count) in pairs {
      let (source, target) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
      guard count >= Float(options.leastCount),
        count >= Float(options.leastShare) * min(sourceLinks[source], targetLinks[target])
      else { continue }
      kept.append((source, target, count))
    }
    // Words that stand in a pair, or that nothing made often enough, in the order of their bytes.
    var usesSource = [Bool](repeating: false, count: sourceLinks.count)
    var usesTarget = [Bool](repeating: false, count: targetLinks.count)
    (usesSource[0], usesTarget[0]) = (true, true)
    for pair in kept {
      usesSource[pair.source] = true
      usesTarget[pair.target] = true
    }
    let first = Self.ordered(corpus.source.keys, usesSource)
    let second = Self.ordered(corpus.target.keys, usesTarget)
    var entries = kept.map { pair in
      LexicalEntry(
        source: first.rank[pair.source], target: second.rank[pair.target],
        forward: pair.count / sourceLinks[pair.source],
        backward: pair.count / targetLinks[pair.target])
    }
    for (word, count) in counts.madeByNone.enumerated() where usesTarget[word] && count > 0.5 {
      entries.append(
        LexicalEntry(
          source: first.rank[0], target: second.rank[word], forward: count / sourceLinks[0],
          backward: 0))
    }
    for (word, count) in counts.makingNone.enumerated() where usesSource[word] && count > 0.5 {
      entries.append(
        LexicalEntry(
          source: first.rank[word], target: second.rank[0], forward: 0,
          backward: count / targetLinks[0]))
    }
    func parameters(_ links: Float, _ fertility: SIMD4<Float>) -> LinkParameters.Word {
      let total = fertility.sum()
      return LinkParameters.Word(links: links, shares: total > 0 ? fertility / total : .zero)
    }
    let words =
      first.words.map { parameters(sourceLinks[$0], counts.sourceFertility[$0]) }
      + second.words.map { parameters(targetLinks[$0], counts.targetFertility[$0]) }
    func probabilities(_ jumps: [Float]) -> [Float] {
      let total = jumps.reduce(0, +)
      var shares = jumps.map { $0 / total }
      // Each of the two ends stands for many distances.
      shares[0] /= 8
      shares[shares.count - 1] /= 8
      return shares
    }
    var contents = LexiconContents(
      languages: languages,
      first: first.words.map { .init(corpus.source.keys[$0], count: Double(sourceLinks[$0])) },
      second: second.words.map { .init(corpus.target.keys[$0], count: Double(targetLinks[$0])) },
      entries: entries, firstTotal: Double(sourceLinks.dropFirst().reduce(0, +)),
      secondTotal: Double(targetLinks.dropFirst().reduce(0, +)), segmentPairs: corpus.count,
      notices: notices)
    contents.linkParameters = LinkParameters.encode(
      forwardJumps: probabilities(counts.forwardJumps),
      backwardJumps: probabilities(counts.backwardJumps), words: words)
    return contents
  }

  /// The used words in the order of their bytes, and the place of each there.
  private static func ordered(_ keys: [String], _ used: [Bool]) -> (words: [Int], rank: [Int32]) {
    let words = keys.indices.filter { used[$0] }.sorted {
      keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8)
    }
    var rank = [Int32](repeating: -1, count: keys.count)
    for (place, word) in words.enumerated() { rank[word] = Int32(place) }
    return (words, rank)
  }
}
