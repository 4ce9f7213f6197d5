import BitextCore
import Testing

@testable import BitextAlignment

private let english = SegmentedText(
  language: "en",
  sentences: [
    "Digital rights begin with privacy.",
    "In 2018, a court in Madrid ruled against the company.",
    "The judges asked a simple question: who owns the data?",
    "Nobody in the crowded room, not even the lawyers of the company, dared to answer the judges.",
    "Three years later, 45 countries had signed the agreement, and the first reports appeared.",
    "Privacy is not a luxury.",
  ])
private let chinese = SegmentedText(
  language: "zh",
  sentences: [
    "数字权利始于隐私。", "2018年，马德里一家法院判决该公司败诉。", "法官们问了一个简单的问题：数据归谁所有？",
    "拥挤的大厅里没有人敢回答法官们，连公司的律师们也不敢。", "三年后，45个国家签署了协议。", "第一批报告也随之发表。", "隐私不是奢侈品。",
  ])
private let spanish = SegmentedText(
  language: "es",
  sentences: [
    "Los derechos digitales empiezan por la privacidad.",
    "En 2018, un tribunal de Madrid falló contra la compañía.",
    "Los jueces hicieron una pregunta sencilla: ¿a quién pertenecen los datos?",
    "Tres años después, 45 países habían firmado el acuerdo y aparecieron los primeros informes.",
    "La privacidad no es un lujo.",
  ])
/// A glossary of the words that matter in the texts above.
private let glossary: [ConceptEntry] = [
  ("privacy", "隐私", "privacidad"), ("digital rights", "数字权利", "derechos digitales"),
  ("court", "法院", "tribunal"), ("company", "公司", "compañía"), ("question", "问题", "pregunta"),
  ("data", "数据", "datos"), ("countries", "国家", "países"), ("agreement", "协议", "acuerdo"),
  ("reports", "报告", "informes"), ("luxury", "奢侈品", "lujo"), ("nobody", "没有人", "nadie"),
].enumerated().map { number, words in
  ConceptEntry(
    identifier: "\(number)",
    terms: [Term("en", words.0), Term("zh", words.1), Term("es", words.2)])
}

/// A small dictionary of the texts above, so that there is a lexicon.
private struct WordList: LexicalEvidence {
  private static let words: [[String]] = [
    ["digital", "数字", "digitales"], ["rights", "权利", "derechos"], ["begin", "始于", "empiezan"],
    ["privacy", "隐私", "privacidad"], ["court", "法院", "tribunal"], ["madrid", "马德里", "madrid"],
    ["ruled", "判决", "falló"], ["company", "公司", "compañía"], ["judges", "法官", "jueces"],
    ["asked", "问", "hicieron"], ["simple", "简单", "sencilla"], ["question", "问题", "pregunta"],
    ["who", "谁", "quién"], ["owns", "所有", "pertenecen"], ["data", "数据", "datos"],
    ["years", "年", "años"], ["three", "三", "tres"], ["later", "后", "después"],
    ["countries", "国家", "países"], ["signed", "签署", "firmado"], ["agreement", "协议", "acuerdo"],
    ["reports", "报告", "informes"], ["first", "第一", "primeros"], ["appeared", "发表", "aparecieron"],
    ["luxury", "奢侈品", "lujo"], ["not", "不", "no"], ["is", "是", "es"], ["the", "该", "la"],
    ["the", "的", "los"], ["a", "一", "un"], ["a", "个", "una"], ["in", "在", "en"],
    ["and", "也", "y"], ["against", "败诉", "contra"], ["with", "于", "por"], ["of", "的", "de"],
    ["nobody", "没有人", "nadie"], ["lawyers", "律师", "abogados"], ["room", "大厅", "sala"],
    ["crowded", "拥挤", "abarrotada"], ["answer", "回答", "responder"], ["dared", "敢", "atrevió"],
    ["even", "连", "siquiera"], ["had", "了", "habían"],
  ]

  func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    let columns: [LanguageTag] = ["en", "zh", "es"]
    guard let a = columns.firstIndex(of: sourceLanguage),
      let b = columns.firstIndex(of: targetLanguage)
    else { return [] }
    var entries: [LexicalEntry] = []
    for (s, word) in source.enumerated() {
      for (t, other) in target.enumerated()
      where Self.words.contains(where: { $0[a] == word && $0[b] == other }) {
        entries.append(
          LexicalEntry(source: Int32(s), target: Int32(t), forward: 0.5, backward: 0.5))
      }
    }
    return entries
  }
}

private func aligner(_ texts: [SegmentedText]) -> SentenceAligner {
  var options = SentenceAligner.Options()
  options.glossaries = [glossary]
  options.lexicons = [WordList()]
  return SentenceAligner(texts.map(\.language), options: options)
}

/// Every sentence of every text stands in exactly one unit, in order.
private func expectCover(
  _ alignment: Alignment, _ texts: [SegmentedText], _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (index, text) in texts.enumerated() {
    let seen = alignment.units.flatMap { Array($0.ranges[index]) }
    #expect(seen == Array(text.sentences.indices), comment, sourceLocation: sourceLocation)
  }
  for unit in alignment.units {
    #expect(unit.ranges.contains { !$0.isEmpty }, comment, sourceLocation: sourceLocation)
    #expect(unit.confidence.probability.isFinite, comment, sourceLocation: sourceLocation)
  }
}

private func lines(_ alignment: Alignment) -> [String] {
  alignment.units.map { unit in unit.ranges.map { "\(Array($0))" }.joined(separator: ":") }
}

@Suite struct `Sentence alignment` {
  @Test func `finds what was split`() throws {
    let texts = [english, chinese]
    let alignment = try aligner(texts).align(texts)
    #expect(
      lines(alignment) == [
        "[0]:[0]", "[1]:[1]", "[2]:[2]", "[3]:[3]", "[4]:[4, 5]", "[5]:[6]",
      ])
  }

  @Test func `finds what was left out`() throws {
    let texts = [english, spanish]
    let alignment = try aligner(texts).align(texts)
    #expect(
      lines(alignment) == ["[0]:[0]", "[1]:[1]", "[2]:[2]", "[3]:[]", "[4]:[3]", "[5]:[4]"])
  }

  @Test func `puts three languages together`() throws {
    let texts = [english, chinese, spanish]
    let alignment = try aligner(texts).align(texts)
    expectCover(alignment, texts)
    #expect(
      lines(alignment) == [
        "[0]:[0]:[0]", "[1]:[1]:[1]", "[2]:[2]:[2]", "[3]:[3]:[]", "[4]:[4, 5]:[3]",
        "[5]:[6]:[4]",
      ])
  }

  @Test func `does not depend on the order of the texts`() throws {
    for texts in [[english, chinese], [english, spanish], [chinese, spanish]] {
      let forth = try aligner(texts).align(texts)
      let back = try aligner(texts.reversed()).align(texts.reversed())
      #expect(forth.units.map(\.ranges) == back.units.map { $0.ranges.reversed() })
      #expect(forth.units.map(\.confidence) == back.units.map(\.confidence))
    }
  }

  @Test func `gives translation units`() throws {
    let texts = [english, chinese, spanish]
    let units = try aligner(texts).align(texts).translationUnits(of: texts)
    #expect(units.count == 6)
    #expect(units[4]["zh"]?.segment.text == "三年后，45个国家签署了协议。第一批报告也随之发表。")
    #expect(units[3]["es"] == nil)
    #expect(units[0].properties.first?.name == "x-confidence")
    #expect(
      try aligner(texts).align(texts).translationUnits(of: texts, minimumLanguages: 3).count == 5)
  }

  @Test func `learns across the documents of a batch`() throws {
    var options = SentenceAligner.Options()
    options.learning = .batch
    let aligner = SentenceAligner(["en", "es"], options: options)
    let batch = [[english, spanish], [spanish.asEnglish, english.asSpanish], [english, spanish]]
    let alignments = try aligner.align(batch: batch)
    #expect(alignments.count == 3)
    for (alignment, texts) in zip(alignments, batch) { expectCover(alignment, texts) }
    #expect(alignments[0] == alignments[2])
  }

  @Test func `says when languages have changed places`() throws {
    let texts = [chinese.asEnglish, SegmentedText(language: "zh", sentences: english.sentences)]
    let report = try SentenceAligner(["en", "zh"]).align(texts).report
    #expect(report.languagesSeemSwapped)
    #expect(
      !(try aligner([english, chinese]).align([english, chinese]).report.languagesSeemSwapped))
  }

  @Test func `stops when its task is cancelled`() async {
    let long = (0..<3000).map { "Sentence number \($0) of a long text." }
    let task = Task {
      try SentenceAligner(["en", "es"]).align([
        SegmentedText(language: "en", sentences: long),
        SegmentedText(language: "es", sentences: long),
      ])
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

extension SegmentedText {
  fileprivate var asEnglish: SegmentedText {
    SegmentedText(language: "en", sentences: sentences)
  }
  fileprivate var asSpanish: SegmentedText {
    SegmentedText(language: "es", sentences: sentences)
  }
}

private struct OddCase: Sendable, CustomTestStringConvertible {
  let name: String
  let source: [String]
  let target: [String]
  var testDescription: String { name }
}

private let oddCases: [OddCase] = [
  OddCase(name: "both empty", source: [], target: []),
  OddCase(name: "one empty", source: ["One.", "Two."], target: []),
  OddCase(name: "the other empty", source: [], target: ["Uno.", "Dos.", "Tres."]),
  OddCase(name: "blank lines", source: ["", "", ""], target: ["", ""]),
  OddCase(
    name: "a blank line inside", source: ["One.", "", "Two."], target: ["Uno.", "", "Dos."]),
  OddCase(
    name: "one against many", source: ["One."], target: (0..<300).map { "Frase \($0)." }),
  OddCase(
    name: "the same line throughout", source: Array(repeating: "The same line.", count: 150),
    target: Array(repeating: "La misma línea.", count: 140)),
  OddCase(
    name: "untranslated copies", source: (0..<50).map { "Line \($0) stands." },
    target: (0..<50).map { "Line \($0) stands." }),
  OddCase(
    name: "only punctuation", source: ["...", "?!", "—", "。。。"], target: ["…", "¿?", "-"]),
  OddCase(
    name: "a very long sentence",
    source: [String(repeating: "word another 12 ", count: 4_000), "End."],
    target: [String(repeating: "palabra otra 12 ", count: 4_000), "Fin."]),
  OddCase(
    name: "replacement characters and controls", source: ["\u{FFFD}\u{0}\u{1F}", "\u{202E}abc"],
    target: ["\u{FFFF}", "👩‍👩‍👧"]),
  OddCase(
    name: "unrelated", source: (0..<60).map { "The cat number \($0 * 7) sat on a mat." },
    target: (0..<40).map { "Quien \($0 * 3) madruga, dios le ayuda." }),
]

@Suite struct `Odd texts` {
  @Test(arguments: oddCases)
  private func `lose no sentence`(_ example: OddCase) throws {
    let texts = [
      SegmentedText(language: "en", sentences: example.source),
      SegmentedText(language: "es", sentences: example.target),
    ]
    let alignment = try SentenceAligner(["en", "es"]).align(texts)
    expectCover(alignment, texts, "\(example.name)")
    if example.source.isEmpty || example.target.isEmpty {
      #expect(alignment.units.count == example.source.count + example.target.count)
    }
    for unit in alignment.units where unit.ranges.contains(where: \.isEmpty) {
      #expect(unit.ranges.reduce(0) { $0 + $1.count } == 1, "an omission is one sentence")
    }
  }

  @Test func `lose no sentence in three languages`() throws {
    for example in oddCases where example.source.count < 500 && example.target.count < 500 {
      let texts = [
        SegmentedText(language: "en", sentences: example.source),
        SegmentedText(language: "zh", sentences: ["一。", "二。", ""]),
        SegmentedText(language: "es", sentences: example.target),
      ]
      expectCover(
        try SentenceAligner(["en", "zh", "es"]).align(texts), texts, "\(example.name)")
    }
  }

  @Test(arguments: 0..<10)
  func `in random order and number are covered, always in the same way`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let words = ["a", "casa", "house", "12", "?", "ver", "see", "的", "", "x y z", "Madrid."]
    let texts = (["en", "es", "zh"] as [LanguageTag]).map { language in
      SegmentedText(
        language: language,
        sentences: (0..<Int.random(in: 0...30, using: &generator)).map { _ in
          (0..<Int.random(in: 0...6, using: &generator)).map { _ in
            words[Int.random(in: words.indices, using: &generator)]
          }.joined(separator: " ")
        })
    }
    let aligner = SentenceAligner(texts.map(\.language))
    let alignment = try aligner.align(texts)
    expectCover(alignment, texts, "seed \(seed)")
    #expect(try aligner.align(texts) == alignment)
  }

  @Test func `are told apart from translations`() throws {
    let english = (0..<30).map { "Sentence \($0) speaks of \($0 * 37) things and of nothing else." }
    let other = (0..<30).map {
      "Zzz \(9000 + $0 * 11) qq" + String(repeating: " yy", count: $0 % 7)
    }
    let report = try SentenceAligner(["en", "es"]).align([
      SegmentedText(language: "en", sentences: english),
      SegmentedText(language: "es", sentences: other),
    ]).report
    let right = try SentenceAligner(["en", "es"]).align([
      SegmentedText(language: "en", sentences: english),
      SegmentedText(language: "es", sentences: english),
    ]).report
    #expect(report.meanConfidence < right.meanConfidence)
    #expect(right.looksLikeTranslation)
  }
}
