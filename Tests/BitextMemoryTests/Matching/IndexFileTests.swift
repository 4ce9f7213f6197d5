import BitextCore
import BitextMemory
import BitextSQLite
import Foundation
import Testing

@Suite struct `An index file` {
  private let folder: TemporaryFolder
  private let file: URL
  private let queries: [MatchQuery]

  init() throws {
    folder = try TemporaryFolder()
    file = folder.url.appendingPathComponent("memory/index/1.btx")
    var random = SeededGenerator(seed: 5)
    func text() -> String {
      (0..<Int.random(in: 0...8, using: &random)).map { _ in
        ["red", "house", "数", "字", "casa", "12", "!"].randomElement(using: &random) ?? ""
      }.joined(separator: " ")
    }
    let units = (0..<300).map { pair("en", text(), "es", "\($0)") }
    queries = (0..<20).map { _ in MatchQuery(text(), from: "en", to: "es") }
    try folder.memory().save(units, rule: .addAll)
  }

  /// The memory as a program would open it that keeps an index of more than ten texts.
  private func opened() throws -> TranslationMemory {
    TranslationMemory(
      store: try SQLiteStore(
        at: folder.url.appendingPathComponent("memory"),
        options: MemoryOpenOptions(durability: .process)), longestTail: 10)
  }

  /// What a memory without any file answers.
  private func truth() throws -> [[Match]] {
    try TranslationMemory(store: try opened().store, longestTail: 1_000_000).matches(for: queries)
  }

  @Test func `answers as the rows do`() throws {
    let expected = try truth()
    #expect(try opened().matches(for: queries) == expected)
    #expect(FileManager.default.fileExists(atPath: file.path))
    let written = try Data(contentsOf: file)
    #expect(try opened().matches(for: queries) == expected)
    #expect(try Data(contentsOf: file) == written, "a good file is not written again")
    #expect(try opened().indexSize().entries == 300)
  }

  @Test func `does not hide what came or ended after it`() throws {
    _ = try opened().matches(for: queries)
    let memory = try opened()
    let found = try memory.matches(for: queries).flatMap { $0 }
    try memory.remove(Set(found.prefix(20).map(\.unit)).sorted())
    try memory.save([pair("en", "red house 12", "es", "new"), pair("en", "casa !", "es", "new")])
    let expected = try truth()
    #expect(try opened().matches(for: queries) == expected)
    #expect(try memory.matches(for: queries) == expected)
  }

  @Test func `is made again when much has come since`() throws {
    _ = try opened().matches(for: queries)
    try opened().save((0..<200).map { pair("en", "later text \($0)", "es", "l") }, rule: .addAll)
    let expected = try truth()
    #expect(try opened().matches(for: queries) == expected)
    #expect(try opened().indexSize().entries == 500)
  }

  @Test func `that is damaged anywhere is not trusted`() throws {
    let expected = try truth()
    _ = try opened().matches(for: queries)
    let good = try Data(contentsOf: file)
    for place in stride(from: 0, to: good.count, by: 1_009) {
      var bytes = good
      bytes[place] ^= 0x10
      try bytes.write(to: file)
      #expect(try opened().verify().count == 1, "byte \(place)")
      #expect(try opened().matches(for: queries) == expected, "byte \(place)")
      #expect(try opened().verify().isEmpty, "it was made again")
    }
    for length in [0, 1, 4_095, 4_096, good.count / 2, good.count - 1] {
      try good.prefix(length).write(to: file)
      #expect(try opened().matches(for: queries) == expected, "cut to \(length)")
    }
  }

  @Test func `of another memory is not used`() throws {
    let other = try folder.memory("other")
    try other.save((0..<50).map { pair("en", "other \($0)", "es", "o") })
    _ = try opened().matches(for: queries)
    let index = folder.url.appendingPathComponent("other/index")
    try FileManager.default.createDirectory(at: index, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: file, to: index.appendingPathComponent("1.btx"))
    let found = try other.matches(for: MatchQuery("other 7", from: "en", to: "es"))
    #expect(found.first?.source.text == "other 7")
  }
}
