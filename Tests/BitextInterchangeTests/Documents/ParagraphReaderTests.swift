import BitextCore
import BitextInterchange
import Foundation
import Testing

@Suite struct `Texts read by paragraph` {
  private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws
    -> Result
  {
    let path = NSTemporaryDirectory() + "bitext-\(UInt64.random(in: .min ... .max)).txt"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  private func pieces(_ path: String, encoding: String? = nil, size: Int) throws -> [String] {
    let reader = try ParagraphReader(path, encoding: encoding, pieceSize: size)
    var pieces: [String] = []
    while let piece = try reader.next() { pieces.append(piece.text) }
    return pieces
  }

  @Test(arguments: [1, 10, 1_000, 1 << 20])
  func `lose nothing`(_ size: Int) throws {
    let text = (0..<20_000).map { "Línea \($0) 行\($0 % 7 == 0 ? "\n \n" : "\n")" }.joined()
    try withFile(Array(text.utf8)) { path in
      let found = try pieces(path, size: size)
      #expect(found.joined() == text)
      #expect(found.dropLast().allSatisfy { $0.hasSuffix("\n") })
    }
  }

  @Test func `come in another encoding when it is named or marked`() throws {
    let marked = try withFile([0xFF, 0xFE, 0x4B, 0x6E, 0x0A, 0]) { try pieces($0, size: 8) }
    #expect(marked == ["湋\n"])
    let named = try withFile([0xE1, 0x0A]) {
      try pieces($0, encoding: "windows-1252", size: 8)
    }
    #expect(named == ["á\n"])
    let withMark = try withFile([0xEF, 0xBB, 0xBF, 0x61]) { try pieces($0, size: 8) }
    #expect(withMark == ["a"])
    let empty = try withFile([]) { try pieces($0, size: 8) }
    #expect(empty.isEmpty)
  }

  @Test func `tell line and column of a byte that is not UTF-8, however late it comes`() throws {
    let bytes = Array(String(repeating: "one\n\n", count: 100_000).utf8) + [0x61, 0xFF]
    _ = try withFile(bytes) { path in
      #expect {
        try pieces(path, size: 100)
      } throws: { error in
        "\(error)".hasPrefix("\(path):200001:2: error: found byte 0xFF at offset 500001")
      }
    }
  }

  @Test func `take back what belongs to the next piece`() throws {
    let text = String(repeating: "x", count: 3_000_000)
    try withFile(Array(text.utf8)) { path in
      let reader = try ParagraphReader(path, pieceSize: 1_000)
      let first = try #require(try reader.next())
      #expect(!first.endsParagraph)
      reader.giveBack(first.text[...])
      let second = try #require(try reader.next())
      #expect(second.text.utf8.count >= first.text.utf8.count)
      #expect(second.text.hasPrefix(first.text))
    }
  }

  @Test func `that are not there say so`() {
    #expect(throws: DocumentError(file: "/no/such", reason: .missing)) {
      try ParagraphReader("/no/such")
    }
    #expect(throws: DocumentError(file: "/", reason: .directory)) { try ParagraphReader("/") }
  }
}
