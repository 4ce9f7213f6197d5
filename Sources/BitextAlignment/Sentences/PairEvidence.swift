internal import Foundation

/// Two texts and what is known of their words, laid out for the scoring of beads.
struct PairEvidence: Sendable {
  let source: WordBags
  let target: WordBags
  let table: TranslationTable
  /// Length of the target text over that of the source text.
  let lengthRatio: Double
  let sourceSide: Side
  let targetSide: Side
  /// The number of words of the target vocabulary.
  let targetWordCount: Int
  /// Where paragraphs begin on both sides; `nil` when that is not known.
  let paragraphs: Paragraphs?
  /// What a user or a host program knows of the beads; `nil` when nothing.
  var guidance: PairGuidance?

  /// The words of one side that take part: those of which something is known.
  struct Side: Sendable {
    /// Sentence `i` owns the positions `offsets[i]..<offsets[i + 1]`.
    var offsets: [Int32] = [0]
    var words: [Int32] = []
    /// Coverage of the word times its occurrences in the sentence.
    var weights: [Float] = []
    /// How often the word occurs in the sentence.
    var occurrences: [Float] = []
    /// One over the word's relative frequency in the texts at hand.
    var rarity: [Float] = []
    /// The sum of the weights of each sentence.
    var totals: [Float] = []
    /// Sums of the lengths before each sentence, in Unicode scalars.
    var lengths: [Double] = [0]
    /// Sums of the words before each sentence.
    var tokens: [Float] = []

    init(_ bags: WordBags, coverage: [Float], vocabulary: Vocabulary) {
      tokens = bags.tokenCounts
      for sentence in 0..<bags.count {
        var total: Float = 0
        for position in bags.range(sentence) {
          let word = bags.words[position]
          guard coverage[Int(word)] > 0 else { continue }
          let weight = coverage[Int(word)] * bags.occurrences[position]
          words.append(word)
          weights.append(weight)
          occurrences.append(bags.occurrences[position])
          rarity.append(Float(1 / vocabulary.relativeFrequency(of: word)))
          total += weight
        }
        offsets.append(Int32(words.count))
        totals.append(total)
        lengths.append(lengths[sentence] + bags.lengths[sentence])
      }
    }

    func range(_ sentence: Int) -> Range<Int> {
      Int(offsets[sentence])..<Int(offsets[sentence + 1])
    }
  }

  /// Where the paragraphs of two texts begin.
  struct Paragraphs: Sendable {
    /// How many paragraphs begin before each sentence, and after the last one.
    private let sourceCounts: [Int32]
    private let targetCounts: [Int32]

    /// `nil` when a side has no more than one paragraph.
    init?(source: [Int], sourceCount: Int, target: [Int], targetCount: Int) {
      guard source.count > 1, target.count > 1 else { return nil }
      func counts(_ starts: [Int], _ count: Int) -> [Int32] {
        var counts = [Int32](repeating: 0, count: count + 1)
        for start in starts { counts[start + 1] += 1 }
        for index in 0..<count { counts[index + 1] += counts[index] }
        return counts
      }
      sourceCounts = counts(source, sourceCount)
      targetCounts = counts(target, targetCount)
    }

    /// What a bead gains where its end is a paragraph's end on both sides, less what it loses when a
    /// paragraph begins inside: soft evidence, never a wall.
    func bonus(source: Range<Int>, target: Range<Int>) -> Float {
      var bonus: Float = 0
      if begins(sourceCounts, source.upperBound), begins(targetCounts, target.upperBound) {
        bonus += 1
      }
      if source.count > 1,
        sourceCounts[source.upperBound] > sourceCounts[source.lowerBound + 1]
      {
        bonus -= 1
      }
      if target.count > 1,
        targetCounts[target.upperBound] > targetCounts[target.lowerBound + 1]
      {
        bonus -= 1
      }
      return bonus
    }

    private func begins(_ counts: [Int32], _ sentence: Int) -> Bool {
      sentence + 1 < counts.count && counts[sentence + 1] > counts[sentence]
    }
  }

  init(
    source: WordBags, target: WordBags, table: TranslationTable, sourceVocabulary: Vocabulary,
    targetVocabulary: Vocabulary, paragraphs: Paragraphs? = nil
  ) {
    self.paragraphs = paragraphs
    self.source = source
    self.target = target
    self.table = table
    let coverage = table.coverage(targetCount: targetVocabulary.words.count)
    sourceSide = Side(source, coverage: coverage.source, vocabulary: sourceVocabulary)
    targetSide = Side(target, coverage: coverage.target, vocabulary: targetVocabulary)
    targetWordCount = targetVocabulary.words.count
    let sourceLength = sourceSide.lengths.last ?? 0
    let targetLength = targetSide.lengths.last ?? 0
    // A side without text has no ratio; any finite one will do.
    lengthRatio = sourceLength > 0 && targetLength > 0 ? targetLength / sourceLength : 1
  }
}
