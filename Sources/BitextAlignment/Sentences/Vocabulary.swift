/// The distinct words of one language in the texts at hand, numbered in the order of their first
/// appearance.
struct Vocabulary: Sendable {
  private(set) var words: [String] = []
  /// How often each word occurs, over all texts.
  private(set) var counts: [Int32] = []
  /// The number of all words, repetitions counted.
  private(set) var total = 0
  private var numbers: [String: Int32] = [:]

  /// Counts occurrences of a word and returns its number.
  mutating func add(_ word: String, times: Int32 = 1) -> Int32 {
    total += Int(times)
    if let number = numbers[word] {
      counts[Int(number)] += times
      return number
    }
    let number = Int32(words.count)
    numbers[word] = number
    words.append(word)
    counts.append(times)
    return number
  }

  /// The number of a word; `nil` when it does not occur.
  func number(of word: String) -> Int32? { numbers[word] }

  /// The share of a word among all words.
  func relativeFrequency(of number: Int32) -> Double {
    Double(counts[Int(number)]) / Double(max(total, 1))
  }
}

/// A text as an aligner sees it: for each sentence a bag of words and a length.
///
/// The bags lie one after the other in flat arrays; bag `i` is `offsets[i]..<offsets[i + 1]`, with
/// its words in ascending order of their numbers.
struct WordBags: Sendable {
  private(set) var offsets: [Int32] = [0]
  private(set) var words: [Int32] = []
  /// How often the word occurs in its bag.
  private(set) var occurrences: [Float] = []
  /// The number of words of each bag, repetitions counted.
  private(set) var tokenCounts: [Float] = []
  /// The length of each sentence in Unicode scalars.
  private(set) var lengths: [Double] = []

  init() {}

  /// The number of bags.
  var count: Int { lengths.count }

  func range(_ index: Int) -> Range<Int> { Int(offsets[index])..<Int(offsets[index + 1]) }

  /// Appends the bag of one sentence.
  ///
  /// - Parameters:
  ///   - tokens: The numbers of its words, in any order. Is sorted.
  ///   - length: The length of the sentence in Unicode scalars.
  mutating func append(_ tokens: inout [Int32], length: Double) {
    tokens.sort()
    var index = 0
    while index < tokens.count {
      var next = index + 1
      while next < tokens.count, tokens[next] == tokens[index] { next += 1 }
      words.append(tokens[index])
      occurrences.append(Float(next - index))
      index = next
    }
    offsets.append(Int32(words.count))
    tokenCounts.append(Float(tokens.count))
    lengths.append(length)
  }

  /// The bags of runs of sentences: one bag a run, empty for an empty run.
  func merged(_ runs: [Range<Int>]) -> WordBags {
    var result = WordBags()
    var tokens: [Int32] = []
    for run in runs {
      tokens.removeAll(keepingCapacity: true)
      var length = 0.0
      for index in run {
        length += lengths[index]
        for position in range(index) {
          for _ in 0..<Int(occurrences[position]) { tokens.append(words[position]) }
        }
      }
      result.append(&tokens, length: length)
    }
    return result
  }
}
