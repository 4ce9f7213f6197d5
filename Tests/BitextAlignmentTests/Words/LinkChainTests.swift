import Testing

@testable import BitextAlignment

@Suite struct `Counts of links` {
  /// The plain twin: a dictionary.
  private struct PlainCounts {
    var counts: [[UInt32]: Int] = [:]
    var priors: [[UInt32]: Float] = [:]
    func weight(_ source: UInt32, _ target: UInt32) -> Float {
      Float(counts[[source, target]] ?? 0) + (priors[[source, target]] ?? 0)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `agree with a dictionary while links come and go`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (sources, targets, tokens) = (40, 12, 300)
    let words = (0..<tokens).map { _ in UInt32.random(in: 0..<UInt32(targets), using: &random) }
    var occurrences = [UInt32](repeating: 0, count: targets)
    for word in words { occurrences[Int(word)] += 1 }
    var plain = PlainCounts()
    var priors: [(source: UInt32, target: UInt32, count: Float)] = []
    for source in 0..<UInt32(sources) where source % 7 == 0 {
      for target in 0..<UInt32(targets) where (source + target) % 3 == 0 {
        priors.append((source, target, Float(source) + 0.5))
        plain.priors[[source, target]] = Float(source) + 0.5
      }
    }
    var counts = LinkCounts(occurrences: occurrences, priors: priors)
    var links = [UInt32?](repeating: nil, count: tokens)
    for _ in 0..<4000 {
      let token = Int.random(in: 0..<tokens, using: &random)
      if let old = links[token] {
        counts.remove(old, words[token])
        plain.counts[[old, words[token]], default: 0] -= 1
      }
      let source = UInt32.random(in: 0..<UInt32(sources), using: &random)
      links[token] = source
      counts.add(source, words[token])
      plain.counts[[source, words[token]], default: 0] += 1
    }
    for source in 0..<UInt32(sources) {
      for target in 0..<UInt32(targets) {
        #expect(
          counts.weight(of: source, with: target) == plain.weight(source, target), "seed \(seed)")
      }
    }
  }
}

@Suite struct `A full table of links` {
  /// Each token of a word is linked with another source word, and each prior stands beside: no slot more
  /// can ever be taken, and a search still ends.
  @Test(arguments: [1, 2, 3, 7, 64, 100])
  func `still ends every search`(tokens: Int) {
    let priors = (0..<UInt32(tokens)).map {
      (source: 1000 + $0, target: UInt32(0), count: Float(1))
    }
    var counts = LinkCounts(occurrences: [UInt32(tokens), 0], priors: priors)
    for round in 0..<UInt32(3) {
      for source in 0..<UInt32(tokens) { counts.add(source * 8 + round, 0) }
      for missing in 5000..<UInt32(5200) {
        #expect(counts.weight(of: missing, with: 0) == 0)
        #expect(counts.weight(of: missing, with: 1) == 0, "a word that does not occur")
      }
      for source in 0..<UInt32(tokens) {
        #expect(counts.weight(of: source * 8 + round, with: 0) >= 1)
        counts.remove(source * 8 + round, 0)
      }
    }
    for prior in priors { #expect(counts.weight(of: prior.source, with: 0) == 1) }
    #expect(counts.slots.count { $0.source != 0 } == tokens, "only what is known is left")
  }
}

@Suite struct `Parameters of a chain` {
  @Test func `count distinct companions as a set would`() {
    var random = SplitMix64(seed: 7)
    var source: [UInt32] = []
    var target: [UInt32] = []
    var sourceStarts = [0]
    var targetStarts = [0]
    var companions: [UInt32: Set<UInt32>] = [:]
    for _ in 0..<30 {
      let left = (0..<5).map { _ in UInt32.random(in: 1..<12, using: &random) }
      let right = (0..<6).map { _ in UInt32.random(in: 1..<15, using: &random) }
      source += left
      target += right
      sourceStarts.append(source.count)
      targetStarts.append(target.count)
      for word in left { companions[word, default: []].formUnion(right) }
    }
    let found = LinkChain.Model.companions(
      source: source, sourceStarts: sourceStarts, target: target, targetStarts: targetStarts,
      sourceWords: 12, targetWords: 15)
    for word in 1..<12 {
      #expect(Int(found[word]) == companions[UInt32(word)]?.count ?? 0)
    }
    #expect(found[0] == 14, "the empty word stands beside every target word")
  }

  @Test func `clip long jumps into two buckets that count an eighth`() {
    var jumps = JumpTable()
    for distance in [1, 1, 1, 2, 40, -40] { jumps.count(distance) }
    jumps.estimate()
    let total = 6 + 0.5 * 33
    func expected(_ count: Double) -> Float { Float((count + 0.5) / total) }
    #expect(abs(jumps.probabilities[JumpTable.bucket(1)] - expected(3)) < 1e-6)
    #expect(abs(jumps.probabilities[JumpTable.bucket(2)] - expected(1)) < 1e-6)
    #expect(abs(jumps.probabilities[JumpTable.bucket(99)] - expected(1) / 8) < 1e-6)
    #expect(abs(jumps.probabilities[JumpTable.bucket(-17)] - expected(1) / 8) < 1e-6)
  }

  @Test func `make a word that always has one link unlikely to get a second`() {
    // Word 0 has one link each of ten times, word 1 two.
    var counts = [UInt32](repeating: 0, count: 16)
    counts[1] = 10
    counts[8 + 2] = 10
    let table = FertilityTable(counts: counts)
    #expect(table.ratios[1] < table.ratios[8 + 1])
    #expect(table.ratios[0] > 1, "from none to one")
    #expect(table.ratios[7] == 0.02)
  }

  @Test(arguments: [(1, 400), (100, 400), (10_000, 50), (1_000_000, 5)])
  func `give few pairs many rounds`(pairs: Int, rounds: Int) {
    let schedule = LinkChain.Schedule(pairs: pairs)
    #expect(schedule.fertile == rounds)
    #expect(schedule.lexical == max(1, rounds / 4))
  }
}
