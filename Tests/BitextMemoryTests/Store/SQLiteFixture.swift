import Foundation
import GRDB

/// Databases that a test makes itself, behind the memory's back.
enum SQLiteFixture {
  /// Makes a database by running statements.
  static func make(_ path: String, _ statements: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: statements) }
    try queue.close()
  }

  /// Holds the lock of a writer while `body` runs.
  static func whileWriting<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    let queue = try DatabaseQueue(path: path)
    return try queue.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      defer { try? database.execute(sql: "ROLLBACK") }
      return try body()
    }
  }
}
