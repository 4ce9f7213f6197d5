public import BitextMemory
internal import GRDB

/// The list of index files: table `index_file`, which is made when the first file is.
///
/// | column | |
/// |---|---|
/// | `file` | the name in the directory `index` |
/// | `language` | the number of the language |
/// | `first_revision`, `last_revision` | it holds every live variant of the language in between |
/// | `entries`, `bytes` | how many variants it holds, and its size |
///
/// Whoever does not know the table loses nothing: the index is made again from the rows.
extension SQLiteStore {
  public func replaceIndexRecords(
    _ files: [String], by record: IndexRecord
  ) throws(MemoryError) -> Bool {
    guard !isReadOnly else { return false }
    do {
      return try database.write { database in
        try database.execute(
          sql: """
            CREATE TABLE IF NOT EXISTS index_file (
              file TEXT PRIMARY KEY, language INTEGER NOT NULL, first_revision INTEGER NOT NULL,
              last_revision INTEGER NOT NULL, entries INTEGER NOT NULL, bytes INTEGER NOT NULL)
              STRICT, WITHOUT ROWID
            """)
        let listed = try SQLiteReader(database, path: path).indexRecords()
        let replaced = Set(files)
        guard replaced.isSubset(of: listed.map(\.file)),
          !listed.contains(where: {
            !replaced.contains($0.file) && $0.language == record.language
              && $0.firstRevision <= record.lastRevision && $0.lastRevision >= record.firstRevision
          })
        else { return false }
        for file in files {
          try database.execute(sql: "DELETE FROM index_file WHERE file = ?", arguments: [file])
        }
        try database.execute(
          sql: "INSERT INTO index_file VALUES (?, ?, ?, ?, ?, ?)",
          arguments: [
            record.file, record.language, record.firstRevision, record.lastRevision,
            record.entries, record.bytes,
          ])
        return true
      }
    } catch {
      throw MemoryError(error, path: path)
    }
  }
}

extension SQLiteReader {
  /// One line for each variant whose text is not the one that was saved, a hundred at most.
  func damagedTexts() throws(MemoryError) -> [String] {
    let rows = try statement("SELECT revision, unit, text, text_hash FROM variant")
    defer { rows.reset() }
    var faults: [String] = []
    while try rows.step(), faults.count < 100 {
      if !Self.isText(rows.text(2), hash: rows.int(3)) {
        faults.append("unit \(rows.int(1)): the text of revision \(rows.int(0)) is damaged")
      }
    }
    return faults
  }

  func indexRecords() throws(MemoryError) -> [IndexRecord] {
    let table = try statement("SELECT 1 FROM sqlite_schema WHERE name = 'index_file'")
    defer { table.reset() }
    guard try table.step() else { return [] }
    let rows = try statement(
      """
      SELECT file, language, first_revision, last_revision, entries, bytes FROM index_file
      ORDER BY language, first_revision
      """)
    defer { rows.reset() }
    var records: [IndexRecord] = []
    while try rows.step() {
      records.append(
        IndexRecord(
          file: rows.text(0), language: rows.int(1), firstRevision: rows.int(2),
          lastRevision: rows.int(3), entries: Int(rows.int(4)), bytes: Int(rows.int(5))))
    }
    return records
  }
}
