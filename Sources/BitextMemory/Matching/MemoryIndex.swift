internal import BitextCore
internal import BitextText

/// The index of a memory as of one position of its store.
struct MemoryIndex: Sendable {
  /// A tail that grows beyond this many variants becomes a segment.
  let longestTail: Int
  /// The position of the store that the index shows.
  private(set) var position: Int64 = -1
  private(set) var languages: [StoredLanguage] = []
  /// The languages of each set; the number of a set is its index.
  private(set) var languageSets: [[Int64]] = []
  /// The languages that were asked for so far.
  private(set) var loaded: [Int64: LanguageIndex] = [:]
  /// Files that were found damaged: they are not opened again.
  private(set) var refused: Set<String> = []
  /// One line for each file that was damaged and whose content was made again.
  private(set) var repairs: [String] = []

  /// Whether a thread of this program maintains the files.
  private var isMaintained = false

  init(longestTail: Int, refused: Set<String> = []) {
    self.longestTail = longestTail
    self.refused = refused
  }

  /// Whether there are segments that could be written into files.
  var isUnsaved: Bool { loaded.contains { $0.value.isUnsaved } }

  /// Brings the index to the state of a reader.
  mutating func refresh(_ reader: some MemoryReader) throws(MemoryError) {
    let now = try reader.position()
    guard now != position else { return }
    languages = try reader.languages()
    var sets: [[Int64]] = []
    for set in try reader.languageSets() {
      while sets.count <= Int(set.id) { sets.append([]) }
      sets[Int(set.id)] = set.languages
    }
    languageSets = sets
    if !loaded.isEmpty {
      let ended = try reader.endedRevisions(after: position)
      for language in loaded.keys.sorted() {
        guard var index = loaded.removeValue(forKey: language) else { continue }
        index.end(ended)
        try extend(&index, language, reader, position: now)
        loaded[language] = index
      }
    }
    position = now
  }

  /// Loads the indexes of the languages that answer for the given ones.
  mutating func load(
    _ wanted: [LanguageTag], _ reader: some MemoryReader, directory: String?
  ) throws(MemoryError) {
    for tag in wanted {
      for language in languages(for: tag) {
        try load(language.id, reader, directory: directory)
      }
    }
  }

  /// Loads the index of a language when it is asked for the first time: from its files and from the
  /// rows that came or ended since. What a file should hold that is missing or damaged is made again
  /// from the rows.
  private mutating func load(
    _ language: Int64, _ reader: some MemoryReader, directory: String?
  ) throws(MemoryError) {
    guard loaded[language] == nil else { return }
    let owner = IndexFile.Owner(memory: try reader.identity(), language: language)
    var index = LanguageIndex()
    var oldest = position
    for record in try reader.indexRecords() where record.language == language {
      // Files that do not follow each other are no index.
      guard record.firstRevision == index.sealedRevision + 1 else { break }
      if let directory, !refused.contains(record.file),
        let segment = IndexFile.open(record.file, of: owner, in: directory),
        segment.facts.firstRevision == record.firstRevision,
        segment.facts.lastRevision == record.lastRevision
      {
        index.append(segment, file: record.file)
        oldest = min(oldest, segment.facts.position)
        continue
      }
      if let directory,
        refused.contains(record.file)
          || IndexFile.size(record.file, in: directory) != nil
      {
        repairs.append(
          "index/\(record.file) is damaged or of another version; it is made again from the rows")
        refused.insert(record.file)
      }
      var builder = IndexSegmentBuilder(expectedVariants: record.entries)
      try reader.forEachVariant(language: language, after: index.sealedRevision) { text in
        if text.revision <= record.lastRevision { builder.add(text) }
      }
      if let segment = builder.build(
        revisions: record.firstRevision...record.lastRevision, position: position)
      {
        index.append(segment, file: nil)
      } else {
        index.cover(record.lastRevision)
      }
    }
    if oldest < position { index.end(try reader.endedRevisions(after: oldest)) }
    try extend(&index, language, reader, position: position)
    loaded[language] = index
  }

  /// Adds the rows that are not there yet.
  private func extend(
    _ index: inout LanguageIndex, _ language: Int64, _ reader: some MemoryReader, position: Int64
  ) throws(MemoryError) {
    var builder: IndexSegmentBuilder?
    var grown = index
    try reader.forEachVariant(language: language, after: index.lastRevision) { text in
      if builder != nil {
        builder?.add(text)
        return
      }
      grown.append(text)
      if grown.tail.count > longestTail {
        builder = grown.tail.builder(except: grown.ended)
        builder?.hasCodes = grown.hasCodes
      }
    }
    if let builder, let last = builder.lastRevision {
      let first = grown.sealedRevision + 1
      if let segment = builder.build(revisions: first...last, position: position) {
        grown.dropTail()
        grown.append(segment, file: nil)
      }
    }
    index = grown
  }

  /// Forgets a file that is damaged: the next load makes its content again.
  mutating func refuse(_ file: String?) {
    if let file { refused.insert(file) }
    loaded = [:]
    position = -1
  }

  /// Whether nobody maintains the files yet; then the caller does.
  mutating func beginMaintenance() -> Bool {
    defer { isMaintained = true }
    return !isMaintained
  }

  mutating func endMaintenance() { isMaintained = false }

  /// Says that a segment is in a file now.
  mutating func name(_ file: String, language: Int64, firstRevision: Int64) {
    loaded[language]?.name(file, firstRevision: firstRevision)
  }

  /// Forgets a language: the next look-up loads it from its files.
  mutating func unload(_ language: Int64) { loaded[language] = nil }

  /// Gives away what is to be told.
  mutating func takeRepairs() -> [String] {
    defer { repairs = [] }
    return repairs
  }

  /// The stored languages that answer for the one that is asked, with the points that it costs: the
  /// very language first, then the cheapest.
  func languages(for asked: LanguageTag) -> [(id: Int64, points: Int)] {
    languages.compactMap { stored -> (id: Int64, points: Int, rank: Int)? in
      LanguageMatch.points(asked: asked, stored: stored.tag).map {
        (stored.id, $0, stored.tag == asked ? 0 : 1)
      }
    }.sorted {
      ($0.rank, $0.points, $0.id) < ($1.rank, $1.points, $1.id)
    }.map { ($0.id, $0.points) }
  }

  /// For each set of languages whether it holds one of `wanted`.
  func allowedSets(_ wanted: [(id: Int64, points: Int)]) -> [Bool] {
    languageSets.map { set in set.contains { id in wanted.contains { $0.id == id } } }
  }

  /// Runs `body`; a damaged file becomes an error that ``TranslationMemory/ask(_:)`` knows.
  func mending<Result>(
    _ language: Int64, _ body: () throws(DamagedPart) -> Result
  ) throws(MemoryError) -> Result {
    do throws(DamagedPart) {
      return try body()
    } catch {
      throw MemoryError(.damagedIndex, message: error.file ?? "")
    }
  }
}
