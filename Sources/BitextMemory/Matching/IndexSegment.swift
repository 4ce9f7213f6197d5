/// An immutable index of the variants of one language, in one block of bytes.
///
/// Everything in it can be made again from the store. Documents are distinct keys, numbered by
/// ascending token count, so that a window of lengths is a window of numbers; the entries of a
/// document are the stored variants that have its key, newest first.
final class IndexSegment: Sendable {
  /// The parts of a segment. Each is an array of little-endian integers, aligned to 64 bytes.
  enum Section: Int, CaseIterable, Sendable {
    /// `UInt32`: for each token count the first document that has as many tokens, then the number of
    /// documents.
    case lengthStarts
    /// `UInt32`: for each document where its tokens start, then the number of all tokens.
    case tokenStarts
    /// `UInt32`: the token numbers of all documents.
    case tokens
    /// `UInt64`: for each document the bits of its tokens; a token's bit is the top six of its hash.
    case signatures
    /// `UInt32`: for each document its first entry, then the number of entries.
    case entryStarts
    /// `UInt32`: for each entry the revision of its variant, less the segment's first one.
    case entryRevisions
    /// `UInt32`: for each entry its unit, less the segment's first one.
    case entryUnits
    /// `UInt32`: for each entry the set of languages that its unit has; the top bit marks a source.
    case entrySets
    /// `UInt32`: for each token where its bytes start, then the number of all bytes.
    case vocabularyStarts
    /// `UInt8`: the UTF-8 of all tokens.
    case vocabularyBytes
    /// `UInt64`: the hash of each token.
    case vocabularyHashes
    /// `UInt32`: open addressing from hash to token; `UInt32.max` is a free place.
    case vocabularyPlaces
    /// `UInt32`: for each token where its postings start, then the number of all postings.
    case postingStarts
    /// `UInt32`: the documents that hold each token, ascending.
    case postings
  }

  let bytes: IndexBytes
  let ranges: [Range<Int>]
  let documentCount: Int
  let entryCount: Int
  let firstRevision: Int64
  let lastRevision: Int64
  let firstUnit: Int64
  /// The largest token count of a document.
  let longest: Int

  init(
    bytes: IndexBytes, ranges: [Range<Int>], firstRevision: Int64, lastRevision: Int64,
    firstUnit: Int64
  ) {
    self.bytes = bytes
    self.ranges = ranges
    self.firstRevision = firstRevision
    self.lastRevision = lastRevision
    self.firstUnit = firstUnit
    documentCount = ranges[Section.signatures.rawValue].count / 8
    entryCount = ranges[Section.entryRevisions.rawValue].count / 4
    longest = ranges[Section.lengthStarts.rawValue].count / 4 - 2
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
}

/// Bytes that never change, with one owner: on the heap, or a mapped file.
@safe
final class IndexBytes: @unchecked Sendable {
  // Nobody writes to the bytes after `init`, and only `deinit` gives them back: threads may share.
  private let start: UnsafeRawPointer
  let count: Int
  private let release: @Sendable (UnsafeRawPointer, Int) -> Void

  /// Takes bytes over; `release` gives them back.
  @unsafe
  init(
    start: UnsafeRawPointer, count: Int,
    release: @escaping @Sendable (UnsafeRawPointer, Int) -> Void
  ) {
    unsafe self.start = start
    self.count = count
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
