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

  init(longestTail: Int) { self.longestTail = longestTail }

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
        try extend(&index, language, reader)
        loaded[language] = index
      }
    }
    position = now
  }

  /// Loads the index of a language when it is asked for the first time: from its file, if that is
  /// good, and from the rows that came or ended since; otherwise from the rows alone.
  mutating func load(
    _ language: Int64, _ reader: some MemoryReader, directory: String?
  ) throws(MemoryError) {
    guard loaded[language] == nil else { return }
    let owner = IndexFile.Owner(memory: try reader.identity(), language: language)
    if let directory, let file = IndexFile(of: owner, in: directory), file.position <= position {
      var index = LanguageIndex()
      if file.hasCodes { index.noteCodes() }
      index.append(file.segment)
      index.end(try reader.endedRevisions(after: file.position))
      try extend(&index, language, reader)
      // A file that misses much is made again.
      let most = max(longestTail, file.segment.entryCount / 4)
      if index.variantCount - file.segment.entryCount <= most, index.ended.count <= most {
        loaded[language] = index
        return
      }
    }
    var index = LanguageIndex()
    try extend(&index, language, reader)
    loaded[language] = index
    if let directory, let segment = index.segments.first, index.segments.count == 1,
      index.tail.count == 0
    {
      IndexFile.write(
        segment, of: owner, position: position, hasCodes: index.hasCodes, in: directory)
    }
  }

  private func extend(
    _ index: inout LanguageIndex, _ language: Int64, _ reader: some MemoryReader
  ) throws(MemoryError) {
    var builder: IndexSegmentBuilder?
    var grown = index
    try reader.forEachVariant(language: language, after: index.lastRevision) { text in
      if text.hasCodes { grown.noteCodes() }
      if builder != nil {
        builder?.add(TokenKey(text.text), IndexEntry(text))
        return
      }
      grown.append(text)
      if grown.tail.count > longestTail {
        builder = grown.tail.builder()
      }
    }
    if let segment = builder?.build() {
      grown.dropTail()
      grown.append(segment)
    }
    index = grown
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
}
