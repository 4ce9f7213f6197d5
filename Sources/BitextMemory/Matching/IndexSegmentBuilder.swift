internal import BitextText

/// Collects variants and makes an ``IndexSegment`` of them.
struct IndexSegmentBuilder: Sendable {
  private var vocabulary: TokenVocabulary
  private var starts: [UInt32] = [0]
  private var tokens: [UInt32] = []
  private var entries: [IndexEntry] = []
  /// Whether inline codes stand in any of the texts.
  var hasCodes = false

  init(expectedVariants: Int = 0) {
    vocabulary = TokenVocabulary(capacity: expectedVariants / 2)
    starts.reserveCapacity(expectedVariants + 1)
    entries.reserveCapacity(expectedVariants)
  }

  /// The number of variants so far.
  var count: Int { entries.count }
  /// The revision that was added last.
  var lastRevision: Int64? { entries.last?.revision }

  /// Adds a variant. Revisions must ascend.
  mutating func add(_ key: TokenKey, _ entry: IndexEntry) {
    TokenReader.forEachToken(in: key.encoded.span) { bytes, range in
      let hash = XXH64.hash(bytes, range)
      tokens.append(vocabulary.number(bytes, range, hash: hash))
    }
    starts.append(UInt32(tokens.count))
    entries.append(entry)
  }

  /// Adds a stored variant. Revisions must ascend.
  mutating func add(_ text: StoredText) {
    if text.hasCodes { hasCodes = true }
    add(TokenKey(text.text), IndexEntry(text))
  }

  /// Adds what lives of a segment, which must be good; its revisions follow all that is there.
  ///
  /// - Parameter ended: Revisions that are left out.
  mutating func add(_ segment: IndexSegment, except ended: Set<Int64>) {
    if segment.facts.hasCodes { hasCodes = true }
    let vocabularyBuffer = unsafe segment.octets(.vocabulary)
    let tokensBuffer = unsafe segment.octets(.tokens)
    let words = unsafe vocabularyBuffer.span
    let packed = unsafe tokensBuffer.span
    var numbers: [UInt32] = []
    numbers.reserveCapacity(segment.facts.tokenCount)
    var place = 0
    for _ in 0..<segment.facts.tokenCount {
      let size = Int(PackedNumber.read(words, &place))
      let range = place..<(place + size)
      numbers.append(vocabulary.number(words, range, hash: XXH64.hash(words, range)))
      place += size
    }
    place = 0
    segment.forEachDocument { document, found in
      let end = segment.tokenStart(document + 1)
      let first = tokens.count
      while place < end { tokens.append(numbers[Int(PackedNumber.read(packed, &place))]) }
      let size = tokens.count - first
      var copies = 0
      for entry in found.reversed() where !ended.contains(entry.revision) {
        if copies > 0 { tokens.append(contentsOf: tokens[first..<(first + size)]) }
        copies += 1
        starts.append(UInt32(tokens.count))
        entries.append(entry)
      }
      if copies == 0 { tokens.removeLast(size) }
    }
  }

  /// Makes the segment; `nil` when nothing was added.
  ///
  /// - Parameters:
  ///   - revisions: The segment holds every live variant of the language with one of these.
  ///   - position: The position of the store when the first variant was read.
  consuming func build(revisions: ClosedRange<Int64>, position: Int64) -> IndexSegment? {
    guard !entries.isEmpty else { return nil }
    let documents = documentsByLength()
    let count = documents.heads.count
    let numbers = numbersByFrequency(documents.heads)
    var facts = SegmentFacts()
    facts.documentCount = count
    facts.entryCount = entries.count
    facts.tokenCount = numbers.order.count
    facts.firstRevision = revisions.lowerBound
    facts.lastRevision = revisions.upperBound
    facts.firstUnit = entries.reduce(Int64.max) { min($0, $1.unit) }
    facts.stride = stride()
    facts.usualCode = usualCode()
    facts.position = position
    facts.hasCodes = hasCodes

    var lengthStarts: [UInt32] = []
    var tokenStarts: [UInt32] = []
    var packed: [UInt8] = []
    var signatures: [UInt64] = []
    var writer = EntryWriter(facts)
    var keys: [(hash: UInt64, document: UInt32)] = []
    tokenStarts.reserveCapacity(count + 1)
    packed.reserveCapacity(tokens.count * 2)
    signatures.reserveCapacity(count)
    let longest = TextScore.longestFuzzy
    var group: [IndexEntry] = []
    for (number, head) in documents.heads.enumerated() {
      let range = Int(starts[Int(head)])..<Int(starts[Int(head) + 1])
      while lengthStarts.count <= min(range.count, longest + 1) {
        lengthStarts.append(UInt32(number))
      }
      tokenStarts.append(UInt32(packed.count))
      var signature: UInt64 = 0
      var key: UInt64 = 0
      for place in range {
        let token = Int(tokens[place])
        let hash = vocabulary.hashes[token]
        PackedNumber.append(numbers.new[token], to: &packed)
        signature |= 1 << (hash >> 58)
        key = IndexSegment.keyHash(key, hash)
      }
      signatures.append(signature)
      if let first = range.first {
        let byte = vocabulary.bytes[Int(vocabulary.starts[Int(tokens[first])])]
        if IndexSegment.isFragment(
          tokens: range.count, ofCharacters: IndexSegment.isCharacter(byte))
        {
          keys.append((key, UInt32(number)))
        }
      }
      group.removeAll(keepingCapacity: true)
      var variant = documents.newest[Int(head)]
      while variant != .max {
        group.append(entries[Int(variant)])
        variant = documents.older[Int(variant)]
      }
      writer.append(group)
    }
    while lengthStarts.count < longest + 3 { lengthStarts.append(UInt32(count)) }
    tokenStarts.append(UInt32(packed.count))

    let starts = TokenStarts(tokenStarts)
    facts.wideFrom = starts.wideFrom
    let lists = postings(documents.heads, numbers)
    let words = vocabularyText(numbers.order)
    return Self.assemble(
      [
        .words(lengthStarts), .words(starts.bases), .halves(starts.offsets), .words(starts.wide),
        .words(writer.bases), .words(words.bases), .words(lists.bases), .octets(packed),
        .longs(signatures), .octets(writer.bytes), .octets(words.bytes),
        .words(Self.places(numbers.order.map { vocabulary.hashes[Int($0)] })),
        .octets(lists.bytes), .words(Self.places(keys)),
      ], facts)
  }

  private static func assemble(_ parts: [SectionContent], _ facts: SegmentFacts) -> IndexSegment {
    var ranges: [Range<Int>] = []
    var end = 0
    for part in parts {
      ranges.append(end..<(end + part.byteCount))
      end = (end + part.byteCount + 63) / 64 * 64
    }
    let bytes = unsafe IndexBytes.allocate(end) { buffer in
      for (part, range) in zip(parts, ranges) {
        unsafe part.copy(to: UnsafeMutableRawBufferPointer(rebasing: buffer[range]))
      }
    }
    return IndexSegment(bytes: bytes, ranges: ranges, facts: facts)
  }

  /// How many revisions further the next unit usually is.
  private func stride() -> Int64 {
    guard let first = entries.first, let last = entries.last, last.unit > first.unit else {
      return 1
    }
    let units = last.unit - first.unit
    return max(1, min(64, (last.revision - first.revision + units / 2) / units))
  }

  private func usualCode() -> UInt32 {
    var counts: [UInt32: Int] = [:]
    for entry in entries { counts[entry.code, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }

  /// Puts equal keys together and sorts them by token count; equal counts keep their order.
  private func documentsByLength() -> (heads: [UInt32], newest: [UInt32], older: [UInt32]) {
    var size = 64
    while size < entries.count * 2 { size *= 2 }
    var places = [UInt32](repeating: .max, count: size)
    var newest = [UInt32](repeating: .max, count: entries.count)
    var older = [UInt32](repeating: .max, count: entries.count)
    var heads: [UInt32] = []
    let tokens = tokens.span
    for variant in 0..<entries.count {
      let range = Int(starts[variant])..<Int(starts[variant + 1])
      var hash = UInt64(range.count)
      for place in range { hash = IndexSegment.keyHash(hash, UInt64(tokens[place])) }
      var place = Int(truncatingIfNeeded: hash >> 20) & (size - 1)
      while true {
        let head = places[place]
        if head == .max {
          places[place] = UInt32(variant)
          heads.append(UInt32(variant))
          newest[variant] = UInt32(variant)
          break
        }
        let other = Int(starts[Int(head)])
        if Int(starts[Int(head) + 1]) - other == range.count,
          (0..<range.count).allSatisfy({ tokens[other + $0] == tokens[range.lowerBound + $0] })
        {
          older[variant] = newest[Int(head)]
          newest[Int(head)] = UInt32(variant)
          break
        }
        place = (place + 1) & (size - 1)
      }
    }
    // Counting sort.
    var longest = 0
    for head in heads {
      longest = max(longest, Int(starts[Int(head) + 1] - starts[Int(head)]))
    }
    var next = [Int](repeating: 0, count: longest + 2)
    for head in heads { next[Int(starts[Int(head) + 1] - starts[Int(head)]) + 1] += 1 }
    for length in 0...longest { next[length + 1] += next[length] }
    var sorted = [UInt32](repeating: 0, count: heads.count)
    for head in heads {
      let length = Int(starts[Int(head) + 1] - starts[Int(head)])
      sorted[next[length]] = head
      next[length] += 1
    }
    return (sorted, newest, older)
  }

  /// Tokens by falling number of documents.
  private struct Numbers {
    /// For each token of the vocabulary its number in the segment.
    var new: [UInt32]
    /// For each number of the segment its token of the vocabulary.
    var order: [UInt32]
    /// For each number of the segment how many documents hold it.
    var counts: [UInt32]
  }

  private func numbersByFrequency(_ heads: [UInt32]) -> Numbers {
    var seen = [UInt32](repeating: .max, count: vocabulary.count)
    var counts = [UInt32](repeating: 0, count: vocabulary.count)
    let tokens = tokens.span
    for head in heads {
      for place in Int(starts[Int(head)])..<Int(starts[Int(head) + 1]) {
        let token = Int(tokens[place])
        // A document counts once for a token that it holds twice.
        if seen[token] != head {
          seen[token] = head
          counts[token] += 1
        }
      }
    }
    var order = (0..<UInt32(vocabulary.count)).filter { counts[Int($0)] > 0 }
    order.sort { (counts[Int($1)], $0) < (counts[Int($0)], $1) }
    var new = [UInt32](repeating: .max, count: vocabulary.count)
    for (number, token) in order.enumerated() { new[Int(token)] = UInt32(number) }
    return Numbers(new: new, order: order, counts: order.map { counts[Int($0)] })
  }

  private func postings(
    _ heads: [UInt32], _ numbers: Numbers
  ) -> (bases: [UInt32], bytes: [UInt8]) {
    var next: [Int] = [0]
    next.reserveCapacity(numbers.counts.count + 1)
    for count in numbers.counts { next.append(next[next.count - 1] + Int(count)) }
    let ends = next
    var flat = [UInt32](repeating: 0, count: ends[ends.count - 1])
    let tokens = tokens.span
    for (document, head) in heads.enumerated() {
      for place in Int(starts[Int(head)])..<Int(starts[Int(head) + 1]) {
        let token = Int(numbers.new[Int(tokens[place])])
        let slot = next[token]
        // Documents ascend, so a token that the document holds twice was put here just now.
        if slot > ends[token], flat[slot - 1] == UInt32(document) { continue }
        flat[slot] = UInt32(document)
        next[token] = slot + 1
      }
    }
    var bases: [UInt32] = []
    var bytes: [UInt8] = []
    bytes.reserveCapacity(flat.count * 2)
    for number in numbers.order.indices {
      if number & 7 == 0 { bases.append(UInt32(bytes.count)) }
      PostingList.append(flat[ends[number]..<ends[number + 1]], to: &bytes)
    }
    return (bases, bytes)
  }

  private func vocabularyText(_ order: [UInt32]) -> (bases: [UInt32], bytes: [UInt8]) {
    var bases: [UInt32] = []
    var bytes: [UInt8] = []
    for (number, token) in order.enumerated() {
      if number & 7 == 0 { bases.append(UInt32(bytes.count)) }
      let range = Int(vocabulary.starts[Int(token)])..<Int(vocabulary.starts[Int(token) + 1])
      PackedNumber.append(UInt32(range.count), to: &bytes)
      bytes.append(contentsOf: vocabulary.bytes[range])
    }
    return (bases, bytes)
  }

  private static func places(_ hashes: [UInt64]) -> [UInt32] {
    places(hashes.enumerated().map { ($1, UInt32($0)) })
  }

  /// Open addressing, two thirds full.
  private static func places(_ numbers: [(hash: UInt64, document: UInt32)]) -> [UInt32] {
    precondition(numbers.count <= IndexSegment.largestNumber, "too many texts for one segment")
    let size = numbers.count * 3 / 2 + 1
    var places = [UInt32](repeating: .max, count: size)
    for (hash, number) in numbers {
      var place = IndexSegment.place(hash, of: size)
      while places[place] != .max { place = place + 1 == size ? 0 : place + 1 }
      places[place] = IndexSegment.tagged(number, hash)
    }
    return places
  }
}

/// Where the tokens of each document start, in 16 bits where that is enough.
private struct TokenStarts {
  private(set) var bases: [UInt32] = []
  private(set) var offsets: [UInt16] = []
  private(set) var wide: [UInt32] = []
  private(set) var wideFrom = 0

  /// - Parameter starts: The start of each document, then the size of all.
  init(_ starts: [UInt32]) {
    let count = starts.count - 1
    var document = 0
    while document < count {
      let end = min(document + 16, count)
      if starts[end - 1] - starts[document] > UInt16.max { break }
      bases.append(starts[document])
      for place in document..<end { offsets.append(UInt16(starts[place] - starts[document])) }
      document = end
    }
    wideFrom = document
    wide = Array(starts[document...])
  }
}

/// The integers of one section, before they are put into the segment's bytes.
private enum SectionContent {
  case halves([UInt16])
  case words([UInt32])
  case longs([UInt64])
  case octets([UInt8])

  var byteCount: Int {
    switch self {
    case .halves(let values): values.count * 2
    case .words(let values): values.count * 4
    case .longs(let values): values.count * 8
    case .octets(let values): values.count
    }
  }

  /// - Precondition: The buffer holds `byteCount` bytes.
  @unsafe
  func copy(to buffer: UnsafeMutableRawBufferPointer) {
    switch self {
    case .halves(let values):
      unsafe values.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    case .words(let values):
      unsafe values.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    case .longs(let values):
      unsafe values.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    case .octets(let values):
      unsafe values.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    }
  }
}
