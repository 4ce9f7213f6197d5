internal import BitextText

/// The index of one language: immutable segments, and the tail of what was saved after them.
///
/// A value: a look-up takes a copy and is not disturbed by what is saved meanwhile.
struct LanguageIndex: Sendable {
  /// A segment, with the file that it is in.
  struct Part: Sendable {
    let segment: IndexSegment
    /// `nil` when it is in memory only.
    let file: String?
  }

  private(set) var parts: [Part] = []
  private(set) var tail = IndexTail()
  /// Revisions that ended after their segment was begun.
  private(set) var ended: Set<Int64> = []
  /// The last revision that the segments cover.
  private(set) var sealedRevision: Int64 = 0
  /// The last revision that the index holds.
  private(set) var lastRevision: Int64 = 0

  /// Whether inline codes stand in any of the texts.
  private(set) var hasCodes = false

  /// The number of indexed variants, ended ones included.
  var variantCount: Int { parts.reduce(tail.count) { $0 + $1.segment.entryCount } }

  /// Whether there are segments that no file holds.
  var isUnsaved: Bool { parts.contains { $0.file == nil } }

  /// Takes a segment over; it must follow all that is there, and the tail must be empty.
  mutating func append(_ segment: IndexSegment, file: String?) {
    parts.append(Part(segment: segment, file: file))
    if segment.facts.hasCodes { hasCodes = true }
    sealedRevision = segment.facts.lastRevision
    lastRevision = max(lastRevision, sealedRevision)
  }

  /// Says that the segment with this first revision is in a file now.
  mutating func name(_ file: String, firstRevision: Int64) {
    for place in parts.indices where parts[place].segment.facts.firstRevision == firstRevision {
      parts[place] = Part(segment: parts[place].segment, file: file)
    }
  }

  /// Says that there is nothing up to a revision but what is there.
  mutating func cover(_ revision: Int64) {
    sealedRevision = max(sealedRevision, revision)
    lastRevision = max(lastRevision, revision)
  }

  /// Adds a variant to the tail. Revisions must ascend.
  mutating func append(_ text: StoredText) {
    if text.hasCodes { hasCodes = true }
    tail.append(TokenKey(text.text), IndexEntry(text))
    lastRevision = text.revision
  }

  /// Marks revisions that are no longer to be found.
  mutating func end(_ revisions: [Int64]) {
    for revision in revisions where revision <= lastRevision { ended.insert(revision) }
  }

  /// Forgets the tail, which has become a segment.
  mutating func dropTail() { tail = IndexTail() }

  /// The entries of a hit that are alive, newest first.
  func entries(_ hit: SearchCollector.Hit) throws(DamagedPart) -> [IndexEntry] {
    if hit.segment == parts.count {
      let entry = tail.entries[hit.document]
      return ended.contains(entry.revision) ? [] : [entry]
    }
    let part = parts[hit.segment]
    do throws(DamagedIndex) {
      var known = BlockGuard(part.segment.bytes)
      let entries = try part.segment.entries(ofDocument: hit.document, &known)
      return ended.isEmpty ? entries : entries.filter { !ended.contains($0.revision) }
    } catch {
      throw DamagedPart(file: part.file)
    }
  }

  /// Finds every document that reaches the collector's bar and has a unit that `allows` accepts.
  ///
  /// The hits number the segments in order, and the tail after them.
  func search(
    _ query: SearchQuery, into collector: inout SearchCollector, scratch: inout SearchScratch,
    statistics: inout SearchStatistics, allows: (IndexEntry) -> Bool
  ) throws(DamagedPart) {
    let ended = ended
    func isWanted(_ entry: IndexEntry) -> Bool {
      allows(entry) && (ended.isEmpty || !ended.contains(entry.revision))
    }
    // The largest segment raises the bar early for the others.
    let order = parts.indices.sorted {
      (parts[$1].segment.documentCount, $0) < (parts[$0].segment.documentCount, $1)
    }
    for number in order {
      let part = parts[number]
      do throws(DamagedIndex) {
        try part.segment.search(
          query, number: number, into: &collector, scratch: &scratch, statistics: &statistics,
          allows: isWanted)
      } catch {
        throw DamagedPart(file: part.file)
      }
    }
    tail.search(query, number: parts.count, into: &collector, statistics: &statistics) {
      let entry = tail.entries[$0]
      return isWanted(entry) ? [entry.unit] : []
    }
  }
}

/// A segment's file holds other bytes than were written.
struct DamagedPart: Error {
  /// Its name; `nil` when the segment is in memory only.
  let file: String?
}
