internal import BitextMemory
internal import GRDB
internal import GRDBSQLite

/// A prepared statement of a connection, stepped through SQLite's own functions.
///
/// GRDB prepares, caches and owns it; its records and rows are not used, since binding and reading
/// through them costs several times as much as the statement itself.
@safe
struct SQLiteStatement {
  private let handle: OpaquePointer
  private let path: String

  /// The statement with this text, from the connection's cache.
  init(_ sql: String, _ database: Database, path: String) throws(MemoryError) {
    self.path = path
    do {
      unsafe handle = try database.cachedStatement(sql: sql).sqliteStatement
    } catch {
      throw MemoryError(error, path: path)
    }
    reset()
  }

  /// Makes the statement ready to run again; bindings stay.
  func reset() { unsafe sqlite3_reset(handle) }

  // MARK: Binding, from 1 on

  func bind(_ index: Int32, _ value: Int64) { unsafe sqlite3_bind_int64(handle, index, value) }

  func bind(_ index: Int32, _ value: Int64?) {
    if let value { bind(index, value) } else { bindNull(index) }
  }

  func bindNull(_ index: Int32) { unsafe sqlite3_bind_null(handle, index) }

  func bind(_ index: Int32, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // The length is given, so a NUL in the text is kept. SQLite copies the bytes.
      _ = unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        unsafe sqlite3_bind_text64(
          handle, index, characters.baseAddress ?? Self.empty, UInt64(characters.count),
          Self.transient, UInt8(SQLITE_UTF8))
      }
    }
  }

  func bind(_ index: Int32, _ text: String?) {
    if let text { bind(index, text) } else { bindNull(index) }
  }

  // MARK: Running

  /// Moves to the next row; `false` when there is none.
  func step() throws(MemoryError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    let database = unsafe sqlite3_db_handle(handle)
    let message = unsafe String(cString: sqlite3_errmsg(database))
    let extended = unsafe sqlite3_extended_errcode(database)
    reset()
    throw MemoryError(sqliteCode: extended, message: message, path: path)
  }

  /// Runs a statement that gives no rows.
  func run() throws(MemoryError) {
    _ = try step()
    reset()
  }

  // MARK: Columns, from 0 on

  func int(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }

  func text(_ column: Int32) -> String {
    guard let bytes = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = unsafe sqlite3_column_bytes(handle, column)
    return unsafe String(
      decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
  }

  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// Tells SQLite to copy what it is given.
  private static var transient: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  /// An empty text is not NULL.
  private static var empty: UnsafePointer<CChar> {
    unsafe UnsafePointer(sqlite3_libversion())
  }
}

extension MemoryError {
  /// What a failure of SQLite means for a memory.
  init(sqliteCode extended: Int32, message: String, path: String) {
    let (code, text): (Code, String) =
      switch extended & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED:
        (.busy, "another program is writing to the memory, expected it to finish within 5 seconds")
      case SQLITE_FULL: (.diskFull, "disk full, expected room for what is saved")
      case SQLITE_READONLY: (.readOnly, "the memory is read-only, expected permission to write")
      case SQLITE_CANTOPEN: (.cannotOpen, "cannot open the database (\(message))")
      case SQLITE_NOTADB: (.notAMemory, "the file is no SQLite database, expected a memory")
      case SQLITE_CORRUPT: (.damaged, "the database is damaged (\(message))")
      case SQLITE_IOERR: (.inputOutput, "input/output error (\(message))")
      default: (.store, "SQLite reports \(message) (code \(extended))")
      }
    self.init(code, path: path, message: text)
  }

  /// What an error that GRDB threw means for a memory.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as MemoryError: self = error
    case let error as DatabaseError:
      self.init(
        sqliteCode: error.extendedResultCode.rawValue, message: error.message ?? "an error",
        path: path)
    default: self.init(.store, path: path, message: "the database reports \(error)")
    }
  }
}
