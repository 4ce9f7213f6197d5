import BitextCore
import Foundation
import Testing

@testable import BitextInterchange

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

  @Test(arguments: [1, 10, 1_000, 1 << 17])
  func `take back a part as often as the caller likes`(_ size: Int) throws {
    let text = (0..<3_000).map { "Línea \($0) 行\($0 % 500 == 0 ? "\n\n" : "\n")" }.joined()
    try withFile(Array(text.utf8)) { path in
      let reader = try ParagraphReader(path, pieceSize: size)
      var found = ""
      var round = 0
      while let piece = try reader.next() {
        round += 1
        // Every other piece gives back its end, from a line on.
        let lines = piece.text.utf8.lazy.filter { $0 == 0x0A }.count
        if round % 2 == 0, lines > 1, let cut = piece.text.firstIndex(of: "\n") {
          found += piece.text[...cut]
          reader.giveBack(piece.text[piece.text.index(after: cut)...])
        } else {
          found += piece.text
        }
      }
      #expect(found == text)
    }
  }

  @Test func `put U+FFFD in the place of what is not UTF-8, count it and go on`() throws {
    let good = Array("Línea\n\n".utf8)
    let bytes = good + [0xFF, 0x0A, 0x0A] + good + [0xE4, 0xB8, 0x0A, 0x0A, 0xC0, 0xAF]
    try withFile(bytes) { path in
      for size in [1, 4, 1_000] {
        let reader = try ParagraphReader(path, pieceSize: size, replacesMalformed: true)
        var found = ""
        var isGivenBack = false
        while let piece = try reader.next() {
          if !isGivenBack, piece.text.contains("\u{FFFD}") {
            // What was repaired comes back repaired.
            isGivenBack = true
            reader.giveBack(piece.text[...])
            continue
          }
          found += piece.text
        }
        #expect(
          found == "Línea\n\n\u{FFFD}\n\nLínea\n\n\u{FFFD}\n\n\u{FFFD}\u{FFFD}", "size \(size)")
        #expect(reader.replacementCount == 4)
      }
      let document = try TextDocument(contentsOf: path, replacesMalformed: true)
      #expect(document.replacementCount == 4)
      #expect(document.text.unicodeScalars.count { $0 == "\u{FFFD}" } == 4)
    }
    try withFile([0x61, 0xFF, 0x62]) { path in
      let reader = try ParagraphReader(path, encoding: "GB18030", replacesMalformed: true)
      #expect(try reader.next()?.text.contains("\u{FFFD}") == true)
      #expect(reader.replacementCount == 1)
    }
  }

  @Test func `are checked as the standard library checks them`() {
    var state: UInt64 = 0x1234_5678_9ABC_DEF1
    func random(_ limit: UInt64) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % limit)
    }
    let leads: [UInt8] = [
      0x61, 0xC2, 0xC1, 0xDF, 0xE0, 0xE1, 0xE4, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0x80,
    ]
    // Every lead with every second byte, at every offset inside a word, before ASCII and before Han.
    for lead in leads {
      for second in UInt8.min ... .max {
        for tail in [[], [0x80], [0x80, 0x80], [0xBF, 0x41]] as [[UInt8]] {
          let before = Array("abcdefg中文".utf8.prefix([0, 3, 7, 10, 13][random(5)]))
          let after = Array((random(2) == 0 ? "中文字 " : "plain text").utf8)
          let bytes = before + [lead, second] + tail + after
          #expect(
            UTF8Check.isValid(bytes.span) == (String(validating: bytes, as: UTF8.self) != nil),
            "\(bytes)")
        }
      }
    }
    for _ in 0..<4_000 {
      var bytes = Array("año 2024：数字利维坦，héroe 𠀀 — fin".utf8.prefix(random(44)))
      for _ in 0..<random(3) where !bytes.isEmpty {
        bytes[random(UInt64(bytes.count))] = UInt8(random(256))
      }
      #expect(
        UTF8Check.isValid(bytes.span) == (String(validating: bytes, as: UTF8.self) != nil),
        "\(bytes)")
    }
  }

  @Test func `are searched for line feeds as a plain loop would`() {
    for seed in 0..<200 as Range<UInt64> {
      var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
      func random() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
      }
      let bytes = (0..<Int(random() % 3_000)).map { _ -> UInt8 in
        [0x0A, 0x8A, 0x0B, 0x09, 0x00, 0xFF, UInt8(truncatingIfNeeded: random())][
          Int(random() % (seed % 2 == 0 ? 7 : 2))]
      }
      let lower = Int(random() % UInt64(bytes.count + 1))
      let range = lower..<(lower + Int(random() % UInt64(bytes.count - lower + 1)))
      #expect(
        LineFeeds.count(in: bytes, range) == bytes[range].count { $0 == 0x0A }, "seed \(seed)")
      #expect(LineFeeds.last(in: bytes, range) == bytes[range].lastIndex(of: 0x0A), "seed \(seed)")
    }
  }

  @Test func `that are not there say so`() {
    #expect(throws: DocumentError(file: "/no/such", reason: .missing)) {
      try ParagraphReader("/no/such")
    }
    #expect(throws: DocumentError(file: "/", reason: .directory)) { try ParagraphReader("/") }
  }
}
