internal import BitextText

/// The index of one language: immutable segments, and the tail of what was saved after them.
///
/// A value: a look-up takes a copy and is not disturbed by what is saved meanwhile.
struct LanguageIndex: Sendable {
  private(set) var segments: [IndexSegment] = []
  private(set) var tail = IndexTail()
  /// Revisions that ended after their segment was made.
  private(set) var ended: Set<Int64> = []
  /// The last revision that the segments hold.
  private(set) var sealedRevision: Int64 = 0
  /// The last revision that the index holds.
  private(set) var lastRevision: Int64 = 0

  /// Whether inline codes stand in any of the texts.
  private(set) var hasCodes = false

  /// The number of indexed variants, ended ones included.
  var variantCount: Int { segments.reduce(tail.count) { $0 + $1.entryCount } }

  /// Remembers that inline codes stand in a text.
  mutating func noteCodes() { hasCodes = true }

  /// Takes a segment over; it must follow all that is there.
  mutating func append(_ segment: IndexSegment) {
    segments.append(segment)
    sealedRevision = segment.lastRevision
    lastRevision = max(lastRevision, segment.lastRevision)
  }

  /// Adds a variant to the tail. Revisions must ascend.
  mutating func append(_ text: StoredText) {
    tail.append(TokenKey(text.text), IndexEntry(text))
    lastRevision = text.revision
  }

  /// Marks revisions that are no longer to be found.
  mutating func end(_ revisions: [Int64]) {
    for revision in revisions where revision <= lastRevision { ended.insert(revision) }
  }

  /// Forgets the tail, which has become a segment.
  mutating func dropTail() { tail = IndexTail() }

  /// The entries of a hit that are alive, newest first.
  func entries(_ hit: SearchCollector.Hit) -> [IndexEntry] {
    if hit.segment == segments.count {
      let entry = tail.entries[hit.document]
      return ended.contains(entry.revision) ? [] : [entry]
    }
    return segments[hit.segment].entries(ofDocument: hit.document).filter {
      !ended.contains($0.revision)
    }
  }

  /// Finds every document that reaches the collector's bar and has a unit that `allows` accepts.
  ///
  /// The hits number the segments in order, and the tail after them.
  func search(
    _ query: SearchQuery, into collector: inout SearchCollector, scratch: inout SearchScratch,
    statistics: inout SearchStatistics, allows: (IndexEntry) -> Bool
  ) {
    let limit = collector.limit
    func units(_ entries: [IndexEntry]) -> [Int64] {
      var units: [Int64] = []
      for entry in entries
      where units.count < limit && !ended.contains(entry.revision) && allows(entry) {
        units.append(entry.unit)
      }
      return units
    }
    // The largest segment raises the bar early for the others.
    let order = segments.indices.sorted {
      (segments[$1].documentCount, $0) < (segments[$0].documentCount, $1)
    }
    for number in order {
      let segment = segments[number]
      segment.search(
        query, number: number, into: &collector, scratch: &scratch, statistics: &statistics
      ) { units(segment.entries(ofDocument: $0)) }
    }
    tail.search(query, number: segments.count, into: &collector, statistics: &statistics) {
      units([tail.entries[$0]])
    }
  }
}

extension IndexSegment {
  /// The entries of a document, newest first.
  func entries(ofDocument document: Int) -> [IndexEntry] {
    let startsBuffer = unsafe words(.entryStarts)
    let revisionsBuffer = unsafe words(.entryRevisions)
    let unitsBuffer = unsafe words(.entryUnits)
    let setsBuffer = unsafe words(.entrySets)
    let starts = unsafe startsBuffer.span
    let revisions = unsafe revisionsBuffer.span
    let units = unsafe unitsBuffer.span
    let sets = unsafe setsBuffer.span
    return (Int(starts[document])..<Int(starts[document + 1])).map {
      IndexEntry(
        revision: firstRevision + Int64(revisions[$0]), unit: firstUnit + Int64(units[$0]),
        packed: sets[$0])
    }
  }
}

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

  /// A builder that holds the variants of the tail.
  func builder() -> IndexSegmentBuilder {
    var builder = IndexSegmentBuilder(expectedVariants: count)
    for (key, entry) in zip(keys, entries) { builder.add(key, entry) }
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
