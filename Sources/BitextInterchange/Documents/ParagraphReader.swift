/// A plain text, read in pieces that end with a paragraph.
///
/// A file of any size is read in bounded memory: a piece holds about `pieceSize` bytes and ends at a
/// blank line. Where a text has none for long, a piece ends in mid-paragraph and says so; the caller
/// gives back what belongs to the next piece.
///
/// UTF-8 is streamed. A text in another encoding is converted whole and comes as one piece.
public final class ParagraphReader {
  /// A part of the text.
  public struct Piece: Sendable {
    /// The text of the piece.
    public let text: String
    /// Whether it ends with a paragraph, or with the text.
    public let endsParagraph: Bool
  }

  /// The file, as it was named; `-` for standard input.
  public let path: String
  private let file: SystemFile
  private var pending: [UInt8] = []
  private var isAtEnd = false
  private var whole: String?
  private var limit: Int
  private let pieceSize: Int
  /// How much of `pending` is known to hold no blank line.
  private var searched = 0
  /// The place in the file where `pending` begins.
  private var position = TextPosition.start

  /// Opens a text.
  ///
  /// - Parameters:
  ///   - path: A file, or `-` for standard input.
  ///   - encoding: Any encoding that ICU knows, or `nil` for UTF-8; a byte order mark overrides it.
  ///   - pieceSize: About how many bytes to read before a piece is given.
  /// - Throws: `DocumentError` when there is no such file, or when a text that has to be converted
  ///   is malformed.
  public init(
    _ path: String, encoding: String? = nil, pieceSize: Int = 1 << 20
  ) throws(DocumentError) {
    file = try Self.open(path)
    self.path = path
    self.pieceSize = max(1, pieceSize)
    limit = self.pieceSize
    while pending.count < 4, !isAtEnd { try readMore() }
    let isMarked =
      pending.starts(with: [0xFF, 0xFE]) || pending.starts(with: [0xFE, 0xFF])
      || pending.starts(with: [0, 0, 0xFE, 0xFF])
    let isNamed = encoding.map { $0.lowercased() != "utf-8" && $0.lowercased() != "utf8" } ?? false
    if pending.starts(with: [0xEF, 0xBB, 0xBF]) {
      pending.removeFirst(3)
      position = TextPosition(line: 1, column: 1, byteOffset: 3)
    } else if isMarked || isNamed {
      while !isAtEnd { try readMore() }
      whole = try TextDocument(bytes: pending, file: path, encoding: encoding, allowsNUL: true).text
      pending = []
    }
  }

  /// The next piece; `nil` at the end.
  ///
  /// - Throws: `DocumentError` with line and column of a byte that is not UTF-8.
  public func next() throws(DocumentError) -> Piece? {
    if let text = whole {
      whole = nil
      return text.isEmpty ? nil : Piece(text: text, endsParagraph: true)
    }
    while true {
      if isAtEnd {
        return pending.isEmpty ? nil : try take(pending.count, endsParagraph: true)
      }
      if pending.count >= limit {
        if let cut = lastBlankLine(after: searched) {
          limit = pieceSize
          return try take(cut, endsParagraph: true)
        }
        searched = pending.count
        if pending.count >= 8 * limit, let cut = lastLineBreak() {
          return try take(cut, endsParagraph: false)
        }
      }
      try readMore()
    }
  }

  /// Gives back the end of the last piece, which then begins the next one.
  ///
  /// When all of it comes back, the next piece is at least twice as long.
  public func giveBack(_ rest: Substring) {
    let bytes = Array(rest.utf8)
    if rest.startIndex == rest.base.startIndex { limit *= 2 }
    var back = position.byteOffset - bytes.count
    back = max(0, back)
    pending = bytes + pending
    searched = 0
    position = TextPosition(
      line: position.line - Self.lineFeeds(in: bytes), column: 1, byteOffset: back)
  }

  private static func open(_ path: String) throws(DocumentError) -> SystemFile {
    if path != "-", SystemFile.inspect(path)?.kind == .directory {
      throw DocumentError(file: path, reason: .directory)
    }
    do {
      return try path == "-" ? .standardInput : SystemFile(reading: path)
    } catch {
      throw DocumentError(
        file: path, reason: error.isMissing ? .missing : .unreadable(error.reason))
    }
  }

  private func readMore() throws(DocumentError) {
    do {
      let bytes = try file.read(upTo: 1 << 18)
      if bytes.isEmpty { isAtEnd = true }
      pending += bytes
    } catch {
      throw DocumentError(file: path, reason: .unreadable(error.reason))
    }
  }

  private func take(_ count: Int, endsParagraph: Bool) throws(DocumentError) -> Piece {
    let bytes = pending.prefix(count)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let bytes = Array(bytes)
      let offset = TextDocument.firstIllFormedByte(in: bytes.span)
      let place = TextPosition(of: offset, in: bytes.span)
      throw DocumentError(
        file: path,
        reason: .notUTF8(
          byte: bytes[offset],
          at: TextPosition(
            line: position.line + place.line - 1, column: place.column,
            byteOffset: position.byteOffset + offset)))
    }
    position = TextPosition(
      line: position.line + Self.lineFeeds(in: bytes), column: 1,
      byteOffset: position.byteOffset + count)
    pending.removeFirst(count)
    searched = 0
    return Piece(text: text, endsParagraph: endsParagraph)
  }

  private static func lineFeeds(in bytes: some Sequence<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
  }

  /// The end of the last blank line that ends after `floor`.
  private func lastBlankLine(after floor: Int) -> Int? {
    var index = pending.count - 1
    while index >= max(floor, 1) {
      if pending[index] == 0x0A {
        var before = index - 1
        while before >= 0, isBlank(pending[before]) { before -= 1 }
        if before >= 0, pending[before] == 0x0A { return index + 1 }
        index = before
      } else {
        index -= 1
      }
    }
    return nil
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private func lastLineBreak() -> Int? {
    if let last = pending.lastIndex(of: 0x0A) { return last + 1 }
    // No line at all: cut before the last character, which may be incomplete.
    var cut = pending.count - 1
    while cut > 0, pending[cut] & 0xC0 == 0x80 { cut -= 1 }
    return cut > 0 ? cut : nil
  }
}
