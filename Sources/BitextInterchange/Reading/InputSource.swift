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

/// The bytes of an input, piece by piece.
final class InputBytes {
  let name: String
  private let file: SystemFile?
  private var rest: ArraySlice<UInt8>
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
  }

  /// The next piece; empty at the end.
  func next() throws(InterchangeError) -> [UInt8] {
    guard file != nil else {
      let piece = Array(rest.prefix(Self.pieceSize))
      rest = rest.dropFirst(piece.count)
      return piece
    }
    do {
      return try file!.read(upTo: Self.pieceSize)
    } catch {
      throw InterchangeError(DocumentError(file: name, reason: .unreadable(error.reason)))
    }
  }
}
