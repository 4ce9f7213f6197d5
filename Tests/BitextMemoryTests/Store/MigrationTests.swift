import BitextCore
import BitextMemory
import BitextSQLite
import Foundation
import Testing

@Suite struct `A memory of an older format` {
  /// The tables of format 1, as the first Bitext made them, with one unit and one import.
  private static let formatOne = """
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES ('1');
    PRAGMA user_version = 1;
    CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE clock (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      position INTEGER NOT NULL, revision INTEGER NOT NULL, unit INTEGER NOT NULL) STRICT;
    INSERT INTO clock VALUES (1, 2, 2, 1);
    CREATE TABLE language (id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE) STRICT;
    INSERT INTO language VALUES (1, 'en'), (2, 'zh');
    CREATE TABLE spelling (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE language_set (id INTEGER PRIMARY KEY, languages TEXT NOT NULL UNIQUE) STRICT;
    INSERT INTO language_set VALUES (1, '1 2');
    CREATE TABLE run (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, rule TEXT NOT NULL,
      offset INTEGER NOT NULL, read INTEGER NOT NULL, added INTEGER NOT NULL,
      updated INTEGER NOT NULL, unchanged INTEGER NOT NULL, rejected INTEGER NOT NULL,
      finished INTEGER NOT NULL) STRICT;
    INSERT INTO run VALUES (1, 'old.tmx', 'd', 'keepNewest', 1, 1, 1, 0, 0, 0, 1);
    CREATE TABLE unit (
      id INTEGER PRIMARY KEY, identifier TEXT, source_language INTEGER,
      created TEXT, created_by TEXT, changed TEXT, changed_by TEXT, last_used TEXT,
      usage INTEGER, details TEXT) STRICT;
    INSERT INTO unit VALUES (1, 'u', 1, '20200101T000000Z', 'li', NULL, NULL, NULL, 3, NULL);
    CREATE TABLE variant (
      revision INTEGER PRIMARY KEY, unit INTEGER NOT NULL, language INTEGER NOT NULL,
      is_source INTEGER NOT NULL, language_set INTEGER NOT NULL, text TEXT NOT NULL,
      text_hash INTEGER NOT NULL, codes TEXT, spelling INTEGER,
      previous INTEGER, next INTEGER, context_key INTEGER, details TEXT, ended INTEGER) STRICT;
    INSERT INTO variant VALUES
      (1, 1, 1, 1, 1, 'Digital Leviathan', HASH, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (2, 1, 2, 0, 1, '数字利维坦', TARGET, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    CREATE INDEX variant_unit ON variant (unit);
    CREATE INDEX variant_text ON variant (text_hash);
    CREATE INDEX variant_ended ON variant (ended) WHERE ended IS NOT NULL;
    CREATE TABLE property (
      unit INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL,
      name TEXT NOT NULL, value TEXT NOT NULL, language TEXT, attributes TEXT,
      PRIMARY KEY (unit, revision, position)) STRICT, WITHOUT ROWID;
    INSERT INTO property VALUES (1, 0, 0, 'x-client', 'Hobbes', NULL, NULL);
    CREATE TABLE note (
      unit INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL,
      text TEXT NOT NULL, language TEXT, attributes TEXT,
      PRIMARY KEY (unit, revision, position)) STRICT, WITHOUT ROWID;
    CREATE TABLE concept (
      id INTEGER PRIMARY KEY, identifier TEXT NOT NULL UNIQUE, content TEXT NOT NULL) STRICT;
    INSERT INTO memory VALUES ('tokenKey', '1'), ('created', '2026-01-01'), ('identity', 'abc');
    """

  private var unit: TranslationUnit {
    var unit = pair("en", "Digital Leviathan", "zh", "数字利维坦")
    unit.identifier = "u"
    unit.provenance = Provenance(
      created: Timestamp("20200101T000000Z"), createdBy: "li", usageCount: 3)
    unit.properties = [Property(name: "x-client", value: "Hobbes")]
    return unit
  }

  private func makeOld(in folder: TemporaryFolder) throws -> URL {
    let url = folder.url.appendingPathComponent("memory")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let hash = PreparedUnit.hash(of: "Digital Leviathan")
    try SQLiteFixture.make(
      url.appendingPathComponent("memory.sqlite").path,
      Self.formatOne.replacingOccurrences(of: "HASH", with: "\(hash)")
        .replacingOccurrences(of: "TARGET", with: "\(PreparedUnit.hash(of: "数字利维坦"))"))
    return url
  }

  @Test func `becomes a current one and leaves a copy of what it was`() throws {
    let folder = try TemporaryFolder()
    let url = try makeOld(in: folder)
    let memory = try folder.memory()
    #expect(try memory.units() == [unit])
    let run = try #require(try memory.statistics().runs.first)
    #expect(run.kind == .import && run.name == "old.tmx" && run.started == nil)
    #expect(
      try memory.matches(for: MatchQuery("Digital Leviathan", from: "en", to: "zh")).map(\.kind)
        == [.exact])
    #expect(try memory.save([unit]).unchanged == 1)
    #expect(try memory.remove(where: MemoryFilter(text: "leviathan")).run == 2)
    #expect(try memory.undo(run: 2).added == 1)
    #expect(try memory.verify().isEmpty)
    let copy = url.appendingPathComponent("memory.format-1.sqlite")
    #expect(try Data(contentsOf: copy)[63] == 1, "the copy has the old format")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: url.path).allSatisfy {
        !$0.hasSuffix(".tmp")
      })
    // The copy is a memory that becomes a current one in turn.
    let again = folder.url.appendingPathComponent("again")
    try FileManager.default.createDirectory(at: again, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: copy, to: again.appendingPathComponent("memory.sqlite"))
    #expect(try folder.memory("again").units() == [unit])
  }

  @Test func `that may not be written is refused with the way out`() throws {
    let folder = try TemporaryFolder()
    let url = try makeOld(in: folder)
    let before = try Data(contentsOf: url.appendingPathComponent("memory.sqlite"))
    #expect {
      try TranslationMemory(at: url, options: MemoryOpenOptions(isReadOnly: true))
    } throws: { error in
      guard let error = error as? MemoryError else { return false }
      return error.code == .readOnly && error.message.contains("older Bitext")
        && !error.message.contains("\n")
    }
    #expect(try Data(contentsOf: url.appendingPathComponent("memory.sqlite")) == before)
  }

  @Test func `whose change of format was broken off is tried again`() throws {
    let folder = try TemporaryFolder()
    let url = try makeOld(in: folder)
    // What a kill between the copy and the change leaves.
    try Data("half".utf8).write(to: url.appendingPathComponent("memory.format-1.sqlite"))
    #expect(try folder.memory().units() == [unit])
    #expect(
      try Data(contentsOf: url.appendingPathComponent("memory.format-1.sqlite")).count > 4096)
  }
}
