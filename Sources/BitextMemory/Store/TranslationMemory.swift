public import BitextCore
internal import Dispatch
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
  /// The maintenance that runs in the background.
  let maintenance = DispatchGroup()

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
  /// - Parameter name: Records a run of this name, which can be undone; `nil` records none.
  /// - Throws: `invalidUnit` when a unit has no variant, or what the store reports.
  /// - Complexity: About 10 µs a unit, and one synchronisation of the disk.
  @discardableResult
  public func save(
    _ units: some Sequence<TranslationUnit>, rule: SaveRule = .keepNewest,
    recordedAs name: String? = nil
  ) throws(MemoryError) -> SaveReport {
    var prepared: [PreparedUnit] = []
    for unit in units { prepared.append(try PreparedUnit(unit)) }
    return try save(prepared, rule: rule, recordedAs: name)
  }

  /// Saves units that were prepared before, perhaps on other threads, in one transaction.
  ///
  /// - Parameter name: Records a run of this name, which can be undone; `nil` records none.
  @discardableResult
  public func save(
    _ units: [PreparedUnit], rule: SaveRule = .keepNewest, recordedAs name: String? = nil
  ) throws(MemoryError) -> SaveReport {
    try store.write { (writer) throws(MemoryError) in
      var saver = UnitSaver(rule: rule)
      guard let name else {
        try saver.save(units, into: writer)
        return saver.report
      }
      var run = try writer.begin(.add, name, rule: rule)
      try saver.save(units, into: writer)
      try writer.end(&run, report: saver.report)
      return saver.report
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
    try store.read { (reader) throws(MemoryError) in try reader.unit(number)?.unit }
  }

  /// Calls `body` with every unit that passes the filter, in the order in which they were first
  /// saved, until it returns `false`. All of them are of one state of the memory.
  ///
  /// - Complexity: O(units of the memory); one unit at a time is held.
  public func forEachUnit(
    where filter: MemoryFilter = MemoryFilter(),
    _ body: (TranslationUnit) throws(MemoryError) -> Bool
  ) throws(MemoryError) {
    try forEachStoredUnit(where: filter) { (stored) throws(MemoryError) in try body(stored.unit) }
  }

  /// The same with the number, the source and the context of each unit.
  public func forEachStoredUnit(
    where filter: MemoryFilter = MemoryFilter(),
    _ body: (StoredUnit) throws(MemoryError) -> Bool
  ) throws(MemoryError) {
    try store.read { (reader) throws(MemoryError) in
      let test = try FilterTest(filter, reader)
      try reader.forEachUnit { (stored) throws(MemoryError) in
        test.accepts(stored) ? try body(filter.narrow(stored)) : true
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

  /// The languages that something was ever stored in, by tag.
  public func languages() throws(MemoryError) -> [LanguageTag] {
    try store.read { (reader) throws(MemoryError) in try reader.languages().map(\.tag).sorted() }
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

  /// Copies the memory, as it is now, to a path where nothing is yet; others may write meanwhile.
  ///
  /// The index is not copied; the copy makes its own.
  ///
  /// - Throws: `cannotOpen` when something is there.
  public func backUp(to path: String) throws(MemoryError) { try store.copy(to: path) }

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
///
/// What one import or one call of `save` brings does not stand against itself: a file with two
/// translations of one text means both. Only what was there before can be replaced.
struct UnitSaver: Sendable {
  /// What happens to another translation.
  let rule: SaveRule
  /// Units that differ in one of these properties have nothing to do with each other.
  let distinguishing: [String]
  /// Units that were there and that this import has confirmed or changed; those that it added are
  /// known to the writer.
  /// One set a batch: a copy of the saver shares those that are full.
  private var confirmed: [Set<Int64>] = []
  private(set) var report = SaveReport()

  /// How many units with the source of the one that is saved are compared with it, newest first.
  private static let candidates = 64

  init(rule: SaveRule, distinguishing: [String] = [], report: SaveReport = SaveReport()) {
    self.rule = rule
    self.distinguishing = distinguishing
    self.report = report
  }

  /// Counts a unit that could not be read.
  mutating func reject() { report.rejected += 1 }

  /// Saves units. Those that stand against an older one come last, when it is known which of the older
  /// ones are brought again.
  mutating func save(
    _ units: [PreparedUnit], into writer: some MemoryWriter
  ) throws(MemoryError) {
    if confirmed.last?.count ?? .max > 10_000 { confirmed.append([]) }
    var postponed: [PreparedUnit] = []
    for unit in units {
      report.read += 1
      if let outcome = try save(unit, postponesConflict: rule != .addAll, into: writer) {
        count(outcome)
      } else {
        postponed.append(unit)
      }
    }
    for unit in postponed {
      if let outcome = try save(unit, postponesConflict: false, into: writer) { count(outcome) }
    }
  }

  private mutating func count(_ outcome: SaveOutcome) {
    switch outcome {
    case .added: report.added += 1
    case .updated: report.updated += 1
    case .unchanged: report.unchanged += 1
    }
  }

  /// What became of a unit; `nil` when it stands against an older one and is to wait.
  private mutating func save(
    _ incoming: PreparedUnit, postponesConflict: Bool, into writer: some MemoryWriter
  ) throws(MemoryError) -> SaveOutcome? {
    let source = incoming.unit.variants[incoming.sourceIndex]
    let candidates = try writer.units(
      textHash: incoming.textHashes[incoming.sourceIndex], source: source.language,
      limit: Self.candidates)
    var conflict: (unit: Int64, content: PreparedUnit, isNewer: Bool, hasSameName: Bool)?
    for candidate in candidates where candidate.context == incoming.context {
      guard let stored = try writer.unit(candidate.unit)?.prepared else { continue }
      let storedSource = stored.unit.variants[stored.sourceIndex]
      guard storedSource.language == source.language, storedSource.segment == source.segment,
        isComparable(stored.unit, incoming.unit)
      else { continue }
      switch UnitMerge.compare(stored: stored, incoming: incoming) {
      case .unrelated: continue
      case .same:
        confirm(candidate.unit, writer)
        return .unchanged
      case .joined(let joined):
        if rule == .keepExisting {
          confirm(candidate.unit, writer)
          return .unchanged
        }
        try writer.replace(candidate.unit, with: joined)
        confirm(candidate.unit, writer)
        return .updated
      case .conflict(let result, let isNewer):
        // One that this import brought, too, stays beside it.
        guard !writer.isOwn(candidate.unit), !isConfirmed(candidate.unit) else { continue }
        // Of several, the one with the same name is meant, else the newest.
        let hasSameName =
          incoming.unit.identifier != nil && stored.unit.identifier == incoming.unit.identifier
        if conflict == nil || hasSameName && conflict?.hasSameName == false {
          conflict = (candidate.unit, result, isNewer, hasSameName)
        }
      }
    }
    if let conflict {
      if postponesConflict { return nil }
      switch rule {
      case .addAll: break
      case .keepExisting: return .unchanged
      case .keepNewest where !conflict.isNewer: return .unchanged
      case .keepNewest, .replace:
        try writer.replace(conflict.unit, with: conflict.content)
        confirm(conflict.unit, writer)
        return .updated
      }
    }
    _ = try writer.insert(incoming)
    return .added
  }

  private mutating func confirm(_ unit: Int64, _ writer: some MemoryWriter) {
    if !writer.isOwn(unit) { confirmed[confirmed.count - 1].insert(unit) }
  }

  private func isConfirmed(_ unit: Int64) -> Bool { confirmed.contains { $0.contains(unit) } }

  /// Whether two units agree in every property that tells units apart.
  private func isComparable(_ left: TranslationUnit, _ right: TranslationUnit) -> Bool {
    distinguishing.allSatisfy { name in
      func values(_ unit: TranslationUnit) -> Set<String> {
        Set(unit.properties.filter { $0.name == name }.map(\.value))
      }
      return values(left) == values(right)
    }
  }
}
