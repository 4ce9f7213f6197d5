import BitextCore
import BitextMemory
import BitextSQLite
import BitextText
import Foundation
import Testing

@Suite struct `Bad input` {
  private func code(_ body: () throws -> Void) -> MemoryError.Code? {
    do {
      try body()
      return nil
    } catch let error as MemoryError {
      #expect(!error.message.contains("\n"), "one line: \(error.message)")
      #expect(!error.message.isEmpty)
      return error.code
    } catch {
      Issue.record("\(error) is no MemoryError")
      return nil
    }
  }

  @Test func `a path that is a file is no memory`() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("memory")
    try Data("text".utf8).write(to: file)
    #expect(code { _ = try folder.memory() } == .notAMemory)
    #expect(try Data(contentsOf: file) == Data("text".utf8))
  }

  @Test func `a folder of other things is no memory and stays as it is`() throws {
    let folder = try TemporaryFolder()
    let inside = folder.url.appendingPathComponent("memory")
    try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
    try Data().write(to: inside.appendingPathComponent("letter.txt"))
    #expect(code { _ = try folder.memory() } == .notAMemory)
    #expect(try FileManager.default.contentsOfDirectory(atPath: inside.path) == ["letter.txt"])
  }

  @Test func `nothing there is an error where a memory is expected`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("memory")
    #expect(
      code {
        _ = try TranslationMemory(at: url, options: MemoryOpenOptions(existence: .mustExist))
      } == .notFound)
    #expect(!FileManager.default.fileExists(atPath: url.path))
    _ = try folder.memory()
    #expect(
      code {
        _ = try TranslationMemory(at: url, options: MemoryOpenOptions(existence: .mustBeNew))
      } == .cannotOpen)
  }

  @Test func `a path below a file cannot be created`() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: folder.url.appendingPathComponent("file"))
    #expect(code { _ = try folder.memory("file/memory") } == .cannotOpen)
  }

  @Test func `bytes that are no database are refused and kept`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.memory()
    let file = folder.url.appendingPathComponent("memory/memory.sqlite")
    for name in ["memory.sqlite-wal", "memory.sqlite-shm"] {
      try? FileManager.default.removeItem(at: folder.url.appendingPathComponent("memory/\(name)"))
    }
    let junk = Data(repeating: 0x41, count: 8192)
    try junk.write(to: file)
    #expect(code { _ = try folder.memory() } == .notAMemory)
    #expect(try Data(contentsOf: file) == junk)
  }

  @Test func `a database of another program is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.memory().save([pair("en", "One", "es", "Uno")])
    try setFormat(folder, 0)
    #expect(code { _ = try folder.memory() } == .notAMemory)
  }

  @Test func `a memory of a newer Bitext is refused politely and stays as it is`() throws {
    let folder = try TemporaryFolder()
    try folder.memory().save([pair("en", "One", "es", "Uno")])
    try setFormat(folder, 99)
    do {
      _ = try folder.memory()
      Issue.record("it was opened")
    } catch {
      let message = "\(error)"
      #expect(message.contains("written by a newer Bitext"))
    }
    #expect(code { _ = try folder.memory() } == .newerFormat)
    try setFormat(folder, 2)
    #expect(try folder.memory().units().count == 1)
  }

  @Test func `a memory that may not be written still answers`() throws {
    let folder = try TemporaryFolder()
    try folder.memory().save([pair("en", "One", "es", "Uno")])
    let memory = try TranslationMemory(
      at: folder.url.appendingPathComponent("memory"), options: MemoryOpenOptions(isReadOnly: true))
    #expect(try memory.matches(for: MatchQuery("One", from: "en", to: "es")).count == 1)
    #expect(code { try memory.save([pair("en", "Two", "es", "Dos")]) } == .readOnly)
    #expect(code { try memory.compact() } == .readOnly)
    #expect(try memory.units().count == 1)
  }

  @Test func `a unit without variants saves nothing of its batch`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    #expect(
      code {
        try memory.save([pair("en", "One", "es", "Uno"), TranslationUnit(variants: [])])
      } == .invalidUnit)
    #expect(try memory.units().isEmpty)
  }

  @Test(arguments: ["", " ", "\u{3000}\t", "\u{0}", "a\u{0}b", "\u{FFFE}", "\u{200B}"])
  func `odd texts are stored and found`(_ text: String) throws {
    let folder = try TemporaryFolder()
    let unit = pair("en", text, "zh", text)
    try folder.memory().save([unit])
    let memory = try folder.memory()
    #expect(try memory.units() == [unit])
    let found = try memory.matches(for: MatchQuery(text, from: "en", to: "zh"))
    #expect(found.map(\.kind) == [.exact])
    #expect(found.first?.source.text == text)
  }

  @Test func `a segment of megabytes is stored and found exactly`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let text = String(repeating: "long text ", count: 100_000)
    try memory.save([pair("en", text, "es", "T"), pair("en", "long text long text", "es", "t")])
    let found = try memory.matches(for: MatchQuery(text, from: "en", to: "es"))
    #expect(found.map(\.kind) == [.exact])
    let near = try memory.matches(for: MatchQuery(text + "x", from: "en", to: "es"))
    #expect(near.isEmpty)
    let short = try memory.matches(for: MatchQuery("long text long word", from: "en", to: "es"))
    #expect(short.map(\.target.text) == ["t"])
    #expect(try memory.concordance(ConcordanceQuery("long text", language: "en")).total == 2)
  }

  @Test func `a query of many characters gives nothing, quickly`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("zh", "数字利维坦", "es", "Leviatán digital")])
    let query = String(repeating: "数", count: 100_000)
    #expect(try memory.matches(for: MatchQuery(query, from: "zh", to: "es")).isEmpty)
    #expect(try memory.concordance(ConcordanceQuery(query, language: "zh")).total == 0)
  }

  @Test func `a thousand equal texts do not hide the one in context`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save(
      (0..<900).map { number in
        var unit = pair("en", "Continue", "es", "Continuar \(number)")
        unit.properties = [Property(name: "prev", value: "Step \(number)")]
        return unit
      })
    let found = try memory.matches(
      for: MatchQuery(Segment("Continue"), from: "en", to: "es", previous: "Step 3"))
    #expect(found.first?.kind == .context)
    #expect(found.first?.target.text == "Continuar 3")
    #expect(found.count == 5)
  }

  @Test func `damage in the file is reported, not trusted`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save((0..<2_000).map { pair("en", "text number \($0)", "es", "\($0)") })
    try memory.compact()
    let file = folder.url.appendingPathComponent("memory/memory.sqlite")
    var bytes = try Data(contentsOf: file)
    for offset in stride(from: 8192, to: bytes.count - 64, by: 4096) {
      for place in 0..<64 { bytes[offset + place] = 0xFF }
    }
    try bytes.write(to: folder.url.appendingPathComponent("copy"))
    let copy = folder.url.appendingPathComponent("damaged")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    try bytes.write(to: copy.appendingPathComponent("memory.sqlite"))
    var refusal: MemoryError.Code?
    do {
      let damaged = try TranslationMemory(at: copy)
      #expect(try !damaged.verify().isEmpty)
      _ = try damaged.units()
    } catch {
      refusal = error.code
    }
    #expect([nil, .damaged, .notAMemory].contains(refusal))
  }

  @Test func `one bit that flipped in any page never becomes a wrong translation`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    func target(_ source: String) -> String { "t\(source.count) " + String(source.reversed()) }
    let sources = (0..<400).map { number in
      let word = String(number).map { "abcdefghij".dropFirst($0.wholeNumberValue ?? 0).prefix(1) }
      return "the \(word.joined()) about 数字 of \(word.reversed().joined())z"
    }
    try memory.save(sources.map { pair("en", $0, "es", target($0)) })
    try memory.compact()
    let file = folder.url.appendingPathComponent("memory/memory.sqlite")
    let good = try Data(contentsOf: file)
    var random = SeededGenerator(seed: 11)
    var refused = 0
    for page in stride(from: 0, to: good.count, by: 4096) {
      var bytes = good
      bytes[page + Int.random(in: 0..<4096, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
      let copy = folder.url.appendingPathComponent("flipped-\(page)")
      try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
      try bytes.write(to: copy.appendingPathComponent("memory.sqlite"))
      do throws(MemoryError) {
        let flipped = try TranslationMemory(
          at: copy, options: MemoryOpenOptions(durability: .process))
        for source in sources.shuffled(using: &random).prefix(40) {
          for match in try flipped.matches(for: MatchQuery(source, from: "en", to: "es")) {
            #expect(
              match.target.text == target(match.source.text) || !match.substitutions.isEmpty,
              "page at \(page): \(match.source.text) became \(match.target.text)")
          }
        }
      } catch {
        refused += 1
        #expect([.damaged, .notAMemory, .newerFormat, .store, .cannotOpen].contains(error.code))
      }
    }
    #expect(refused > 0)
  }

  /// Changes the number of the format behind the memory's back, as a newer Bitext would: SQLite keeps
  /// it at bytes 60 to 63 of the file.
  private func setFormat(_ folder: TemporaryFolder, _ format: UInt8) throws {
    let file = folder.url.appendingPathComponent("memory/memory.sqlite")
    var bytes = try Data(contentsOf: file)
    bytes[63] = format
    try bytes.write(to: file)
  }
}
