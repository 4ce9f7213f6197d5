internal import BitextCore
internal import BitextMemory
internal import GRDB

/// A transaction on a memory's database; see ``MemoryWriter``.
final class SQLiteWriter: SQLiteReader, MemoryWriter {
  /// The position that this transaction gives to what it ends.
  private var currentPosition: Int64 = 0
  private var lastRevision: Int64 = 0
  private var lastUnit: Int64 = 0
  private var isChanged = false
  private var languageIDs: [LanguageTag: Int64] = [:]
  private var spellingIDs: [String: Int64] = [:]
  private var setIDs: [[Int64]: Int64] = [:]
  /// The run that acts; 0 for none.
  private var run: Int64 = 0
  /// The largest number of a unit before this transaction.
  private var lastUnitBefore: Int64 = 0
  /// The numbers of the units that the run added in other transactions.
  private var runUnits: [ClosedRange<Int64>] = []

  /// Reads where the counters stand. The transaction must be open.
  func begin() throws(MemoryError) {
    let rows = try statement("SELECT position, revision, unit FROM clock")
    defer { rows.reset() }
    guard try rows.step() else {
      throw MemoryError(.damaged, path: path, message: "the memory's clock is missing")
    }
    currentPosition = rows.int(0) + 1
    lastRevision = rows.int(1)
    lastUnit = rows.int(2)
    lastUnitBefore = lastUnit
    for language in try languages() { languageIDs[language.tag] = language.id }
    for set in try languageSets() { setIDs[set.languages] = Int64(set.id) }
  }

  /// Writes the counters back; the last thing in a transaction.
  func finish() throws(MemoryError) {
    guard isChanged else { return }
    let row = try statement("UPDATE clock SET position = ?, revision = ?, unit = ?")
    row.bind(1, currentPosition)
    row.bind(2, lastRevision)
    row.bind(3, lastUnit)
    try row.run()
    guard run != 0, lastUnit > lastUnitBefore else { return }
    // Batches of one run mostly follow each other: the range then grows.
    let grown = try statement(
      "UPDATE run_units SET last = ? WHERE run = ? AND last = ? RETURNING 1")
    defer { grown.reset() }
    grown.bind(1, lastUnit)
    grown.bind(2, run)
    grown.bind(3, lastUnitBefore)
    if try grown.step() {
      _ = try grown.step()
      return
    }
    let range = try statement("INSERT INTO run_units (run, first, last) VALUES (?, ?, ?)")
    range.bind(1, run)
    range.bind(2, lastUnitBefore + 1)
    range.bind(3, lastUnit)
    try range.run()
  }

  func act(for run: Int64) throws(MemoryError) {
    self.run = run
    runUnits = try units(addedBy: run)
  }

  func isOwn(_ unit: Int64) -> Bool {
    unit > lastUnitBefore || runUnits.contains { $0.contains(unit) }
  }

  /// Keeps what a unit is, once a run, before it becomes something else.
  private func keepHistory(of unit: Int64) throws(MemoryError) {
    if isOwn(unit) { return }
    if run != 0 {
      let known = try statement("SELECT 1 FROM history WHERE run = ? AND unit = ? LIMIT 1")
      defer { known.reset() }
      known.bind(1, run)
      known.bind(2, unit)
      if try known.step() { return }
    }
    let row = try statement("INSERT INTO history (run, unit, before) VALUES (?, ?, ?)")
    let before = try self.unit(unit)
    row.bind(1, run)
    row.bind(2, unit)
    row.bind(3, before.map { UnitCoding.encode($0.prepared) })
    try row.run()
  }

  func insert(_ content: PreparedUnit) throws(MemoryError) -> Int64 {
    lastUnit += 1
    try write(content, to: lastUnit, isNew: true)
    return lastUnit
  }

  func replace(_ unit: Int64, with content: PreparedUnit) throws(MemoryError) {
    try keepHistory(of: unit)
    try end(unit)
    for table in ["property", "note"] {
      let row = try statement("DELETE FROM \(table) WHERE unit = ?")
      row.bind(1, unit)
      try row.run()
    }
    try write(content, to: unit, isNew: false)
  }

  func remove(_ unit: Int64) throws(MemoryError) {
    try keepHistory(of: unit)
    try end(unit)
  }

  func noteUse(of unit: Int64, at time: Timestamp) throws(MemoryError) -> Bool {
    guard let stored = try self.unit(unit) else { return false }
    var dates = stored.unit.provenance
    dates.usageCount = (dates.usageCount ?? 0) &+ 1
    dates.lastUsed = time
    let row = try statement(
      "UPDATE unit SET usage = ?, last_used = ?, details = ? WHERE id = ?")
    row.bind(1, dates.usageCount.map { Int64($0) })
    row.bind(2, time.asWritten)
    row.bind(
      3,
      DetailsCoding.encode(
        attributes: stored.unit.attributes, provenance: nil, instantsOf: dates))
    row.bind(4, unit)
    try row.run()
    return true
  }

  private func end(_ unit: Int64) throws(MemoryError) {
    isChanged = true
    let row = try statement("UPDATE variant SET ended = ? WHERE unit = ? AND ended IS NULL")
    row.bind(1, currentPosition)
    row.bind(2, unit)
    try row.run()
  }

  private func write(
    _ content: PreparedUnit, to number: Int64, isNew: Bool
  ) throws(MemoryError) {
    isChanged = true
    let unit = content.unit
    let row = try statement(
      isNew
        ? """
        INSERT INTO unit (identifier, source_language, created, created_by, changed, changed_by,
          last_used, usage, details, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
        : """
        UPDATE unit SET identifier = ?, source_language = ?, created = ?, created_by = ?,
          changed = ?, changed_by = ?, last_used = ?, usage = ?, details = ? WHERE id = ?
        """)
    let dates = unit.provenance
    row.bind(1, unit.identifier)
    row.bind(2, try unit.sourceLanguage.map { (tag) throws(MemoryError) in try id(of: tag) })
    row.bind(3, dates.created?.asWritten)
    row.bind(4, dates.createdBy)
    row.bind(5, dates.changed?.asWritten)
    row.bind(6, dates.changedBy)
    row.bind(7, dates.lastUsed?.asWritten)
    row.bind(8, dates.usageCount.map { Int64($0) })
    row.bind(
      9,
      DetailsCoding.encode(attributes: unit.attributes, provenance: nil, instantsOf: dates))
    row.bind(10, number)
    try row.run()

    var languages: [Int64] = []
    for variant in unit.variants { languages.append(try id(of: variant.language)) }
    let set = try id(ofSet: languages)
    var revisions: [Int64] = []
    for (index, variant) in unit.variants.enumerated() {
      lastRevision += 1
      revisions.append(lastRevision)
      try insert(
        variant, revision: lastRevision, unit: number, language: languages[index], set: set,
        textHash: content.textHashes[index],
        context: index == content.sourceIndex ? content.context : nil)
    }
    try insert(unit.properties, unit.notes, unit: number, revision: 0)
    for (variant, revision) in zip(unit.variants, revisions) {
      try insert(variant.properties, variant.notes, unit: number, revision: revision)
    }
  }

  private func insert(
    _ variant: Variant, revision: Int64, unit: Int64, language: Int64, set: Int64,
    textHash: Int64, context: ContextSignature?
  ) throws(MemoryError) {
    let row = try statement(
      """
      INSERT INTO variant (revision, unit, language, is_source, language_set, text, text_hash, codes,
        spelling, previous, next, context_key, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    row.bind(1, revision)
    row.bind(2, unit)
    row.bind(3, language)
    row.bind(4, context == nil ? 0 : 1)
    row.bind(5, set)
    row.bind(6, variant.segment.text)
    row.bind(7, textHash)
    row.bind(8, DetailsCoding.encode(variant.segment.codes))
    row.bind(
      9,
      try variant.languageAsWritten.map { (text) throws(MemoryError) in try id(ofSpelling: text) })
    func signal(_ value: Int64?) -> Int64? { value == ContextSignature.unknown ? nil : value }
    row.bind(10, signal(context?.previous))
    row.bind(11, signal(context?.next))
    row.bind(12, signal(context?.key))
    row.bind(
      13,
      DetailsCoding.encode(
        attributes: variant.attributes, provenance: variant.provenance,
        instantsOf: variant.provenance))
    try row.run()
  }

  private func insert(
    _ properties: [Property], _ notes: [Note], unit: Int64, revision: Int64
  ) throws(MemoryError) {
    for (position, property) in properties.enumerated() {
      let row = try statement(
        """
        INSERT INTO property (unit, revision, position, name, value, language, attributes)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
      row.bind(1, unit)
      row.bind(2, revision)
      row.bind(3, Int64(position))
      row.bind(4, property.name)
      row.bind(5, property.value)
      row.bind(6, property.language)
      row.bind(7, DetailsCoding.encode(property.attributes))
      try row.run()
    }
    for (position, note) in notes.enumerated() {
      let row = try statement(
        """
        INSERT INTO note (unit, revision, position, text, language, attributes)
        VALUES (?, ?, ?, ?, ?, ?)
        """)
      row.bind(1, unit)
      row.bind(2, revision)
      row.bind(3, Int64(position))
      row.bind(4, note.text)
      row.bind(5, note.language)
      row.bind(6, DetailsCoding.encode(note.attributes))
      try row.run()
    }
  }

  // MARK: Numbers

  override func knownID(of language: LanguageTag) throws(MemoryError) -> Int64? {
    languageIDs[language]
  }

  private func id(of language: LanguageTag) throws(MemoryError) -> Int64 {
    if let known = languageIDs[language] { return known }
    let id = try number(
      "INSERT INTO language (tag) VALUES (?) RETURNING id", language.identifier)
    languageIDs[language] = id
    return id
  }

  private func id(ofSet languages: [Int64]) throws(MemoryError) -> Int64 {
    if let known = setIDs[languages] { return known }
    let sorted = Set(languages).sorted()
    if let known = setIDs[sorted] {
      setIDs[languages] = known
      return known
    }
    let id = try number(
      "INSERT INTO language_set (languages) VALUES (?) RETURNING id",
      sorted.map(String.init).joined(separator: " "))
    setIDs[sorted] = id
    setIDs[languages] = id
    return id
  }

  private func id(ofSpelling text: String) throws(MemoryError) -> Int64 {
    if let known = spellingIDs[text] { return known }
    let rows = try statement("SELECT id FROM spelling WHERE text = ?")
    defer { rows.reset() }
    rows.bind(1, text)
    let id =
      try rows.step()
      ? rows.int(0) : number("INSERT INTO spelling (text) VALUES (?) RETURNING id", text)
    spellingIDs[text] = id
    return id
  }

  private func number(_ sql: String, _ text: String) throws(MemoryError) -> Int64 {
    let rows = try statement(sql)
    defer { rows.reset() }
    rows.bind(1, text)
    guard try rows.step() else { return 0 }
    let id = rows.int(0)
    _ = try rows.step()
    return id
  }

  // MARK: Runs and concepts

  func unfinishedRun(digest: String, rule: SaveRule) throws(MemoryError) -> ImportRun? {
    let rows = try statement(
      Self.runColumns + " WHERE digest = ? AND rule = ? AND finished = 0 ORDER BY id DESC LIMIT 1")
    defer { rows.reset() }
    rows.bind(1, digest)
    rows.bind(2, rule.rawValue)
    return try rows.step() ? Self.run(rows) : nil
  }

  func record(_ run: ImportRun) throws(MemoryError) -> Int64 {
    let rows = try statement(
      """
      INSERT INTO run (id, name, digest, rule, offset, read, added, updated, unchanged, rejected,
        finished, kind, started, header, undone)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET offset = excluded.offset, read = excluded.read,
        added = excluded.added, updated = excluded.updated, unchanged = excluded.unchanged,
        rejected = excluded.rejected, finished = excluded.finished
      RETURNING id
      """)
    defer { rows.reset() }
    rows.bind(1, run.id == 0 ? nil : run.id)
    rows.bind(2, run.name)
    rows.bind(3, run.digest)
    rows.bind(4, run.rule.rawValue)
    rows.bind(5, Int64(run.offset))
    rows.bind(6, Int64(run.report.read))
    rows.bind(7, Int64(run.report.added))
    rows.bind(8, Int64(run.report.updated))
    rows.bind(9, Int64(run.report.unchanged))
    rows.bind(10, Int64(run.report.rejected))
    rows.bind(11, run.isFinished ? 1 : 0)
    rows.bind(12, run.kind.rawValue)
    rows.bind(13, run.started?.asWritten)
    rows.bind(14, run.header)
    rows.bind(15, run.undoneBy)
    guard try rows.step() else { return run.id }
    let id = rows.int(0)
    _ = try rows.step()
    return id
  }

  func setUndone(_ run: Int64, by undo: Int64?) throws(MemoryError) {
    for sql in [
      "UPDATE run SET undone = ? WHERE id = ?", "UPDATE history SET undone = ? WHERE run = ?",
    ] {
      let row = try statement(sql)
      row.bind(1, undo)
      row.bind(2, run)
      try row.run()
    }
  }

  func save(_ concepts: [ConceptEntry]) throws(MemoryError) {
    for concept in concepts {
      let row = try statement(
        """
        INSERT INTO concept (identifier, content) VALUES (?, ?)
        ON CONFLICT (identifier) DO UPDATE SET content = excluded.content
        """)
      row.bind(1, concept.identifier)
      row.bind(2, DetailsCoding.encode(concept))
      try row.run()
    }
  }
}
