internal import Foundation

/// Standard input, line by line, as it comes.
struct LineReader {
  private var buffer = Data()
  private var isAtEnd = false

  /// The bytes of the next line without its line feed; `nil` at the end.
  mutating func next() -> Data? {
    var searched = 0
    while true {
      let unsearched = buffer.dropFirst(searched)
      if let end = unsearched.firstIndex(of: 0x0A) {
        let line = buffer[buffer.startIndex..<end]
        buffer = buffer[(end + 1)...]
        return Data(line)
      }
      searched = buffer.count
      if isAtEnd {
        defer { buffer = Data() }
        return buffer.isEmpty ? nil : Data(buffer)
      }
      let piece = FileHandle.standardInput.availableData
      if piece.isEmpty {
        isAtEnd = true
      } else {
        // A fresh buffer once a piece: slices keep the whole of what they came from.
        buffer = Data(buffer) + piece
      }
    }
  }
}
