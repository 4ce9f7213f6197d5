internal import BitextText

/// What the index keeps of one stored variant.
struct IndexEntry: Sendable, Hashable {
  /// The revision of the variant.
  let revision: Int64
  /// Its unit.
  let unit: Int64
  /// The set of languages that the unit has.
  let languages: UInt32
  /// Whether the other variants of the unit translate this one.
  let isSource: Bool

  /// Both as one number, the source in the top bit.
  var packed: UInt32 { languages | (isSource ? 1 << 31 : 0) }

  init(revision: Int64, unit: Int64, languages: UInt32, isSource: Bool) {
    self.revision = revision
    self.unit = unit
    self.languages = languages
    self.isSource = isSource
  }

  init(revision: Int64, unit: Int64, packed: UInt32) {
    self.init(
      revision: revision, unit: unit, languages: packed & ~(1 << 31), isSource: packed >> 31 != 0)
  }

  init(_ text: StoredText) {
    self.init(
      revision: text.revision, unit: text.unit, languages: text.languageSet & ~(1 << 31),
      isSource: text.isSource)
  }
}

/// Collects variants and makes an ``IndexSegment`` of them.
struct IndexSegmentBuilder {
  private var vocabulary: TokenVocabulary
  private var starts: [UInt32] = [0]
  private var tokens: [UInt32] = []
  private var entries: [IndexEntry] = []

  init(expectedVariants: Int = 0) {
    vocabulary = TokenVocabulary(capacity: expectedVariants / 2)
    starts.reserveCapacity(expectedVariants + 1)
    entries.reserveCapacity(expectedVariants)
  }

  /// The number of variants so far.
  var count: Int { entries.count }

  /// Adds a variant. Revisions must ascend.
  mutating func add(_ key: TokenKey, _ entry: IndexEntry) {
    TokenReader.forEachToken(in: key.encoded.span) { bytes, range in
      let hash = XXH64.hash(bytes, range)
      tokens.append(vocabulary.number(bytes, range, hash: hash))
    }
    starts.append(UInt32(tokens.count))
    entries.append(entry)
  }

  /// Makes the segment; `nil` when nothing was added.
  consuming func build() -> IndexSegment? {
    guard let first = entries.first, let last = entries.last else { return nil }
    let documents = documentsByLength()
    let count = documents.heads.count
    var lengthStarts: [UInt32] = []
    var tokenStarts: [UInt32] = [0]
    var ordered: [UInt32] = []
    var signatures: [UInt64] = []
    var entryStarts: [UInt32] = [0]
    var order: [UInt32] = []
    tokenStarts.reserveCapacity(count + 1)
    ordered.reserveCapacity(tokens.count)
    signatures.reserveCapacity(count)
    entryStarts.reserveCapacity(count + 1)
    order.reserveCapacity(entries.count)
    for (number, head) in documents.heads.enumerated() {
      let range = Int(starts[Int(head)])..<Int(starts[Int(head) + 1])
      while lengthStarts.count <= range.count { lengthStarts.append(UInt32(number)) }
      var signature: UInt64 = 0
      for place in range {
        let token = tokens[place]
        ordered.append(token)
        signature |= 1 << (vocabulary.hashes[Int(token)] >> 58)
      }
      tokenStarts.append(UInt32(ordered.count))
      signatures.append(signature)
      var variant = documents.newest[Int(head)]
      while variant != .max {
        order.append(variant)
        variant = documents.older[Int(variant)]
      }
      entryStarts.append(UInt32(order.count))
    }
    lengthStarts.append(UInt32(count))
    let (postingStarts, postings) = Self.postings(
      tokenStarts: tokenStarts.span, tokens: ordered.span, vocabulary: vocabulary.count)
    let firstUnit = entries.reduce(Int64.max) { min($0, $1.unit) }
    let revisions = order.map { UInt32(entries[Int($0)].revision - first.revision) }
    let units = order.map { UInt32(entries[Int($0)].unit - firstUnit) }
    let sets = order.map { entries[Int($0)].packed }

    let parts: [SectionContent] = [
      .words(lengthStarts), .words(tokenStarts), .words(ordered), .longs(signatures),
      .words(entryStarts), .words(revisions), .words(units), .words(sets),
      .words(vocabulary.starts), .octets(vocabulary.bytes), .longs(vocabulary.hashes),
      .words(vocabulary.places), .words(postingStarts), .words(postings),
    ]
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
    return IndexSegment(
      bytes: bytes, ranges: ranges, firstRevision: first.revision, lastRevision: last.revision,
      firstUnit: firstUnit)
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
      for place in range { hash = (hash ^ UInt64(tokens[place])) &* 0x9E37_79B1_85EB_CA87 }
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

  private static func postings(
    tokenStarts: Span<UInt32>, tokens: Span<UInt32>, vocabulary: Int
  ) -> (starts: [UInt32], postings: [UInt32]) {
    // A document counts once for a token that it holds twice.
    var seen = [UInt32](repeating: .max, count: vocabulary)
    var next = [UInt32](repeating: 0, count: vocabulary + 1)
    let documents = tokenStarts.count - 1
    for document in 0..<documents {
      for place in Int(tokenStarts[document])..<Int(tokenStarts[document + 1]) {
        let token = Int(tokens[place])
        if seen[token] != UInt32(document) {
          seen[token] = UInt32(document)
          next[token + 1] += 1
        }
      }
    }
    for token in 0..<vocabulary { next[token + 1] += next[token] }
    let starts = next
    var postings = [UInt32](repeating: 0, count: Int(next[vocabulary]))
    for token in 0..<vocabulary { seen[token] = .max }
    for document in 0..<documents {
      for place in Int(tokenStarts[document])..<Int(tokenStarts[document + 1]) {
        let token = Int(tokens[place])
        if seen[token] != UInt32(document) {
          seen[token] = UInt32(document)
          postings[Int(next[token])] = UInt32(document)
          next[token] += 1
        }
      }
    }
    return (starts, postings)
  }
}

/// The integers of one section, before they are put into the segment's bytes.
private enum SectionContent {
  case words([UInt32])
  case longs([UInt64])
  case octets([UInt8])

  var byteCount: Int {
    switch self {
    case .words(let values): values.count * 4
    case .longs(let values): values.count * 8
    case .octets(let values): values.count
    }
  }

  /// - Precondition: The buffer holds `byteCount` bytes.
  @unsafe
  func copy(to buffer: UnsafeMutableRawBufferPointer) {
    switch self {
    case .words(let values):
      unsafe values.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    case .longs(let values):
      unsafe values.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    case .octets(let values):
      unsafe values.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    }
  }
}

/// Reads the tokens of an encoded ``TokenKey``.
enum TokenReader {
  /// Calls `body` with the place of each token. Stops where the encoding is damaged.
  @inline(__always)
  static func forEachToken(in bytes: Span<UInt8>, _ body: (Span<UInt8>, Range<Int>) -> Void) {
    var index = 0
    while index < bytes.count {
      var length = 0
      var shift = 0
      while index < bytes.count, shift < 35 {
        let byte = bytes[index]
        index += 1
        length |= Int(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      guard length <= bytes.count - index else { return }
      body(bytes, index..<(index + length))
      index += length
    }
  }
}
