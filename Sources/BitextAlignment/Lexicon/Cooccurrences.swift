/// The pairs of words that stand together in some pair of segments, numbered row by row, and the
/// number of each pair of tokens.
///
/// A pair that is seen together only once is kept when both words are rare: with a frequent word
/// beside it, once is chance. That alone takes away most pairs.
struct Cooccurrences {
  /// For each first word, where its pairs begin; a last one for the end.
  private(set) var rows: [Int] = [0]
  /// The second word of each pair, ascending within a row.
  private(set) var columns: [Int32] = []
  /// For each pair of segments, where its links begin; a last one for the end.
  private(set) var linkStarts: [Int] = [0]
  /// For each pair of segments, row by row, the numbers of its pairs of tokens.
  private(set) var links: [UInt32]

  /// The sum of both words' counts up to which a single meeting is kept.
  private static let rareSum = 8.0

  init(_ corpus: LexiconCorpus) {
    linkStarts.reserveCapacity(corpus.pairCount + 1)
    for index in 0..<corpus.pairCount {
      let size = corpus.first.segment(index).count * corpus.second.segment(index).count
      linkStarts.append((linkStarts.last ?? 0) + size)
    }
    links = Array(repeating: TranslationModel.none, count: linkStarts.last ?? 0)

    let occurrences = Occurrences(corpus)
    var meetings = [Int32](repeating: 0, count: corpus.second.words.count)
    var lastSegment = [Int32](repeating: -1, count: corpus.second.words.count)
    var numbers = [UInt32](repeating: TranslationModel.none, count: corpus.second.words.count)
    var met: [Int32] = []
    for word in corpus.first.words.indices {
      met.removeAll(keepingCapacity: true)
      for (segment, _) in occurrences.of(word) {
        for token in corpus.second.tokens[corpus.second.segment(segment)] {
          let second = Int(token)
          if lastSegment[second] == Int32(segment) { continue }
          lastSegment[second] = Int32(segment)
          if meetings[second] == 0 { met.append(token) }
          meetings[second] += 1
        }
      }
      met.sort()
      for token in met {
        let second = Int(token)
        let sum = corpus.first.counts[word] + corpus.second.counts[second]
        if meetings[second] > 1 || sum <= Self.rareSum {
          numbers[second] = UInt32(columns.count)
          columns.append(token)
        }
        meetings[second] = 0
      }
      for (segment, position) in occurrences.of(word) {
        let range = corpus.second.segment(segment)
        var link = linkStarts[segment] + position * range.count
        for token in corpus.second.tokens[range] {
          links[link] = numbers[Int(token)]
          link += 1
        }
      }
      for token in met {
        numbers[Int(token)] = TranslationModel.none
        lastSegment[Int(token)] = -1
      }
      rows.append(columns.count)
    }
  }
}

/// Where each word of the first language stands: an inverted index by counting.
private struct Occurrences {
  private var starts: [Int]
  private var places: [(segment: Int32, position: Int32)]

  init(_ corpus: LexiconCorpus) {
    let tokens = corpus.first.tokens
    starts = Array(repeating: 0, count: corpus.first.words.count + 1)
    for token in tokens { starts[Int(token) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    places = Array(repeating: (0, 0), count: tokens.count)
    var next = starts
    for segment in 0..<corpus.pairCount {
      let range = corpus.first.segment(segment)
      for index in range {
        let word = Int(tokens[index])
        places[next[word]] = (Int32(segment), Int32(index - range.lowerBound))
        next[word] += 1
      }
    }
  }

  func of(_ word: Int) -> some Sequence<(Int, Int)> {
    places[starts[word]..<starts[word + 1]].lazy.map { (Int($0.segment), Int($0.position)) }
  }
}
