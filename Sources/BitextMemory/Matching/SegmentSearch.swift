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
  ///   - countsUnits: The units of a document that may be answered; none when it is to be passed over.
  func search(
    _ query: SearchQuery, number: Int, into collector: inout SearchCollector,
    scratch: inout SearchScratch, statistics: inout SearchStatistics,
    countsUnits: (Int) -> [Int64]
  ) {
    let lengthStartsBuffer = unsafe words(.lengthStarts)
    let lengthStarts = unsafe lengthStartsBuffer.span
    let n = query.count
    guard n > 0 else {
      // Only an empty key equals an empty key.
      let end = documentCount == 0 ? 0 : Int(lengthStarts[1])
      for document in 0..<end {
        let units = countsUnits(document)
        if !units.isEmpty {
          collector.collect(.init(score: 100, segment: number, document: document), units: units)
        }
      }
      return
    }
    let tokenStartsBuffer = unsafe words(.tokenStarts)
    let tokensBuffer = unsafe words(.tokens)
    let signaturesBuffer = unsafe longs(.signatures)
    let postingStartsBuffer = unsafe words(.postingStarts)
    let postingsBuffer = unsafe words(.postings)
    let tokenStarts = unsafe tokenStartsBuffer.span
    let tokens = unsafe tokensBuffer.span
    let signatures = unsafe signaturesBuffer.span
    let postingStarts = unsafe postingStartsBuffer.span
    let postings = unsafe postingsBuffer.span

    let numbers = query.tokens.map { tokenNumber($0, in: query.key) }
    var pattern = TokenPattern(query.sequence.map { numbers[$0] })
    let lists = query.tokens.indices.map { index -> (index: Int, count: Int) in
      let token = numbers[index]
      guard token != TokenPattern.unknown else { return (index, 0) }
      return (index, Int(postingStarts[Int(token) + 1] - postingStarts[Int(token)]))
    }.sorted {
      // Rarest first, by documents per occurrence that they settle.
      ($0.count * query.tokens[$1.index].multiplicity, $0.index)
        < ($1.count * query.tokens[$0.index].multiplicity, $1.index)
    }
    scratch.begin(documents: documentCount)
    var rest = n
    for list in lists {
      var bar = collector.bar
      if 100 * rest < bar * n { break }
      rest -= query.tokens[list.index].multiplicity
      if list.count == 0 { continue }
      statistics.lists += 1
      let shortest = (bar * n + 99) / 100
      let furthest = min(100 * n / bar, longest, TextScore.longestFuzzy)
      guard shortest <= furthest else { continue }
      let window = lengthStarts[shortest]..<lengthStarts[furthest + 1]
      let token = Int(numbers[list.index])
      let end = Int(postingStarts[token + 1])
      var place = Self.lowerBound(
        of: window.lowerBound, in: postings, Int(postingStarts[token])..<end)
      // Documents ascend with their token count, so the count is followed, not looked up.
      var m = shortest
      while place < end {
        let document = postings[place]
        place &+= 1
        guard document < window.upperBound else { break }
        statistics.postings &+= 1
        while document >= lengthStarts[m + 1] { m &+= 1 }
        let longer = max(n, m)
        let limit = TextScore.largestDistance(percent: bar, longer: longer)
        let signature = signatures[Int(document)]
        // Tokens whose bit the other side lacks are kept by no alignment.
        guard (query.signature & ~signature).nonzeroBitCount <= limit &- (longer &- n),
          (signature & ~query.signature).nonzeroBitCount <= limit &- (longer &- m),
          scratch.isFirst(Int(document))
        else { continue }
        statistics.distances &+= 1
        let start = Int(tokenStarts[Int(document)])
        let distance = pattern.distance(to: tokens, start..<(start &+ m), limit: limit)
        guard distance <= limit else { continue }
        let units = countsUnits(Int(document))
        guard !units.isEmpty else { continue }
        collector.collect(
          .init(
            score: TextScore.percent(distance: distance, longer: longer), segment: number,
            document: Int(document)), units: units)
        bar = collector.bar
      }
    }
  }

  /// The number of a query's token here; ``TokenPattern/unknown`` when no document holds it.
  func tokenNumber(_ token: SearchQuery.Token, in key: TokenKey) -> UInt32 {
    tokenNumber(hash: token.hash, bytes: key.encoded.span, token.range)
  }

  /// The number of the token with these bytes; ``TokenPattern/unknown`` when no document holds it.
  func tokenNumber(hash: UInt64, bytes token: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let placesBuffer = unsafe words(.vocabularyPlaces)
    let hashesBuffer = unsafe longs(.vocabularyHashes)
    let startsBuffer = unsafe words(.vocabularyStarts)
    let bytesBuffer = unsafe octets(.vocabularyBytes)
    let places = unsafe placesBuffer.span
    let hashes = unsafe hashesBuffer.span
    let starts = unsafe startsBuffer.span
    let vocabulary = unsafe bytesBuffer.span
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while true {
      let number = places[place]
      if number == .max { return TokenPattern.unknown }
      if hashes[Int(number)] == hash {
        let start = Int(starts[Int(number)])
        if Int(starts[Int(number) + 1]) - start == range.count {
          var offset = 0
          while offset < range.count,
            vocabulary[start + offset] == token[range.lowerBound + offset]
          {
            offset += 1
          }
          if offset == range.count { return number }
        }
      }
      place = (place + 1) & (places.count - 1)
    }
  }

  /// The first place in `range` whose posting is not below `document`.
  private static func lowerBound(
    of document: UInt32, in postings: Span<UInt32>, _ range: Range<Int>
  ) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low &+ high) / 2
      if postings[middle] < document { low = middle &+ 1 } else { high = middle }
    }
    return low
  }
}
