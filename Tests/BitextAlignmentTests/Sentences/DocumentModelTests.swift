import BitextCore
import Foundation
import Testing

@testable import BitextAlignment

/// Model 1 with dictionaries, one way, as the paper has it.
private func slowModel(
  _ examples: [DocumentModel.Example], prior: [[Int32]: Double], model: DocumentModel,
  forward: Bool
) -> [[Int32]: Double] {
  let empty: Int32 = -1
  var pairs: Set<[Int32]> = []
  for example in examples {
    for s in example.source { for t in example.target { pairs.insert([s, t]) } }
  }
  func given(_ pair: [Int32]) -> Int32 { forward ? pair[0] : pair[1] }
  var probabilities: [[Int32]: Double] = [:]
  for pair in pairs {
    probabilities[pair] = Double(model.priorWeight) * (prior[pair] ?? 0) + Double(model.floor)
  }
  func normalize() {
    var sums: [Int32: Double] = [:]
    for (pair, value) in probabilities { sums[given(pair), default: 0] += value }
    for pair in pairs { probabilities[pair]? /= sums[given(pair)] ?? 1 }
  }
  normalize()
  let produced = Set(examples.flatMap { forward ? $0.target : $0.source })
  let vocabulary = (produced.max() ?? 0) + 1
  var fromEmpty: [Int32: Double] = [:]
  for word in 0..<vocabulary { fromEmpty[word] = 1 / Double(vocabulary) }
  var expected: [[Int32]: Double] = [:]
  for _ in 0..<model.iterations {
    expected = [:]
    var emptyExpected: [Int32: Double] = [:]
    for example in examples {
      let givens = forward ? example.source : example.target
      let givenCounts = forward ? example.sourceOccurrences : example.targetOccurrences
      let products = forward ? example.target : example.source
      let productCounts = forward ? example.targetOccurrences : example.sourceOccurrences
      for (word, count) in zip(products, productCounts) {
        var weights: [Int32: Double] = [empty: fromEmpty[word] ?? 0]
        for (other, occurrences) in zip(givens, givenCounts) {
          let pair = forward ? [other, word] : [word, other]
          weights[other] = Double(occurrences) * (probabilities[pair] ?? 0)
        }
        let sum = weights.values.reduce(0, +)
        for (other, weight) in weights {
          if other == empty {
            emptyExpected[word, default: 0] += Double(count) * weight / sum
          } else {
            expected[forward ? [other, word] : [word, other], default: 0] +=
              Double(count) * weight / sum
          }
        }
      }
    }
    for pair in pairs {
      probabilities[pair] = (expected[pair] ?? 0) + Double(model.priorWeight) * (prior[pair] ?? 0)
    }
    normalize()
    let total = emptyExpected.values.reduce(0, +)
    for word in 0..<vocabulary { fromEmpty[word] = (emptyExpected[word] ?? 0) / total }
  }
  for pair in pairs {
    let count = expected[pair] ?? 0
    probabilities[pair]? *= count / (count + Double(model.discount))
  }
  return probabilities
}

@Suite struct `Learning from beads` {
  @Test(arguments: 0..<8)
  func `is Model 1 with prior counts and a discount`(_ seed: Int) throws {
    let pair = SmallPair(seed: UInt64(seed), source: 12, target: 12, words: 6)
    let examples = (0..<12).map { index -> DocumentModel.Example in
      let a = pair.evidence.source.range(index)
      let b = pair.evidence.target.range(index)
      return DocumentModel.Example(
        source: Array(pair.evidence.source.words[a]),
        sourceOccurrences: Array(pair.evidence.source.occurrences[a]),
        target: Array(pair.evidence.target.words[b]),
        targetOccurrences: Array(pair.evidence.target.occurrences[b]))
    }
    var forwardPrior: [[Int32]: Double] = [:]
    var backwardPrior: [[Int32]: Double] = [:]
    for s in 0..<pair.table.rowCount {
      for index in pair.table.row(s) {
        forwardPrior[[Int32(s), pair.table.targets[index]]] = Double(pair.table.forward[index])
        backwardPrior[[Int32(s), pair.table.targets[index]]] = Double(pair.table.backward[index])
      }
    }
    var model = DocumentModel()
    model.leastProbability = 0
    let learned = try model.learn(
      examples, known: pair.table, targetCount: pair.targetVocabulary.words.count,
      isCancelled: { false })
    let forward = slowModel(examples, prior: forwardPrior, model: model, forward: true)
    let backward = slowModel(examples, prior: backwardPrior, model: model, forward: false)
    #expect(!forward.isEmpty)
    for s in 0..<pair.table.rowCount {
      for t in 0..<pair.targetVocabulary.words.count {
        let key = [Int32(s), Int32(t)]
        let found = learned.probabilities(source: s, target: Int32(t))
        let p = max(forward[key] ?? 0, 0.8 * (forwardPrior[key] ?? 0))
        let q = max(backward[key] ?? 0, 0.8 * (backwardPrior[key] ?? 0))
        #expect(abs(Double(found.forward) - p) < 1e-4, "seed \(seed), \(key)")
        #expect(abs(Double(found.backward) - q) < 1e-4, "seed \(seed), \(key)")
      }
    }
  }
}

@Suite struct `A table of translations` {
  @Test func `keeps the strongest answer of each pair`() {
    let table = TranslationTable(
      [
        [
          LexicalEntry(source: 1, target: 3, forward: 0.2, backward: 0.5),
          LexicalEntry(source: 1, target: 0, forward: 0.1, backward: 0.1),
        ],
        [LexicalEntry(source: 1, target: 3, forward: 0.4, backward: 0.1)],
      ], rowCount: 3)
    #expect(table.count == 2)
    #expect(table.row(0).isEmpty && table.row(2).isEmpty)
    #expect(table.probabilities(source: 1, target: 3) == (0.4, 0.5))
    #expect(table.probabilities(source: 1, target: 2) == (0, 0))
  }

  @Test(arguments: 0..<10)
  func `is itself again when it is turned twice`(_ seed: Int) {
    let pair = SmallPair(seed: UInt64(seed), source: 10, target: 10)
    let count = pair.targetVocabulary.words.count
    let twice = pair.table.transposed(targetCount: count).transposed(
      targetCount: pair.table.rowCount)
    #expect(twice.rowStarts == pair.table.rowStarts)
    #expect(twice.targets == pair.table.targets)
    #expect(twice.forward == pair.table.forward)
    #expect(twice.backward == pair.table.backward)
  }

  @Test func `knows the logarithm`() {
    for exponent in stride(from: -30.0, through: 30, by: 0.37) {
      let x = Float(exp(exponent))
      #expect(abs(fastLog(x) - Float(exponent)) < 2e-5 * max(1, Float(abs(exponent))))
    }
  }
}
