internal import BitextMemory
internal import BitextText
internal import GRDB

/// The tables of a memory, and how an older file becomes a current one.
///
/// A unit's variants are never changed in place: another content gets new revisions, and the old rows
/// end. So a reader that holds an index needs to ask only for larger revisions and for rows that ended
/// since. `clock.position` grows with each transaction that changed units.
///
/// | table | a row is |
/// |---|---|
/// | `memory` | a named value: its identity, the version of the token key, when it was created |
/// | `clock` | the position, and the largest revision and unit number given so far (one row) |
/// | `language`, `spelling` | a tag; a spelling of tags as files wrote them |
/// | `language_set` | a set of languages that a unit has, as numbers separated by spaces |
/// | `unit` | a translation unit; `details` is JSON of what has no column |
/// | `variant` | one language of a unit: `text` readable, `codes` JSON of its inline codes |
/// | `property`, `note` | in order; `revision` 0 belongs to the unit, otherwise to that variant |
/// | `run` | an import or another change of many units, with the number of units that are durable |
/// | `run_units` | the numbers of units that a run added, as ranges: one row a batch |
/// | `history` | what a unit was before a run changed or ended it: `before` is JSON, NULL when it was not there; `run` 0 is a change without a run; `undone` is the run that took it back |
/// | `concept` | a concept entry of the glossary, as JSON |
///
/// | format | since |
/// |---|---|
/// | 1 | the first one |
/// | 2 | runs have a kind, a date and the header of their file; `run_units` and `history` make them undoable |
///
/// An older file becomes a current one when it is opened for writing; a copy of it stays beside it, named
/// after its format (`memory.format-1.sqlite`). A newer one is refused and left as it is.
enum SQLiteSchema {
  /// The format that this version of Bitext writes.
  static let format = 2

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          PRAGMA user_version = 1;
          CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
          CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            position INTEGER NOT NULL, revision INTEGER NOT NULL, unit INTEGER NOT NULL) STRICT;
          INSERT INTO clock VALUES (1, 0, 0, 0);
          CREATE TABLE language (id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE) STRICT;
          CREATE TABLE spelling (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
          CREATE TABLE language_set (
            id INTEGER PRIMARY KEY, languages TEXT NOT NULL UNIQUE) STRICT;
          CREATE TABLE run (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, rule TEXT NOT NULL,
            offset INTEGER NOT NULL, read INTEGER NOT NULL, added INTEGER NOT NULL,
            updated INTEGER NOT NULL, unchanged INTEGER NOT NULL, rejected INTEGER NOT NULL,
            finished INTEGER NOT NULL) STRICT;
          CREATE TABLE unit (
            id INTEGER PRIMARY KEY, identifier TEXT, source_language INTEGER,
            created TEXT, created_by TEXT, changed TEXT, changed_by TEXT, last_used TEXT,
            usage INTEGER, details TEXT) STRICT;
          CREATE TABLE variant (
            revision INTEGER PRIMARY KEY, unit INTEGER NOT NULL, language INTEGER NOT NULL,
            is_source INTEGER NOT NULL, language_set INTEGER NOT NULL, text TEXT NOT NULL,
            text_hash INTEGER NOT NULL, codes TEXT, spelling INTEGER,
            previous INTEGER, next INTEGER, context_key INTEGER, details TEXT, ended INTEGER)
            STRICT;
          CREATE INDEX variant_unit ON variant (unit);
          CREATE INDEX variant_text ON variant (text_hash);
          CREATE INDEX variant_ended ON variant (ended) WHERE ended IS NOT NULL;
          CREATE TABLE property (
            unit INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL,
            name TEXT NOT NULL, value TEXT NOT NULL, language TEXT, attributes TEXT,
            PRIMARY KEY (unit, revision, position)) STRICT, WITHOUT ROWID;
          CREATE TABLE note (
            unit INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL,
            text TEXT NOT NULL, language TEXT, attributes TEXT,
            PRIMARY KEY (unit, revision, position)) STRICT, WITHOUT ROWID;
          CREATE TABLE concept (
            id INTEGER PRIMARY KEY, identifier TEXT NOT NULL UNIQUE, content TEXT NOT NULL) STRICT;
          """)
      try database.execute(
        sql: "INSERT INTO memory VALUES ('tokenKey', ?), ('created', datetime('now')),"
          + " ('identity', lower(hex(randomblob(16))))",
        arguments: [String(TokenKey.version)])
    }
    migrator.registerMigration("2") { database in
      try database.execute(
        sql: """
          PRAGMA user_version = 2;
          ALTER TABLE run ADD COLUMN kind TEXT NOT NULL DEFAULT 'import';
          ALTER TABLE run ADD COLUMN started TEXT;
          ALTER TABLE run ADD COLUMN header TEXT;
          ALTER TABLE run ADD COLUMN undone INTEGER;
          CREATE TABLE run_units (
            run INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (run, first)) STRICT, WITHOUT ROWID;
          CREATE TABLE history (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, unit INTEGER NOT NULL, before TEXT,
            undone INTEGER) STRICT;
          CREATE INDEX history_run ON history (run, unit);
          CREATE INDEX history_unit ON history (unit);
          """)
    }
    return migrator
  }

  /// Looks at a database that is there before anything is changed in it, and returns its format.
  ///
  /// - Throws: `newerFormat` or `notAMemory`.
  @discardableResult
  static func check(_ database: Database, path: String) throws -> Int {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if version > format {
      throw MemoryError(
        .newerFormat, path: path,
        message:
          "written by a newer Bitext (memory format \(version)), expected format \(format) or older"
      )
    }
    let tables = try String.fetchAll(
      database,
      sql:
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'"
    )
    if !tables.isEmpty, !tables.contains("memory") || version == 0 {
      throw MemoryError(
        .notAMemory, path: path,
        message: "the database has no tables of a memory, expected one made by Bitext")
    }
    return tables.isEmpty ? format : version
  }
}
