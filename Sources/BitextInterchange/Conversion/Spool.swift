#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Bytes that wait until the head of their file is known: in memory while they are few, else in a temporary
/// file that nobody else sees.
final class Spool: ByteSink {
  private var buffer: [UInt8] = []
  private var path: String?
  private var file: SystemFile?

  /// What stays in memory.
  private static let largest = 4 << 20

  init() {}

  deinit { if let path { SystemFile.remove(path) } }

  func write(_ bytes: [UInt8]) throws(DocumentError) {
    buffer += bytes
    if buffer.count >= Self.largest { try spill() }
  }

  private func spill() throws(DocumentError) {
    do {
      if file == nil {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        let name = String(UInt64.random(in: .min ... .max), radix: 36)
        let path = "\(folder)/bitext.\(name).tmp"
        file = try SystemFile(creating: path, mode: 0o600)
        self.path = path
      }
      try file?.write(buffer)
    } catch {
      throw DocumentError(file: path ?? "a temporary file", reason: .cannotWrite(error.reason))
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Gives everything back, piece by piece, in order.
  func drain(
    _ take: ([UInt8]) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    guard let path else {
      try take(buffer)
      return
    }
    try spill()
    do {
      let reading = try SystemFile(reading: path)
      while true {
        let piece = try reading.read(upTo: 1 << 18)
        if piece.isEmpty { break }
        try take(piece)
      }
    } catch let failure as SystemFile.Failure {
      throw DocumentError(file: path, reason: .unreadable(failure.reason))
    } catch let error as DocumentError {
      throw error
    } catch {
      throw DocumentError(file: path, reason: .unreadable("unknown reason"))
    }
  }
}
