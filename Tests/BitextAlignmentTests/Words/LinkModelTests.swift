import BitextCore
import Foundation
import Testing

@testable import BitextAlignment

/// A language whose words are translated one by one, but in reverse order, and whose word `de` is made by
/// nothing.
private func reversedBitext(seed: UInt64, pairs: Int) -> LinkCorpus {
  var random = SplitMix64(seed: seed)
  var corpus = LinkCorpus()
  for _ in 0..<pairs {
    let words = (0..<Int.random(in: 3...6, using: &random)).map { _ in
      Int.random(in: 0..<30, using: &random)
    }
    corpus.append(
      source: words.map { "\($0)s" }, target: words.reversed().flatMap { ["de", "t\($0)词"] })
  }
  return corpus
}

private let trained: LexiconContents = {
  var options = LinkModelTrainer.Options()
  options.linking.rounds = 12
  options.linking.chains = 1
  return LinkModelTrainer(options: options).contents(
    of: reversedBitext(seed: 3, pairs: 150), languages: LanguagePair("en", "zh"),
    notices: [LexiconNotice(name: "made up", licence: "CC0-1.0")])
}()

private func model() throws -> LinkModel {
  try LinkModel(TranslationLexicon(Data(LexiconFile.bytes(of: trained))))
}

private func links(
  _ source: [String], _ target: [String], _ model: LinkModel?
) -> Set<[Int]> {
  var corpus = LinkCorpus()
  corpus.append(source: source, target: target)
  let posterior = WordAligner().posteriors(of: corpus, model: model)[0]
  return Set(posterior.links(by: .standard).map { [$0.source, $0.target] })
}

@Suite struct `A model of word links` {
  @Test func `links a lone pair as the text that it was learned from`() throws {
    let found = links(
      ["3s", "7s", "11s", "20s"],
      ["de", "t20词", "de", "t11词", "de", "t7词", "de", "t3词"], try model())
    #expect(found == [[0, 7], [1, 5], [2, 3], [3, 1]])
  }

  @Test func `knows how far links jump: words that nobody knows follow the habit`() throws {
    // Every word but one is unknown, and the text ran backwards.
    let found = links(
      ["alpha", "beta", "3s"], ["de", "t3词", "de", "乙", "de", "甲"], try model())
    #expect(found.contains([2, 1]))
    #expect(found.contains([0, 5]) && found.contains([1, 3]), "\(found)")
  }

  @Test func `serves both directions`() throws {
    let (source, target) = (["3s", "7s"], ["de", "t7词", "de", "t3词"])
    let forward = try #require(model().oriented(from: "en", to: "zh-Hant"))
    let backward = try #require(model().oriented(from: "zh", to: "en"))
    #expect(
      links(source, target, forward) == Set(links(target, source, backward).map { [$0[1], $0[0]] }))
    #expect(try model().oriented(from: "en", to: "es") == nil)
    #expect(try model().notices.map(\.name) == ["made up"])
  }

  @Test func `has the same bytes every time, and no more than it was told`() throws {
    let bytes = try LexiconFile.bytes(of: trained)
    #expect(try LexiconFile.bytes(of: trained) == bytes)
    try TranslationLexicon(Data(bytes)).verify()
    let contents = LinkModelTrainer().contents(
      of: LinkCorpus(), languages: LanguagePair("en", "es"))
    let empty = try LinkModel(TranslationLexicon(Data(LexiconFile.bytes(of: contents))))
    #expect(links(["one"], ["uno"], empty).count <= 1)
  }

  @Test func `is told from a lexicon, and from a damaged file`() throws {
    var plain = trained
    plain.linkParameters = []
    let bytes = try LexiconFile.bytes(of: plain)
    #expect(throws: LexiconError.self) { try LinkModel(TranslationLexicon(Data(bytes))) }
    plain.linkParameters = [1, 2, 3]
    let short = try LexiconFile.bytes(of: plain)
    #expect(throws: LexiconError.self) { try LinkModel(TranslationLexicon(Data(short))) }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `answers something where bytes were changed, and never crashes`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var bytes = try LexiconFile.bytes(of: trained)
    for _ in 0..<400 {
      let place = Int.random(in: 200..<bytes.count, using: &random)
      bytes[place] = UInt8.random(in: 0...255, using: &random)
    }
    guard let lexicon = try? TranslationLexicon(Data(bytes)),
      let damaged = try? LinkModel(lexicon)
    else { return }
    for source in 0..<30 {
      _ = links(["\(source)s", "3s"], ["t\(source)词", "de", "t3词"], damaged)
    }
  }

  @Test func `goes on answering while its file is replaced by another`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "bitext-links-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("links.btlex")
    try Data(LexiconFile.bytes(of: trained)).write(to: file)
    let open = try LinkModel(contentsOf: file)
    let (source, target) = (["3s", "7s"], ["de", "t7词", "de", "t3词"])
    let before = links(source, target, open)
    // As `bitext`, `LinkModelBuilder` and `make install` write: a new file takes the name.
    let empty = LinkModelTrainer().contents(of: LinkCorpus(), languages: LanguagePair("en", "zh"))
    try Data(LexiconFile.bytes(of: empty)).write(to: file, options: .atomic)
    #expect(links(source, target, open) == before)
    #expect(try links(source, target, LinkModel(contentsOf: file)) != before)
    try FileManager.default.removeItem(at: file)
    #expect(links(source, target, open) == before)
  }
}

@Suite struct `The exact posterior` {
  /// Adds up all alignments of a piece, one by one: each word has one of the source words or none.
  private func plain(
    _ emissions: [[Double]], none: [Double], jumps: [Float], nullProbability: Double
  ) -> [[Double]] {
    let (length, width) = (emissions.count, emissions[0].count)
    var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: length)
    var total = 0.0
    var choice = [Int](repeating: 0, count: length)
    func move(_ from: Int, _ to: Int) -> Double {
      func jump(_ to: Int) -> Double { Double(jumps[JumpTable.bucket(to - from)]) }
      return jump(to) / (1...width).map(jump).reduce(0, +)
    }
    func walk(_ j: Int, _ previous: Int, _ weight: Double) {
      if j == length {
        total += weight
        for (word, source) in choice.enumerated() where source > 0 {
          sums[word][source - 1] += weight
        }
        return
      }
      choice[j] = 0
      walk(j + 1, previous, weight * nullProbability * none[j])
      for i in 1...width {
        choice[j] = i
        walk(
          j + 1, i, weight * (1 - nullProbability) * move(previous, i) * emissions[j][i - 1])
      }
      choice[j] = 0
    }
    walk(0, 0, 1)
    return sums.map { $0.map { $0 / total } }
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `agrees with the sum over all alignments`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (width, length) = (Int(1 + seed % 4), Int(2 + seed % 3))
    var corpus = LinkCorpus()
    corpus.append(
      source: (0..<width).map { "source\(9 - $0)x\($0)" },
      target: (0..<length).map { "\($0)target" })
    var priors: [(source: UInt32, target: UInt32, count: Float)] = []
    var sums = [Float](repeating: 0, count: width + 1)
    for source in 0...UInt32(width) {
      for target in 1...UInt32(length) where Bool.random(using: &random) {
        let count = Float.random(in: 0.1..<9, using: &random)
        priors.append((source, target, count))
        sums[Int(source)] += count
      }
    }
    sums[0] += 1
    var model = LinkChain.Model(corpus, isReversed: false, priors: priors, sums: sums)
    model.knownJumps = (0..<33).map { _ in Float.random(in: 0.01..<1, using: &random) }
    let found = ExactPosterior(model: model, nullProbability: 0.2, passes: 1).matrices()
    let alpha = Double(ExactPosterior.alpha)
    func lexical(_ source: Int, _ target: Int) -> Double {
      let prior = priors.first { Int($0.source) == source && Int($0.target) == target }?.count ?? 0
      return (alpha + Double(prior))
        / (alpha * Double(max(1, model.companions[source])) + Double(sums[source]))
    }
    let expected = plain(
      (1...length).map { j in (1...width).map { lexical($0, j) } },
      none: (1...length).map { lexical(0, $0) }, jumps: model.knownJumps, nullProbability: 0.2)
    for j in 0..<length {
      for i in 0..<width {
        #expect(abs(Double(found[j * width + i]) - expected[j][i]) < 1e-4, "seed \(seed)")
      }
    }
  }
}

@Suite struct `Function words without a counterpart` {
  @Test func `share the links of the word that they introduce`() {
    let spanish = LinkAttachment(language: "es")
    let words = ["fabricante", "de", "los", "aviones", ",", "de", "la"]
    let linked = [true, false, false, true, false, false, false]
    #expect(spanish.heads(of: words, isLinked: linked) == [nil, 3, 3, nil, nil, nil, nil])
    let english = LinkAttachment(language: "en")
    #expect(
      english.heads(of: ["the", "house"], isLinked: [false, true]) == [nil, nil])
  }

  @Test func `come after the others with less confidence, on either side`() throws {
    let posterior = LinkPosterior(
      sourceCount: 1, targetCount: 2,
      entries: [.init(source: 0, target: 1, probability: 0.9)], bestSource: [-1, 0],
      bestTarget: [1])
    let (english, spanish) = (
      (["Children"], LinkAttachment(language: "en")),
      (["Los", "niños"], LinkAttachment(language: "es"))
    )
    let found = posterior.links(by: .standard, source: english, target: spanish)
    #expect(found.map { [$0.source, $0.target] } == [[0, 0], [0, 1]])
    #expect(found[0].confidence < found[1].confidence)
    let turned = LinkPosterior(
      sourceCount: 2, targetCount: 1,
      entries: [.init(source: 1, target: 0, probability: 0.9)], bestSource: [1],
      bestTarget: [-1, 0])
    #expect(
      turned.links(by: .intersection, source: spanish, target: english).map {
        [$0.source, $0.target]
      } == [[0, 0], [1, 0]])
  }
}

@Suite struct `Names that the word break cut` {
  @Test func `are linked by their sound where something else is known`() {
    var corpus = LinkCorpus()
    corpus.append(
      source: ["President", "Karzai", "arrived", "."],
      target: ["卡", "尔", "扎", "伊", "总统", "抵达", "。"])
    let priors = TransliterationEvidence.priors(of: corpus)
    #expect(Set(priors.map(\.source)) == ["karz"])
    #expect(Set(priors.map(\.target)).isSuperset(of: ["卡", "尔", "扎"]))
    let told = [
      LinkPrior(source: "pres", target: "总统", count: 10),
      LinkPrior(source: "arri", target: "抵达", count: 10),
    ]
    let posterior = WordAligner().posteriors(of: corpus, priors: told)[0]
    let found = Set(posterior.links(by: .standard).map { [$0.source, $0.target] })
    #expect(found.isSuperset(of: [[0, 4], [2, 5]]))
    #expect(found.contains { $0[0] == 1 && $0[1] < 4 })
    // More than the one word that a name has by habit.
    let mass = posterior.entries.filter { $0.source == 1 && $0.target < 4 }.reduce(0) {
      $0 + $1.probability
    }
    #expect(mass > 1)
  }

  @Test func `are no evidence where nothing sounds alike`() {
    var corpus = LinkCorpus()
    corpus.append(source: ["We", "know", "the", "weather"], target: ["我们", "知道", "天气"])
    corpus.append(source: ["Clinton"], target: ["巴", "塞", "罗", "那"])
    #expect(TransliterationEvidence.priors(of: corpus).isEmpty)
  }
}
