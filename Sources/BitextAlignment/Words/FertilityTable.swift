/// How many target words a source word makes: the ratios P(k + 1) / P(k) that a sampler multiplies by.
///
/// Classes 0 to 7, where 7 stands for seven and more. The distribution of a word is smoothed with that
/// of the corpus.
struct FertilityTable: Sendable {
  static let classes = 8
  /// P(k + 1 | word) / P(k | word) at `word * 8 + k`; the last ratio is fixed.
  private(set) var ratios: [Float]

  /// - Parameter counts: For each word and class how many of its tokens have that many links.
  init(counts: [UInt32]) {
    let classes = Self.classes
    precondition(counts.count % classes == 0)
    var corpus = [Float](repeating: 0, count: classes)
    for (index, count) in counts.enumerated() { corpus[index % classes] += Float(count) }
    let total = max(1, corpus.reduce(0, +))
    ratios = [Float](repeating: 0, count: counts.count)
    for word in 0..<(counts.count / classes) {
      let first = word * classes
      var below = Float(counts[first]) + 2 * corpus[0] / total + 0.02
      for k in 0..<(classes - 1) {
        let above = Float(counts[first + k + 1]) + 2 * corpus[k + 1] / total + 0.02
        ratios[first + k] = above / below
        below = above
      }
      ratios[first + classes - 1] = 0.02
    }
  }
}
