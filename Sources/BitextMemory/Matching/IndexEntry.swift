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

  /// The set of languages and the role as one number.
  var code: UInt32 { languages << 1 | (isSource ? 1 : 0) }

  init(revision: Int64, unit: Int64, languages: UInt32, isSource: Bool) {
    self.revision = revision
    self.unit = unit
    self.languages = languages
    self.isSource = isSource
  }

  init(revision: Int64, unit: Int64, code: UInt32) {
    self.init(revision: revision, unit: unit, languages: code >> 1, isSource: code & 1 != 0)
  }

  init(_ text: StoredText) {
    self.init(
      revision: text.revision, unit: text.unit, languages: text.languageSet & ~(1 << 31),
      isSource: text.isSource)
  }
}

/// The entries of a segment's documents.
///
/// Each document begins with 0 (one entry, of the usual code, at the expected revision), 1 (one entry)
/// or the number of its entries. Then its first, newest, entry: how much larger its unit is than that
/// of the document before; unless the document began with 0, how much larger its revision is than
/// expected, and its code. With several entries, the size of the others follows, then each of
/// them in the same way, after the one before. The revision that is expected grows by
/// ``SegmentFacts/stride`` with each unit. The first of every 16 documents counts from zero.
extension IndexSegment {
  /// Calls `body` with each entry of a document, newest first, until it returns `false`.
  func entries(
    ofDocument document: Int, _ known: inout BlockGuard, _ body: (IndexEntry) -> Bool
  ) throws(DamagedIndex) {
    let basesBuffer = unsafe words(.entryBases)
    let bytesBuffer = unsafe octets(.entries)
    let bases = unsafe basesBuffer.span
    let bytes = unsafe bytesBuffer.span
    let sectionStart = start(.entries)
    var place = Int(bases[document >> 4])
    var cursor = EntryCursor(facts)
    var other = document & ~15
    while true {
      try known.check(sectionStart + place, 32)
      let head = PackedNumber.read(bytes, &place)
      cursor.read(bytes, &place, isUsual: head == 0)
      let size = head > 1 ? Int(PackedNumber.read(bytes, &place)) : 0
      if other == document {
        guard body(cursor.entry), head > 1 else { return }
        try known.check(sectionStart + place, size)
        var next = cursor
        for _ in 1..<head {
          next.read(bytes, &place, isUsual: false)
          guard body(next.entry) else { return }
        }
        return
      }
      place += size
      other += 1
    }
  }

  /// All entries of a document, newest first.
  func entries(
    ofDocument document: Int, _ known: inout BlockGuard
  ) throws(DamagedIndex) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    try self.entries(ofDocument: document, &known) {
      entries.append($0)
      return true
    }
    return entries
  }

  /// Calls `body` with all documents and their entries; the segment must be good.
  func forEachDocument(_ body: (Int, [IndexEntry]) -> Void) {
    let bytesBuffer = unsafe octets(.entries)
    let bytes = unsafe bytesBuffer.span
    var place = 0
    var cursor = EntryCursor(facts)
    for document in 0..<documentCount {
      if document & 15 == 0 { cursor = EntryCursor(facts) }
      let head = PackedNumber.read(bytes, &place)
      cursor.read(bytes, &place, isUsual: head == 0)
      var entries = [cursor.entry]
      if head > 1 {
        _ = PackedNumber.read(bytes, &place)
        var next = cursor
        for _ in 1..<head {
          next.read(bytes, &place, isUsual: false)
          entries.append(next.entry)
        }
      }
      body(document, entries)
    }
  }
}

/// Walks over the entries of documents.
private struct EntryCursor {
  private let facts: SegmentFacts
  private var unit: Int64 = 0
  private var revision: Int64 = 0
  private var code: UInt32 = 0

  init(_ facts: SegmentFacts) { self.facts = facts }

  var entry: IndexEntry {
    IndexEntry(
      revision: facts.firstRevision &+ revision, unit: facts.firstUnit &+ unit, code: code)
  }

  @inline(__always)
  mutating func read(_ bytes: Span<UInt8>, _ place: inout Int, isUsual: Bool) {
    let step = Int64(PackedNumber.readSigned(bytes, &place))
    unit &+= step
    revision &+= step &* facts.stride
    code = facts.usualCode
    if !isUsual {
      revision &+= Int64(PackedNumber.readSigned(bytes, &place))
      code = PackedNumber.read(bytes, &place)
    }
  }
}

/// Writes what ``IndexSegment`` reads.
struct EntryWriter {
  private let facts: SegmentFacts
  private(set) var bytes: [UInt8] = []
  private(set) var bases: [UInt32] = []
  private var documents = 0
  private var unit: Int64 = 0
  private var revision: Int64 = 0

  init(_ facts: SegmentFacts) { self.facts = facts }

  /// Appends a document.
  ///
  /// - Parameter entries: Its entries, newest first; at least one.
  mutating func append(_ entries: [IndexEntry]) {
    if documents & 15 == 0 {
      bases.append(UInt32(bytes.count))
      unit = 0
      revision = 0
    }
    documents += 1
    let first = entries[0]
    let step = first.unit - facts.firstUnit - unit
    let surplus = first.revision - facts.firstRevision - revision - step * facts.stride
    if entries.count == 1, surplus == 0, first.code == facts.usualCode {
      PackedNumber.append(0, to: &bytes)
      PackedNumber.append(signed: Int32(step), to: &bytes)
    } else {
      PackedNumber.append(UInt32(entries.count), to: &bytes)
      PackedNumber.append(signed: Int32(step), to: &bytes)
      PackedNumber.append(signed: Int32(surplus), to: &bytes)
      PackedNumber.append(first.code, to: &bytes)
    }
    unit += step
    revision = first.revision - facts.firstRevision
    guard entries.count > 1 else { return }
    var others: [UInt8] = []
    var (lastUnit, lastRevision) = (unit, revision)
    for entry in entries.dropFirst() {
      let step = entry.unit - facts.firstUnit - lastUnit
      let surplus = entry.revision - facts.firstRevision - lastRevision - step * facts.stride
      PackedNumber.append(signed: Int32(step), to: &others)
      PackedNumber.append(signed: Int32(surplus), to: &others)
      PackedNumber.append(entry.code, to: &others)
      lastUnit += step
      lastRevision = entry.revision - facts.firstRevision
    }
    PackedNumber.append(UInt32(others.count), to: &bytes)
    bytes += others
  }
}
