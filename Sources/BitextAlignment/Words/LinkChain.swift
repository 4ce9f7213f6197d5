/// One Markov chain over the links of one direction: each target word chooses the source word that
/// made it, or none.
///
/// An HMM with fertility whose lexical distributions have a Dirichlet prior and are integrated out, so
/// the state is only the links and their counts. For token j, with its own link out of every count,
///
///     lex(e,f)   = (α + π(e,f) + n(e,f)) / (α·K(e) + Π(e) + n(e))
///     P(a_j = i) ∝ (1 − p₀) · lex(e_i,f_j) · jump(i − prev) · jump(next − i) · fertility(e_i)
///     P(a_j = 0) ∝ p₀ · lex(NULL,f_j) · jump(next − prev)
///
/// Source: Östling & Tiedemann 2016, *Efficient word alignment with Markov chain Monte Carlo*, Prague
/// Bulletin of Mathematical Linguistics 106.
struct LinkChain: Sendable {
  /// What a chain samples: the words of both sides, by number, and what is known of them.
  struct Model: Sendable {
    /// Number of distinct source words, with the empty word 0 that makes what nothing makes.
    var sourceWords: Int
    var targetWords: Int
    /// The words of all pieces, flat, and where each piece begins.
    var source: [UInt32]
    var sourceStarts: [Int]
    var target: [UInt32]
    var targetStarts: [Int]
    /// K(e): how many distinct target words stand beside each source word.
    var companions: [Float]
    /// Pseudo-counts by source and target word.
    var priors: [(source: UInt32, target: UInt32, count: Float)]
    /// Π(e): the sum of each source word's pseudo-counts.
    var priorSums: [Float]
    /// Pieces whose posterior is wanted, and where each one's matrix begins in the answer.
    var wanted: [Bool]
    var matrixStarts: [Int]
    /// The jumps that a model knows; empty when there is none.
    var knownJumps: [Float] = []
    /// The fertilities that a model knows, as `FertilityTable` counts them; empty when there is none.
    var knownFertility: [Float] = []

    var pieces: Int { sourceStarts.count - 1 }
  }

  /// How often each of the three stages visits every token.
  struct Schedule: Sendable, Hashable {
    var lexical: Int
    var jumping: Int
    var fertile: Int

    /// Few pairs need many rounds: 5000/√N in the last stage, a quarter of it in each of the others.
    init(pairs: Int) {
      self.init(rounds: min(400, Int((5000 / Double(max(1, pairs)).squareRoot()).rounded())))
    }

    /// So many rounds in the last stage, at least two.
    init(rounds: Int) {
      fertile = max(2, rounds)
      lexical = max(1, fertile / 4)
      jumping = max(1, fertile / 4)
    }
  }

  /// As how many jumps those of a model count.
  static let jumpWeight: Float = 1000

  private enum Stage { case lexical, jumping, fertile }

  private let model: Model
  private let alpha: Float
  private let nullProbability: Float
  private var random: SplitMix64
  /// The source position of each target token, from 1; 0 where none made it.
  private var links: [UInt16]
  private var counts: LinkCounts
  /// n(e) + Π(e) + α·K(e), and its inverse.
  private var totals: [Float]
  private var inverses: [Float]
  private var jumps: JumpTable
  private var fertility: FertilityTable
  /// Sums of full conditionals, a matrix (target × source) a wanted piece.
  private(set) var sums: [Float]
  // Scratch of one piece.
  private var weights = [Float](repeating: 0, count: LinkCorpus.maximumWords + 1)
  private var fertilities = [Int](repeating: 0, count: LinkCorpus.maximumWords + 2)
  private var following = [Int](repeating: 0, count: LinkCorpus.maximumWords + 1)

  init(_ model: Model, alpha: Float, nullProbability: Float, seed: UInt64) {
    self.model = model
    self.alpha = alpha
    self.nullProbability = nullProbability
    random = SplitMix64(seed: seed)
    links = [UInt16](repeating: 0, count: model.target.count)
    var occurrences = [UInt32](repeating: 0, count: model.targetWords)
    for word in model.target { occurrences[Int(word)] += 1 }
    counts = LinkCounts(occurrences: occurrences, priors: model.priors)
    totals = zip(model.companions, model.priorSums).map { alpha * max(1, $0) + $1 }
    inverses = totals.map { 1 / $0 }
    jumps = JumpTable(known: model.knownJumps, weight: Self.jumpWeight)
    fertility = FertilityTable(
      counts: [UInt32](repeating: 0, count: model.sourceWords * FertilityTable.classes),
      known: model.knownFertility)
    sums = [Float](repeating: 0, count: model.matrixStarts.last ?? 0)
  }

  /// Runs the chain and returns, for each wanted piece, P(source word | target word) as a matrix in
  /// the order target, source.
  mutating func run(_ schedule: Schedule) -> [Float] {
    start()
    for _ in 0..<schedule.lexical { visitAll(.lexical, isSumming: false) }
    for _ in 0..<schedule.jumping {
      estimateJumps()
      visitAll(.jumping, isSumming: false)
    }
    let summed = max(1, schedule.fertile * 2 / 3)
    for round in 0..<schedule.fertile {
      estimateJumps()
      estimateFertility()
      visitAll(.fertile, isSumming: round >= schedule.fertile - summed)
    }
    let scale = 1 / Float(summed)
    for index in sums.indices { sums[index] *= scale }
    return sums
  }

  /// Draws every link from the lexicon alone, adding counts on the way.
  private mutating func start() {
    for piece in 0..<model.pieces {
      let sourceStart = model.sourceStarts[piece]
      let length = model.sourceStarts[piece + 1] - sourceStart
      for token in model.targetStarts[piece]..<model.targetStarts[piece + 1] {
        let word = model.target[token]
        var position = 0
        if random.unit() >= nullProbability {
          var total: Float = 0
          for i in 0..<length {
            let source = model.source[sourceStart + i]
            total += (alpha + counts.weight(of: source, with: word)) * inverses[Int(source)]
            weights[i + 1] = total
          }
          let drawn = random.unit() * total
          position = 1
          while position < length, weights[position] <= drawn { position += 1 }
        }
        links[token] = UInt16(position)
        link(position == 0 ? 0 : model.source[sourceStart + position - 1], word)
      }
    }
  }

  @inline(__always)
  private mutating func link(_ source: UInt32, _ target: UInt32) {
    counts.add(source, target)
    totals[Int(source)] += 1
    inverses[Int(source)] = 1 / totals[Int(source)]
  }

  @inline(__always)
  private mutating func unlink(_ source: UInt32, _ target: UInt32) {
    counts.remove(source, target)
    totals[Int(source)] -= 1
    inverses[Int(source)] = 1 / totals[Int(source)]
  }

  private mutating func estimateJumps() {
    jumps.clear()
    for piece in 0..<model.pieces {
      var previous = 0
      for token in model.targetStarts[piece]..<model.targetStarts[piece + 1] where links[token] != 0
      {
        jumps.count(Int(links[token]) - previous)
        previous = Int(links[token])
      }
      jumps.count(model.sourceStarts[piece + 1] - model.sourceStarts[piece] + 1 - previous)
    }
    jumps.estimate()
  }

  private mutating func estimateFertility() {
    let classes = FertilityTable.classes
    var counts = [UInt32](repeating: 0, count: model.sourceWords * classes)
    for piece in 0..<model.pieces {
      let sourceStart = model.sourceStarts[piece]
      let length = model.sourceStarts[piece + 1] - sourceStart
      countFertilities(piece, length)
      for i in 1...length {
        let word = Int(model.source[sourceStart + i - 1])
        counts[word * classes + min(fertilities[i], classes - 1)] += 1
      }
    }
    fertility = FertilityTable(counts: counts, known: model.knownFertility)
  }

  private mutating func countFertilities(_ piece: Int, _ length: Int) {
    for i in 0...length { fertilities[i] = 0 }
    for token in model.targetStarts[piece]..<model.targetStarts[piece + 1] {
      fertilities[Int(links[token])] += 1
    }
  }

  private mutating func visitAll(_ stage: Stage, isSumming: Bool) {
    for piece in 0..<model.pieces {
      visit(piece, stage, isSumming: isSumming && model.wanted[piece])
    }
  }

  /// Draws the link of every token of one piece anew.
  private mutating func visit(_ piece: Int, _ stage: Stage, isSumming: Bool) {
    let sourceStart = model.sourceStarts[piece]
    let length = model.sourceStarts[piece + 1] - sourceStart
    let targetStart = model.targetStarts[piece]
    let targetLength = model.targetStarts[piece + 1] - targetStart
    let classes = FertilityTable.classes
    if stage == .fertile { countFertilities(piece, length) }
    // The nearest link behind each token stays as it is until the token is visited.
    var next = length + 1
    for j in stride(from: targetLength - 1, through: 0, by: -1) {
      following[j] = next
      let position = Int(links[targetStart + j])
      if position != 0 { next = position }
    }
    var previous = 0
    let wordShare = stage == .lexical ? (1 - nullProbability) / Float(length) : 1 - nullProbability
    let matrix = isSumming ? model.matrixStarts[piece] : 0
    for j in 0..<targetLength {
      let token = targetStart + j
      let word = model.target[token]
      let old = Int(links[token])
      unlink(old == 0 ? 0 : model.source[sourceStart + old - 1], word)
      if stage == .fertile { fertilities[old] -= 1 }
      let next = following[j]
      var total = nullProbability * (alpha + counts.weight(of: 0, with: word)) * inverses[0]
      if stage != .lexical { total *= jumps.probabilities[JumpTable.bucket(next - previous)] }
      for i in 1...length {
        let source = model.source[sourceStart + i - 1]
        var weight =
          wordShare * (alpha + counts.weight(of: source, with: word)) * inverses[Int(source)]
        if stage != .lexical {
          weight *=
            jumps.probabilities[JumpTable.bucket(i - previous)]
            * jumps.probabilities[JumpTable.bucket(next - i)]
          if stage == .fertile {
            weight *= fertility.ratios[Int(source) * classes + min(fertilities[i], classes - 1)]
          }
        }
        weights[i] = weight
        total += weight
      }
      var position = 0
      if total > 0, total.isFinite {
        if isSumming {
          let scale = 1 / total
          let row = matrix + j * length
          for i in 1...length { sums[row + i - 1] += weights[i] * scale }
        }
        // Going down from the end leaves the rest of the range to "none".
        var drawn = random.unit() * total
        position = length
        while position > 0 {
          drawn -= weights[position]
          if drawn < 0 { break }
          position -= 1
        }
      }
      links[token] = UInt16(position)
      link(position == 0 ? 0 : model.source[sourceStart + position - 1], word)
      if stage == .fertile { fertilities[position] += 1 }
      if position != 0 { previous = position }
    }
  }
}

extension LinkChain.Model {
  /// One direction of a corpus.
  ///
  /// - Parameters:
  ///   - isReversed: Whether the target side is the one that generates.
  ///   - knowledge: What a model knows of the words.
  ///   - fertilityWeight: As how many occurrences a word's fertility in the model counts.
  ///   - priors: The word that generates, the word that is made, and count; no pair twice.
  ///   - sums: For each word of the generating side, the sum of its pseudo-counts.
  init(
    _ corpus: LinkCorpus, isReversed: Bool, knowledge: LinkKnowledge? = nil,
    fertilityWeight: Float = 0, priors: [(source: UInt32, target: UInt32, count: Float)],
    sums: [Float]
  ) {
    let (from, to) = isReversed ? (corpus.target, corpus.source) : (corpus.source, corpus.target)
    sourceWords = from.keys.count
    targetWords = to.keys.count
    source = from.tokens
    sourceStarts = from.starts
    target = to.tokens
    targetStarts = to.starts
    self.priors = priors
    priorSums = sums
    if let knowledge {
      knownJumps = isReversed ? knowledge.backwardJumps : knowledge.forwardJumps
      knownFertility = FertilityTable.counts(
        isReversed ? knowledge.target : knowledge.source, weight: fertilityWeight)
    }
    wanted = corpus.pieces.map { $0.wanted >= 0 }
    var starts = [0]
    for piece in corpus.pieces.indices {
      let cells = wanted[piece] ? from.piece(piece).count * to.piece(piece).count : 0
      starts.append(starts[piece] + cells)
    }
    matrixStarts = starts
    companions = Self.companions(
      source: source, sourceStarts: sourceStarts, target: target, targetStarts: targetStarts,
      sourceWords: sourceWords, targetWords: targetWords)
  }

  /// Counts, for each source word, the distinct target words that stand in a pair with it; for the
  /// empty word all of them.
  ///
  /// - Complexity: O(Σ source tokens × target tokens of their pairs) time, O(words) memory: one pass
  ///   over an inverted index, with a stamp for what the word has met.
  static func companions(
    source: [UInt32], sourceStarts: [Int], target: [UInt32], targetStarts: [Int], sourceWords: Int,
    targetWords: Int
  ) -> [Float] {
    var starts = [Int](repeating: 0, count: sourceWords + 1)
    for word in source { starts[Int(word) + 1] += 1 }
    for word in 0..<sourceWords { starts[word + 1] += starts[word] }
    var index = [UInt32](repeating: 0, count: source.count)
    var filled = starts
    for piece in 0..<(sourceStarts.count - 1) {
      for token in sourceStarts[piece]..<sourceStarts[piece + 1] {
        let word = Int(source[token])
        index[filled[word]] = UInt32(piece)
        filled[word] += 1
      }
    }
    var stamps = [UInt32](repeating: 0, count: targetWords)
    var companions = [Float](repeating: 0, count: sourceWords)
    for word in 1..<max(1, sourceWords) {
      let stamp = UInt32(word)
      var count = 0
      var last = UInt32.max
      for place in starts[word]..<starts[word + 1] where index[place] != last {
        last = index[place]
        for token in targetStarts[Int(last)]..<targetStarts[Int(last) + 1] {
          let other = Int(target[token])
          if stamps[other] != stamp {
            stamps[other] = stamp
            count += 1
          }
        }
      }
      companions[word] = Float(count)
    }
    companions[0] = Float(max(1, targetWords - 1))
    return companions
  }
}
