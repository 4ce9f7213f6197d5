#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A file of the operating system, read and written in large pieces.
///
/// One owner holds the descriptor and closes it.
struct SystemFile: ~Copyable {
  private let descriptor: Int32
  private let closes: Bool

  /// A failed call of the operating system.
  struct Failure: Error {
    let code: Int32
    /// The system's own words, such as `No space left on device`.
    var reason: String { unsafe String(cString: strerror(code)) }
    var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// What stands at a path.
  enum Kind {
    case regular
    case directory
    case other
  }

  static var standardInput: SystemFile { SystemFile(descriptor: 0, closes: false) }
  static var standardOutput: SystemFile { SystemFile(descriptor: 1, closes: false) }

  private init(descriptor: Int32, closes: Bool) {
    self.descriptor = descriptor
    self.closes = closes
  }

  /// Opens a file for reading.
  init(reading path: String) throws(Failure) {
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw Failure(code: errno) }
    self.init(descriptor: opened, closes: true)
  }

  /// Creates a file that must not be there yet.
  init(creating path: String, mode: mode_t) throws(Failure) {
    let opened = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard opened >= 0 else { throw Failure(code: errno) }
    self.init(descriptor: opened, closes: true)
  }

  /// Opens something that is there already, such as a device, for writing.
  init(writing path: String) throws(Failure) {
    let opened = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard opened >= 0 else { throw Failure(code: errno) }
    self.init(descriptor: opened, closes: true)
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// What stands at `path`, and its permissions; `nil` when nothing does.
  static func inspect(_ path: String) -> (kind: Kind, mode: mode_t)? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      default: .other
      }
    return (kind, status.st_mode & 0o7777)
  }

  /// Reads up to `limit` bytes to `offset` in a buffer that has room for them; 0 is the end of the file.
  func read(into buffer: inout [UInt8], at offset: Int, upTo limit: Int) throws(Failure) -> Int {
    precondition(offset + limit <= buffer.count, "no room for \(limit) bytes at \(offset)")
    var failure: Int32 = 0
    let received = unsafe buffer.withUnsafeMutableBytes { bytes in
      // Inside the buffer: checked above.
      let target = unsafe bytes.baseAddress.map { unsafe $0 + offset }
      while true {
        #if canImport(Darwin)
          let received = unsafe Darwin.read(descriptor, target, limit)
        #elseif canImport(Musl)
          let received = unsafe Musl.read(descriptor, target, limit)
        #else
          let received = unsafe Glibc.read(descriptor, target, limit)
        #endif
        if received < 0, errno == EINTR { continue }
        if received < 0 { failure = errno }
        return max(0, received)
      }
    }
    if failure != 0 { throw Failure(code: failure) }
    return received
  }

  /// Reads up to `limit` bytes; an empty answer is the end of the file.
  func read(upTo limit: Int) throws(Failure) -> [UInt8] {
    var failure: Int32 = 0
    // The closure fills the first `received` bytes and says how many they are.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      while true {
        #if canImport(Darwin)
          let received = unsafe Darwin.read(descriptor, buffer.baseAddress, limit)
        #elseif canImport(Musl)
          let received = unsafe Musl.read(descriptor, buffer.baseAddress, limit)
        #else
          let received = unsafe Glibc.read(descriptor, buffer.baseAddress, limit)
        #endif
        if received < 0, errno == EINTR { continue }
        if received < 0 { failure = errno }
        count = max(0, received)
        return
      }
    }
    if failure != 0 { throw Failure(code: failure) }
    return bytes
  }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8]) throws(Failure) {
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        let start = unsafe buffer.baseAddress! + offset  // not empty: offset < count
        #if canImport(Darwin)
          return unsafe Darwin.write(descriptor, start, bytes.count - offset)
        #elseif canImport(Musl)
          return unsafe Musl.write(descriptor, start, bytes.count - offset)
        #else
          return unsafe Glibc.write(descriptor, start, bytes.count - offset)
        #endif
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw Failure(code: errno)
      }
      offset += written
    }
  }

  /// Waits until everything that was written is on the disk.
  func synchronize() throws(Failure) {
    if fsync(descriptor) != 0 { throw Failure(code: errno) }
  }

  /// Puts one file in the place of another in one step.
  static func rename(_ from: String, to: String) throws(Failure) {
    #if canImport(Darwin)
      let result = unsafe Darwin.rename(from, to)
    #elseif canImport(Musl)
      let result = unsafe Musl.rename(from, to)
    #else
      let result = unsafe Glibc.rename(from, to)
    #endif
    if result != 0 { throw Failure(code: errno) }
  }

  static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }

  /// The file that a chain of symbolic links ends at; `path` itself when there is none.
  static func resolvingLinks(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
