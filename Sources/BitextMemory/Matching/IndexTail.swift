internal import BitextText

/// What was saved since the last segment: scanned, so that a unit is found the moment it is saved.
struct IndexTail: Sendable {
  private(set) var entries: [IndexEntry] = []
  private(set) var vocabulary = TokenVocabulary()
  private(set) var starts: [UInt32] = [0]
  private(set) var tokens: [UInt32] = []
  private var signatures: [UInt64] = []
  private var keys: [TokenKey] = []

  /// The number of variants.
  var count: Int { entries.count }

  /// The bits of a variant's tokens.
  func signature(_ document: Int) -> UInt64 { signatures[document] }

  mutating func append(_ key: TokenKey, _ entry: IndexEntry) {
    var signature: UInt64 = 0
    TokenReader.forEachToken(in: key.encoded.span) { bytes, range in
      let hash = XXH64.hash(bytes, range)
      tokens.append(vocabulary.number(bytes, range, hash: hash))
      signature |= 1 << (hash >> 58)
    }
    starts.append(UInt32(tokens.count))
    signatures.append(signature)
    entries.append(entry)
    keys.append(key)
  }

  /// A builder that holds the variants of the tail, but for those that ended.
  func builder(except ended: Set<Int64>) -> IndexSegmentBuilder {
    var builder = IndexSegmentBuilder(expectedVariants: count)
    for (key, entry) in zip(keys, entries) where !ended.contains(entry.revision) {
      builder.add(key, entry)
    }
    return builder
  }

  /// Compares the query with every variant.
  func search(
    _ query: SearchQuery, number: Int, into collector: inout SearchCollector,
    statistics: inout SearchStatistics, countsUnits: (Int) -> [Int64]
  ) {
    guard count > 0 else { return }
    let n = query.count
    var numbers: [UInt32] = []
    for token in query.tokens {
      numbers.append(vocabulary.find(query.key.encoded.span, token.range, hash: token.hash))
    }
    var pattern = TokenPattern(query.sequence.map { numbers[$0] })
    let starts = starts.span
    let signatures = signatures.span
    let tokens = tokens.span
    for document in 0..<count {
      let start = Int(starts[document])
      let m = Int(starts[document + 1]) - start
      if m > TextScore.longestFuzzy || (n == 0) != (m == 0) { continue }
      let longer = max(n, m)
      let limit = TextScore.largestDistance(percent: collector.bar, longer: longer)
      let signature = signatures[document]
      guard (query.signature & ~signature).nonzeroBitCount <= limit - (longer - n),
        (signature & ~query.signature).nonzeroBitCount <= limit - (longer - m)
      else { continue }
      statistics.distances += 1
      let distance = pattern.distance(to: tokens, start..<(start + m), limit: limit)
      guard distance <= limit else { continue }
      let units = countsUnits(document)
      guard !units.isEmpty else { continue }
      collector.collect(
        .init(
          score: TextScore.percent(distance: distance, longer: longer), segment: number,
          document: document), units: units)
    }
  }
}
