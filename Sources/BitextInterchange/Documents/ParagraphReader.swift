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
  /// How many malformed sequences were replaced with U+FFFD so far.
  public private(set) var replacementCount = 0

  private let file: SystemFile
  private let replacesMalformed: Bool
  /// What was read: the bytes from `start` to `end` are still to be given.
  private var buffer: [UInt8] = []
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var whole: String?
  private var limit: Int
  private let pieceSize: Int
  /// How many of the bytes to be given are known to hold no blank line.
  private var searched = 0
  /// The place in the file of the first byte to be given.
  private var position = TextPosition.start
  /// Whether the text of the last piece is not what the buffer holds.
  private var wasRepaired = false

  private static let readSize = 1 << 16

  /// Opens a text.
  ///
  /// - Parameters:
  ///   - path: A file, or `-` for standard input.
  ///   - encoding: Any encoding that ICU knows, or `nil` for UTF-8; a byte order mark overrides it.
  ///   - pieceSize: About how many bytes to read before a piece is given. Small pieces stay in the
  ///     cache of the processor.
  ///   - replacesMalformed: Bytes that are not of the encoding become U+FFFD and are counted, instead
  ///     of ending the reading.
  /// - Throws: `DocumentError` when there is no such file, or when a text that has to be converted
  ///   is malformed.
  public init(
    _ path: String, encoding: String? = nil, pieceSize: Int = 1 << 17,
    replacesMalformed: Bool = false
  ) throws(DocumentError) {
    file = try Self.open(path)
    self.path = path
    self.pieceSize = max(1, pieceSize)
    self.replacesMalformed = replacesMalformed
    limit = self.pieceSize
    while end < 4, !isAtEnd { try readMore() }
    let first = Array(buffer[..<min(4, end)])
    let isMarked =
      first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF])
      || first.starts(with: [0, 0, 0xFE, 0xFF])
    let isNamed = encoding.map { $0.lowercased() != "utf-8" && $0.lowercased() != "utf8" } ?? false
    if first.starts(with: [0xEF, 0xBB, 0xBF]) {
      start = 3
      position = TextPosition(line: 1, column: 1, byteOffset: 3)
    } else if isMarked || isNamed {
      while !isAtEnd { try readMore() }
      let document = try TextDocument(
        bytes: Array(buffer[..<end]), file: path, encoding: encoding, allowsNUL: true,
        replacesMalformed: replacesMalformed)
      whole = document.text
      replacementCount = document.replacementCount
      buffer = []
      start = 0
      end = 0
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
        return start == end ? nil : try take(end - start, endsParagraph: true)
      }
      if end - start >= limit {
        if let cut = lastBlankLine(after: searched) {
          limit = pieceSize
          return try take(cut, endsParagraph: true)
        }
        searched = end - start
        if end - start >= 8 * limit, let cut = lastLineBreak() {
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
    if rest.startIndex == rest.base.startIndex { limit *= 2 }
    let count = rest.utf8.count
    if wasRepaired {
      // The text is not what was read: from here on it stands for it.
      buffer.replaceSubrange(..<start, with: rest.utf8)
      end += count - start
      start = 0
    } else {
      start -= count
    }
    searched = 0
    position = TextPosition(
      line: position.line - LineFeeds.count(in: buffer, start..<(start + count)), column: 1,
      byteOffset: max(0, position.byteOffset - count))
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
    if buffer.count - end < Self.readSize {
      // Room at the front first: the buffer grows only with the piece that it holds.
      if start > 0 {
        let (first, last) = (start, end)
        unsafe buffer.withUnsafeMutableBytes { bytes in
          // Both ranges lie in the buffer; they may overlap.
          unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[first..<last]))
        }
        end -= start
        start = 0
      }
      let wanted = max(2 * end, pieceSize < 1 << 17 ? pieceSize : 1 << 17) + Self.readSize
      if buffer.count < wanted {
        buffer += repeatElement(0, count: wanted - buffer.count)
      }
    }
    do {
      let count = try file.read(into: &buffer, at: end, upTo: Self.readSize)
      if count == 0 { isAtEnd = true }
      end += count
    } catch {
      throw DocumentError(file: path, reason: .unreadable(error.reason))
    }
  }

  private func take(_ count: Int, endsParagraph: Bool) throws(DocumentError) -> Piece {
    let text: String
    let buffer = self.buffer
    let bytes = buffer.span.extracting(start..<(start + count))
    if UTF8Check.isValid(bytes) {
      // Checked on the line before.
      text = String(copying: unsafe UTF8Span(unchecked: bytes))
      wasRepaired = false
    } else if replacesMalformed {
      let repaired = RepairedUTF8(bytes)
      text = repaired.text
      replacementCount += repaired.replacementCount
      wasRepaired = true
    } else {
      let offset = TextDocument.firstIllFormedByte(in: bytes)
      let place = TextPosition(of: offset, in: bytes)
      throw DocumentError(
        file: path,
        reason: .notUTF8(
          byte: bytes[offset],
          at: TextPosition(
            line: position.line + place.line - 1, column: place.column,
            byteOffset: position.byteOffset + offset)))
    }
    position = TextPosition(
      line: position.line + LineFeeds.count(in: buffer, start..<(start + count)), column: 1,
      byteOffset: position.byteOffset + count)
    start += count
    // A piece ends at the last blank line, or there is none.
    searched = end - start
    return Piece(text: text, endsParagraph: endsParagraph)
  }

  /// The end of the last blank line that ends after `floor`, counted from the first byte to be given.
  private func lastBlankLine(after floor: Int) -> Int? {
    var index = end
    while let found = LineFeeds.last(in: buffer, (start + max(floor, 1))..<index) {
      var before = found - 1
      while before >= start, isBlank(buffer[before]) { before -= 1 }
      if before >= start, buffer[before] == 0x0A { return found + 1 - start }
      index = max(before + 1, start + max(floor, 1))
    }
    return nil
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private func lastLineBreak() -> Int? {
    if let last = LineFeeds.last(in: buffer, start..<end) { return last + 1 - start }
    // No line at all: read on for a while, then cut before the last character, which may be incomplete.
    guard end - start >= Self.readSize else { return nil }
    var cut = end - 1
    while cut > start, buffer[cut] & 0xC0 == 0x80 { cut -= 1 }
    return cut > start ? cut - start : nil
  }
}
