internal import BitextCore
internal import BitextText

/// An optimal alignment of the tokens of two texts, for the differences that a match shows.
struct TokenAlignment: Sendable {
  /// One column: a token of the query, of the source, or one of each.
  struct Column: Hashable {
    let query: Int?
    let source: Int?
  }

  /// The columns, in order.
  let columns: [Column]
  /// The number of columns that are not two equal tokens.
  let distance: Int

  /// Aligns two sequences of token numbers.
  ///
  /// - Complexity: O(*n* · *m*) time and memory after common ends are set aside.
  init(query: [UInt32], source: [UInt32]) {
    var prefix = 0
    while prefix < query.count, prefix < source.count, query[prefix] == source[prefix] {
      prefix += 1
    }
    var suffix = 0
    while suffix < query.count - prefix, suffix < source.count - prefix,
      query[query.count - 1 - suffix] == source[source.count - 1 - suffix]
    {
      suffix += 1
    }
    let n = query.count - prefix - suffix
    let m = source.count - prefix - suffix
    // costs[i][j]: the distance of the first i tokens of the one and j of the other.
    let width = m + 1
    var costs = [UInt16](repeating: 0, count: (n + 1) * width)
    for j in 0...m { costs[j] = UInt16(j) }
    if n > 0 {
      for i in 1...n {
        costs[i * width] = UInt16(i)
        guard m > 0 else { continue }
        for j in 1...m {
          let change: UInt16 = query[prefix + i - 1] == source[prefix + j - 1] ? 0 : 1
          costs[i * width + j] = min(
            costs[(i - 1) * width + j - 1] + change, costs[(i - 1) * width + j] + 1,
            costs[i * width + j - 1] + 1)
        }
      }
    }
    distance = Int(costs[n * width + m])
    var middle: [Column] = []
    var (i, j) = (n, m)
    while i > 0 || j > 0 {
      let here = costs[i * width + j]
      if i > 0, j > 0 {
        let change: UInt16 = query[prefix + i - 1] == source[prefix + j - 1] ? 0 : 1
        if costs[(i - 1) * width + j - 1] + change == here {
          (i, j) = (i - 1, j - 1)
          middle.append(Column(query: prefix + i, source: prefix + j))
          continue
        }
      }
      if i > 0, costs[(i - 1) * width + j] + 1 == here {
        i -= 1
        middle.append(Column(query: prefix + i, source: nil))
      } else {
        j -= 1
        middle.append(Column(query: nil, source: prefix + j))
      }
    }
    columns =
      (0..<prefix).map { Column(query: $0, source: $0) } + middle.reversed()
      + (0..<suffix).map {
        Column(query: query.count - suffix + $0, source: source.count - suffix + $0)
      }
  }
}

/// A text with its tokens, their places and their numbers.
struct LocatedTokens: Sendable {
  let text: String
  let bytes: [UInt8]
  let located: TokenKey.Located
  let numbers: [UInt32]

  /// Equal tokens get equal numbers in all texts that share a vocabulary.
  init(_ text: String, _ vocabulary: inout TokenVocabulary) {
    self.text = text
    bytes = Array(text.utf8)
    let located = TokenKey.located(in: text)
    self.located = located
    var numbers: [UInt32] = []
    numbers.reserveCapacity(located.key.count)
    TokenReader.forEachToken(in: located.key.encoded.span) { token, range in
      numbers.append(vocabulary.number(token, range, hash: XXH64.hash(token, range)))
    }
    self.numbers = numbers
  }

  /// The bytes of a token.
  func token(_ index: Int) -> ArraySlice<UInt8> {
    let span = located.spans[index]
    return bytes[span.range]
  }

  /// The bytes between a token and the next one.
  func gap(after index: Int) -> ArraySlice<UInt8> {
    let start = Int(located.spans[index].end)
    return bytes[start..<max(start, Int(located.spans[index + 1].start))]
  }
}
