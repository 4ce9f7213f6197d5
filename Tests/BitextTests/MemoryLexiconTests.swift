import Bitext
import Foundation
import Testing

/// A folder of its own for a test, removed afterwards.
private final class Scratch {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("bitext-lexicon-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String, _ text: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}

private let rows = [
  ("The red house", "La casa roja", "红色的房子"), ("The red car", "El coche rojo", "红色的汽车"),
  ("The old house", "La casa vieja", "旧房子"), ("My old car", "Mi coche viejo", "我的旧汽车"),
  ("A red book", "Un libro rojo", "一本红色的书"), ("An old book", "Un libro viejo", "一本旧书"),
  ("My house", "Mi casa", "我的房子"), ("My book", "Mi libro", "我的书"),
]

private func unit(_ row: (String, String, String)) -> TranslationUnit {
  TranslationUnit(
    sourceLanguage: "en",
    variants: [Variant("en", row.0), Variant("es", row.1), Variant("zh", row.2)])
}

@Suite struct `A memory as a lexicon` {
  @Test func `teaches which words translate which, in any two of its languages`() async throws {
    let scratch = try Scratch()
    let memory = try TranslationMemory(at: scratch.url.appendingPathComponent("m"))
    try memory.save(rows.map(unit))
    let english = try #require(try await memory.lexicon(LanguagePair("en", "es")))
    #expect(english.translations(of: "house", from: "en").first?.word == "casa")
    #expect(english.translations(of: "libro", from: "es").first?.word == "book")
    let chinese = try #require(try await memory.lexicon(LanguagePair("zh", "es")))
    #expect(chinese.translations(of: "书", from: "zh").first?.word == "libro")
    #expect(try await memory.lexicon(LanguagePair("en", "de")) == nil)
    #expect(try await memory.lexicon(LanguagePair("en", "en-GB")) == nil)
  }

  @Test func `is learned once and again when something was saved`() async throws {
    let scratch = try Scratch()
    let folder = scratch.url.appendingPathComponent("m")
    let memory = try TranslationMemory(at: folder)
    try memory.save(rows.prefix(4).map(unit))
    let steps = Counter()
    let first = try await memory.lexicon(LanguagePair("en", "es"), progress: { _ in steps.add() })
    #expect(first?.segmentPairs == 4)
    let learned = steps.count
    #expect(learned > 0)
    // Kept beside the memory, for another program and the other order of languages, too.
    let again = try await TranslationMemory(at: folder).lexicon(
      LanguagePair("es", "en"), progress: { _ in steps.add() })
    #expect(again?.segmentPairs == 4)
    #expect(steps.count == learned)
    try memory.save(rows.dropFirst(4).map(unit))
    let fresh = try await memory.lexicon(LanguagePair("en", "es"), progress: { _ in steps.add() })
    #expect(fresh?.segmentPairs == 8)
    #expect(steps.count > learned)
    #expect(try memory.verify().isEmpty)
  }

  @Test func `is made again when the kept file is damaged`() async throws {
    let scratch = try Scratch()
    let folder = scratch.url.appendingPathComponent("m")
    let memory = try TranslationMemory(at: folder)
    try memory.save(rows.map(unit))
    let kept = try #require(try await memory.lexicon(LanguagePair("en", "es"))?.path)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: kept))
    bytes[bytes.count - 3] ^= 0xFF
    try bytes.write(to: URL(fileURLWithPath: kept))
    let steps = Counter()
    let lexicon = try await memory.lexicon(
      LanguagePair("en", "es"), progress: { _ in steps.add() })
    #expect(steps.count > 0)
    #expect(lexicon?.segmentPairs == 8)
    try lexicon?.verify()
  }

  @Test func `that is only read teaches, too, and leaves nothing behind`() async throws {
    let scratch = try Scratch()
    let folder = scratch.url.appendingPathComponent("m")
    try TranslationMemory(at: folder).save(rows.map(unit))
    let memory = try TranslationMemory(
      at: folder, options: MemoryOpenOptions(existence: .mustExist, isReadOnly: true))
    let lexicon = try #require(try await memory.lexicon(LanguagePair("en", "es")))
    #expect(lexicon.path == nil)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.hasSuffix(".btlex") })
  }

  @Test func `brings its glossary`() async throws {
    let scratch = try Scratch()
    let memory = try TranslationMemory(at: scratch.url.appendingPathComponent("m"))
    try memory.save(concepts: [
      ConceptEntry(identifier: "1", terms: [Term("en", "ledger"), Term("es", "libro mayor")])
    ])
    let knowledge = try await Knowledge.memory(memory, languages: ["en", "es"])
    #expect(knowledge.lexicons.isEmpty)
    #expect(knowledge.glossaries.map(\.count) == [1])
  }
}

private final class Counter: Sendable {
  private let value = Locked(0)
  var count: Int { value.value }
  func add() { value.add() }
}

private final class Locked: @unchecked Sendable {
  // Guarded by the lock.
  private var number: Int
  private let lock = NSLock()
  init(_ number: Int) { self.number = number }
  var value: Int { lock.withLock { number } }
  func add() { lock.withLock { number += 1 } }
}

#if Lexicons
  @Suite struct `The shipped lexicons` {
    @Test func `open without being read`() throws {
      let clock = ContinuousClock()
      var lexicons: [TranslationLexicon] = []
      let first = clock.measure { lexicons = ShippedLexicons.all() }
      #expect(lexicons.count == ShippedLexicons.names.count)
      let again =
        (0..<5).map { _ in clock.measure { lexicons = ShippedLexicons.all() } }.min() ?? first
      let bytes = lexicons.reduce(0) { $0 + $1.byteCount }
      print("opening \(lexicons.count) lexicons of \(bytes) bytes: \(first), then \(again)")
      // 5 ms are promised for one; a debug build on a busy machine opens all in less than that, too.
      #expect(again < .milliseconds(5))
      #expect(bytes < 15_000_000)
    }
  }
#endif

@Suite struct `Dictionaries` {
  private let tei = """
    <?xml version="1.0" encoding="UTF-8"?>
    <TEI xmlns="http://www.tei-c.org/ns/1.0" version="5.0">
    <teiHeader><fileDesc><titleStmt><title>English-Spanish</title></titleStmt></fileDesc></teiHeader>
    <text><body xml:lang="en">
    <entry><form><orth>house</orth><pron>haʊs</pron></form><gramGrp><pos>n</pos></gramGrp>
      <sense><cit type="trans" xml:lang="es"><quote>casa</quote></cit></sense>
      <sense><cit type="trans"><quote>hogar</quote><note>warm</note></cit>
        <cit type="example"><quote>the house is big</quote>
          <cit type="trans"><quote>la casa es grande</quote></cit></cit></sense></entry>
    <entry><form><orth>colour</orth><orth>color</orth></form>
      <sense><cit type="trans"><quote>color</quote></cit></sense></entry>
    <entry><form><orth>alone</orth></form></entry>
    <entry><form><orth>old</orth></form><trans><tr>viejo</tr></trans></entry>
    </body></text></TEI>
    """

  @Test func `of FreeDict are read by their head words and translations`() throws {
    let scratch = try Scratch()
    let path = try scratch.file("eng-spa.tei", tei)
    let result = try DictionaryImporter(languages: LanguagePair("en", "es")).read(path)
    let lexicon = try TranslationLexicon(Data(try LexiconFile.bytes(of: result.contents)))
    #expect(Set(lexicon.translations(of: "house", from: "en").map(\.word)) == ["casa", "hogar"])
    #expect(lexicon.translations(of: "colour", from: "en").map(\.word) == ["color"])
    #expect(lexicon.translations(of: "old", from: "en").map(\.word) == ["viejo"])
    #expect(lexicon.translations(of: "grande", from: "es").isEmpty, "examples are no entries")
    #expect(lexicon.holdsBaseForms)
    #expect(
      result.rejected.map(\.reason) == ["found an entry without a translation, expected both"])
    #expect(result.rejected.map(\.line) == [12])
    // By content, whatever the name.
    let named = try scratch.file("dictionary.xml", tei)
    #expect(
      try DictionaryImporter(languages: LanguagePair("en", "es")).read(named).contents
        == result.contents)
  }

  @Test func `in TMX and TBX are read by their concepts`() throws {
    let scratch = try Scratch()
    let tmx = try scratch.file(
      "terms.tmx",
      """
      <?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" \
      segtype="phrase" o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>
      <tu><tuv xml:lang="en"><seg>ledger</seg></tuv><tuv xml:lang="es"><seg>libro mayor</seg></tuv></tu>
      <tu><tuv xml:lang="en"><seg>debt</seg></tuv><tuv xml:lang="fr"><seg>dette</seg></tuv></tu>
      <tu><tuv xml:lang="en"><seg>this is a whole sentence and no term</seg></tuv>
      <tuv xml:lang="es"><seg>esta es una frase entera y ningún término</seg></tuv></tu>
      </body></tmx>
      """)
    let result = try DictionaryImporter(languages: LanguagePair("en", "es")).read(tmx)
    let lexicon = try TranslationLexicon(Data(try LexiconFile.bytes(of: result.contents)))
    let found = lexicon.translations(of: "ledger", from: "en")
    #expect(Set(found.map(\.word)) == ["libro", "mayor"])
    #expect(found.allSatisfy { abs($0.probability - 0.4) < 0.01 }, "0.8, shared by two words")
    #expect(result.read == 1)
    #expect(result.rejected.map(\.line) == [4])

    let tbx = try scratch.file(
      "terms.tbx",
      """
      <?xml version="1.0"?><tbx type="TBX-Basic" style="dca" xml:lang="en" \
      xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc>\
      </tbxHeader><text><body><conceptEntry id="c1">
      <langSec xml:lang="en"><termSec><term>freedom</term></termSec></langSec>
      <langSec xml:lang="zh"><termSec><term>自由</term></termSec></langSec>
      </conceptEntry></body></text></tbx>
      """)
    let terms = try DictionaryImporter(languages: LanguagePair("zh", "en")).read(tbx)
    let chinese = try TranslationLexicon(Data(try LexiconFile.bytes(of: terms.contents)))
    #expect(chinese.translations(of: "自由", from: "zh").map(\.word) == ["freedom"])
  }

  @Test func `without an entry are an error that names the format`() throws {
    let scratch = try Scratch()
    let path = try scratch.file("empty.tsv", "# nothing here\n")
    let error = try #require(throws: LexiconError.self) {
      try DictionaryImporter(languages: LanguagePair("en", "es")).read(path)
    }
    #expect(error.message == "found no entry in the format tsv for en, es")
    #expect(throws: LexiconError.self) {
      try DictionaryImporter(languages: LanguagePair("en", "es"), format: .cedict)
    }
    let foreign = try scratch.file("page.tei", "<html><body/></html>")
    let fault = try #require(throws: InterchangeError.self) {
      try DictionaryImporter(languages: LanguagePair("en", "es")).read(foreign)
    }
    #expect(fault.diagnostic.message.contains("expected <TEI>"))
  }

  @Test func `are learned from memories as from tables`() async throws {
    let scratch = try Scratch()
    let table = try scratch.file(
      "rows.tsv", rows.map { "\($0.0)\t\($0.1)\n" }.joined())
    let units = rows.map {
      "<tu><tuv xml:lang=\"es\"><seg>\($0.1)</seg></tuv><tuv xml:lang=\"en\"><seg>\($0.0)</seg></tuv></tu>"
    }
    let memory = try scratch.file(
      "rows.tmx",
      """
      <?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" \
      segtype="sentence" o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>\
      \(units.joined(separator: "\n"))</body></tmx>
      """)
    var found: [LexiconContents] = []
    for path in [table, memory] {
      var options = LexiconTrainer.Options()
      options.minimumCount = 1
      var trainer = LexiconTrainer(languages: LanguagePair("en", "es"), options: options)
      #expect(try await trainer.add(contentsOf: path).isEmpty)
      #expect(trainer.pairCount == rows.count)
      found.append(try await trainer.train())
    }
    #expect(found[0] == found[1])
  }
}
