/// An immutable index of the variants of one language, in one block of bytes.
///
/// Everything in it can be made again from the store. Documents are distinct keys, numbered by
/// ascending token count, so that a window of lengths is a window of numbers; the entries of a
/// document are the stored variants that have its key, newest first. Tokens are numbered by falling
/// frequency, so that frequent ones take one byte.
final class IndexSegment: Sendable {
  /// The parts of a segment, each aligned to 64 bytes. Numbers are little-endian; "packed" ones are
  /// those of ``PackedNumber``. The sections up to ``postingBases`` are the directory: it is checked as
  /// a whole when a file is opened, the others where they are read.
  enum Section: Int, CaseIterable, Sendable {
    /// `UInt32`: for each token count up to ``TextScore/longestFuzzy`` the first document that has as
    /// many tokens, then the first one that has more, then the number of documents.
    case lengthStarts
    /// `UInt32`: for every 16 documents where their tokens start.
    case tokenBases
    /// `UInt16`: for each document below ``SegmentFacts/wideFrom`` how far behind its base it starts.
    case tokenOffsets
    /// `UInt32`: for each other document where its tokens start, then the size of all tokens.
    case wideTokenStarts
    /// `UInt32`: for every 16 documents where their entries start.
    case entryBases
    /// `UInt32`: for every 8 tokens where their texts start.
    case vocabularyBases
    /// `UInt32`: for every 8 tokens where their postings start.
    case postingBases
    /// Packed token numbers of all documents.
    case tokens
    /// `UInt64`: for each document the bits of its tokens; a token's bit is the top six of its hash.
    case signatures
    /// The entries of all documents; see ``IndexSegment/entries(ofDocument:limit:_:)``.
    case entries
    /// For each token its size, packed, and its UTF-8.
    case vocabulary
    /// `UInt32`: open addressing from hash to token: six bits of the hash over 26 of the number;
    /// `UInt32.max` is a free place.
    case vocabularyPlaces
    /// For each token the documents that hold it; see ``PostingList``.
    case postings
    /// `UInt32`: open addressing from the hash of a whole short key to its document, as above.
    case keyPlaces

    /// The last section of the directory.
    static let lastOfDirectory = Section.postingBases
  }

  let bytes: IndexBytes
  let ranges: [Range<Int>]
  let facts: SegmentFacts

  init(bytes: IndexBytes, ranges: [Range<Int>], facts: SegmentFacts) {
    self.bytes = bytes
    self.ranges = ranges
    self.facts = facts
  }

  var documentCount: Int { facts.documentCount }
  var entryCount: Int { facts.entryCount }

  /// The section as 16-bit integers. The segment must outlive the buffer.
  @unsafe
  func halves(_ section: Section) -> UnsafeBufferPointer<UInt16> {
    unsafe bytes.buffer(ranges[section.rawValue], of: UInt16.self)
  }

  /// The section as 32-bit integers. The segment must outlive the buffer.
  @unsafe
  func words(_ section: Section) -> UnsafeBufferPointer<UInt32> {
    unsafe bytes.buffer(ranges[section.rawValue], of: UInt32.self)
  }

  /// The section as 64-bit integers. The segment must outlive the buffer.
  @unsafe
  func longs(_ section: Section) -> UnsafeBufferPointer<UInt64> {
    unsafe bytes.buffer(ranges[section.rawValue], of: UInt64.self)
  }

  /// The section as bytes. The segment must outlive the buffer.
  @unsafe
  func octets(_ section: Section) -> UnsafeBufferPointer<UInt8> {
    unsafe bytes.buffer(ranges[section.rawValue], of: UInt8.self)
  }

  /// Where a section starts in the segment's bytes.
  @inline(__always)
  func start(_ section: Section) -> Int { ranges[section.rawValue].lowerBound }

  /// Where the tokens of a document start. The directory must be good.
  func tokenStart(_ document: Int) -> Int {
    if document < facts.wideFrom {
      let basesBuffer = unsafe words(.tokenBases)
      let offsetsBuffer = unsafe halves(.tokenOffsets)
      let bases = unsafe basesBuffer.span
      let offsets = unsafe offsetsBuffer.span
      return Int(bases[document >> 4]) + Int(offsets[document])
    }
    let wideBuffer = unsafe words(.wideTokenStarts)
    let wide = unsafe wideBuffer.span
    return Int(wide[document - facts.wideFrom])
  }

  /// The hash by which a whole key is found, from the hashes of its tokens in order.
  @inline(__always)
  static func keyHash(_ hash: UInt64, _ token: UInt64) -> UInt64 {
    let mixed = (hash ^ token) &* 0x9E37_79B1_85EB_CA87
    return mixed ^ mixed &>> 29
  }

  /// The place of open addressing at which the search for a hash starts.
  @inline(__always)
  static func place(_ hash: UInt64, of count: Int) -> Int {
    Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: count)) &>> 32)
  }

  /// A number with six bits of its hash above it.
  @inline(__always)
  static func tagged(_ number: UInt32, _ hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: hash & 63) &<< 26 | number
  }

  /// The largest number that open addressing can hold.
  static let largestNumber = (1 << 26) - 2

  /// Whether a key of as many tokens can be found whole, as a fragment of a longer query: 2 to 12
  /// tokens, up to 20 where one character is one token, never one character alone.
  static func isFragment(tokens: Int, ofCharacters: Bool) -> Bool {
    ofCharacters ? (4...20).contains(tokens) : (2...12).contains(tokens)
  }

  /// Whether a token begins with a character of a script that is written without spaces, roughly:
  /// U+3000 and above.
  static func isCharacter(_ firstByte: UInt8) -> Bool { firstByte >= 0xE3 }
}

/// What is known of a segment as a whole.
struct SegmentFacts: Sendable, Hashable {
  /// Distinct keys.
  var documentCount = 0
  /// Stored variants.
  var entryCount = 0
  /// Distinct tokens.
  var tokenCount = 0
  /// The first document whose token start needs 32 bits; a multiple of 16, or the number of documents.
  var wideFrom = 0
  /// Every live variant of the language with a revision from here …
  var firstRevision: Int64 = 0
  /// … to here is in the segment.
  var lastRevision: Int64 = 0
  /// Units are kept less this one.
  var firstUnit: Int64 = 0
  /// How many revisions further the next unit usually is.
  var stride: Int64 = 1
  /// The set of languages and the role that most entries have, as ``IndexEntry/code``.
  var usualCode: UInt32 = 0
  /// The position of the store when the segment was begun: what ended later may be in it.
  var position: Int64 = 0
  /// Whether inline codes stand in any of the texts.
  var hasCodes = false
}

/// Bytes that never change, with one owner: on the heap, or a mapped file.
@safe
final class IndexBytes: @unchecked Sendable {
  // Nobody writes to the bytes after `init`, and only `deinit` gives them back: threads may share.
  private let start: UnsafeRawPointer
  let count: Int
  private let release: @Sendable (UnsafeRawPointer, Int) -> Void
  /// The checks of a mapped file; `nil` on the heap.
  let sums: BlockSums?

  /// Takes bytes over; `release` gives them back.
  @unsafe
  init(
    start: UnsafeRawPointer, count: Int, sums: BlockSums? = nil,
    release: @escaping @Sendable (UnsafeRawPointer, Int) -> Void
  ) {
    unsafe self.start = start
    self.count = count
    self.sums = sums
    unsafe self.release = unsafe release
  }

  deinit { unsafe release(start, count) }

  /// Allocates room for `count` bytes and lets `fill` write them, once.
  static func allocate(_ count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) -> IndexBytes {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(64, count), alignment: 64)
    unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
    unsafe fill(buffer)
    // Never nil: the buffer holds 64 bytes at least.
    let start = UnsafeRawPointer(buffer.baseAddress!)
    return unsafe IndexBytes(start: start, count: count) { start, _ in unsafe start.deallocate() }
  }

  /// Some of the bytes, which keep the rest alive.
  ///
  /// - Precondition: The range lies inside the bytes.
  func part(_ range: Range<Int>, sums: BlockSums) -> IndexBytes {
    precondition(range.upperBound <= count)
    return unsafe IndexBytes(
      start: start + range.lowerBound, count: range.count, sums: sums
    ) { [self] _, _ in withExtendedLifetime(self) {} }
  }

  /// - Precondition: The range lies inside the bytes and starts at a multiple of the element's size.
  @unsafe
  func buffer<Element: BitwiseCopyable>(
    _ range: Range<Int>, of type: Element.Type
  ) -> UnsafeBufferPointer<Element> {
    precondition(
      range.upperBound <= count && range.lowerBound % MemoryLayout<Element>.alignment == 0)
    return unsafe UnsafeBufferPointer(
      start: (start + range.lowerBound).assumingMemoryBound(to: Element.self),
      count: range.count / MemoryLayout<Element>.stride)
  }
}
