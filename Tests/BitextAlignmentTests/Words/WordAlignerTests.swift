import BitextCore
import Testing

@testable import BitextAlignment

private struct KeyCase: Sendable, CustomTestStringConvertible {
  let word: String
  let key: String
  var testDescription: String { "\(word) → \(key)" }
}

private let keyCases = [
  KeyCase(word: "Voters", key: "vote"), KeyCase(word: "votó", key: "votó"),
  KeyCase(word: "NIÑOS", key: "niño"), KeyCase(word: "don’t", key: "don't"),
  KeyCase(word: "l'eau", key: "l'eau"), KeyCase(word: "state-owned", key: "stat"),
  KeyCase(word: "数字利维坦", key: "数字利维坦"), KeyCase(word: "22日", key: "22日"),
  KeyCase(word: "F125", key: "f125"), KeyCase(word: "ＡＢＣＤＥ", key: "abcd"),
  KeyCase(word: "，", key: ","),
]

@Suite struct `Keys of words` {
  @Test(arguments: keyCases)
  fileprivate func `keep four letters of the Latin script and all of anything else`(
    _ example: KeyCase
  ) {
    #expect(LinkKey()(example.word) == example.key)
  }
}

/// A bitext whose links are known: each word has one translation; some neighbours change places.
private struct SyntheticBitext {
  var corpus = LinkCorpus()
  var gold: [Set<[Int]>] = []

  init(seed: UInt64, pairs: Int) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<pairs {
      let words = (0..<Int.random(in: 4...9, using: &random)).map { _ in
        Int.random(in: 0..<60, using: &random)
      }
      var order = Array(words.indices)
      if Bool.random(using: &random) { order.swapAt(1, 2) }
      corpus.append(source: words.map { "\($0)s" }, target: order.map { "t\(words[$0])词" })
      gold.append(Set(order.enumerated().map { [$1, $0] }))
    }
  }
}

/// Few rounds and one chain: these texts are easy, and debug builds slow.
private let quick: WordAligner = {
  var options = WordAligner.Options()
  options.rounds = 12
  options.chains = 1
  return WordAligner(options: options)
}()

@Suite struct `Linking words` {
  @Test func `finds the links of a text that teaches itself`() {
    let text = SyntheticBitext(seed: 11, pairs: 120)
    let answers = quick.posteriors(of: text.corpus)
    var (right, found, wanted) = (0, 0, 0)
    for (answer, gold) in zip(answers, text.gold) {
      let links = Set(answer.links(by: .standard).map { [$0.source, $0.target] })
      right += links.intersection(gold).count
      found += links.count
      wanted += gold.count
    }
    #expect(Double(right) / Double(found) > 0.95)
    #expect(Double(right) / Double(wanted) > 0.95)
  }

  @Test func `gives the same links every time`() {
    let text = SyntheticBitext(seed: 5, pairs: 20)
    #expect(
      quick.posteriors(of: text.corpus) == quick.posteriors(of: text.corpus))
  }

  @Test func `gives the same links beside other work and one chain after the other`() async {
    let text = SyntheticBitext(seed: 8, pairs: 12)
    var options = WordAligner.Options()
    options.rounds = 6
    options.chains = 2
    let aligner = WordAligner(options: options)
    let alone = aligner.posteriors(of: text.corpus)
    let beside = await withTaskGroup(of: [LinkPosterior].self) { group in
      for _ in 0..<6 { group.addTask { aligner.posteriors(of: text.corpus) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(beside.allSatisfy { $0 == alone })
    // The plain twin: chains in a row, on this thread, averaged in their order.
    let priors = PriorTable(LinkEvidence.priors(of: text.corpus), of: text.corpus)
    let matrices = aligner.matrices(of: text.corpus, priors: [], model: nil)
    for (direction, found) in [(0, matrices.forward), (1, matrices.backward)] {
      let table = priors.direction(isReversed: direction == 1, nil, options)
      let model = LinkChain.Model(
        text.corpus, isReversed: direction == 1, priors: table.priors, sums: table.sums)
      var mean = [Float](repeating: 0, count: found.count)
      for index in 0..<2 {
        var chain = LinkChain(
          model, alpha: options.alpha, nullProbability: options.nullProbability,
          seed: WordAligner.seed(direction: direction, chain: index))
        for (cell, value) in chain.run(LinkChain.Schedule(rounds: 6)).enumerated() {
          mean[cell] += value
        }
      }
      #expect(mean.map { $0 * 0.5 } == found)
    }
  }

  @Test func `trusts what it is told beforehand, for one sentence alone`() {
    var corpus = LinkCorpus()
    corpus.append(
      source: ["The", "digital", "Leviathan", "grows", "."],
      target: ["数字", "利维坦", "在", "成长", "。"])
    let priors = [
      LinkPrior(source: "digi", target: "数字", count: 10),
      LinkPrior(source: "levi", target: "利维坦", count: 10),
      LinkPrior(source: "grow", target: "成长", count: 10),
    ]
    let links = quick.posteriors(of: corpus, priors: priors)[0].links(by: .standard)
    let pairs = Set(links.map { [$0.source, $0.target] })
    #expect(pairs.isSuperset(of: [[1, 0], [2, 1], [3, 3], [4, 4]]))
    #expect(links.allSatisfy { $0.confidence.probability > 0.35 })
  }

  @Test func `links numbers, marks and names without being told`() {
    var corpus = LinkCorpus()
    corpus.append(
      source: ["In", "1998", ",", "Puig", "left", "Madrid", "."],
      target: ["Puig", "dejó", "Madrid", "en", "1998", "."])
    corpus.append(source: ["Puig", "slept", "."], target: ["Puig", "durmió", "."])
    corpus.append(source: ["We", "saw", "Madrid", "."], target: ["Vimos", "Madrid", "."])
    let links = quick.posteriors(of: corpus)[0].links(by: .standard)
    let pairs = Set(links.map { [$0.source, $0.target] })
    #expect(pairs.isSuperset(of: [[1, 4], [3, 0], [5, 2], [6, 5]]))
  }

  @Test func `answers an empty side with no link`() {
    var corpus = LinkCorpus()
    corpus.append(source: [], target: ["hola"])
    corpus.append(source: ["hello"], target: [])
    corpus.append(source: [], target: [])
    let answers = quick.posteriors(of: corpus)
    #expect(answers.count == 3)
    #expect(answers.allSatisfy { $0.entries.isEmpty && $0.links(by: .growDiagonal).isEmpty })
  }

  @Test func `cuts pairs that are too long and says so`() {
    var corpus = LinkCorpus()
    let words = (0..<600).map { $0 % 50 == 49 ? "." : "w\($0)" }
    corpus.append(source: words, target: words)
    #expect(corpus.cutPairs == [0])
    let posterior = quick.posteriors(of: corpus)[0]
    #expect(posterior.sourceCount == 600)
    let diagonal = posterior.links(by: .standard).count { $0.source == $0.target }
    #expect(diagonal > 400)
  }

  @Test func `symmetrises as the literature has it`() {
    // Source words 0…2, target words 0…2; the directions agree on (0,0) and (2,2).
    let (bestSource, bestTarget): ([Int32], [Int32]) = ([0, 0, 2], [0, -1, 2])
    func links(_ rule: LinkSymmetrization) -> [[Int32]] {
      rule.links(bestSource: bestSource, bestTarget: bestTarget, sourceCount: 3).map {
        [$0.0, $0.1]
      }
    }
    #expect(links(.intersection) == [[0, 0], [2, 2]])
    #expect(links(.growDiagonal) == [[0, 0], [0, 1], [2, 2]])
    let apart = LinkSymmetrization.growDiagonalFinalAnd.links(
      bestSource: [0, -1, -1, 2], bestTarget: [0, -1, -1], sourceCount: 3)
    #expect(apart.map { [$0.0, $0.1] } == [[0, 0], [2, 3]])
  }
}
