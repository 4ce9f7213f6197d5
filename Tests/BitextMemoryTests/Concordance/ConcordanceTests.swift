import BitextCore
import BitextMemory
import Testing

private struct WordCase: Sendable, CustomTestStringConvertible {
  let query: String
  let language: LanguageTag
  var mode = ConcordanceQuery.Mode.phrase
  /// The texts that are found, each with its hits in brackets.
  let found: [String]
  let why: String
  var testDescription: String { why }
}

private let stored: [TranslationUnit] = [
  pair("en", "The digital Leviathan watches.", "zh", "数字利维坦在监视。"),
  pair("en", "Leviathan, a digital one.", "zh", "利维坦，一个数字的。"),
  pair("en", "Digitalization of %s … now", "es", "Digitalización de %s … ahora"),
  pair("es", "El Leviatán digital y la privacidad", "zh", "数字利维坦与隐私权"),
]

private let wordCases = [
  WordCase(
    query: "digital leviathan", language: "en", found: ["The [digital Leviathan] watches."],
    why: "a phrase, whatever its case"),
  WordCase(
    query: "digital leviathan", language: "en", mode: .all,
    found: ["[Leviathan], a [digital] one.", "The [digital] [Leviathan] watches."],
    why: "all words in any order, newest first"),
  WordCase(
    query: "digital*", language: "en",
    found: [
      "[Digitalization] of %s … now", "Leviathan, a [digital] one.",
      "The [digital] Leviathan watches.",
    ], why: "a word that goes on"),
  WordCase(
    query: "Leviathan", language: "en", mode: .exact,
    found: ["[Leviathan], a digital one.", "The digital [Leviathan] watches."],
    why: "exactly as written"),
  WordCase(
    query: "LEVIATHAN", language: "en", mode: .exact, found: [], why: "another case is not exact"),
  WordCase(
    query: "数字", language: "zh", found: ["[数字]利维坦与隐私权", "利维坦，一个[数字]的。", "[数字]利维坦在监视。"],
    why: "two Chinese characters"),
  WordCase(
    query: "维", language: "zh-CN", found: ["数字利[维]坦与隐私权", "利[维]坦，一个数字的。", "数字利[维]坦在监视。"],
    why: "one Chinese character, asked for as zh-CN"),
  WordCase(
    query: "privacidad", language: "es", found: ["El Leviatán digital y la [privacidad]"],
    why: "a Spanish word"),
  WordCase(
    query: "%s …", language: "en", found: ["Digitalization of [%s …] now"],
    why: "no letters of a word are needed"),
  WordCase(query: " ", language: "en", found: [], why: "nothing to look for"),
  WordCase(query: "absent", language: "en", found: [], why: "a word that is not there"),
  WordCase(query: "digital", language: "de", found: [], why: "a language that is not there"),
]

@Suite struct `Concordance` {
  /// Once with everything in the tail, once with everything in segments.
  @Test(arguments: wordCases)
  fileprivate func `finds words and says where they stand`(_ example: WordCase) throws {
    let folder = try TemporaryFolder()
    let writer = try folder.memory()
    try writer.save(stored)
    for longestTail in [0, 1_000] {
      let memory = TranslationMemory(store: writer.store, longestTail: longestTail)
      let page = try memory.concordance(
        ConcordanceQuery(example.query, language: example.language, mode: example.mode))
      let marked = page.hits.map { hit in
        var text = ""
        var end: UInt32 = 0
        for span in hit.spans {
          text += hit.segment.text[TextSpan(start: end, end: span.start)]
          text += "[" + hit.segment.text[span] + "]"
          end = span.end
        }
        return text
          + hit.segment.text[TextSpan(start: end, end: UInt32(hit.segment.text.utf8.count))]
      }
      #expect(marked == example.found)
      #expect(page.total == example.found.count)
      for hit in page.hits {
        #expect(hit.translations.count == 1)
        #expect(hit.translations.allSatisfy { $0.marked.isEmpty && $0.confidence == nil })
      }
    }
  }

  @Test func `counts all and gives the newest`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save((0..<30).map { pair("en", "hit number \($0)", "es", "\($0)") })
    let page = try memory.concordance(ConcordanceQuery("hit", language: "en", limit: 2))
    #expect(page.total == 30)
    #expect(page.hits.map { $0.translations[0].segment.text } == ["29", "28"])
  }

  @Test func `can look into sources only`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([
      pair("en", "Save", "es", "Guardar"), pair("es", "Guardar todo", "en", "Save all"),
    ])
    let all = try memory.concordance(ConcordanceQuery("guardar", language: "es"))
    let sources = try memory.concordance(
      ConcordanceQuery("guardar", language: "es", side: .source))
    #expect(all.total == 2)
    #expect(sources.hits.map(\.segment.text) == ["Guardar todo"])
  }

  @Test func `no longer finds what was replaced`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("en", "Save", "es", "Guardar")])
    #expect(try memory.concordance(ConcordanceQuery("guardar", language: "es")).total == 1)
    try memory.save([pair("en", "Save", "es", "Salvar")], rule: .replace)
    #expect(try memory.concordance(ConcordanceQuery("guardar", language: "es")).total == 0)
    #expect(try memory.concordance(ConcordanceQuery("salvar", language: "es")).total == 1)
  }
}
