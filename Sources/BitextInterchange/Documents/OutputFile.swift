/// A file that appears whole or not at all.
///
/// What is written goes to a temporary file beside the target; `finish()` puts it on the disk and in
/// the target's place in one step. Until then, and after a failure, the target is as it was. Devices,
/// pipes and standard output cannot be replaced and are written to directly.
public final class OutputFile {
  /// The target, as it was named; `-` for standard output.
  public let path: String
  private let destination: String
  private let temporary: String?
  private let file: SystemFile
  private var buffer: [UInt8] = []
  private var isFinished = false

  private static let bufferSize = 1 << 16

  /// - Parameter path: A file, or `-` for standard output.
  /// - Throws: `DocumentError` of kind `cannotCreate`.
  public init(_ path: String) throws(DocumentError) {
    self.path = path
    buffer.reserveCapacity(Self.bufferSize + 4096)
    if path == "-" {
      destination = path
      temporary = nil
      file = .standardOutput
      return
    }
    destination = SystemFile.resolvingLinks(path)
    let existing = SystemFile.inspect(destination)
    do {
      switch existing?.kind {
      case .directory:
        throw DocumentError(file: path, reason: .cannotCreate("it is a folder"))
      case .other:
        temporary = nil
        file = try SystemFile(writing: destination)
      case .regular, nil:
        let name = Self.temporaryName(beside: destination)
        temporary = name
        file = try SystemFile(creating: name, mode: existing?.mode ?? 0o666)
      }
    } catch let failure as SystemFile.Failure {
      throw DocumentError(file: path, reason: .cannotCreate(failure.reason))
    } catch let error as DocumentError {
      throw error
    } catch {
      throw DocumentError(file: path, reason: .cannotCreate("unknown reason"))
    }
  }

  deinit {
    if !isFinished, let temporary { SystemFile.remove(temporary) }
  }

  /// Appends a text.
  public func write(_ text: String) throws(DocumentError) {
    buffer += text.utf8
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Appends bytes.
  public func write(_ bytes: [UInt8]) throws(DocumentError) {
    if bytes.count >= Self.bufferSize {
      try flush()
      return try hand(bytes)
    }
    buffer += bytes
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Hands everything written so far to the system, for filters whose reader waits.
  public func flush() throws(DocumentError) {
    guard !buffer.isEmpty else { return }
    try hand(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func hand(_ bytes: [UInt8]) throws(DocumentError) {
    do {
      try file.write(bytes)
    } catch {
      throw DocumentError(file: shownPath, reason: .cannotWrite(error.reason))
    }
  }

  /// Puts the file in its place.
  ///
  /// - Throws: `DocumentError`; the target is then as it was.
  public func finish() throws(DocumentError) {
    try flush()
    guard let temporary else {
      isFinished = true
      return
    }
    do {
      try file.synchronize()
      try SystemFile.rename(temporary, to: destination)
    } catch {
      throw DocumentError(file: shownPath, reason: .cannotWrite(error.reason))
    }
    isFinished = true
  }

  private var shownPath: String { path == "-" ? "standard output" : path }

  private static func temporaryName(beside path: String) -> String {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    return "\(folder).\(name).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
  }
}
