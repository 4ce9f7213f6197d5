internal import Foundation

/// Finds out who is writing to a memory.
enum LockHolder {
  /// The byte of the wal-index on which SQLite's writer holds its lock (WAL_WRITE_LOCK; "WAL-mode File
  /// Format", section 2.3.1).
  private static let writerLock = 120

  /// The process that holds the writer's lock of the memory at `path`, such as `process 4711
  /// (bitext)`; `nil` when nobody does, or when the system does not say.
  ///
  /// Only Linux lists its locks. Asking for the lock itself would tell elsewhere, too, but closing the
  /// file afterwards takes away every lock that this process holds on it (POSIX, `fcntl`).
  static func find(writing path: String) -> String? {
    let index = path + "/" + SQLiteStore.databaseName + "-shm"
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: index),
      let inode = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value,
      let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
    else { return nil }
    // 1: POSIX  ADVISORY  WRITE 4711 08:01:123456 120 120
    for line in locks.split(separator: "\n") {
      let fields = line.split(separator: " ").filter { $0 != "->" }
      guard fields.count >= 8, fields[3] == "WRITE",
        let owner = fields[5].split(separator: ":").last, UInt64(owner) == inode,
        let first = Int(fields[6]), first <= writerLock,
        Int(fields[7]).map({ $0 >= writerLock }) ?? (fields[7] == "EOF"),
        let process = Int32(fields[4]), process > 0
      else { continue }
      if process == ProcessInfo.processInfo.processIdentifier { return "this program itself" }
      let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
      let shown = name?.split(whereSeparator: \.isNewline).first.map { " (\($0))" } ?? ""
      return "process \(process)\(shown)"
    }
    return nil
  }
}
