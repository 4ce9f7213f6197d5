internal import BitextCore

/// Where a file to read comes from.
public enum InputSource: Sendable, Hashable {
  /// A file; `-` is standard input.
  case file(String)
  /// Bytes that are there already, and the name to show for them.
  case bytes([UInt8], name: String)

  /// A text that is there already, and the name to show for it.
  public static func text(_ text: String, name: String = "text") -> InputSource {
    .bytes(Array(text.utf8), name: name)
  }

  /// The name to show in messages.
  public var name: String {
    switch self {
    case .file(let path): path
    case .bytes(_, let name): name
    }
  }
}

/// The bytes of an input, piece by piece; gzip is inflated on the way.
final class InputBytes {
  /// The file, as it was named.
  let name: String
  /// Something to say about the file as a whole.
  private(set) var warning: String?

  private let file: SystemFile?
  private var rest: ArraySlice<UInt8>
  private var hasEnded = false
  private var inflater: GzipInflater?
  private var compressed: [UInt8] = []
  private var peeked: [UInt8]?

  private static let pieceSize = 1 << 16

  init(_ source: InputSource) throws(InterchangeError) {
    name = source.name
    switch source {
    case .bytes(let bytes, _):
      file = nil
      rest = bytes[...]
    case .file("-"):
      file = .standardInput
      rest = []
    case .file(let path):
      rest = []
      if SystemFile.inspect(path)?.kind == .directory {
        throw InterchangeError(DocumentError(file: path, reason: .directory))
      }
      do {
        file = try SystemFile(reading: path)
      } catch {
        throw InterchangeError(
          DocumentError(file: path, reason: error.isMissing ? .missing : .unreadable(error.reason)))
      }
    }
    let start = try read()
    if GzipInflater.isGzip(start) {
      compressed = start
      do {
        inflater = try GzipInflater()
      } catch {
        throw failure("there is not enough memory")
      }
    } else {
      peeked = start
    }
  }

  /// The first bytes, at least `count` of them where there are so many; they stay to be read.
  func peek(_ count: Int) throws(InterchangeError) -> [UInt8] {
    var start = peeked ?? []
    peeked = nil
    while start.count < count {
      let piece = try next()
      if piece.isEmpty { break }
      start += piece
    }
    peeked = start
    return start
  }

  /// The next piece; empty at the end.
  func next() throws(InterchangeError) -> [UInt8] {
    if let start = peeked {
      peeked = nil
      if !start.isEmpty { return start }
    }
    guard inflater != nil else { return try read() }
    while true {
      if compressed.isEmpty, !hasEnded { compressed = try read() }
      do {
        guard let piece = try inflater!.inflate(&compressed, isLast: hasEnded) else {
          if !compressed.isEmpty {
            warning = "found bytes behind the compressed file, expected its end; they were not read"
          }
          return []
        }
        if !piece.isEmpty { return piece }
        // The inflater waits for more.
        let more = try read()
        compressed += more
      } catch let error as InterchangeError {
        throw error
      } catch let problem as GzipInflater.Failure {
        switch problem {
        case .damaged:
          throw failure("found compressed data that are damaged, expected gzip as in RFC 1952")
        case .truncated:
          throw failure("found the end of the file inside compressed data, expected the rest")
        case .noMemory: throw failure("there is not enough memory")
        }
      } catch {
        throw failure("found compressed data that cannot be read")
      }
    }
  }

  private func failure(_ message: String) -> InterchangeError {
    InterchangeError(
      kind: .badData,
      diagnostic: Diagnostic(
        severity: .error, code: "gzip", file: name, position: .start, message: message))
  }

  private func read() throws(InterchangeError) -> [UInt8] {
    guard !hasEnded else { return [] }
    guard file != nil else {
      let piece = Array(rest.prefix(Self.pieceSize))
      rest = rest.dropFirst(piece.count)
      hasEnded = piece.isEmpty
      return piece
    }
    do {
      let piece = try file!.read(upTo: Self.pieceSize)
      hasEnded = piece.isEmpty
      return piece
    } catch {
      throw InterchangeError(DocumentError(file: name, reason: .unreadable(error.reason)))
    }
  }
}
