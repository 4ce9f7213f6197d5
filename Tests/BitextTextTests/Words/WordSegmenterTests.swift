import BitextCore
import BitextICU
import Testing

@testable import BitextText

private struct WordCase: Sendable, CustomTestStringConvertible {
  let language: LanguageTag
  let text: String
  /// The words with `|` between them.
  let words: String
  let why: String
  var terms: [String] = []
  var testDescription: String { "\(language): \(text)" }

  init(
    _ language: LanguageTag, _ text: String, _ words: String, _ why: String, terms: [String] = []
  ) {
    self.language = language
    self.text = text
    self.words = words
    self.why = why
    self.terms = terms
  }
}

private let wordCases = [
  WordCase("en", "I don't know.", "I|don't|know|.", "a contraction is one word"),
  WordCase("en", "She’s well-known", "She’s|well|-|known", "a hyphen between words stands alone"),
  WordCase(
    "en", "an e-mail, non-human", "an|e-mail|,|non-human", "a prefix that is no word is joined"),
  WordCase("en", "Wait... what?! -- no", "Wait|...|what|?!|--|no", "a run of marks is one"),
  WordCase(
    "en", "Mr. Smith of Acme Inc. left.", "Mr.|Smith|of|Acme|Inc.|left|.",
    "abbreviations keep their stop"),
  WordCase(
    "en", "the U.S. at 5 p.m. by J. Doe", "the|U.S.|at|5|p.m.|by|J.|Doe", "letters with stops"),
  WordCase("en", "It was I. Then no. 5", "It|was|I|.|Then|no|.|5", "words are no abbreviations"),
  WordCase(
    "en", "See http://a.org/x_y?z=1, ok", "See|http://a.org/x_y?z=1|,|ok",
    "a URL without the comma after it"),
  WordCase(
    "en", "(see www.a.com/b_(c)).", "(|see|www.a.com/b_(c)|)|.", "brackets of a URL balance"),
  WordCase(
    "en", "mail jo.doe+x@mail.example.com.", "mail|jo.doe+x@mail.example.com|.", "an e-mail address"
  ),
  WordCase("en", "open read-me.txt now", "open|read-me.txt|now", "a file"),
  WordCase(
    "en", "on 08/16/2000 at 10:30, 2026-11-25", "on|08/16/2000|at|10:30|,|2026-11-25",
    "dates and times"),
  WordCase("en", "1,234.5 + $5 = 50%", "1,234.5|+|$|5|=|50|%", "numbers and signs"),
  WordCase("en", "1/2 or 3:1", "1|/|2|or|3|:|1", "a half is no date, a ratio no time"),
  WordCase("en", "nice :-) #tag @name", "nice|:-)|#tag|@name", "faces and tags"),
  WordCase(
    "en", "cafe\u{301}s A\u{308}b", "cafe\u{301}s|A\u{308}b", "marks belong to their letters"),
  WordCase("en", "====== ----==", "======|----==", "ruled lines"),
  WordCase("en", "Привет, мир! ok", "Привет|,|мир|!|ok", "other scripts are cut by ICU"),
  WordCase("en", "👍🏽👨‍👩‍👧 ok", "👍🏽|👨‍👩‍👧|ok", "emoji clusters stay whole"),
  WordCase("en", "", "", "nothing gives nothing"),
  WordCase("en", " \n\t\u{A0}", "", "white space is no word"),
  WordCase("es", "¿Qué pasó? ¡Nada!", "¿|Qué|pasó|?|¡|Nada|!", "inverted marks are words"),
  WordCase(
    "es", "El Sr. Pérez y EE.UU. etc.", "El|Sr.|Pérez|y|EE.UU.|etc.",
    "abbreviations keep their stop"),
  WordCase("es", "de 1994-95, 1.234,5 km²", "de|1994-95|,|1.234,5|km|²", "ranges and numbers"),
  WordCase("es", "«Hola» —dijo—", "«|Hola|»|—|dijo|—", "quotation marks and dashes"),
  WordCase("es", "el cañón d'Or", "el|cañón|d'Or", "an apostrophe between letters"),
  WordCase("zh", "我们走吧。", "我们|走|吧|。", "simplified"),
  WordCase("zh", "我們走吧。", "我們|走|吧|。", "traditional, by the same lexicon"),
  WordCase("zh", "使用Wi-Fi 6和5G网络……", "使用|Wi-Fi|6|和|5G|网络|……", "Latin runs and ellipses"),
  WordCase("zh", "增长了50%，共３２０元", "增长|了|50%|，|共|３２０|元", "numbers"),
  WordCase("zh", "一百二十天", "一百二十|天", "a run of numerals is one"),
  WordCase("zh", "弗里德里克·泰勒说", "弗里德里克·泰勒|说", "a foreign name with its dot"),
  WordCase("zh", "这是新的一天", "这|是|新|的|一|天", "composites of the lists are purged"),
  WordCase(
    "zh", "访问https://a.cn/x？", "访问|https://a.cn/x|？", "an address ends before full-width marks"),
  WordCase("zh", "𠀀和〇", "𠀀|和|〇", "characters beyond the first plane"),
]

private let termCases = [
  WordCase(
    "zh", "他研究数字利维坦的治理。", "他|研究|数字利维坦|的|治理|。", "the longer term wins", terms: ["数字利维坦", "利维坦"]),
  WordCase("zh", "他研究數位利維坦", "他|研究|數位利維坦", "a term in the other script", terms: ["数位利维坦"]),
  WordCase(
    "zh", "在5G基站旁测Wi-Fi 6", "在|5G基站|旁|测|Wi-Fi 6", "letters, digits and a space",
    terms: ["5G基站", "Wi-Fi 6"]),
  WordCase(
    "zh", "license中没有ens。", "license|中|没有|ens|。", "never inside a Latin word", terms: ["ens"]),
  WordCase("zh", "冯·诺伊曼说", "冯·诺伊曼|说", "a middle dot", terms: ["冯·诺伊曼"]),
  WordCase(
    "en", "The DIGITAL  Leviathan watches.", "The|DIGITAL  Leviathan|watches|.",
    "case and space do not matter", terms: ["Digital Leviathan"]),
  WordCase(
    "en", "Artists use art and state of the art tools.",
    "Artists|use|art|and|state of the art|tools|.", "the longest wins",
    terms: ["art", "state of the art"]),
  WordCase(
    "es", "¿Inteligencia artificial? Sí.", "¿|Inteligencia artificial|?|Sí|.", "at the start",
    terms: ["inteligencia artificial"]),
  WordCase("zh", "甲乙丙丁", "甲乙丙|丁", "of crossing terms the longer wins", terms: ["甲乙丙", "丙丁"]),
]

private func cut(_ text: String, _ segmenter: WordSegmenter) -> [String] {
  segmenter.words(in: text).map { String(text[$0.span]) }
}

@Suite struct `Word segmentation` {
  @Test(arguments: wordCases + termCases)
  fileprivate func `cuts a text where a reader would`(_ example: WordCase) {
    let segmenter = WordSegmenter(language: example.language, terms: example.terms)
    let expected = example.words.isEmpty ? [] : example.words.split(separator: "|").map(String.init)
    #expect(cut(example.text, segmenter) == expected, "\(example.why)")
  }

  @Test func `says what each word is`() {
    let text = "See https://a.org, 3 € or 10:30 数字利维坦 三百 x_1 !"
    let segmenter = WordSegmenter(language: "en", terms: ["数字利维坦"])
    #expect(
      segmenter.words(in: text).map(\.kind) == [
        .word, .address, .punctuation, .number, .symbol, .word, .number, .term, .number, .word,
        .punctuation,
      ])
  }

  @Test func `marks every term of a text`() {
    for language in ["en", "es", "zh"] as [LanguageTag] {
      let segmenter = WordSegmenter(language: language, terms: ["数字", "Leviathan"])
      let text = "数字 Leviathan 数字 leviathan"
      #expect(segmenter.words(in: text).filter { $0.kind == .term }.count == 4)
    }
  }

  @Test(arguments: ["en", "es", "zh", "ru"], [true, false])
  func `covers everything but white space, in order, in any text`(
    _ code: String, _ hasLexicon: Bool
  )
    throws
  {
    let language = try #require(LanguageTag(code))
    let segmenter = WordSegmenter(
      language: language, terms: ["ab", "数字", "a 1", "的·", "x", "漢"],
      lexicon: hasLexicon ? .standard : nil)
    let pieces =
      Array(
        "aAbzZé1０9Ａ_'’.·,;:!?…-–—/@#%&+=*()[]\"“”«»¿ \n\t\u{A0}\u{3000}的数字漢百十一第张伟克斯。，、《》\u{301}\u{308}\u{AD}\u{200D}\u{200B}\u{FE0F}éЖעกあカ😀👍🏽🇪🇸𠀀\u{2028}\0"
          .unicodeScalars
      ).map(String.init) + ["http://", "www.", ".com", "@a.org", "10:30", "U.S.", "..."]
    for seed in 0..<150 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let text = (0..<30).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
      let bytes = Array(text.utf8)
      var last = 0
      for word in segmenter.words(in: text) {
        #expect(Int(word.span.start) >= last && !word.span.isEmpty, "seed \(seed): \(text)")
        #expect(isBlank(bytes[last..<Int(word.span.start)]), "seed \(seed): \(text)")
        #expect(String(validating: bytes[word.span.range], as: UTF8.self) != nil, "seed \(seed)")
        last = Int(word.span.end)
      }
      #expect(isBlank(bytes[last...]), "seed \(seed): \(text)")
    }
  }

  @Test func `finds the words of letters and digits where ICU does`() throws {
    // The characters that the scanner knows itself; a mark only follows something to stand on.
    let pieces =
      Array("aZéñÿŁẞ019０Ａ__''’..·,;:-–“”«!?%/$€™→★，。；｡\u{301}\u{300}\u{AD}".unicodeScalars)
      .map(String.init) + ["1,234", "a.b", "x'y", "3.14", "a\u{301}", "’’"]
    let iterator = try BreakIterator(.word, locale: "en")
    let rules = WordRules(language: "und")
    for seed in 0..<400 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var text = ""
      for _ in 0..<24 {
        if generator.next() % 5 == 0 { text += " x" }
        text += pieces[Int(generator.next() % UInt64(pieces.count))]
      }
      var buffer = UTF16Buffer()
      buffer.load(text)
      var starts = [0]
      var last = 0
      try iterator.forEachBoundary(in: buffer) { boundary, _ in
        starts.append(starts[starts.count - 1] + buffer.utf8Count(last..<boundary))
        last = boundary
      }
      let scanner = WordScanner(bytes: Array(text.utf8), rules: rules, lexicon: nil)
      for (start, end) in zip(starts, starts.dropFirst()) {
        let kind = scanner.wordClass(at: start).kind
        guard kind == .letter || kind == .digit || kind == .connector else { continue }
        #expect(scanner.unicodeWord(at: start).end == end, "seed \(seed), byte \(start): \(text)")
      }
    }
  }

  @Test(arguments: ["en", "es", "zh"])
  func `reads plain words and marks as the full rules do`(_ code: String) throws {
    let rules = WordRules(language: try #require(LanguageTag(code)))
    let pieces =
      Array(
        "abcEéñ×÷ß19'’._-/:@%&+,;!?()\"“”‘、。〈】，（）：；…—！\u{301}\u{AD}\u{FE0F} \n\0字".unicodeScalars
      )
      .map(String.init) + ["the ", "Mr. ", "www.", "e-", "a@b.org "]
    var plain = 0
    for seed in 0..<300 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let text = (0..<24).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
      let bytes = Array(text.utf8)
      for start in bytes.indices {
        let scanner = WordScanner(bytes: bytes, rules: rules, lexicon: nil)
        var slow = scanner
        if bytes[start] < 0x80, scanner.wordClass(at: start).kind == .letter {
          let end = scanner.plainWordEnd(at: start)
          guard end > start else { continue }
          plain += 1
          #expect(slow.scanLatin(at: start) == end, "seed \(seed), byte \(start): \(text)")
          #expect(slow.words == [Word(span: TextSpan(start..<end), kind: .word)], "seed \(seed)")
        } else if bytes[start] >= 0xC0, scanner.isPlainMark(at: start) {
          plain += 1
          #expect(slow.scanSign(at: start) == start + 3, "seed \(seed), byte \(start): \(text)")
          #expect(
            slow.words == [Word(span: TextSpan(start..<(start + 3)), kind: .punctuation)],
            "seed \(seed), byte \(start): \(text)")
        }
      }
    }
    #expect(plain > 500)
  }

  @Test func `cuts a run of Han alike wherever it stands`() throws {
    let lexicon = try #require(ChineseLexicon.standard)
    let runs = [
      "我们走吧", "研究数字利维坦的治理", "第三十二条", "张伟和李小明", "弗里德里克", "一百二十天", "的", "人工智能", "三万元", "民主国家",
    ]
    for terms in [[], ["数字利维坦", "T恤", "民主国", "国家"]] {
      let segmenter = WordSegmenter(language: "zh", terms: terms, lexicon: lexicon)
      // Longer than a block, and each run beside another one.
      var generator = SeededGenerator(seed: 17)
      var text = ""
      var expected: [String] = []
      for _ in 0..<2_000 {
        let run = runs[Int(generator.next() % UInt64(runs.count))]
        let mark = ["，", "。", " T恤 ", "abc", "\n"][Int(generator.next() % 5)]
        text += run + mark
        for part in [run, mark] { expected += cut(part, segmenter) }
      }
      #expect(cut(text, segmenter) == expected)
    }
  }

  @Test(arguments: [
    String(repeating: "a", count: 200_000), String(repeating: "a-", count: 100_000),
    String(repeating: "a.", count: 100_000), String(repeating: "a@", count: 100_000),
    String(repeating: "1/", count: 100_000), String(repeating: ":", count: 200_000),
    String(repeating: "http://", count: 30_000), String(repeating: "a\u{301}", count: 60_000),
    "a" + String(repeating: "\u{301}", count: 100_000), String(repeating: "巴", count: 60_000),
    String(repeating: "张伟", count: 30_000), String(repeating: "一", count: 60_000),
    String(repeating: "第", count: 60_000), String(repeating: "的", count: 60_000),
    String(repeating: "克·", count: 40_000), String(repeating: "aД", count: 20_000),
    String(repeating: "あ", count: 20_000), String(repeating: "😀", count: 20_000),
    String(repeating: "(", count: 100_000), String(repeating: "www.a(", count: 30_000),
  ])
  func `takes linear time on hostile text`(_ text: String) {
    for language in ["en", "zh"] as [LanguageTag] {
      let words = WordSegmenter(language: language, terms: ["aa", "巴巴巴"]).words(in: text)
      #expect(words.reduce(0) { $0 + $1.span.count } == text.utf8.count)
    }
  }
}

private func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
  guard let text = String(validating: bytes, as: UTF8.self) else { return false }
  return text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
}
