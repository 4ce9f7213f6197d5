internal import BitextCore
internal import BitextMemory
internal import GRDB

/// One consistent state of a memory's database; see ``MemoryReader``.
class SQLiteReader: MemoryReader {
  let database: Database
  let path: String

  init(_ database: Database, path: String) {
    self.database = database
    self.path = path
  }

  /// The statements that this transaction used, by where their texts lie: an import asks for six of
  /// them a unit, and to hash their texts each time took a tenth of its time.
  private var statements: [UInt: SQLiteStatement] = [:]

  /// The statement with this text, ready to run; a text that is no literal is looked up by GRDB.
  @_disfavoredOverload
  func statement(_ sql: String) throws(MemoryError) -> SQLiteStatement {
    try SQLiteStatement(sql, database, path: path)
  }

  /// The statement with this text, ready to run.
  func statement(_ sql: StaticString) throws(MemoryError) -> SQLiteStatement {
    let place = unsafe UInt(bitPattern: sql.utf8Start)
    if let known = statements[place] {
      known.reset()
      return known
    }
    let statement = try SQLiteStatement("\(sql)", database, path: path)
    statements[place] = statement
    return statement
  }

  func identity() throws(MemoryError) -> String {
    let rows = try statement("SELECT value FROM memory WHERE name = 'identity'")
    defer { rows.reset() }
    return try rows.step() ? rows.text(0) : ""
  }

  func position() throws(MemoryError) -> Int64 {
    let rows = try statement("SELECT position FROM clock")
    defer { rows.reset() }
    return try rows.step() ? rows.int(0) : 0
  }

  func languages() throws(MemoryError) -> [StoredLanguage] {
    let rows = try statement("SELECT id, tag FROM language ORDER BY id")
    defer { rows.reset() }
    var languages: [StoredLanguage] = []
    while try rows.step() {
      languages.append(
        StoredLanguage(id: rows.int(0), tag: LanguageTag(rows.text(1)) ?? .undetermined))
    }
    return languages
  }

  func languageSets() throws(MemoryError) -> [StoredLanguageSet] {
    let rows = try statement("SELECT id, languages FROM language_set ORDER BY id")
    defer { rows.reset() }
    var sets: [StoredLanguageSet] = []
    while try rows.step() {
      guard let id = UInt32(exactly: rows.int(0)) else { continue }
      sets.append(
        StoredLanguageSet(
          id: id, languages: rows.text(1).split(separator: " ").compactMap { Int64($0) }))
    }
    return sets
  }

  func forEachVariant(
    language: Int64, after revision: Int64, _ body: (StoredText) -> Void
  ) throws(MemoryError) {
    let rows = try statement(
      """
      SELECT revision, unit, language_set, text, codes IS NOT NULL, is_source FROM variant
      WHERE revision > ? AND language = ? AND ended IS NULL ORDER BY revision
      """)
    defer { rows.reset() }
    rows.bind(1, revision)
    rows.bind(2, language)
    while try rows.step() {
      body(
        StoredText(
          revision: rows.int(0), unit: rows.int(1),
          languageSet: UInt32(truncatingIfNeeded: rows.int(2)), text: rows.text(3),
          hasCodes: rows.int(4) != 0, isSource: rows.int(5) != 0))
    }
  }

  func endedRevisions(after position: Int64) throws(MemoryError) -> [Int64] {
    // Left alone, SQLite reads the whole table to have the order for nothing.
    let rows = try statement(
      """
      SELECT revision FROM variant INDEXED BY variant_ended
      WHERE ended IS NOT NULL AND ended > ? ORDER BY revision
      """)
    defer { rows.reset() }
    rows.bind(1, position)
    var revisions: [Int64] = []
    while try rows.step() { revisions.append(rows.int(0)) }
    return revisions
  }

  func variants(ofUnit unit: Int64) throws(MemoryError) -> [StoredVariant] {
    let rows = try statement(
      """
      SELECT revision, language, text, codes, previous, next, context_key, text_hash FROM variant
      WHERE unit = ? AND ended IS NULL ORDER BY revision
      """)
    defer { rows.reset() }
    rows.bind(1, unit)
    var variants: [StoredVariant] = []
    while try rows.step() {
      let segment = Self.segment(rows, text: 2, codes: 3)
      guard Self.isText(segment.text, hash: rows.int(7)) else {
        throw MemoryError(
          .damaged, path: path,
          message: "the text of unit \(unit) is not what was saved, expected a memory that "
            + "`memory verify` finds no fault in")
      }
      variants.append(
        StoredVariant(
          revision: rows.int(0), language: rows.int(1), segment: segment,
          context: Self.context(rows, from: 4)))
    }
    return variants
  }

  /// Whether a text is the one whose hash was stored with it.
  static func isText(_ text: String, hash: Int64) -> Bool {
    // Most texts are in the form that is hashed.
    Int64(bitPattern: XXH64.hash(text)) == hash || PreparedUnit.hash(of: text) == hash
  }

  func variants(
    textHash: Int64, language: Int64, limit: Int
  ) throws(MemoryError) -> [StoredHead] {
    let rows = try statement(
      """
      SELECT revision, unit, language_set, previous, next, context_key FROM variant
      WHERE text_hash = ? AND language = ? AND ended IS NULL ORDER BY revision DESC LIMIT ?
      """)
    rows.bind(1, textHash)
    rows.bind(2, language)
    rows.bind(3, Int64(limit))
    return try heads(rows)
  }

  func units(
    textHash: Int64, source language: LanguageTag, limit: Int
  ) throws(MemoryError) -> [StoredHead] {
    guard let id = try knownID(of: language) else { return [] }
    let rows = try statement(
      """
      SELECT revision, unit, language_set, previous, next, context_key FROM variant
      WHERE text_hash = ? AND language = ? AND is_source = 1 AND ended IS NULL
      ORDER BY revision DESC LIMIT ?
      """)
    rows.bind(1, textHash)
    rows.bind(2, id)
    rows.bind(3, Int64(limit))
    return try heads(rows)
  }

  /// The number of a language; `nil` when nothing is stored in it.
  func knownID(of language: LanguageTag) throws(MemoryError) -> Int64? {
    try languages().first { $0.tag == language }?.id
  }

  private func heads(_ rows: SQLiteStatement) throws(MemoryError) -> [StoredHead] {
    defer { rows.reset() }
    var heads: [StoredHead] = []
    while try rows.step() {
      heads.append(
        StoredHead(
          revision: rows.int(0), unit: rows.int(1),
          languageSet: UInt32(truncatingIfNeeded: rows.int(2)),
          context: Self.context(rows, from: 3)))
    }
    return heads
  }

  static func segment(_ rows: SQLiteStatement, text: Int32, codes: Int32) -> Segment {
    let content = rows.text(text)
    let found = DetailsCoding.codes(rows.optionalText(codes))
    // A damaged row must not stop the program: codes that do not fit are left out.
    let fits =
      found.allSatisfy { (0...content.utf8.count).contains($0.utf8Offset) }
      && zip(found, found.dropFirst()).allSatisfy { $0.utf8Offset <= $1.utf8Offset }
    return Segment(content, codes: fits ? found : [])
  }

  static func context(_ rows: SQLiteStatement, from column: Int32) -> ContextSignature {
    ContextSignature(
      storedPrevious: rows.int(column), next: rows.int(column + 1), key: rows.int(column + 2))
  }

  // MARK: Whole units

  func unit(_ unit: Int64) throws(MemoryError) -> StoredUnit? {
    let rows = try statement(
      Self.variantColumns + " WHERE unit = ? AND ended IS NULL ORDER BY revision")
    rows.bind(1, unit)
    let tags = try languageTags()
    var variants: [VariantRow] = []
    while try rows.step() { variants.append(VariantRow(rows, tags)) }
    rows.reset()
    return variants.isEmpty ? nil : try assemble(unit, variants)
  }

  func forEachUnit(
    _ body: (StoredUnit) throws(MemoryError) -> Bool
  ) throws(MemoryError) {
    let rows = try statement(
      Self.variantColumns + " WHERE ended IS NULL ORDER BY unit, revision")
    defer { rows.reset() }
    let tags = try languageTags()
    var unit: Int64?
    var variants: [VariantRow] = []
    while try rows.step() {
      let row = VariantRow(rows, tags)
      if let unit, unit != row.unit {
        guard try body(assemble(unit, variants)) else { return }
        variants.removeAll(keepingCapacity: true)
      }
      unit = row.unit
      variants.append(row)
    }
    if let unit { _ = try body(assemble(unit, variants)) }
  }

  private static let variantColumns = """
    SELECT revision, unit, language, text, codes, details,
      (SELECT text FROM spelling WHERE id = variant.spelling), is_source, previous, next, context_key
    FROM variant
    """

  private struct VariantRow {
    let revision: Int64
    let unit: Int64
    var variant: Variant
    let isSource: Bool
    let context: ContextSignature

    init(_ rows: SQLiteStatement, _ tags: [Int64: LanguageTag]) {
      revision = rows.int(0)
      unit = rows.int(1)
      let details = DetailsCoding.Details(rows.optionalText(5))
      variant = Variant(
        language: tags[rows.int(2)] ?? .undetermined, languageAsWritten: rows.optionalText(6),
        segment: SQLiteReader.segment(rows, text: 3, codes: 4), provenance: details.provenance,
        attributes: details.attributes)
      isSource = rows.int(7) != 0
      context = SQLiteReader.context(rows, from: 8)
    }
  }

  func languageTags() throws(MemoryError) -> [Int64: LanguageTag] {
    Dictionary(try languages().map { ($0.id, $0.tag) }, uniquingKeysWith: { first, _ in first })
  }

  private func assemble(
    _ number: Int64, _ rows: [VariantRow]
  ) throws(MemoryError) -> StoredUnit {
    let row = try statement(
      """
      SELECT identifier, (SELECT tag FROM language WHERE id = unit.source_language), created,
        created_by, changed, changed_by, last_used, usage, details FROM unit WHERE id = ?
      """)
    defer { row.reset() }
    row.bind(1, number)
    var unit = TranslationUnit(variants: [])
    if try row.step() {
      unit.identifier = row.optionalText(0)
      unit.sourceLanguage = row.optionalText(1).flatMap { LanguageTag($0) }
      let details = DetailsCoding.Details(
        row.optionalText(8),
        columns: Provenance(
          created: row.optionalText(2).map { Timestamp($0) }, createdBy: row.optionalText(3),
          changed: row.optionalText(4).map { Timestamp($0) }, changedBy: row.optionalText(5),
          lastUsed: row.optionalText(6).map { Timestamp($0) },
          usageCount: row.optionalInt(7).map { Int($0) }))
      unit.provenance = details.provenance
      unit.attributes = details.attributes
    }
    let places = Dictionary(
      rows.enumerated().map { ($0.element.revision, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    unit.variants = rows.map(\.variant)
    let properties = try statement(
      """
      SELECT revision, name, value, language, attributes FROM property
      WHERE unit = ? ORDER BY revision, position
      """)
    defer { properties.reset() }
    properties.bind(1, number)
    while try properties.step() {
      let property = Property(
        name: properties.text(1), value: properties.text(2), language: properties.optionalText(3),
        attributes: DetailsCoding.attributes(properties.optionalText(4)))
      if properties.int(0) == 0 {
        unit.properties.append(property)
      } else if let place = places[properties.int(0)] {
        unit.variants[place].properties.append(property)
      }
    }
    let notes = try statement(
      """
      SELECT revision, text, language, attributes FROM note
      WHERE unit = ? ORDER BY revision, position
      """)
    defer { notes.reset() }
    notes.bind(1, number)
    while try notes.step() {
      let note = Note(
        notes.text(1), language: notes.optionalText(2),
        attributes: DetailsCoding.attributes(notes.optionalText(3)))
      if notes.int(0) == 0 {
        unit.notes.append(note)
      } else if let place = places[notes.int(0)] {
        unit.variants[place].notes.append(note)
      }
    }
    let source = rows.firstIndex(where: \.isSource) ?? 0
    return StoredUnit(
      number: number, unit: unit, sourceIndex: source, context: rows[source].context)
  }

  func hasProperties() throws(MemoryError) -> Bool {
    let rows = try statement("SELECT 1 FROM property LIMIT 1")
    defer { rows.reset() }
    return try rows.step()
  }

  func properties(ofUnit unit: Int64) throws(MemoryError) -> [Property] {
    // The rows of ended variants stay; those of the unit itself are replaced with it.
    let rows = try statement(
      """
      SELECT name, value, language, attributes FROM property
      WHERE unit = ? AND (revision = 0 OR revision IN
        (SELECT revision FROM variant WHERE variant.unit = property.unit AND ended IS NULL))
      ORDER BY revision, position
      """)
    defer { rows.reset() }
    rows.bind(1, unit)
    var properties: [Property] = []
    while try rows.step() {
      properties.append(
        Property(
          name: rows.text(0), value: rows.text(1), language: rows.optionalText(2),
          attributes: DetailsCoding.attributes(rows.optionalText(3))))
    }
    return properties
  }

  // MARK: Counts, runs, concepts

  func statistics() throws(MemoryError) -> MemoryStatistics {
    var statistics = MemoryStatistics()
    let units = try statement("SELECT count(DISTINCT unit) FROM variant WHERE ended IS NULL")
    defer { units.reset() }
    if try units.step() { statistics.units = Int(units.int(0)) }
    let counts = try statement(
      """
      SELECT tag, count(*) FROM variant JOIN language ON language.id = variant.language
      WHERE ended IS NULL GROUP BY tag ORDER BY tag
      """)
    defer { counts.reset() }
    while try counts.step() {
      statistics.variants.append(
        .init(tag: LanguageTag(counts.text(0)) ?? .undetermined, count: Int(counts.int(1))))
    }
    let concepts = try statement("SELECT count(*) FROM concept")
    defer { concepts.reset() }
    if try concepts.step() { statistics.concepts = Int(concepts.int(0)) }
    let pages = try statement(
      "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    defer { pages.reset() }
    if try pages.step() { statistics.databaseBytes = Int(pages.int(0)) }
    statistics.runs = try runs()
    return statistics
  }

  func runs() throws(MemoryError) -> [ImportRun] {
    let rows = try statement(Self.runColumns + " ORDER BY id")
    defer { rows.reset() }
    var runs: [ImportRun] = []
    while try rows.step() { runs.append(Self.run(rows)) }
    return runs
  }

  static let runColumns = """
    SELECT id, name, digest, rule, offset, read, added, updated, unchanged, rejected, finished, kind,
      started, header, undone
    FROM run
    """

  static func run(_ rows: SQLiteStatement) -> ImportRun {
    var report = SaveReport()
    report.read = Int(rows.int(5))
    report.added = Int(rows.int(6))
    report.updated = Int(rows.int(7))
    report.unchanged = Int(rows.int(8))
    report.rejected = Int(rows.int(9))
    return ImportRun(
      id: rows.int(0), name: rows.text(1), digest: rows.text(2),
      rule: SaveRule(rawValue: rows.text(3)) ?? .keepNewest, offset: Int(rows.int(4)),
      report: report, isFinished: rows.int(10) != 0,
      kind: ImportRun.Kind(rawValue: rows.text(11)) ?? .import,
      started: rows.optionalText(12).map { Timestamp($0) }, header: rows.optionalText(13),
      undoneBy: rows.optionalInt(14))
  }

  func units(addedBy run: Int64) throws(MemoryError) -> [ClosedRange<Int64>] {
    let rows = try statement("SELECT first, last FROM run_units WHERE run = ? ORDER BY first")
    defer { rows.reset() }
    rows.bind(1, run)
    var ranges: [ClosedRange<Int64>] = []
    while try rows.step() {
      // A damaged row must not stop the program.
      if rows.int(0) <= rows.int(1) { ranges.append(rows.int(0)...rows.int(1)) }
    }
    return ranges
  }

  func history(of run: Int64) throws(MemoryError) -> [HistoryEntry] {
    let rows = try statement(
      "SELECT id, unit, before FROM history WHERE run = ? AND undone IS NULL ORDER BY id DESC")
    defer { rows.reset() }
    rows.bind(1, run)
    var entries: [HistoryEntry] = []
    while try rows.step() {
      let text = rows.optionalText(2)
      let before = text.flatMap { UnitCoding.unit($0) }
      if text != nil, before == nil {
        throw MemoryError(
          .damaged, path: path, message: "the history of unit \(rows.int(1)) cannot be read")
      }
      entries.append(HistoryEntry(id: rows.int(0), unit: rows.int(1), before: before))
    }
    return entries
  }

  func isChanged(
    _ unit: Int64, after entry: Int64, except run: Int64
  ) throws(MemoryError) -> Bool {
    let rows = try statement(
      """
      SELECT 1 FROM history WHERE unit = ? AND id > ? AND run <> ? AND undone IS NULL
        AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = history.run AND kind = 'undo') LIMIT 1
      """)
    defer { rows.reset() }
    rows.bind(1, unit)
    rows.bind(2, entry)
    rows.bind(3, run)
    return try rows.step()
  }

  func concepts() throws(MemoryError) -> [ConceptEntry] {
    let rows = try statement("SELECT identifier, content FROM concept ORDER BY id")
    defer { rows.reset() }
    var concepts: [ConceptEntry] = []
    while try rows.step() {
      if let concept = DetailsCoding.concept(rows.text(1), identifier: rows.text(0)) {
        concepts.append(concept)
      }
    }
    return concepts
  }
}
