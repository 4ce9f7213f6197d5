internal import BitextText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An ``IndexSegment`` in a file, so that a large memory need not be indexed again by each program.
///
/// A file holds nothing that the rows do not hold: it may be missing, stale or removed at any time. It
/// says which memory it is of, up to which revision it goes and at which position it was made; what
/// came or ended since is asked from the store. It is never changed, only replaced as a whole.
///
/// Layout, little-endian: a header of 4,096 bytes, then the sections of the segment, each aligned to
/// 64 bytes. The header holds, as 64-bit numbers from offset 8 on behind the magic `BTXSEG\0\1`: the
/// hash of the header behind this field, the hash of the body, the length of the body, the version of
/// the token key, the hash of Unicode's version, the hash of the memory's identity, the language, the
/// position, the first and the last revision, the first unit, flags (1: codes stand in the texts),
/// then start and end of each section.
struct IndexFile {
  private static let magic: UInt64 = 0x0100_4745_5358_5442  // "BTXSEG\0\1"
  private static let headerSize = 4096

  /// The segment.
  let segment: IndexSegment
  /// The position of the store when it was made.
  let position: Int64
  /// Whether inline codes stand in any of the texts.
  let hasCodes: Bool

  /// What a file must be of to be used.
  struct Owner: Sendable, Hashable {
    /// The memory's identity.
    let memory: String
    /// The language.
    let language: Int64

    /// The name of the file.
    var fileName: String { "\(language).btx" }

    fileprivate var hash: UInt64 { XXH64.hash(memory) }
  }

  // MARK: Reading

  /// Maps the file of an owner; `nil` when there is none, when it is of another memory, of other rules,
  /// or damaged anywhere: then the index is made from the rows.
  ///
  /// - Complexity: O(size of the file), at several gigabytes a second, to check the hash of every byte.
  init?(of owner: Owner, in directory: String) {
    guard let bytes = Self.map(directory + "/" + owner.fileName), bytes.count >= Self.headerSize
    else { return nil }
    let buffer = unsafe bytes.buffer(0..<Self.headerSize, of: UInt64.self)
    let header = unsafe buffer.span
    let wholeBuffer = unsafe bytes.buffer(0..<bytes.count, of: UInt8.self)
    let whole = unsafe wholeBuffer.span
    guard header[0] == Self.magic, header[1] == XXH64.hash(whole, 16..<Self.headerSize),
      header[3] == UInt64(bytes.count - Self.headerSize),
      header[2] == XXH64.hash(whole, Self.headerSize..<bytes.count),
      header[4] == UInt64(TokenKey.version), header[5] == XXH64.hash(TokenKey.unicodeVersion),
      header[6] == owner.hash, header[7] == UInt64(bitPattern: owner.language)
    else { return nil }
    var ranges: [Range<Int>] = []
    for number in IndexSegment.Section.allCases.indices {
      let start = header[13 + 2 * number]
      let end = header[14 + 2 * number]
      guard start <= end, end <= UInt64(bytes.count - Self.headerSize) else { return nil }
      ranges.append((Int(start) + Self.headerSize)..<(Int(end) + Self.headerSize))
    }
    position = Int64(bitPattern: header[8])
    hasCodes = header[12] & 1 != 0
    segment = IndexSegment(
      bytes: bytes, ranges: ranges, firstRevision: Int64(bitPattern: header[9]),
      lastRevision: Int64(bitPattern: header[10]), firstUnit: Int64(bitPattern: header[11]))
  }

  /// Whether an owner has a file, good or not.
  static func isThere(_ owner: Owner, in directory: String) -> Bool {
    unsafe access(directory + "/" + owner.fileName, F_OK) == 0
  }

  private static func map(_ path: String) -> IndexBytes? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_size > 0 else { return nil }
    let count = Int(status.st_size)
    guard let start = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, file, 0),
      unsafe start != MAP_FAILED
    else { return nil }
    return unsafe IndexBytes(start: UnsafeRawPointer(start), count: count) { start, count in
      unsafe munmap(UnsafeMutableRawPointer(mutating: start), count)
    }
  }

  // MARK: Writing

  /// Writes the file of an owner in the place of an older one. Returns whether it is there: a full disk
  /// or a folder that cannot be written is no fault, the index just stays in memory.
  @discardableResult
  static func write(
    _ segment: IndexSegment, of owner: Owner, position: Int64, hasCodes: Bool, in directory: String
  ) -> Bool {
    unsafe mkdir(directory, 0o777)
    let body = segment.bytes
    let bodyBuffer = unsafe body.buffer(0..<body.count, of: UInt8.self)
    var header = [UInt64](repeating: 0, count: headerSize / 8)
    header[0] = magic
    header[2] = unsafe XXH64.hash(bodyBuffer.span)
    header[3] = UInt64(body.count)
    header[4] = UInt64(TokenKey.version)
    header[5] = XXH64.hash(TokenKey.unicodeVersion)
    header[6] = owner.hash
    header[7] = UInt64(bitPattern: owner.language)
    header[8] = UInt64(bitPattern: position)
    header[9] = UInt64(bitPattern: segment.firstRevision)
    header[10] = UInt64(bitPattern: segment.lastRevision)
    header[11] = UInt64(bitPattern: segment.firstUnit)
    header[12] = hasCodes ? 1 : 0
    for (number, range) in segment.ranges.enumerated() {
      header[13 + 2 * number] = UInt64(range.lowerBound)
      header[14 + 2 * number] = UInt64(range.upperBound)
    }
    let hashed = header.dropFirst(2).flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
    }
    header[1] = XXH64.hash(hashed.span)

    let path = directory + "/" + owner.fileName
    let temporary = path + ".\(getpid())-\(UInt32.random(in: 0 ... .max)).new"
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { return false }
    var isWhole = unsafe header.withUnsafeBytes { unsafe write(file, $0) }
    isWhole = unsafe isWhole && write(file, UnsafeRawBufferPointer(bodyBuffer))
    isWhole = fsync(file) == 0 && isWhole
    isWhole = close(file) == 0 && isWhole
    if isWhole, unsafe rename(temporary, path) == 0 { return true }
    unsafe unlink(temporary)
    return false
  }

  @unsafe
  private static func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var offset = 0
    while offset < bytes.count {
      #if canImport(Glibc)
        let count = unsafe Glibc.write(file, bytes.baseAddress! + offset, bytes.count - offset)
      #elseif canImport(Musl)
        let count = unsafe Musl.write(file, bytes.baseAddress! + offset, bytes.count - offset)
      #else
        let count = unsafe Darwin.write(file, bytes.baseAddress! + offset, bytes.count - offset)
      #endif
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }
}
