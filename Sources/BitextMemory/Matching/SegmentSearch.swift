internal import BitextText

/// A query, cut and hashed once for all segments.
struct SearchQuery: Sendable {
  /// One distinct token.
  struct Token: Sendable {
    let hash: UInt64
    let range: Range<Int>
    let multiplicity: Int
  }

  let key: TokenKey
  /// The distinct tokens, in order of first sight.
  let tokens: [Token]
  /// For each token of the query its index in `tokens`.
  let sequence: [Int]
  let signature: UInt64

  init(_ key: TokenKey) {
    self.key = key
    var distinct = TokenVocabulary(capacity: key.count)
    var ranges: [Range<Int>] = []
    var multiplicities: [Int] = []
    var sequence: [Int] = []
    var signature: UInt64 = 0
    sequence.reserveCapacity(key.count)
    TokenReader.forEachToken(in: key.encoded.span) { bytes, range in
      let hash = XXH64.hash(bytes, range)
      let number = Int(distinct.number(bytes, range, hash: hash))
      if number == ranges.count {
        ranges.append(range)
        multiplicities.append(0)
        signature |= 1 << (hash >> 58)
      }
      multiplicities[number] += 1
      sequence.append(number)
    }
    tokens = ranges.indices.map {
      Token(hash: distinct.hashes[$0], range: ranges[$0], multiplicity: multiplicities[$0])
    }
    self.sequence = sequence
    self.signature = signature
  }

  /// The number of tokens.
  var count: Int { sequence.count }
}

/// The documents that were found so far, and the bar that a further one must reach.
struct SearchCollector {
  /// A document of one segment (or of the tail) and its score.
  struct Hit: Hashable {
    let score: Int
    let segment: Int
    let document: Int
  }

  /// The least text score to collect.
  let threshold: Int
  /// The number of units that the answer may hold.
  let limit: Int
  /// What penalties may take from the best: documents that far below them still matter.
  let slack: Int
  private(set) var hits: [Hit] = []
  private(set) var bar: Int
  /// The best units so far with their scores, best first, at most `limit`.
  private var best: [(score: Int, unit: Int64)] = []

  init(threshold: Int, limit: Int, slack: Int) {
    self.threshold = threshold
    self.limit = limit
    self.slack = slack
    bar = threshold
  }

  /// Takes a document; `units` are those of its entries that count, at most `limit` of them.
  mutating func collect(_ hit: Hit, units: [Int64]) {
    hits.append(hit)
    for unit in units {
      // A unit that is found through two variants is one answer.
      if let known = best.firstIndex(where: { $0.unit == unit }) {
        if best[known].score >= hit.score { continue }
        best.remove(at: known)
      } else if best.count == limit {
        guard let worst = best.last, worst.score < hit.score else { return }
        best.removeLast()
      }
      let place = best.firstIndex { $0.score < hit.score } ?? best.count
      best.insert((hit.score, unit), at: place)
    }
    if best.count == limit, let worst = best.last {
      bar = max(threshold, worst.score - slack)
    }
  }

  /// The documents that still reach the bar, best first; equal ones in an order of no meaning.
  var remaining: [Hit] {
    hits.filter { $0.score >= bar }.sorted {
      ($1.score, $0.segment, $0.document) < ($0.score, $1.segment, $1.document)
    }
  }
}

/// Memory that a search uses again and again.
struct SearchScratch {
  /// For each document of the segment the round in which it was last looked at.
  private(set) var rounds: [UInt16] = []
  private(set) var round: UInt16 = 0
  /// The tokens of the document that is compared.
  fileprivate var document = [UInt32](repeating: 0, count: TextScore.longestFuzzy)

  /// Begins a round over `documents` documents, none of which was looked at yet.
  mutating func begin(documents: Int) {
    if rounds.count < documents {
      rounds.append(contentsOf: repeatElement(0, count: documents - rounds.count))
    }
    if round == .max {
      for index in rounds.indices { rounds[index] = 0 }
      round = 0
    }
    round += 1
  }

  /// Whether the document is looked at for the first time in this round.
  @inline(__always)
  mutating func isFirst(_ document: Int) -> Bool {
    if rounds[document] == round { return false }
    rounds[document] = round
    return true
  }
}

/// Counters of one search, for `--explain` and for tests that the index is used at all.
public struct SearchStatistics: Sendable, Hashable {
  /// Posting lists that were read.
  public var lists = 0
  /// Postings that were read.
  public var postings = 0
  /// Documents whose distance was computed.
  public var distances = 0

  public init() {}
}

extension IndexSegment {
  /// Finds every document whose text score reaches the collector's bar.
  ///
  /// Nothing is missed. In an optimal alignment of a query of *n* tokens with a document of *m*, at most
  /// their common tokens *o* are kept, so the distance is at least max(n, m) − o. Posting lists are
  /// read rarest first; a document in none of the lists read so far shares at most the remaining
  /// occurrences `rest`, hence scores at most 100 · rest / n, and once that is under the bar no unseen
  /// document can reach it.
  ///
  /// Source: the prefix filter of Chaudhuri, Ganti & Kaushik 2006 and Bayardo, Ma & Srikant 2007.
  ///
  /// - Parameters:
  ///   - number: What the hits call this segment.
  ///   - allows: Whether an entry may be answered.
  func search(
    _ query: SearchQuery, number: Int, into collector: inout SearchCollector,
    scratch: inout SearchScratch, statistics: inout SearchStatistics,
    allows: (IndexEntry) -> Bool
  ) throws(DamagedIndex) {
    var known = BlockGuard(bytes)
    let lengthStartsBuffer = unsafe words(.lengthStarts)
    let lengthStarts = unsafe lengthStartsBuffer.span
    let n = query.count
    guard n > 0 else {
      // Only an empty key equals an empty key.
      for document in 0..<Int(lengthStarts[1]) {
        try collect(document, 100, number, into: &collector, &known, allows)
      }
      return
    }
    let basesBuffer = unsafe words(.tokenBases)
    let offsetsBuffer = unsafe halves(.tokenOffsets)
    let tokensBuffer = unsafe octets(.tokens)
    let signaturesBuffer = unsafe longs(.signatures)
    let postingsBuffer = unsafe octets(.postings)
    let bases = unsafe basesBuffer.span
    let offsets = unsafe offsetsBuffer.span
    let tokens = unsafe tokensBuffer.span
    let signatures = unsafe signaturesBuffer.span
    let postings = unsafe postingsBuffer.span
    let tokensStart = start(.tokens)

    var numbers: [UInt32] = []
    var lists: [(index: Int, list: PostingList)] = []
    numbers.reserveCapacity(query.tokens.count)
    lists.reserveCapacity(query.tokens.count)
    // Tokens that no document holds come first: they only lower what the others can reach.
    var rest = n
    for index in query.tokens.indices {
      let token = try tokenNumber(query.tokens[index], in: query.key, &known)
      numbers.append(token)
      if token == TokenPattern.unknown {
        rest -= query.tokens[index].multiplicity
      } else {
        lists.append((index, try postingList(token, &known)))
      }
    }
    if 100 * rest < collector.bar * n { return }
    lists.sort {
      // Rarest first, by documents per occurrence that they settle.
      ($0.list.count * query.tokens[$1.index].multiplicity, $0.index)
        < ($1.list.count * query.tokens[$0.index].multiplicity, $1.index)
    }
    var pattern = TokenPattern(query.sequence.map { numbers[$0] })
    scratch.begin(documents: documentCount)
    let signature = query.signature
    for (index, list) in lists {
      var bar = collector.bar
      if 100 * rest < bar * n { break }
      rest -= query.tokens[index].multiplicity
      statistics.lists += 1
      let shortest = (bar * n + 99) / 100
      let furthest = min(100 * n / bar, TextScore.longestFuzzy)
      guard shortest <= furthest else { continue }
      let window = lengthStarts[shortest]..<lengthStarts[furthest + 1]
      if window.isEmpty { continue }
      let stretch = try list.stretch(
        postings, window: window, sectionStart: start(.postings), &known)
      try known.check(start(.signatures) + 8 * Int(window.lowerBound), 8 * window.count)
      var place = stretch.place
      var document = stretch.before
      var left = stretch.count
      // Documents ascend with their token count, so the count is followed, not looked up.
      var m = shortest
      var nextLength = lengthStarts[m + 1]
      var longer = max(n, m)
      var limit = TextScore.largestDistance(percent: bar, longer: longer)
      while left > 0 {
        left &-= 1
        document = document &+ 1 &+ PackedNumber.read(postings, &place)
        if document < window.lowerBound { continue }
        if document >= window.upperBound { break }
        statistics.postings &+= 1
        if document >= nextLength {
          repeat {
            m &+= 1
            nextLength = lengthStarts[m &+ 1]
          } while document >= nextLength
          longer = max(n, m)
          limit = TextScore.largestDistance(percent: bar, longer: longer)
        }
        let other = signatures[Int(document)]
        // Tokens whose bit the other side lacks are kept by no alignment.
        guard (signature & ~other).nonzeroBitCount <= limit &- (longer &- n),
          (other & ~signature).nonzeroBitCount <= limit &- (longer &- m),
          scratch.isFirst(Int(document))
        else { continue }
        statistics.distances &+= 1
        var token =
          Int(document) < facts.wideFrom
          ? Int(bases[Int(document) &>> 4]) &+ Int(offsets[Int(document)])
          : tokenStart(Int(document))
        try known.check(tokensStart &+ token, 5 &* m)
        var words = scratch.document.mutableSpan
        for index in 0..<m { words[index] = PackedNumber.read(tokens, &token) }
        let distance = pattern.distance(to: scratch.document.span, 0..<m, limit: limit)
        guard distance <= limit else { continue }
        try collect(
          Int(document), TextScore.percent(distance: distance, longer: longer), number,
          into: &collector, &known, allows)
        if collector.bar != bar {
          bar = collector.bar
          limit = TextScore.largestDistance(percent: bar, longer: longer)
        }
      }
    }
  }

  /// Hands a document over with its units that may be answered, if there are any.
  private func collect(
    _ document: Int, _ score: Int, _ number: Int, into collector: inout SearchCollector,
    _ known: inout BlockGuard, _ allows: (IndexEntry) -> Bool
  ) throws(DamagedIndex) {
    var units: [Int64] = []
    let limit = collector.limit
    try entries(ofDocument: document, &known) { entry in
      if allows(entry) { units.append(entry.unit) }
      return units.count < limit
    }
    if units.isEmpty { return }
    collector.collect(.init(score: score, segment: number, document: document), units: units)
  }

  /// The number of a query's token here; ``TokenPattern/unknown`` when no document holds it.
  func tokenNumber(
    _ token: SearchQuery.Token, in key: TokenKey, _ known: inout BlockGuard
  ) throws(DamagedIndex) -> UInt32 {
    try tokenNumber(hash: token.hash, bytes: key.encoded.span, token.range, &known)
  }

  /// The number of the token with these bytes; ``TokenPattern/unknown`` when no document holds it.
  func tokenNumber(
    hash: UInt64, bytes token: Span<UInt8>, _ range: Range<Int>, _ known: inout BlockGuard
  ) throws(DamagedIndex) -> UInt32 {
    let placesBuffer = unsafe words(.vocabularyPlaces)
    let basesBuffer = unsafe words(.vocabularyBases)
    let bytesBuffer = unsafe octets(.vocabulary)
    let places = unsafe placesBuffer.span
    let bases = unsafe basesBuffer.span
    let vocabulary = unsafe bytesBuffer.span
    let placesStart = start(.vocabularyPlaces)
    let bytesStart = start(.vocabulary)
    var place = Self.place(hash, of: places.count)
    while true {
      try known.check(placesStart &+ 4 &* place, 4)
      let tagged = places[place]
      if tagged == .max { return TokenPattern.unknown }
      if tagged &>> 26 == UInt32(truncatingIfNeeded: hash & 63) {
        let number = tagged & 0x3FF_FFFF
        var start = Int(bases[Int(number &>> 3)])
        for _ in 0..<(number & 7) {
          try known.check(bytesStart &+ start, 5)
          let size = Int(PackedNumber.read(vocabulary, &start))
          start &+= size
        }
        try known.check(bytesStart &+ start, 5)
        let size = Int(PackedNumber.read(vocabulary, &start))
        if size == range.count {
          try known.check(bytesStart &+ start, size)
          var offset = 0
          while offset < size, vocabulary[start + offset] == token[range.lowerBound + offset] {
            offset += 1
          }
          if offset == size { return number }
        }
      }
      place = place + 1 == places.count ? 0 : place + 1
    }
  }

  /// The documents that hold a token.
  func postingList(
    _ token: UInt32, _ known: inout BlockGuard
  ) throws(DamagedIndex) -> PostingList {
    let basesBuffer = unsafe words(.postingBases)
    let bytesBuffer = unsafe octets(.postings)
    let bases = unsafe basesBuffer.span
    let bytes = unsafe bytesBuffer.span
    let sectionStart = start(.postings)
    var place = Int(bases[Int(token &>> 3)])
    for _ in 0..<(token & 7) {
      try known.check(sectionStart &+ place, 16)
      _ = PostingList(bytes, &place)
    }
    try known.check(sectionStart &+ place, 16)
    return PostingList(bytes, &place)
  }
}
