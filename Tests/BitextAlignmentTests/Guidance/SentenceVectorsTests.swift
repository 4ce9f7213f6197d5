import BitextCore
import Foundation
import Testing

@testable import BitextAlignment

/// Texts without any word in common and without a lexicon, and vectors that know which sentences belong
/// together.
private struct VectorSample {
  let texts: [SegmentedText]
  let vectors: SummedVectors
  let gold: [[Range<Int>]]

  private static let shapes =
    Array(repeating: (1, 1), count: 9) + [(1, 2), (1, 2), (2, 1), (2, 1), (1, 0), (0, 1)]

  /// - Parameter noise: How much of a vector is chance: 0 for none.
  init(seed: UInt64, beads: Int, noise: Float) {
    var generator = SeededGenerator(seed: seed)
    let dimension = 40
    func random() -> [Float] {
      (0..<dimension).map { _ in
        // The sum of uniform numbers is nearly normal.
        (0..<6).reduce(Float(0)) { sum, _ in sum + Float.random(in: -1...1, using: &generator) }
      }
    }
    var sentences: [[String]] = [[], []]
    var values: [[Float]] = [[], []]
    var gold: [[Range<Int>]] = []
    for _ in 0..<beads {
      let meaning = random()
      // Some sentences are split on one side, some have no partner.
      let shape = Self.shapes.randomElement(using: &generator)!
      let counts = [shape.0, shape.1]
      gold.append(
        counts.indices.map { sentences[$0].count..<(sentences[$0].count + counts[$0]) })
      for side in counts.indices {
        // Parts that together mean the whole.
        let part = random()
        for piece in 0..<counts[side] {
          let error = random()
          for component in 0..<dimension {
            let own: Float
            if counts[side] == 1 {
              own = meaning[component]
            } else {
              own = meaning[component] / 2 + (piece == 0 ? part[component] : -part[component]) / 2
            }
            values[side].append(own + noise * error[component])
          }
          sentences[side].append(String(repeating: "\(side == 0 ? "a" : "я")", count: 20))
        }
      }
    }
    texts = [
      SegmentedText(language: "en", sentences: sentences[0]),
      SegmentedText(language: "ru", sentences: sentences[1]),
    ]
    vectors = SummedVectors(values, dimension: dimension)
    self.gold = gold
  }

  /// The share of the gold beads with text on both sides that an alignment has.
  func recall(_ alignment: Alignment) -> Double {
    let wanted = gold.filter { !$0.contains(where: \.isEmpty) }
    let found = wanted.count { bead in alignment.units.contains { $0.ranges == bead } }
    return Double(found) / Double(wanted.count)
  }
}

@Suite struct `Vectors of sentences` {
  @Test func `align texts that share no word`() throws {
    let sample = VectorSample(seed: 3, beads: 60, noise: 0.3)
    let aligner = SentenceAligner(["en", "ru"])
    let without = sample.recall(try aligner.align(sample.texts))
    let guidance = AlignmentGuidance(
      vectors: sample.vectors, sentenceCounts: sample.texts.map(\.sentences.count))
    let with = sample.recall(try aligner.align(sample.texts, guidance: guidance))
    #expect(without < 0.6, "recall \(without) without vectors")
    #expect(with > 0.85, "recall \(with) with vectors")
  }

  @Test func `that know nothing change little`() throws {
    let sample = VectorSample(seed: 4, beads: 40, noise: 0)
    var generator = SeededGenerator(seed: 5)
    let counts = sample.texts.map(\.sentences.count)
    let chance = SummedVectors(
      counts.map { count in
        (0..<(count * 40)).map { _ in Float.random(in: -1...1, using: &generator) }
      }, dimension: 40)
    // Numbers tell which sentences belong together.
    let texts = sample.texts.enumerated().map { side, text in
      SegmentedText(
        language: text.language,
        sentences: text.sentences.indices.map { index in
          let bead = sample.gold.firstIndex { $0[side].contains(index) }!
          return "\(1000 + bead), \(5000 + 7 * bead)."
        })
    }
    let aligner = SentenceAligner(["en", "ru"])
    let without = sample.recall(try aligner.align(texts))
    let with = sample.recall(
      try aligner.align(
        texts, guidance: AlignmentGuidance(vectors: chance, sentenceCounts: counts)))
    #expect(with > without - 0.1, "\(with) with chance, \(without) without")
  }

  @Test func `come from the files that vecalign writes`() throws {
    let texts = [
      SegmentedText(language: "en", sentences: ["One.", "", "Two."]),
      SegmentedText(language: "es", sentences: ["Uno.", "Dos."]),
    ]
    let overlaps = [
      "One.\nBLANK_LINE\nTwo.\nOne. BLANK_LINE\n", "Uno.\nDos.\nUno. Dos.\n",
    ]
    func data(_ numbers: [Float]) -> Data {
      Data(
        numbers.flatMap { number in
          (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt32($0))) }
        })
    }
    let vectors = [data([1, 0, 0, 0, 0, 1, 0.5, 0.5]), data([1, 0, 0, 1, .nan, 1])]
    let found = try #require(OverlapVectors(texts: texts, overlaps: overlaps, vectors: vectors))
    #expect(found.dimension == 2)
    #expect(found.vectors(of: [0..<1, 2..<3, 0..<2], inText: 0) == [1, 0, 0, 1, 0.5, 0.5])
    #expect(found.vectors(of: [0..<2], inText: 1) == [0, 1], "a number that is none counts as 0")
    #expect(found.vectors(of: [1..<3], inText: 0) == [0, 0], "a run that is not listed has none")
    #expect(OverlapVectors(texts: texts, overlaps: overlaps, vectors: [vectors[0], Data()]) == nil)
    #expect(
      OverlapVectors(texts: texts, overlaps: overlaps, vectors: [vectors[0], data([1])]) == nil)
  }

  @Test func `serve three languages at once`() throws {
    let sample = VectorSample(seed: 9, beads: 30, noise: 0.3)
    let third = SegmentedText(language: "el", sentences: sample.texts[1].sentences)
    struct Shared: SentenceVectors {
      let pair: SummedVectors
      var dimension: Int { pair.dimension }
      func vectors(of runs: [Range<Int>], inText text: Int) -> [Float] {
        pair.vectors(of: runs, inText: min(text, 1))
      }
    }
    let texts = sample.texts + [third]
    let aligner = SentenceAligner(["en", "ru", "el"])
    let alignment = try aligner.align(
      texts,
      guidance: AlignmentGuidance(
        vectors: Shared(pair: sample.vectors), sentenceCounts: texts.map(\.sentences.count)))
    let same = alignment.units.count { $0.ranges[1] == $0.ranges[2] }
    #expect(Double(same) > 0.9 * Double(alignment.units.count))
  }
}
