import BitextCore
import Foundation

@testable import BitextAlignment

/// A generator with a seed, so that a failing case can be run again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var x = state
    x ^= x >> 33
    x = x &* 0xFF51_AFD7_ED55_8CCD
    x ^= x >> 33
    return x
  }
}

/// A small random pair of texts with a random table of translations.
struct SmallPair {
  let source: [[Int32]]
  let target: [[Int32]]
  let table: TranslationTable
  let evidence: PairEvidence
  let sourceVocabulary: Vocabulary
  let targetVocabulary: Vocabulary

  /// - Parameter words: The number of different words on each side.
  init(seed: UInt64, source m: Int, target n: Int, words: Int = 8) {
    var generator = SeededGenerator(seed: seed)
    var vocabularies = [Vocabulary(), Vocabulary()]
    func text(_ count: Int, _ side: Int) -> ([[Int32]], WordBags) {
      var bags = WordBags()
      let sentences = (0..<count).map { _ -> [Int32] in
        var numbers = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
          vocabularies[side].add("\(side)-\(Int.random(in: 0..<words, using: &generator))")
        }
        let raw = numbers
        bags.append(&numbers, length: Double(Int.random(in: 0...40, using: &generator)))
        return raw
      }
      return (sentences, bags)
    }
    let (source, sourceBags) = text(m, 0)
    let (target, targetBags) = text(n, 1)
    var entries: [LexicalEntry] = []
    for s in vocabularies[0].words.indices {
      for t in vocabularies[1].words.indices where Int.random(in: 0..<3, using: &generator) == 0 {
        entries.append(
          LexicalEntry(
            source: Int32(s), target: Int32(t),
            forward: Float.random(in: 0...0.6, using: &generator),
            backward: Float.random(in: 0...0.6, using: &generator)))
      }
    }
    self.source = source
    self.target = target
    table = TranslationTable([entries], rowCount: vocabularies[0].words.count)
    evidence = PairEvidence(
      source: sourceBags, target: targetBags, table: table, sourceVocabulary: vocabularies[0],
      targetVocabulary: vocabularies[1])
    sourceVocabulary = vocabularies[0]
    targetVocabulary = vocabularies[1]
  }

  /// The score of a bead, straight from its definition.
  func score(_ source: Range<Int>, _ target: Range<Int>, _ model: BeadModel) -> Double {
    guard
      let shape = BeadShape.all.firstIndex(where: {
        $0.source == source.count && $0.target == target.count
      })
    else { return -.infinity }
    let prior = model.logPriors[shape]
    if source.isEmpty || target.isEmpty { return prior }
    let a = source.reduce(0) { $0 + evidence.source.lengths[$1] }
    let b = target.reduce(0) { $0 + evidence.target.lengths[$1] }
    let words = source.flatMap { self.source[$0] }
    let others = target.flatMap { self.target[$0] }
    let coverage = table.coverage(targetCount: targetVocabulary.words.count)
    var lexical = 0.0
    for t in others where !words.isEmpty {
      var sum = 0.0
      for s in words { sum += Double(table.probabilities(source: Int(s), target: t).forward) }
      let ratio = sum / (Double(words.count) * targetVocabulary.relativeFrequency(of: t))
      lexical +=
        Double(coverage.target[Int(t)]) * log(model.smoothing + (1 - model.smoothing) * ratio)
    }
    for s in words where !others.isEmpty {
      var sum = 0.0
      for t in others { sum += Double(table.probabilities(source: Int(s), target: t).backward) }
      let ratio = sum / (Double(others.count) * sourceVocabulary.relativeFrequency(of: s))
      lexical +=
        Double(coverage.source[Int(s)]) * log(model.smoothing + (1 - model.smoothing) * ratio)
    }
    return prior - model.lengthCost(source: a, target: b, ratio: evidence.lengthRatio)
      + model.lexicalWeight / 2 * lexical
  }
}

/// A random text and its translation word by word, with sentences split, joined and left out.
struct ParallelPair {
  let evidence: PairEvidence

  init(seed: UInt64, sentences: Int) {
    var generator = SeededGenerator(seed: seed)
    var vocabularies = [Vocabulary(), Vocabulary()]
    var bags = [WordBags(), WordBags()]
    func append(_ words: [Int], _ side: Int) {
      var numbers = words.map { vocabularies[side].add("\(side)-\($0)") }
      bags[side].append(&numbers, length: Double(6 * words.count))
    }
    for _ in 0..<sentences {
      let words = (0..<Int.random(in: 8...24, using: &generator)).map { _ in
        Int.random(in: 0..<Int.random(in: 2...400, using: &generator), using: &generator)
      }
      let half = words.count / 2
      switch Int.random(in: 0..<20, using: &generator) {
      case 0: append(words, 0)
      case 1: append(words, 1)
      case 2, 3:
        append(words, 0)
        append(Array(words[..<half]), 1)
        append(Array(words[half...]), 1)
      case 4:
        append(Array(words[..<half]), 0)
        append(Array(words[half...]), 0)
        append(words, 1)
      default:
        append(words, 0)
        append(words, 1)
      }
    }
    var entries: [LexicalEntry] = []
    for (source, word) in vocabularies[0].words.enumerated() {
      guard let target = vocabularies[1].number(of: "1" + word.dropFirst()) else { continue }
      entries.append(
        LexicalEntry(source: Int32(source), target: target, forward: 0.5, backward: 0.5))
    }
    evidence = PairEvidence(
      source: bags[0], target: bags[1],
      table: TranslationTable([entries], rowCount: vocabularies[0].words.count),
      sourceVocabulary: vocabularies[0], targetVocabulary: vocabularies[1])
  }
}
