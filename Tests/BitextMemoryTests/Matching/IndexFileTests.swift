import BitextCore
import BitextMemory
import BitextSQLite
import Foundation
import Testing

@Suite struct `An index file` {
  private let folder: TemporaryFolder
  private let queries: [MatchQuery]

  init() throws {
    folder = try TemporaryFolder()
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
  private func opened(_ name: String = "memory") throws -> TranslationMemory {
    TranslationMemory(
      store: try SQLiteStore(
        at: folder.url.appendingPathComponent(name),
        options: MemoryOpenOptions(durability: .process)), longestTail: 10)
  }

  /// The memory with its English index loaded, and written where it is not.
  private func indexed() throws -> TranslationMemory {
    let memory = try opened()
    try memory.prepare(for: "en")
    return memory
  }

  /// The index files of English, in order of revisions.
  private func files(_ name: String = "memory") throws -> [URL] {
    let index = folder.url.appendingPathComponent("\(name)/index")
    return try FileManager.default.contentsOfDirectory(atPath: index.path)
      .filter { $0.hasPrefix("1-") && $0.hasSuffix(".btx") }
      .sorted { (Int($0.split(separator: "-")[1]) ?? 0) < (Int($1.split(separator: "-")[1]) ?? 0) }
      .map { index.appendingPathComponent($0) }
  }

  /// What a memory without any file answers.
  private func truth() throws -> [[Match]] {
    let plain = folder.url.appendingPathComponent("plain")
    try? FileManager.default.removeItem(at: plain)
    try FileManager.default.createDirectory(at: plain, withIntermediateDirectories: true)
    let memory = try opened()
    // A checkpoint, so that the database is one file.
    try memory.store.compact()
    try FileManager.default.copyItem(
      at: folder.url.appendingPathComponent("memory/memory.sqlite"),
      to: plain.appendingPathComponent("memory.sqlite"))
    return try TranslationMemory(
      store: try SQLiteStore(at: plain, options: MemoryOpenOptions(durability: .process)),
      longestTail: 1_000_000
    ).matches(for: queries)
  }

  @Test func `answers as the rows do`() throws {
    let expected = try truth()
    #expect(try indexed().matches(for: queries) == expected)
    let file = try #require(try files().first)
    let written = try Data(contentsOf: file)
    #expect(try indexed().matches(for: queries) == expected)
    #expect(try files() == [file])
    #expect(try Data(contentsOf: file) == written, "a good file is not written again")
    #expect(try opened().indexSize().entries == 300)
  }

  @Test func `does not hide what came or ended after it`() throws {
    let memory = try indexed()
    let found = try memory.matches(for: queries).flatMap { $0 }
    try memory.remove(Set(found.prefix(20).map(\.unit)).sorted())
    try memory.save([pair("en", "red house 12", "es", "new"), pair("en", "casa !", "es", "new")])
    let expected = try truth()
    #expect(try opened().matches(for: queries) == expected)
    #expect(try memory.matches(for: queries) == expected)
  }

  @Test func `is followed by others when much has come since`() throws {
    _ = try indexed()
    try opened().save((0..<200).map { pair("en", "later text \($0)", "es", "l") }, rule: .addAll)
    let expected = try truth()
    #expect(try indexed().matches(for: queries) == expected)
    #expect(try opened().indexSize().entries == 500)
    #expect(try files().count == 2)
  }

  @Test func `becomes one with others when there are many, and when the memory is compacted`()
    throws
  {
    for round in 0..<8 {
      let memory = try indexed()
      let victim = try #require(try memory.matches(for: queries).flatMap { $0 }.first?.unit)
      memory.finishMaintenance()
      try memory.remove([victim])
      try memory.save(
        (0..<30).map { pair("en", "text \($0) of \(round)", "es", "\(round)") }, rule: .addAll)
    }
    let expected = try truth()
    let memory = try indexed()
    #expect(try memory.matches(for: queries) == expected)
    memory.finishMaintenance()
    // 300 and 8 times 30 variants came in nine files; eight files of a size become one.
    #expect(memory.indexSize().files <= 2)
    memory.maintainIndex()
    #expect(try opened().matches(for: queries) == expected)
    try memory.save([pair("en", "last", "es", "l")])
    try memory.compact()
    // One for English, one for Spanish.
    #expect(memory.indexSize().files == 2)
    #expect(try files().count == 1, "the files that were merged are gone")
    #expect(try memory.verify().isEmpty)
    #expect(try opened().matches(for: queries) == truth())
  }

  @Test func `that is damaged anywhere is not trusted`() throws {
    let expected = try truth()
    _ = try indexed()
    let file = try #require(try files().first)
    let size = try Data(contentsOf: file).count
    for place in stride(from: 0, to: size, by: 4_001) {
      let current = try #require(try files().first)
      var bytes = try Data(contentsOf: current)
      bytes[min(place, bytes.count - 1)] ^= 0x10
      // A new file of the same name: whoever has mapped the old one keeps it.
      try bytes.write(to: current, options: .atomic)
      #expect(try opened().verify().count == 1, "byte \(place)")
      let memory = try opened()
      #expect(try memory.matches(for: queries) == expected, "byte \(place)")
      memory.finishMaintenance()
      // The new file is written, the damaged one is taken away.
      try memory.prepare(for: "en")
      memory.compactIndex()
    }
  }

  @Test func `that is damaged is told about, and made again`() throws {
    let expected = try truth()
    _ = try indexed()
    let file = try #require(try files().first)
    var bytes = try Data(contentsOf: file)
    bytes[100] ^= 1
    try bytes.write(to: file, options: .atomic)
    let memory = try indexed()
    #expect(memory.takeIndexRepairs().count == 1)
    #expect(memory.takeIndexRepairs().isEmpty)
    #expect(try memory.verify().isEmpty)
    #expect(try memory.matches(for: queries) == expected)
    #expect(try indexed().takeIndexRepairs().isEmpty)
  }

  @Test(arguments: [0, 1, 4_095, 4_096, 9_000, -1])
  func `that is cut or missing is made again`(_ length: Int) throws {
    let expected = try truth()
    _ = try indexed()
    let file = try #require(try files().first)
    let good = try Data(contentsOf: file)
    if length == 0 {
      try FileManager.default.removeItem(at: file)
    } else {
      try good.prefix(length < 0 ? good.count - 1 : length).write(to: file, options: .atomic)
    }
    let memory = try indexed()
    #expect(try memory.matches(for: queries) == expected)
    #expect(memory.takeIndexRepairs().isEmpty == (length == 0), "removing files is no fault")
    #expect(try memory.verify().isEmpty)
    #expect(memory.indexSize().entries == 300)
  }

  @Test func `of another memory is not used`() throws {
    let other = try folder.memory("other")
    try other.save((0..<300).map { pair("en", "other \($0)", "es", "o") })
    let memory = try opened("other")
    try memory.prepare(for: "en")
    _ = try indexed()
    let mine = try #require(try files().first)
    let theirs = try #require(try files("other").first)
    try FileManager.default.removeItem(at: theirs)
    try FileManager.default.copyItem(at: mine, to: theirs)
    let found = try opened("other").matches(for: MatchQuery("other 7", from: "en", to: "es"))
    #expect(found.first?.source.text == "other 7")
  }

  @Test func `serves a memory that may not be written`() throws {
    let expected = try truth()
    _ = try indexed()
    let file = try #require(try files().first)
    let memory = TranslationMemory(
      store: try SQLiteStore(
        at: folder.url.appendingPathComponent("memory"),
        options: MemoryOpenOptions(isReadOnly: true)
      ), longestTail: 10)
    #expect(try memory.matches(for: queries) == expected)
    try FileManager.default.removeItem(at: file)
    let again = TranslationMemory(store: memory.store, longestTail: 10)
    try again.prepare(for: "en")
    #expect(try again.matches(for: queries) == expected)
    #expect(try files().isEmpty, "nothing is written")
  }

  @Test func `is made while an import runs`() throws {
    let memory = try opened()
    var session = try memory.beginImport(
      "units", digest: "d", options: MemoryImport.Options(rule: .addAll, batch: 50))
    for number in 0..<400 {
      _ = try session.add(pair("en", "imported text \(number % 90)", "es", "\(number)"))
    }
    _ = try session.finish()
    #expect(memory.indexSize().entries == 2 * 700)
    #expect(try opened().matches(for: queries) == truth())
    let found = try opened().matches(
      for: MatchQuery("imported text 7", from: "en", to: "es"), options: MatchOptions(limit: 9))
    #expect(found.map(\.target.text).prefix(5) == ["367", "277", "187", "97", "7"])
  }

  @Test func `holds very long and very many equal texts`() throws {
    let memory = try opened()
    let long = String(repeating: "palabra ", count: 9_000)
    try memory.save([pair("en", long, "es", "L")])
    try memory.save((0..<3_000).map { pair("en", "same", "es", "\($0)") }, rule: .addAll)
    try memory.save((0..<30).map { pair("en", long + "\($0) a", "es", "L\($0)") }, rule: .addAll)
    try memory.compact()
    let again = try opened()
    let found = try again.matches(for: MatchQuery("same", from: "en", to: "es"))
    #expect(found.map(\.target.text) == ["2999", "2998", "2997", "2996", "2995"])
    #expect(
      try again.matches(for: MatchQuery(long, from: "en", to: "es")).first?.target.text == "L")
    #expect(try again.concordance(ConcordanceQuery("palabra", language: "en")).total == 31)
    #expect(try again.verify().isEmpty)
  }

  @Test func `serves two instances in one program`() throws {
    let (one, other) = (try indexed(), try indexed())
    for round in 0..<30 {
      let writer = round % 2 == 0 ? one : other
      try writer.save([pair("en", "round \(letters(round)) of two", "es", "\(round)")])
      for reader in [one, other] {
        let found = try reader.matches(
          for: MatchQuery("round \(letters(round)) of two", from: "en", to: "es"))
        #expect(found.first?.target.text == "\(round)")
      }
      if round % 10 == 9 { writer.maintainIndex() }
    }
    let expected = try truth()
    #expect(try one.matches(for: queries) == expected)
    #expect(try other.matches(for: queries) == expected)
  }

  @Test func `is asked on all cores`() async throws {
    let memory = try indexed()
    let many = (0..<300).map { queries[$0 % queries.count] }
    let expected = try memory.matches(for: many)
    #expect(try await memory.matchesOnAllCores(for: many) == expected)
    #expect(try await memory.matchesOnAllCores(for: []).isEmpty)
  }

  /// A number as one word.
  private func letters(_ number: Int) -> String {
    String(String(number).unicodeScalars.map { Character(Unicode.Scalar(UInt8($0.value + 49))) })
  }
}
