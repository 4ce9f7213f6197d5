internal import BitextICU

/// A plain text, read whole from a file or from standard input.
public struct TextDocument: Sendable, Hashable {
  /// The file, as it was named; `-` for standard input.
  public let file: String
  /// The text, without a byte order mark.
  public let text: String
  /// How many malformed sequences were replaced with U+FFFD.
  public let replacementCount: Int

  public init(file: String, text: String) {
    self.file = file
    self.text = text
    replacementCount = 0
  }

  /// Reads a document.
  ///
  /// A byte order mark (UTF-8, UTF-16, UTF-32) is obeyed; otherwise the bytes are UTF-8, or of the
  /// encoding that is named.
  ///
  /// - Parameters:
  ///   - path: A file, or `-` for standard input.
  ///   - encoding: Any encoding that ICU knows, or `nil` for UTF-8.
  ///   - allowsNUL: Whether NUL is an ordinary character; a file that holds one is refused otherwise.
  ///   - replacesMalformed: Bytes that are not of the encoding become U+FFFD and are counted, instead
  ///     of being an error.
  /// - Throws: `DocumentError` with the byte offset of what is malformed.
  public init(
    contentsOf path: String, encoding: String? = nil, allowsNUL: Bool = false,
    replacesMalformed: Bool = false
  ) throws(DocumentError) {
    try self.init(
      bytes: try Self.bytes(of: path), file: path, encoding: encoding, allowsNUL: allowsNUL,
      replacesMalformed: replacesMalformed)
  }

  /// Reads a document from bytes that are already there; see
  /// `init(contentsOf:encoding:allowsNUL:replacesMalformed:)`.
  public init(
    bytes: [UInt8], file: String, encoding: String? = nil, allowsNUL: Bool = false,
    replacesMalformed: Bool = false
  ) throws(DocumentError) {
    self.file = file
    var replacements = 0
    let marked = Self.byteOrderMark(of: bytes)
    let name = marked?.encoding ?? encoding
    if let name, name.lowercased() != "utf-8", name.lowercased() != "utf8" {
      guard let converter = try? TextConverter(name) else {
        throw DocumentError(file: file, reason: .unknownEncoding(name))
      }
      do {
        (text, replacements) = try converter.decode(
          bytes, from: marked?.length ?? 0, replacesMalformed: replacesMalformed)
      } catch {
        throw DocumentError(
          file: file,
          reason: .malformed(encoding: name, bytes: error.bytes, byteOffset: error.byteOffset))
      }
    } else if let decoded = String(
      validating: bytes.dropFirst(marked?.length ?? 0), as: UTF8.self)
    {
      text = decoded
    } else if replacesMalformed {
      let skipped = marked?.length ?? 0
      let repaired = RepairedUTF8(bytes.span.extracting(skipped..<bytes.count))
      text = repaired.text
      replacements = repaired.replacementCount
    } else {
      let offset = Self.firstIllFormedByte(in: bytes.span)
      throw DocumentError(
        file: file,
        reason: .notUTF8(byte: bytes[offset], at: TextPosition(of: offset, in: bytes.span)))
    }
    replacementCount = replacements
    if !allowsNUL, let offset = text.utf8.firstIndex(of: 0) {
      let distance = text.utf8.distance(from: text.startIndex, to: offset)
      throw DocumentError(
        file: file, reason: .binary(at: TextPosition(of: distance, in: text.utf8Span.span)))
    }
  }

  /// Whether there is nothing but white space.
  public var isBlank: Bool {
    text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
  }

  /// All bytes of a file or of standard input.
  static func bytes(of path: String) throws(DocumentError) -> [UInt8] {
    if path != "-", SystemFile.inspect(path)?.kind == .directory {
      throw DocumentError(file: path, reason: .directory)
    }
    do {
      return try readAll(path == "-" ? .standardInput : SystemFile(reading: path))
    } catch {
      throw DocumentError(
        file: path, reason: error.isMissing ? .missing : .unreadable(error.reason))
    }
  }

  private static func readAll(_ file: consuming SystemFile) throws(SystemFile.Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = try file.read(upTo: 1 << 18)
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }

  private static func byteOrderMark(of bytes: [UInt8]) -> (encoding: String, length: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ("UTF-8", 3) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return ("UTF-32LE", 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return ("UTF-32BE", 4) }
    if bytes.starts(with: [0xFF, 0xFE]) { return ("UTF-16LE", 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return ("UTF-16BE", 2) }
    return nil
  }

  /// The offset of the first byte that no UTF-8 text can have there (Unicode 15, table 3-7).
  static func firstIllFormedByte(in bytes: Span<UInt8>) -> Int {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch byte {
      case 0x00...0x7F: length = 1
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: length = 4
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return index
      }
      for step in 1..<max(length, 1) {
        let allowed = step == 1 ? second : 0x80...0xBF
        guard index + step < bytes.count, allowed.contains(bytes[index + step]) else {
          return index
        }
      }
      index += length
    }
    return max(0, bytes.count - 1)
  }
}
