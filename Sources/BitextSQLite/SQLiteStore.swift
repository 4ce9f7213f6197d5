public import BitextMemory
public import Foundation
internal import GRDB

/// How a memory is opened.
public struct MemoryOpenOptions: Sendable, Hashable {
  /// What is done when there is no memory at the path, or one already.
  public enum Existence: Sendable, Hashable {
    /// Opens what is there, or makes a new memory.
    case openOrCreate
    /// Opens what is there; nothing there is an error.
    case mustExist
    /// Makes a new memory; one that is there is an error.
    case mustBeNew
  }

  /// What is saved survives.
  public enum Durability: Sendable, Hashable {
    /// A crash of the program or of the machine: each transaction waits for the disk.
    case machine
    /// A crash of the program; a power failure may take the last transactions, whole ones.
    case process
  }

  /// What is done when there is no memory, or one already.
  public var existence: Existence
  /// What a saved unit survives.
  public var durability: Durability
  /// Never writes, not even to join what another program left unfinished.
  public var isReadOnly: Bool
  /// How long to wait for another writer before it is an error.
  public var patience: Duration

  public init(
    existence: Existence = .openOrCreate, durability: Durability = .machine,
    isReadOnly: Bool = false, patience: Duration = .seconds(5)
  ) {
    self.patience = patience
    self.existence = existence
    self.durability = durability
    self.isReadOnly = isReadOnly
  }
}

extension TranslationMemory {
  /// Opens the memory in the directory at `url`, or makes one there.
  ///
  /// The directory belongs to the memory: what Bitext does not know in it is left alone, but nothing
  /// else should be put there. It holds `memory.sqlite`, in SQLite's WAL mode, and `index`, which can be
  /// made again from it. Several programs may
  /// have it open; one of them writes at a time.
  ///
  /// - Throws: `notAMemory` when something else is there, `newerFormat` when a newer Bitext wrote it,
  ///   `readOnly`, `cannotOpen`, `damaged` …
  public convenience init(
    at url: URL, options: MemoryOpenOptions = MemoryOpenOptions()
  ) throws(MemoryError) {
    self.init(store: try SQLiteStore(at: url, options: options))
  }
}

/// The rows of a memory, in an SQLite database in a directory of its own.
public final class SQLiteStore: MemoryStore {
  /// The name of the database in the memory's directory.
  public static let databaseName = "memory.sqlite"

  public let path: String
  public let isReadOnly: Bool
  let database: any DatabaseWriter
  private let patience: Duration

  /// Beside the database; may be removed at any time.
  public var indexDirectory: String? { path + "/index" }

  /// Opens or creates the store in the directory at `url`; see ``BitextMemory/TranslationMemory``.
  public init(at url: URL, options: MemoryOpenOptions = MemoryOpenOptions()) throws(MemoryError) {
    path = url.path
    patience = options.patience
    let isNew = try Self.prepareDirectory(url, options)
    let files = FileManager.default
    let file = url.appendingPathComponent(Self.databaseName).path
    let isLocked =
      !isNew && (!files.isWritableFile(atPath: file) || !files.isWritableFile(atPath: path))
    isReadOnly = options.isReadOnly || isLocked
    do {
      database = try Self.open(file, path, options, isReadOnly: isReadOnly, isImmutable: isLocked)
    } catch {
      if isNew { try? files.removeItem(at: url) }
      throw MemoryError(error, path: url.path)
    }
  }

  /// Looks at what is at the path; makes the directory when there is nothing. Returns whether it did.
  private static func prepareDirectory(
    _ url: URL, _ options: MemoryOpenOptions
  ) throws(MemoryError) -> Bool {
    let files = FileManager.default
    let path = url.path
    var isDirectory: ObjCBool = false
    if unsafe files.fileExists(atPath: path, isDirectory: &isDirectory) {
      guard isDirectory.boolValue else {
        throw MemoryError(
          .notAMemory, path: path, message: "a file, expected the directory of a memory")
      }
      let hasDatabase = files.fileExists(atPath: path + "/" + databaseName)
      if hasDatabase, options.existence == .mustBeNew {
        throw MemoryError(
          .cannotOpen, path: path, message: "there is a memory already, expected a new path")
      }
      if !hasDatabase {
        let content = (try? files.contentsOfDirectory(atPath: path)) ?? ["?"]
        guard content.isEmpty else {
          throw MemoryError(
            .notAMemory, path: path,
            message: "a directory without \(databaseName), expected the directory of a memory")
        }
        guard options.existence != .mustExist, !options.isReadOnly else {
          throw MemoryError(
            .notFound, path: path, message: "an empty directory, expected a memory")
        }
      }
      return false
    }
    guard options.existence != .mustExist, !options.isReadOnly else {
      throw MemoryError(.notFound, path: path, message: "nothing there, expected a memory")
    }
    do {
      try files.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw MemoryError(
        .cannotOpen, path: path,
        message: "cannot create the directory (\(error.localizedDescription))")
    }
    return true
  }

  private static func open(
    _ file: String, _ path: String, _ options: MemoryOpenOptions, isReadOnly: Bool,
    isImmutable: Bool
  ) throws -> any DatabaseWriter {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    let patience = options.patience / .seconds(1)
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = false
    configuration.maximumReaderCount = 8
    configuration.label = "bitext.memory"
    let durability = options.durability
    configuration.prepareDatabase { database in
      // A look-up reads a few rows here and there: little room does, and keeps the process small.
      try database.execute(sql: "PRAGMA cache_size = -16384")
      try database.execute(sql: "PRAGMA mmap_size = 33554432")
      if !isReadOnly {
        try database.execute(
          sql: "PRAGMA synchronous = \(durability == .machine ? "FULL" : "NORMAL")")
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 10000")
      }
    }
    if isReadOnly {
      // Nobody can write in a read-only directory, so SQLite need not look for a journal either.
      var allowed = CharacterSet.urlPathAllowed
      allowed.remove(charactersIn: "?#%")
      let escaped = file.addingPercentEncoding(withAllowedCharacters: allowed) ?? file
      let queue = try DatabaseQueue(
        path: isImmutable ? "file:\(escaped)?immutable=1" : file, configuration: configuration)
      let format = try queue.read { try SQLiteSchema.check($0, path: path) }
      guard format == SQLiteSchema.format else {
        throw MemoryError(
          .readOnly, path: path,
          message: "written by an older Bitext (memory format \(format)), expected permission to "
            + "write, so that it can become format \(SQLiteSchema.format)")
      }
      return queue
    }
    if FileManager.default.fileExists(atPath: file) {
      // Look before the pool turns the file into a WAL database. A program that was killed may have left
      // a log that only a connection which may write can recover.
      var looking = Configuration()
      looking.readonly = false
      looking.busyMode = .timeout(patience)
      let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
      if let size, size > 0 {
        let queue = try DatabaseQueue(path: file, configuration: looking)
        let format = try queue.read { try SQLiteSchema.check($0, path: path) }
        if format < SQLiteSchema.format {
          try keepCopy(of: queue, at: path + "/memory.format-\(format).sqlite")
        }
        try queue.close()
      }
    }
    let pool = try DatabasePool(path: file, configuration: configuration)
    try pool.writeWithoutTransaction { database in
      // An import puts hashes in all over an index.
      try database.execute(sql: "PRAGMA cache_size = -131072")
      try database.execute(
        sql: "PRAGMA synchronous = \(durability == .machine ? "FULL" : "NORMAL")")
    }
    try SQLiteSchema.migrator.migrate(pool)
    return pool
  }

  /// Keeps what a memory was before it becomes one of the current format: whole, or not at all.
  private static func keepCopy(of queue: DatabaseQueue, at copy: String) throws {
    let files = FileManager.default
    let unfinished = copy + ".\(ProcessInfo.processInfo.processIdentifier).tmp"
    defer { try? files.removeItem(atPath: unfinished) }
    let target = try DatabaseQueue(path: unfinished)
    try queue.backup(to: target)
    try target.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = DELETE")
    }
    try target.close()
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: unfinished))
    try handle.synchronize()
    try handle.close()
    // A change of format that was broken off may have left one: the database is still what it was.
    if files.fileExists(atPath: copy) { try files.removeItem(atPath: copy) }
    try files.moveItem(atPath: unfinished, toPath: copy)
  }

  public func copy(to path: String) throws(MemoryError) {
    let files = FileManager.default
    guard !files.fileExists(atPath: path) else {
      throw MemoryError(
        .cannotOpen, path: path, message: "something is there already, expected a new path")
    }
    // Beside the target, so that the last step is one rename: a copy is whole or not there.
    let unfinished = path + ".\(ProcessInfo.processInfo.processIdentifier).tmp"
    do {
      try files.createDirectory(atPath: unfinished, withIntermediateDirectories: false)
    } catch {
      throw MemoryError(
        .cannotOpen, path: path,
        message: "cannot create the directory (\(error.localizedDescription))")
    }
    defer { try? files.removeItem(atPath: unfinished) }
    do {
      let file = unfinished + "/" + Self.databaseName
      let target = try DatabaseQueue(path: file)
      try database.backup(to: target)
      // The files of the index stay where they are; the copy makes its own.
      try target.write { try $0.execute(sql: "DROP TABLE IF EXISTS index_file") }
      try target.close()
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
      try handle.synchronize()
      try handle.close()
      try files.moveItem(atPath: unfinished, toPath: path)
    } catch {
      throw MemoryError(error, path: path)
    }
  }

  /// The error, with the name of who holds the memory when somebody does.
  private func explained(_ error: any Error) -> MemoryError {
    let error = MemoryError(error, path: path)
    guard error.code == .busy else { return error }
    let holder = LockHolder.find(writing: path)
    return MemoryError(
      .busy, path: path,
      message: "\(holder ?? "another program") is writing to the memory, expected it to finish "
        + "within \(patience / .seconds(1)) seconds", holder: holder)
  }

  public func read<Result>(
    _ body: (any MemoryReader) throws(MemoryError) -> Result
  ) throws(MemoryError) -> Result {
    do {
      return try database.read { try body(SQLiteReader($0, path: path)) }
    } catch {
      throw MemoryError(error, path: path)
    }
  }

  public func write<Result>(
    _ body: (any MemoryWriter) throws(MemoryError) -> Result
  ) throws(MemoryError) -> Result {
    guard !isReadOnly else {
      throw MemoryError(
        .readOnly, path: path, message: "the memory is read-only, expected permission to write")
    }
    do {
      return try database.write { database in
        let writer = SQLiteWriter(database, path: path)
        try writer.begin()
        let result = try body(writer)
        try writer.finish()
        return result
      }
    } catch {
      throw explained(error)
    }
  }

  public func compact() throws(MemoryError) {
    guard !isReadOnly else {
      throw MemoryError(
        .readOnly, path: path, message: "the memory is read-only, expected permission to write")
    }
    do {
      try database.writeWithoutTransaction { database in
        try database.execute(sql: "VACUUM")
        try database.checkpoint(.truncate)
      }
    } catch {
      throw MemoryError(error, path: path)
    }
  }

  public func verify() throws(MemoryError) -> [String] {
    do {
      return try database.read { database in
        var faults = try String.fetchAll(database, sql: "PRAGMA integrity_check(100)")
          .filter { $0 != "ok" }
        let strays =
          try Int.fetchOne(
            database,
            sql: """
              SELECT count(*) FROM variant
              WHERE ended IS NULL AND unit NOT IN (SELECT id FROM unit)
              """) ?? 0
        if strays > 0 { faults.append("\(strays) variants have no unit") }
        let ahead =
          try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM variant WHERE revision > (SELECT revision FROM clock)") ?? 0
        if ahead > 0 { faults.append("\(ahead) variants are ahead of the memory's clock") }
        return try faults + SQLiteReader(database, path: path).damagedTexts()
      }
    } catch {
      throw MemoryError(error, path: path)
    }
  }
}
