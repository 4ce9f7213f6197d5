/// Reads the tokens of an encoded ``TokenKey``.
enum TokenReader {
  /// Calls `body` with the place of each token. Stops where the encoding is damaged.
  @inline(__always)
  static func forEachToken(in bytes: Span<UInt8>, _ body: (Span<UInt8>, Range<Int>) -> Void) {
    var index = 0
    while index < bytes.count {
      var length = 0
      var shift = 0
      while index < bytes.count, shift < 35 {
        let byte = bytes[index]
        index += 1
        length |= Int(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      guard length <= bytes.count - index else { return }
      body(bytes, index..<(index + length))
      index += length
    }
  }
}
