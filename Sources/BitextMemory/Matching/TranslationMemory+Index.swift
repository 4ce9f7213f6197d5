internal import BitextCore
internal import Dispatch
internal import Synchronization

extension TranslationMemory {
  /// The size of the index files that are kept beside the rows.
  public struct IndexSize: Sendable, Hashable {
    /// Files.
    public var files = 0
    /// Their bytes.
    public var bytes = 0
    /// The variants that they hold.
    public var entries = 0
  }

  /// Adds up the index files that are in use. A language that is small has none: its rows are scanned.
  public func indexSize() -> IndexSize {
    var size = IndexSize()
    let records = try? store.read { (reader) throws(MemoryError) in try reader.indexRecords() }
    for record in records ?? [] {
      size.files += 1
      size.bytes += record.bytes
      size.entries += record.entries
    }
    return size
  }

  /// What was damaged in the index and made again from the rows since this was asked last, one line a
  /// file.
  public func takeIndexRepairs() -> [String] { index.withLock { $0.takeRepairs() } }

  /// One line for each index file that cannot be used; see ``TranslationMemory/verify()``. A file that is
  /// not there is no fault: the next look-up makes it again.
  func indexFaults() throws(MemoryError) -> [String] {
    guard let directory = store.indexDirectory else { return [] }
    return try store.read { (reader) throws(MemoryError) in
      let identity = try reader.identity()
      return try reader.indexRecords().compactMap { record in
        let owner = IndexFile.Owner(memory: identity, language: record.language)
        guard IndexFile.size(record.file, in: directory) != nil,
          !IndexFile.isWhole(record.file, of: owner, in: directory)
        else { return nil }
        return "index/\(record.file) is damaged or of another version of Bitext; "
          + "the next look-up makes it again"
      }
    }
  }

  /// Runs `body` on one state of the store. Where it meets an index file that is damaged, it runs again
  /// on an index without that file.
  ///
  /// - Parameter maintainsLater: Writes what is not in files yet on a thread of its own.
  func ask<Result>(
    maintainsLater: Bool = true,
    _ body: (any MemoryReader) throws(MemoryError) -> Result
  ) throws(MemoryError) -> Result {
    var attempts = 0
    while true {
      do throws(MemoryError) {
        let result = try store.read(body)
        if maintainsLater, index.withLock({ $0.isUnsaved }) { maintainIndexLater() }
        return result
      } catch {
        guard error.code == .damagedIndex, attempts < 64 else { throw error }
        attempts += 1
        index.withLock { $0.refuse(error.message) }
      }
    }
  }

  // MARK: Maintenance

  /// Puts the index in order: writes segments that are in memory only into files, and merges small
  /// files into larger ones, eight of a size at a time (16 k, 128 k, 1 M, 8 M variants).
  ///
  /// Nobody waits for it: readers go on with the files that they have, writers with the rows. One
  /// program does it at a time; when another one is at it, or the memory is read-only, or the disk is
  /// full, nothing happens.
  public func maintainIndex() { maintainIndex(mergesAll: false) }

  /// The same, on a thread of its own, unless that is going on already.
  func maintainIndexLater() {
    guard !store.isReadOnly, index.withLock({ $0.beginMaintenance() }) else { return }
    maintenance.enter()
    DispatchQueue.global(qos: .utility).async { [self] in
      maintainIndex()
      index.withLock { $0.endMaintenance() }
      maintenance.leave()
    }
  }

  /// Waits until what look-ups have begun in the background is done: index files written and merged.
  ///
  /// Nothing needs it; a program that ends before loses no more than the work on those files.
  public func finishMaintenance() { maintenance.wait() }

  /// Indexes what was saved since the last segment, if it is much.
  func indexNew() {
    let follower = IndexFollower(of: self)
    follower.advance()
    follower.finish()
    maintainIndex()
  }

  /// Brings all variants of each language into one file.
  public func compactIndex() {
    let follower = IndexFollower(of: self, least: 1)
    follower.advance()
    follower.finish()
    maintainIndex(mergesAll: true)
  }

  private func maintainIndex(mergesAll: Bool) {
    guard !store.isReadOnly, let directory = store.indexDirectory else { return }
    _ = IndexFile.withLease(in: directory) {
      do throws(MemoryError) {
        try saveSegments(in: directory)
        while try mergeOnce(in: directory, all: mergesAll) {}
        let records = try records()
        IndexFile.removeStrays(
          in: directory, except: Set(records.map(\.file)), olderThan: mergesAll ? 0 : 60)
      } catch {
        // The rows are the truth; what failed here is tried again another time.
      }
    }
  }

  private func records() throws(MemoryError) -> [IndexRecord] {
    try store.read { (reader) throws(MemoryError) in try reader.indexRecords() }
  }

  /// Writes the segments that are in memory only.
  private func saveSegments(in directory: String) throws(MemoryError) {
    let (loaded, refused) = index.withLock { ($0.loaded, $0.refused) }
    guard loaded.contains(where: { $0.value.isUnsaved }) else { return }
    let identity = try store.read { (reader) throws(MemoryError) in try reader.identity() }
    for (language, part) in loaded.sorted(by: { $0.key < $1.key }) {
      let owner = IndexFile.Owner(memory: identity, language: language)
      for unsaved in part.parts where unsaved.file == nil {
        let facts = unsaved.segment.facts
        let others = try records().filter {
          $0.language == language && $0.firstRevision <= facts.lastRevision
            && $0.lastRevision >= facts.firstRevision
        }
        // Another program may have been quicker; a damaged or lost file gives way.
        let gaveWay = others.allSatisfy {
          refused.contains($0.file) || IndexFile.size($0.file, in: directory) == nil
        }
        if gaveWay,
          let file = try save(unsaved.segment, of: owner, replacing: others, in: directory)
        {
          index.withLock {
            $0.name(file, language: language, firstRevision: facts.firstRevision)
          }
        } else {
          index.withLock { $0.unload(language) }
          break
        }
      }
    }
  }

  /// Writes a segment and lists it. Returns its name; `nil` when it could not be written or listed.
  func save(
    _ segment: IndexSegment, of owner: IndexFile.Owner, replacing others: [IndexRecord],
    in directory: String
  ) throws(MemoryError) -> String? {
    guard let file = IndexFile.write(segment, of: owner, in: directory) else { return nil }
    let record = IndexRecord(
      file: file, language: owner.language, firstRevision: segment.facts.firstRevision,
      lastRevision: segment.facts.lastRevision, entries: segment.entryCount,
      bytes: IndexFile.size(file, in: directory) ?? 0)
    return try store.replaceIndexRecords(others.map(\.file), by: record) ? file : nil
  }

  /// Merges one run of files; returns whether there was one.
  private func mergeOnce(in directory: String, all: Bool) throws(MemoryError) -> Bool {
    let records = try records()
    for language in Set(records.map(\.language)).sorted() {
      let own = records.filter { $0.language == language }
      guard let run = Self.run(in: own, all: all) else { continue }
      return try merge(run, language, in: directory)
    }
    return false
  }

  /// Files next to each other that are to become one: eight or more of a size or smaller.
  static func run(in records: [IndexRecord], all: Bool) -> [IndexRecord]? {
    let largest = 8_388_608
    if all {
      let entries = records.reduce(0) { $0 + $1.entries }
      return records.count > 1 && entries <= largest ? records : nil
    }
    for tier in 0...2 {
      var run: [IndexRecord] = []
      for record in records {
        if record.tier <= tier {
          run.append(record)
        } else if run.count >= 8 {
          break
        } else {
          run = []
        }
      }
      if run.count >= 8, run.reduce(0, { $0 + $1.entries }) <= largest { return run }
    }
    return nil
  }

  private func merge(
    _ run: [IndexRecord], _ language: Int64, in directory: String
  ) throws(MemoryError) -> Bool {
    guard let first = run.first, let last = run.last else { return false }
    let state = try store.read { (reader) throws(MemoryError) in
      (identity: try reader.identity(), position: try reader.position())
    }
    let owner = IndexFile.Owner(memory: state.identity, language: language)
    var segments: [IndexSegment] = []
    var oldest = state.position
    for record in run {
      guard let segment = IndexFile.open(record.file, of: owner, in: directory),
        IndexFile.isWhole(segment)
      else { return false }
      segments.append(segment)
      oldest = min(oldest, segment.facts.position)
    }
    let ended = try store.read { (reader) throws(MemoryError) in
      Set(try reader.endedRevisions(after: oldest))
    }
    var builder = IndexSegmentBuilder(expectedVariants: run.reduce(0) { $0 + $1.entries })
    for segment in segments { builder.add(segment, except: ended) }
    guard
      let merged = builder.build(
        revisions: first.firstRevision...last.lastRevision, position: state.position)
    else { return false }
    guard try save(merged, of: owner, replacing: run, in: directory) != nil else { return false }
    index.withLock { $0.unload(language) }
    return true
  }
}

extension MemoryError.Code {
  /// A file of the index is damaged; the rows are not.
  public static let damagedIndex = MemoryError.Code(rawValue: "damagedIndex")
}
