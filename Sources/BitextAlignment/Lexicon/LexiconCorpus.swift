/// Pairs of segments as numbers of words, in flat arrays.
struct LexiconCorpus: Sendable {
  /// One language's half.
  struct Side: Sendable {
    /// The words, in the order of their first appearance.
    private(set) var words: [String] = []
    /// How often each occurs.
    private(set) var counts: [Double] = []
    /// The words of all segments, one segment after the other.
    private(set) var tokens: [Int32] = []
    /// Where each segment begins in `tokens`, and where the last ends.
    private(set) var starts: [Int] = [0]
    /// Tokens that were added, in all.
    private(set) var total = 0.0
    private var numbers: [String: Int32] = [:]

    func segment(_ index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

    mutating func add(_ segment: [String]) {
      for word in segment {
        let number: Int32
        if let known = numbers[word] {
          number = known
        } else {
          number = Int32(words.count)
          numbers[word] = number
          words.append(word)
          counts.append(0)
        }
        counts[Int(number)] += 1
        tokens.append(number)
      }
      total += Double(segment.count)
      starts.append(tokens.count)
    }

    /// A side with the words of `other` that are frequent enough, renumbered, and no segment yet.
    init(wordsOf other: Side, minimumCount: Int) {
      var renumbered = [Int32](repeating: -1, count: other.words.count)
      for index in other.words.indices where other.counts[index] >= Double(minimumCount) {
        renumbered[index] = Int32(words.count)
        words.append(other.words[index])
        counts.append(other.counts[index])
      }
      self.renumbered = renumbered
      total = other.total
    }

    init() {}

    fileprivate private(set) var renumbered: [Int32] = []

    fileprivate mutating func append(_ segment: some Sequence<Int32>) {
      tokens.append(contentsOf: segment)
      starts.append(tokens.count)
    }
  }

  private(set) var first = Side()
  private(set) var second = Side()
  /// How often each pair counts.
  private(set) var weights: [Float] = []

  var pairCount: Int { weights.count }

  mutating func add(_ firstTokens: [String], _ secondTokens: [String], weight: Float) {
    first.add(firstTokens)
    second.add(secondTokens)
    weights.append(weight)
  }

  /// The corpus without rare words and the ends of long segments; pairs with an empty side are gone.
  func reduced(minimumCount: Int, maximumTokens: Int) -> LexiconCorpus {
    var result = LexiconCorpus()
    result.first = Side(wordsOf: first, minimumCount: minimumCount)
    result.second = Side(wordsOf: second, minimumCount: minimumCount)
    for index in 0..<pairCount {
      let (one, two) = (first.segment(index), second.segment(index))
      let longest = max(one.count, two.count)
      // Both sides are cut at the same share, so that what is left still belongs together.
      func kept(_ range: Range<Int>) -> Range<Int> {
        guard longest > maximumTokens else { return range }
        let count = (range.count * maximumTokens + longest - 1) / longest
        return range.prefix(count)
      }
      let left = first.tokens[kept(one)].map { result.first.renumbered[Int($0)] }
      let right = second.tokens[kept(two)].map { result.second.renumbered[Int($0)] }
      guard left.contains(where: { $0 >= 0 }), right.contains(where: { $0 >= 0 }) else { continue }
      result.first.append(left.lazy.filter { $0 >= 0 })
      result.second.append(right.lazy.filter { $0 >= 0 })
      result.weights.append(weights[index])
    }
    return result
  }
}
