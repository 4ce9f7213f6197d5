internal import BitextText
internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An ``IndexSegment`` in a file, so that a large memory need not be indexed again by each program.
///
/// A file holds nothing that the rows do not hold: it may be missing, damaged or removed at any time.
/// It is never changed after it got its name. Which files make up the index is written in the store;
/// see ``IndexRecord``.
///
/// Layout, little-endian: a header of 4,096 bytes; the sections of the segment, each aligned to 64
/// bytes; the XXH64 of every 64 KiB of them. The header holds 64-bit numbers: the magic `BTXSEG\0\2`, the
/// hash of the header behind this number, the hash of the list of hashes, the size of the sections, the
/// version of the token key, the hash of Unicode's version, the hash of the memory's identity, the
/// language, the facts of the segment, then start and end of each section.
enum IndexFile {
  private static let magic: UInt64 = 0x0200_4745_5358_5442  // "BTXSEG\0\2"
  private static let headerSize = 4096
  private static let firstFact = 8
  private static let firstRange = 24

  /// What a file must be of to be used.
  struct Owner: Sendable, Hashable {
    /// The memory's identity.
    let memory: String
    /// The language.
    let language: Int64
  }

  // MARK: Reading

  /// Maps a file; `nil` when there is none, when it is of another memory, of other rules, or when its
  /// header or directory is damaged. The rest is checked where it is read.
  ///
  /// - Complexity: O(size of the directory): about 1 ms for a million texts.
  static func open(_ name: String, of owner: Owner, in directory: String) -> IndexSegment? {
    guard let whole = map(directory + "/" + name), whole.count >= headerSize else { return nil }
    let headerBuffer = unsafe whole.buffer(0..<headerSize, of: UInt64.self)
    let bytesBuffer = unsafe whole.buffer(0..<whole.count, of: UInt8.self)
    let header = unsafe headerBuffer.span
    let bytes = unsafe bytesBuffer.span
    guard header[0] == magic, header[1] == XXH64.hash(bytes, 16..<headerSize),
      let body = Int(exactly: header[3]), body <= whole.count - headerSize,
      whole.count - headerSize - body == 8 * BlockSums.blockCount(body),
      header[2] == XXH64.hash(bytes, (headerSize + body)..<whole.count),
      header[4] == UInt64(TokenKey.version), header[5] == XXH64.hash(TokenKey.unicodeVersion),
      header[6] == XXH64.hash(owner.memory), header[7] == UInt64(bitPattern: owner.language)
    else { return nil }
    var ranges: [Range<Int>] = []
    for number in IndexSegment.Section.allCases.indices {
      let start = header[firstRange + 2 * number]
      let end = header[firstRange + 1 + 2 * number]
      guard start <= end, end <= UInt64(body) else { return nil }
      ranges.append(Int(start)..<Int(end))
    }
    var hashes: [UInt64] = []
    for block in 0..<BlockSums.blockCount(body) {
      var hash: UInt64 = 0
      for offset in 0..<8 {
        hash |= UInt64(bytes[headerSize + body + 8 * block + offset]) << UInt64(8 * offset)
      }
      hashes.append(hash)
    }
    let sums = BlockSums(hashes)
    let mapped = whole.part(headerSize..<(headerSize + body), sums: sums)
    let directoryEnd = ranges[IndexSegment.Section.lastOfDirectory.rawValue].upperBound
    guard sums.areGood(0..<directoryEnd, of: mapped) else { return nil }
    var facts = SegmentFacts()
    facts.words = (0..<SegmentFacts.wordCount).map { header[firstFact + $0] }
    return IndexSegment(bytes: mapped, ranges: ranges, facts: facts)
  }

  /// Whether every byte of a file is as it was written.
  static func isWhole(_ name: String, of owner: Owner, in directory: String) -> Bool {
    open(name, of: owner, in: directory).map(isWhole) ?? false
  }

  /// Whether every byte of a segment is as it was written.
  static func isWhole(_ segment: IndexSegment) -> Bool {
    segment.bytes.sums?.areGood(0..<segment.bytes.count, of: segment.bytes) ?? true
  }

  private static func map(_ path: String) -> IndexBytes? {
    #if canImport(Glibc)
      let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #elseif canImport(Musl)
      let file = unsafe Musl.open(path, O_RDONLY | O_CLOEXEC)
    #else
      let file = unsafe Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
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

  /// Writes a segment under a name of its own and returns the name; `nil` when that fails: a full disk
  /// or a folder that cannot be written is no fault, the index just stays in memory.
  static func write(_ segment: IndexSegment, of owner: Owner, in directory: String) -> String? {
    unsafe mkdir(directory, 0o777)
    let sums = BlockSums.hashes(of: segment.bytes).flatMap(littleEndian)
    let head = header(of: segment, owner, sums: hash(sums))
    let facts = segment.facts
    let name =
      "\(owner.language)-\(facts.firstRevision)-\(facts.lastRevision)-"
      + String(UInt32.random(in: 0 ... .max), radix: 36) + ".btx"
    let path = directory + "/" + name
    let temporary = path + ".new"
    guard write(head, then: segment.bytes, then: sums, to: temporary) else {
      unsafe unlink(temporary)
      return nil
    }
    guard unsafe rename(temporary, path) == 0 else {
      unsafe unlink(temporary)
      return nil
    }
    synchronize(directory)
    return name
  }

  /// The header of a file.
  private static func header(of segment: IndexSegment, _ owner: Owner, sums: UInt64) -> [UInt8] {
    var header = [UInt64](repeating: 0, count: headerSize / 8)
    header[0] = magic
    header[2] = sums
    header[3] = UInt64(segment.bytes.count)
    header[4] = UInt64(TokenKey.version)
    header[5] = XXH64.hash(TokenKey.unicodeVersion)
    header[6] = XXH64.hash(owner.memory)
    header[7] = UInt64(bitPattern: owner.language)
    for (number, word) in segment.facts.words.enumerated() { header[firstFact + number] = word }
    for (number, range) in segment.ranges.enumerated() {
      header[firstRange + 2 * number] = UInt64(range.lowerBound)
      header[firstRange + 1 + 2 * number] = UInt64(range.upperBound)
    }
    header[1] = hash(Array(header.flatMap(littleEndian).dropFirst(16)))
    return header.flatMap(littleEndian)
  }

  private static func hash(_ bytes: [UInt8]) -> UInt64 { XXH64.hash(bytes.span) }

  /// Writes a new file and waits for the disk; returns whether all of it is there.
  private static func write(
    _ header: [UInt8], then body: IndexBytes, then sums: [UInt8], to path: String
  ) -> Bool {
    #if canImport(Glibc)
      let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    #elseif canImport(Musl)
      let file = unsafe Musl.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    #else
      let file = unsafe Darwin.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    #endif
    guard file >= 0 else { return false }
    var isWhole = unsafe header.withUnsafeBytes { unsafe write($0, to: file) }
    let buffer = unsafe UnsafeRawBufferPointer(body.buffer(0..<body.count, of: UInt8.self))
    if isWhole { isWhole = unsafe write(buffer, to: file) }
    if isWhole { isWhole = unsafe sums.withUnsafeBytes { unsafe write($0, to: file) } }
    if isWhole { isWhole = fsync(file) == 0 }
    close(file)
    return isWhole
  }

  private static func littleEndian(_ word: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
  }

  /// Makes the names in a directory durable.
  private static func synchronize(_ directory: String) {
    #if canImport(Glibc)
      let file = unsafe Glibc.open(directory, O_RDONLY | O_CLOEXEC)
    #elseif canImport(Musl)
      let file = unsafe Musl.open(directory, O_RDONLY | O_CLOEXEC)
    #else
      let file = unsafe Darwin.open(directory, O_RDONLY | O_CLOEXEC)
    #endif
    guard file >= 0 else { return }
    _ = fsync(file)
    close(file)
  }

  @unsafe
  private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
      guard let start = bytes.baseAddress else { return false }
      #if canImport(Glibc)
        let count = unsafe Glibc.write(file, start + offset, bytes.count - offset)
      #elseif canImport(Musl)
        let count = unsafe Musl.write(file, start + offset, bytes.count - offset)
      #else
        let count = unsafe Darwin.write(file, start + offset, bytes.count - offset)
      #endif
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }

  // MARK: Housekeeping

  /// The size of a file; `nil` when there is none.
  static func size(_ name: String, in directory: String) -> Int? {
    var status = stat()
    guard unsafe stat(directory + "/" + name, &status) == 0 else { return nil }
    return Int(status.st_size)
  }

  /// Removes the index files of a directory that are not among `kept` and are older than `seconds`:
  /// a program that is about to open one has the time to do so.
  static func removeStrays(in directory: String, except kept: Set<String>, olderThan seconds: Int) {
    let files = FileManager.default
    let now = Date()
    for name in (try? files.contentsOfDirectory(atPath: directory)) ?? [] {
      guard name.hasSuffix(".btx") || name.hasSuffix(".btx.new"), !kept.contains(name) else {
        continue
      }
      let path = directory + "/" + name
      let changed = try? files.attributesOfItem(atPath: path)[.modificationDate] as? Date
      if let changed, now.timeIntervalSince(changed) >= Double(seconds) {
        try? files.removeItem(atPath: path)
      }
    }
  }

  /// Runs `body` while no other program and no other memory object maintains this index; returns `false`,
  /// at once, when one does. The lock ends with the program, however that ends.
  static func withLease(in directory: String, _ body: () -> Void) -> Bool {
    unsafe mkdir(directory, 0o777)
    #if canImport(Glibc)
      let file = unsafe Glibc.open(directory + "/lease", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    #elseif canImport(Musl)
      let file = unsafe Musl.open(directory + "/lease", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    #else
      let file = unsafe Darwin.open(directory + "/lease", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    #endif
    guard file >= 0 else { return false }
    let isOwn = flock(file, LOCK_EX | LOCK_NB) == 0
    if isOwn {
      body()
      // Closing is not enough: a process that is forked just now holds the same lock until it executes.
      _ = flock(file, LOCK_UN)
    }
    close(file)
    return isOwn
  }
}

extension SegmentFacts {
  static let wordCount = 11

  /// The facts as the header of a file holds them.
  var words: [UInt64] {
    get {
      [
        UInt64(documentCount), UInt64(entryCount), UInt64(tokenCount), UInt64(wideFrom),
        UInt64(bitPattern: firstRevision), UInt64(bitPattern: lastRevision),
        UInt64(bitPattern: firstUnit), UInt64(bitPattern: stride), UInt64(usualCode),
        UInt64(bitPattern: position), hasCodes ? 1 : 0,
      ]
    }
    set {
      documentCount = Int(truncatingIfNeeded: newValue[0])
      entryCount = Int(truncatingIfNeeded: newValue[1])
      tokenCount = Int(truncatingIfNeeded: newValue[2])
      wideFrom = Int(truncatingIfNeeded: newValue[3])
      firstRevision = Int64(bitPattern: newValue[4])
      lastRevision = Int64(bitPattern: newValue[5])
      firstUnit = Int64(bitPattern: newValue[6])
      stride = Int64(bitPattern: newValue[7])
      usualCode = UInt32(truncatingIfNeeded: newValue[8])
      position = Int64(bitPattern: newValue[9])
      hasCodes = newValue[10] & 1 != 0
    }
  }
}
