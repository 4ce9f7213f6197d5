/// A place in a file, as an editor counts it.
public struct TextPosition: Sendable, Hashable {
  /// The line, from 1; LF, CR LF and a lone CR each end one.
  public let line: Int
  /// The column in Unicode scalars, from 1.
  public let column: Int
  /// The offset in bytes from the start of the file, from 0.
  public let byteOffset: Int

  public init(line: Int, column: Int, byteOffset: Int) {
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }

  /// The start of a file.
  public static let start = TextPosition(line: 1, column: 1, byteOffset: 0)

  /// The position of a byte of a file in UTF-8.
  ///
  /// - Complexity: O(`byteOffset`).
  init(of byteOffset: Int, in bytes: Span<UInt8>) {
    var line = 1
    var column = 1
    var index = 0
    while index < min(byteOffset, bytes.count) {
      let byte = bytes[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80, byte != 0x0D {
        column += 1
      }
      index += 1
    }
    self.init(line: line, column: column, byteOffset: byteOffset)
  }
}
