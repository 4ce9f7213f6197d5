import BitextCore
import BitextMemory
import Testing

private struct MatchCase: Sendable, CustomTestStringConvertible {
  var from: LanguageTag = "en"
  let stored: String
  var translation = "T"
  let query: String
  let score: Int
  var textScore = 100
  var reasons: [PenaltyReason] = []
  var target: String? = nil
  let why: String
  var testDescription: String { why }
}

private let matchCases = [
  MatchCase(
    stored: "Open the Settings menu", query: "OPEN the settings menu", score: 99, reasons: [.case],
    why: "case"),
  MatchCase(
    from: "zh", stored: "第3章 概述", query: "第３章 概述", score: 99, reasons: [.width], why: "width"),
  MatchCase(
    from: "es", stored: "Pulse \"Aceptar\"", query: "Pulse “Aceptar”", score: 99,
    reasons: [.punctuation], why: "quotation marks"),
  MatchCase(
    stored: "Remove the filter", query: "Remove  the filter", score: 99, reasons: [.whitespace],
    why: "white space"),
  MatchCase(
    stored: "30% off", query: "30 % OFF", score: 98, reasons: [.case, .whitespace],
    why: "two reasons"),
  MatchCase(
    stored: "Wait 30 s, then 30 s", translation: "等 30 秒，再等 30 秒", query: "Wait 45 s, then 45 s",
    score: 99, reasons: [.number], target: "等 45 秒，再等 45 秒",
    why: "a number that stands twice on both sides"),
  MatchCase(
    stored: "Wait 30 s, then 30 s", translation: "等 30 秒，再等 30 秒", query: "Wait 45 s, then 50 s",
    score: 98, reasons: [.number], target: "等 30 秒，再等 30 秒",
    why: "one value that would become two is left alone"),
  MatchCase(
    stored: "Wait 30 s", translation: "等三十秒", query: "Wait 45 s", score: 98, reasons: [.number],
    target: "等三十秒", why: "a number that is written out is left alone"),
  MatchCase(
    stored: "Page 2 of 9", translation: "第２页，共９页", query: "Page 4 of 9", score: 99,
    reasons: [.number], target: "第４页，共９页", why: "the translation keeps its own digits"),
  MatchCase(
    from: "zh", stored: "打开文件", query: "打开该文件", score: 80, textScore: 80,
    why: "one Chinese character more"),
  MatchCase(
    from: "es", stored: "La casa roja es grande", query: "La casa AZUL es grande", score: 80,
    textScore: 80, why: "a token that differs is not charged twice"),
  MatchCase(
    stored: "café", query: "cafe\u{301} ", score: 100,
    why: "composed and decomposed, and a space at the end, are exact"),
]

@Suite struct `A match` {
  @Test(arguments: matchCases)
  fileprivate func `scores and explains its differences`(_ example: MatchCase) throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair(example.from, example.stored, "fr", example.translation)])
    let found = try #require(
      try memory.matches(for: MatchQuery(example.query, from: example.from, to: "fr")).first)
    #expect(found.score == example.score)
    #expect(found.textScore == example.textScore)
    #expect(found.penalties.map(\.reason).sorted { $0.rawValue < $1.rawValue } == example.reasons)
    #expect(found.target.text == example.target ?? example.translation)
    #expect(found.substitutions.isEmpty == (found.target.text == example.translation))
    #expect((found.kind == .exact) == (example.score == 100))
    for substitution in found.substitutions {
      #expect(String(found.target.text[substitution.span]) == substitution.replacement)
    }
  }

  @Test func `shows the edits`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("en", "The red house is big", "zh", "红房子很大")])
    let query = "The big blue house is"
    let found = try #require(
      try memory.matches(
        for: MatchQuery(query, from: "en", to: "zh"), options: MatchOptions(threshold: 20)
      ).first)
    #expect(found.changes(query: query) == "The{+big+} [-red-]{+blue+} house is [-big-]")
    #expect(found.textScore == 40)
  }

  @Test func `never reaches 100 when the codes differ`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let bold = [
      InlineCode(utf8Offset: 0, kind: .open, name: "bpt"),
      InlineCode(utf8Offset: 4, kind: .close, name: "ept"),
    ]
    try memory.save([
      TranslationUnit(variants: [
        Variant(language: "en", segment: Segment("Save it", codes: bold)),
        Variant("es", "Guárdelo"),
      ])
    ])
    let plain = try #require(
      try memory.matches(for: MatchQuery("Save it", from: "en", to: "es")).first)
    #expect(plain.kind == .fuzzy)
    #expect(plain.score == 98)
    #expect(plain.penalties == [Penalty(reason: .code, points: 2)])
    let coded = try #require(
      try memory.matches(
        for: MatchQuery(Segment("Save it", codes: bold), from: "en", to: "es")
      ).first)
    #expect(coded.kind == .exact)
  }

  @Test(
    arguments: [
      ("es-MX", "es", 0), ("es", "es-MX", 0), ("es-ES", "es-MX", 1), ("zh-CN", "zh-Hans", 0),
      ("zh", "zh-CN", 0), ("zh-TW", "zh-Hant", 0), ("zh-Hans", "zh-Hant", nil),
      ("zh", "zh-TW", nil),
      ("en", "es", nil), ("en-GB", "en-US", 1),
    ] as [(LanguageTag, LanguageTag, Int?)])
  func `falls back to a language that may stand for another`(
    _ asked: LanguageTag, _ stored: LanguageTag, _ points: Int?
  ) throws {
    #expect(LanguageMatch.points(asked: asked, stored: stored) == points)
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair(stored, "OK", "fr", "D'accord")])
    let found = try memory.matches(for: MatchQuery("OK", from: asked, to: "fr"))
    #expect(found.map(\.score) == (points.map { [100 - $0] } ?? []))
    let reverse = try memory.matches(for: MatchQuery("D'accord", from: "fr", to: asked))
    #expect(reverse.map(\.score) == (points.map { [100 - $0] } ?? []))
  }

  @Test func `of one unit is given once, from the language that fits best`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let unit = TranslationUnit(
      sourceLanguage: "en-US",
      variants: [
        Variant("en-US", "Color"), Variant("en-GB", "Colour"), Variant("es", "Color"),
        Variant("es-MX", "Color (MX)"),
      ])
    try memory.save([unit])
    let found = try memory.matches(
      for: MatchQuery("Colour", from: "en-GB", to: "es-MX"), options: MatchOptions(threshold: 1))
    #expect(found.map(\.target.text) == ["Color (MX)"])
    #expect(found.map(\.score) == [100])
  }

  @Test func `is the same alone and in a batch`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save((0..<50).map { pair("en", "item \($0) of the list", "es", "\($0)") })
    let queries = (0..<20).map { MatchQuery("item \($0 * 3) of a list", from: "en", to: "es") }
    let batch = try memory.matches(for: queries)
    #expect(batch == (try queries.map { try memory.matches(for: $0) }))
  }

  @Test func `is found by many threads while others save`() async throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("en", "always here", "es", "siempre aquí")])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<30 {
          try memory.save([pair("en", "unit \(number) of the writer", "es", "\(number)")])
        }
      }
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<30 {
            let found = try memory.matches(for: MatchQuery("always here", from: "en", to: "es"))
            #expect(found.map(\.target.text) == ["siempre aquí"])
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try memory.units().count == 31)
  }

  @Test func `finds the equal text among thousands that differ in a number`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save(
      (0..<2_500).map { pair("en", "Step \($0) of the guide", "es", "Paso \($0)") }, rule: .addAll)
    let found = try memory.matches(for: MatchQuery("Step 3 of the guide", from: "en", to: "es"))
    #expect(found.first?.kind == .exact)
    #expect(found.first?.target.text == "Paso 3")
    #expect(found.dropFirst().allSatisfy { $0.kind == .fuzzy })
  }
}
