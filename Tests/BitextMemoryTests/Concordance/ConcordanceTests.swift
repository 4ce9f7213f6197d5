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
  WordCase(
    query: #"(?i)leviathan\b|\p{Lu}iatán"#, language: "en", mode: .pattern,
    found: ["[Leviathan], a digital one.", "The digital [Leviathan] watches."],
    why: "a regular expression, of the text as stored"),
  WordCase(
    query: "字.{0,2}", language: "zh", mode: .pattern,
    found: ["数[字利维]坦与隐私权", "利维坦，一个数[字的。]", "数[字利维]坦在监视。"], why: "a pattern in Chinese"),
  WordCase(
    query: "x*", language: "en", mode: .pattern, found: [], why: "empty matches are no hits"),
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

  @Test(arguments: ConcordanceQuery.Mode.allCases)
  func `is given page by page, newest first, with the same total`(
    _ mode: ConcordanceQuery.Mode
  ) throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save((0..<25).map { pair("en", "hit number \($0)", "es", "\($0)") })
    try memory.save([pair("en", "HIT", "es", "no")])
    let query = mode == .pattern ? "hit n" : mode == .all ? "number hit" : "hit number"
    var seen: [String] = []
    for offset in stride(from: 0, through: 30, by: 10) {
      let page = try memory.concordance(
        ConcordanceQuery(query, language: "en", mode: mode, limit: 10, offset: offset))
      #expect(page.total == 25)
      seen += page.hits.map { $0.translations[0].segment.text }
    }
    #expect(seen == (0..<25).reversed().map { "\($0)" })
  }

  @Test(arguments: ["(", "[a", "a{2,1}", "\\p{Nonsense}"])
  func `refuses a pattern that is none`(_ pattern: String) throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    #expect {
      _ = try memory.concordance(ConcordanceQuery(pattern, language: "en", mode: .pattern))
    } throws: { error in
      guard let error = error as? MemoryError else { return false }
      return error.code == .invalidQuery && error.message.contains("expected a regular expression")
    }
  }

  @Test func `stops at a pattern that would run for ever`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("en", String(repeating: "a", count: 5_000), "es", "a")])
    #expect {
      _ = try memory.concordance(ConcordanceQuery("(a*)*b", language: "en", mode: .pattern))
    } throws: { ($0 as? MemoryError)?.code == .invalidQuery }
  }

  @Test func `asks a marker for the hits of the page only`() throws {
    struct Echo: TranslationMarker {
      func mark(
        _ spans: [TextSpan], in source: Segment, _ sourceLanguage: LanguageTag, of target: Segment,
        _ targetLanguage: LanguageTag
      ) -> MarkedTranslation? {
        guard targetLanguage == "es" else { return nil }
        return MarkedTranslation(
          spans: [TextSpan(start: 0, end: spans[0].count > 0 ? 1 : 0)],
          confidence: Confidence(0.5))
      }
    }
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([
      TranslationUnit(
        variants: [Variant("en", "privacy"), Variant("es", "privacidad"), Variant("zh", "隐私")])
    ])
    let page = try memory.concordance(ConcordanceQuery("privacy", language: "en"), marker: Echo())
    let translations = try #require(page.hits.first?.translations)
    #expect(translations.map(\.marked) == [[TextSpan(start: 0, end: 1)], []])
    #expect(translations.map(\.confidence?.probability) == [0.5, nil])
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
    let targets = try memory.concordance(
      ConcordanceQuery("guardar", language: "es", side: .target))
    #expect(targets.hits.map(\.segment.text) == ["Guardar"])
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
