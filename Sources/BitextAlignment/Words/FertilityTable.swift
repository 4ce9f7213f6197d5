/// How many target words a source word makes: the ratios P(k + 1) / P(k) that a sampler multiplies by.
///
/// Classes 0 to 7, where 7 stands for seven and more. The distribution of a word is smoothed with that
/// of the corpus.
struct FertilityTable: Sendable {
  static let classes = 8
  /// P(k + 1 | word) / P(k | word) at `word * 8 + k`; the last ratio is fixed.
  private(set) var ratios: [Float]

  /// - Parameters:
  ///   - counts: For each word and class how many of its tokens have that many links.
  ///   - known: The same as known beforehand, as real numbers; empty when nothing is.
  init(counts: [UInt32], known: [Float] = []) {
    let classes = Self.classes
    precondition(counts.count % classes == 0 && (known.isEmpty || known.count == counts.count))
    var corpus = [Float](repeating: 0, count: classes)
    for (index, count) in counts.enumerated() { corpus[index % classes] += Float(count) }
    for (index, count) in known.enumerated() { corpus[index % classes] += count }
    let total = max(1, corpus.reduce(0, +))
    ratios = [Float](repeating: 0, count: counts.count)
    for word in 0..<(counts.count / classes) {
      let first = word * classes
      func share(_ k: Int) -> Float {
        Float(counts[first + k]) + (known.isEmpty ? 0 : known[first + k]) + 2 * corpus[k] / total
          + 0.02
      }
      var below = share(0)
      for k in 0..<(classes - 1) {
        let above = share(k + 1)
        ratios[first + k] = above / below
        below = above
      }
      ratios[first + classes - 1] = 0.02
    }
  }

  /// What a model knows of the words, as counts: `weight` for each word that it knows.
  ///
  /// Its last class, three and more, is shared out to three and four.
  static func counts(_ words: [LinkParameters.Word], weight: Float) -> [Float] {
    var counts = [Float](repeating: 0, count: words.count * classes)
    for (index, word) in words.enumerated() {
      let first = index * classes
      counts[first] = weight * word.shares[0]
      counts[first + 1] = weight * word.shares[1]
      counts[first + 2] = weight * word.shares[2]
      counts[first + 3] = weight * word.shares[3] * 0.75
      counts[first + 4] = weight * word.shares[3] * 0.25
    }
    return counts
  }
}
