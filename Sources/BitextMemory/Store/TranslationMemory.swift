public import BitextCore
internal import Synchronization

/// A translation memory: keeps translation units without losing anything, and says how a text was
/// translated before.
///
///     let memory = try TranslationMemory(at: folder)
///     try memory.save([unit])
///     let matches = try memory.matches(for: MatchQuery("The blue house", from: "en", to: "es"))
///
/// Any thread may ask and save; a look-up sees everything that was saved before it began, by this
/// program or another one. Two promises are tested: every match at or above the threshold is found,
/// and what `save` has returned from survives a crash.
public final class TranslationMemory: Sendable {
  /// The rows.
  public let store: any MemoryStore
  let index: Mutex<MemoryIndex>
  let scratches = Mutex<[SearchScratch]>([])

  /// A memory over a store.
  ///
  /// - Parameter longestTail: How many new variants of a language are scanned at each look-up before an
  ///   index is made of them. Scanning 10,000 takes about 0.05 ms, indexing them 50 ms.
  public init(store: any MemoryStore, longestTail: Int = 16_384) {
    self.store = store
    index = Mutex(MemoryIndex(longestTail: longestTail))
  }

  // MARK: Saving

  /// Saves units in one transaction: when it returns, all of them are durable; when it throws, none
  /// is there.
  ///
  /// - Throws: `invalidUnit` when a unit has no variant, or what the store reports.
  /// - Complexity: About 10 µs a unit, and one synchronisation of the disk.
  @discardableResult
  public func save(
    _ units: some Sequence<TranslationUnit>, rule: SaveRule = .keepNewest
  ) throws(MemoryError) -> SaveReport {
    var prepared: [PreparedUnit] = []
    for unit in units { prepared.append(try PreparedUnit(unit)) }
    return try save(prepared, rule: rule)
  }

  /// Saves units that were prepared before, perhaps on other threads, in one transaction.
  @discardableResult
  public func save(
    _ units: [PreparedUnit], rule: SaveRule = .keepNewest
  ) throws(MemoryError) -> SaveReport {
    try store.write { (writer) throws(MemoryError) in
      var report = SaveReport()
      try UnitSaver.save(units, rule: rule, into: writer, &report)
      return report
    }
  }

  /// Takes units out of the memory. Their rows stay as history.
  public func remove(_ units: some Sequence<Int64>) throws(MemoryError) {
    let units = Array(units)
    try store.write { (writer) throws(MemoryError) in
      for unit in units { try writer.remove(unit) }
    }
  }

  // MARK: Reading

  /// The unit with this number, as it was saved; `nil` when there is none.
  public func unit(_ number: Int64) throws(MemoryError) -> TranslationUnit? {
    try store.read { (reader) throws(MemoryError) in try reader.unit(number) }
  }

  /// Calls `body` with every unit that passes the filter, in the order in which they were first
  /// saved, until it returns `false`. All of them are of one state of the memory.
  ///
  /// - Complexity: O(units of the memory); one unit at a time is held.
  public func forEachUnit(
    where filter: MemoryFilter = MemoryFilter(),
    _ body: (TranslationUnit) throws(MemoryError) -> Bool
  ) throws(MemoryError) {
    try store.read { (reader) throws(MemoryError) in
      try reader.forEachUnit { (_, unit) throws(MemoryError) in
        filter.accepts(unit) ? try body(filter.narrow(unit)) : true
      }
    }
  }

  /// All units that pass the filter, in the order in which they were first saved.
  public func units(
    where filter: MemoryFilter = MemoryFilter()
  ) throws(MemoryError) -> [TranslationUnit] {
    var units: [TranslationUnit] = []
    try forEachUnit(where: filter) { unit in
      units.append(unit)
      return true
    }
    return units
  }

  /// Counts and sizes.
  public func statistics() throws(MemoryError) -> MemoryStatistics {
    try store.read { (reader) throws(MemoryError) in try reader.statistics() }
  }

  // MARK: Glossary

  /// Saves concept entries beside the units; an entry with the identifier of one that is there takes
  /// its place.
  public func save(concepts: [ConceptEntry]) throws(MemoryError) {
    try store.write { (writer) throws(MemoryError) in try writer.save(concepts) }
  }

  /// The concept entries, in the order in which they were first saved.
  public func concepts() throws(MemoryError) -> [ConceptEntry] {
    try store.read { (reader) throws(MemoryError) in try reader.concepts() }
  }

  // MARK: Keeping

  /// Gives unused room back to the disk.
  public func compact() throws(MemoryError) {
    try store.compact()
    compactIndex()
  }

  /// Checks every page of the store and every index file; returns one line for each fault, none when
  /// all is well.
  public func verify() throws(MemoryError) -> [String] {
    let faults = try store.verify()
    return try faults + indexFaults()
  }
}

/// Applies the save rules; see ``SaveRule``.
enum UnitSaver {
  /// How many units with the source of the one that is saved are compared with it, newest first.
  private static let candidates = 64

  static func save(
    _ units: [PreparedUnit], rule: SaveRule, into writer: some MemoryWriter,
    _ report: inout SaveReport
  ) throws(MemoryError) {
    for unit in units {
      report.read += 1
      switch try save(unit, rule: rule, into: writer) {
      case .added: report.added += 1
      case .updated: report.updated += 1
      case .unchanged: report.unchanged += 1
      }
    }
  }

  static func save(
    _ incoming: PreparedUnit, rule: SaveRule, into writer: some MemoryWriter
  ) throws(MemoryError) -> SaveOutcome {
    let source = incoming.unit.variants[incoming.sourceIndex]
    let candidates = try writer.units(
      textHash: incoming.textHashes[incoming.sourceIndex], source: source.language,
      limit: Self.candidates)
    var conflict: (unit: Int64, content: PreparedUnit, isNewer: Bool)?
    for candidate in candidates {
      guard let unit = try writer.unit(candidate.unit) else { continue }
      let stored = try PreparedUnit(unit, context: candidate.context)
      let storedSource = stored.unit.variants[stored.sourceIndex]
      guard storedSource.language == source.language, storedSource.segment == source.segment,
        stored.context == incoming.context
      else { continue }
      switch UnitMerge.compare(stored: stored, incoming: incoming) {
      case .unrelated: continue
      case .same: return .unchanged
      case .joined(let joined):
        if rule == .keepExisting { return .unchanged }
        try writer.replace(
          candidate.unit, with: try PreparedUnit(joined, context: stored.context))
        return .updated
      case .conflict(let result, let isNewer):
        if conflict == nil {
          conflict = (
            candidate.unit, try PreparedUnit(result, context: stored.context), isNewer
          )
        }
      }
    }
    if let conflict {
      switch rule {
      case .addAll: break
      case .keepExisting: return .unchanged
      case .keepNewest where !conflict.isNewer: return .unchanged
      case .keepNewest, .replace:
        try writer.replace(conflict.unit, with: conflict.content)
        return .updated
      }
    }
    _ = try writer.insert(incoming)
    return .added
  }
}

/// Which units of a memory are meant.
public struct MemoryFilter: Sendable, Hashable {
  /// Only units with a variant in one of these languages, and only those variants; empty for all.
  public var languages: [LanguageTag]
  /// Only units that were made or changed at this time or later, in seconds since 1970.
  public var since: Int64?
  /// Only units that have a property of this name.
  public var propertyName: String?
  /// Only units whose property of that name has this value.
  public var propertyValue: String?

  public init(
    languages: [LanguageTag] = [], since: Int64? = nil, propertyName: String? = nil,
    propertyValue: String? = nil
  ) {
    self.languages = languages
    self.since = since
    self.propertyName = propertyName
    self.propertyValue = propertyValue
  }

  /// Whether the unit passes.
  public func accepts(_ unit: TranslationUnit) -> Bool {
    if !languages.isEmpty, !unit.variants.contains(where: { isWanted($0.language) }) {
      return false
    }
    if let since {
      let dates = ([unit.provenance] + unit.variants.map(\.provenance)).flatMap {
        [$0.created, $0.changed].compactMap { $0?.secondsSince1970 }
      }
      guard let latest = dates.max(), latest >= since else { return false }
    }
    if let propertyName {
      let properties = unit.properties + unit.variants.flatMap(\.properties)
      guard
        properties.contains(where: {
          $0.name == propertyName && (propertyValue == nil || $0.value == propertyValue)
        })
      else { return false }
    }
    return true
  }

  /// The unit with the wanted languages only.
  public func narrow(_ unit: TranslationUnit) -> TranslationUnit {
    guard !languages.isEmpty else { return unit }
    var narrowed = unit
    narrowed.variants.removeAll { !isWanted($0.language) }
    return narrowed
  }

  private func isWanted(_ language: LanguageTag) -> Bool {
    languages.contains { LanguageMatch.points(asked: $0, stored: language) != nil }
  }
}
