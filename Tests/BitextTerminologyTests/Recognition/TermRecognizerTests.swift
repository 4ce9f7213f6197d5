import BitextCore
import BitextTerminology
import Testing

/// A text, a glossary's term, and whether the term is found there.
struct RecognitionCase: Sendable, CustomTestStringConvertible {
  let language: LanguageTag
  let term: String
  let text: String
  /// What is found, in reading order.
  let found: [String]
  let why: String
  var testDescription: String { "\(term) in \(text): \(why)" }

  init(_ language: LanguageTag, _ term: String, _ text: String, _ found: [String], _ why: String) {
    self.language = language
    self.term = term
    self.text = text
    self.found = found
    self.why = why
  }
}

private let recognitionCases = [
  RecognitionCase(
    "en", "digital Leviathan", "Digital Leviathans rise.", ["Digital Leviathans"], "a plural"),
  RecognitionCase("en", "policies", "One policy.", ["policy"], "a singular"),
  RecognitionCase("en", "criterion", "The criteria apply.", ["criteria"], "an irregular plural"),
  RecognitionCase("en", "size", "Sizes differ.", ["Sizes"], "-es is -e and -s"),
  RecognitionCase("en", "box", "Boxes, a box.", ["Boxes", "box"], "-es after a hiss"),
  RecognitionCase("en", "analysis", "two analyses", ["analyses"], "-is and -es"),
  RecognitionCase("en", "news agency", "a new agency", [], "news is no plural"),
  RecognitionCase("en", "right", "upright, rights", ["rights"], "no part of a longer word"),
  RecognitionCase("en", "process", "processing, processed", [], "verbs are left alone"),
  RecognitionCase(
    "en", "decision making", "Decision-making, decision making.",
    ["Decision-making", "decision making"], "a hyphen and a space are one"),
  RecognitionCase("en", "human rights", "human, rights", [], "a comma separates"),
  RecognitionCase("en", "internet access", "the internet—access to it", [], "a dash separates"),
  RecognitionCase(
    "en", "user", "the user’s (user) \"user\"", ["user", "user", "user"], "marks never hide a term"),
  RecognitionCase("en", "C++", "C++, C and C#", ["C++"], "signs belong to a term"),
  RecognitionCase("en", "C", "C++, C and C#", ["C"], "signs belong to another term"),
  RecognitionCase("en", "MIA", "mia, MIA, MIAs", ["MIA", "MIAs"], "an acronym keeps its case"),
  RecognitionCase(
    "en", "Union", "union UNION", ["union", "UNION"], "a first capital means nothing"),
  RecognitionCase(
    "en", "privacy", "https://a.org/privacy me@privacy.org privacy", ["privacy"],
    "addresses are left alone"),
  RecognitionCase("es", "derecho humano", "los derechos humanos", ["derechos humanos"], "plural"),
  RecognitionCase("es", "razón", "Las razones.", ["razones"], "the plural loses an accent"),
  RecognitionCase("es", "imagen", "imágenes", ["imágenes"], "the plural gains an accent"),
  RecognitionCase("es", "voces", "una voz", ["voz"], "-ces is -z"),
  RecognitionCase("es", "plan", "planes", ["planes"], "no accent where there was none"),
  RecognitionCase("es", "interés", "intereses", ["intereses"], "-és and -eses"),
  RecognitionCase(
    "es", "trabajador autónomo", "las trabajadoras autónomas", ["trabajadoras autónomas"],
    "people have both genders, and adjectives follow"),
  RecognitionCase("es", "caso", "la casa, los casos", ["casos"], "things have one gender"),
  RecognitionCase("es", "mesa", "meses", [], "another word"),
  RecognitionCase("zh", "人权", "令人权专家", ["人权"], "words that are cut wrong do not hide it"),
  RecognitionCase("zh", "国家", "中国家具", [], "it would cut two words"),
  RecognitionCase("zh", "数据", "数据库和数据。", ["数据"], "it is part of a longer word"),
  RecognitionCase("zh", "数字利维坦", "數字利維坦，数字利维坦", ["數字利維坦", "数字利维坦"], "both scripts"),
  RecognitionCase("zh", "AI 治理", "ＡＩ治理与AI治理", ["ＡＩ治理", "AI治理"], "width and spaces"),
  RecognitionCase("zh", "[a-z]+", "用[a-z]+匹配abc", ["[a-z]+"], "no regular expression"),
]

@Suite struct `Term recognition` {
  @Test(arguments: recognitionCases)
  func `finds what a translator would mark`(_ example: RecognitionCase) {
    let recognizer = TermRecognizer(
      [ConceptEntry(identifier: "c", terms: [Term(example.language, example.term)])],
      language: example.language)
    let found = recognizer.hits(in: example.text).map { String(example.text[$0.span]) }
    #expect(found == example.found, Comment(rawValue: example.why))
  }

  @Test func `says whether a term is inflected, and which concept it names`() {
    let recognizer = TermRecognizer(
      [
        ConceptEntry(identifier: "a", terms: [Term("en", "bank")]),
        ConceptEntry(identifier: "b", terms: [Term("en", "bank"), Term("zh", "河岸")]),
      ], language: "en")
    let hits = recognizer.hits(in: "A bank, banks.")
    #expect(hits.map(\.concept) == [0, 1, 0, 1], "homonyms are all given")
    #expect(hits.map(\.isInflected) == [false, false, true, true])
  }

  @Test func `gives the leftmost longest term, or all of them`() {
    let concepts = ["human rights", "digital human rights", "rights law"].enumerated().map {
      ConceptEntry(identifier: "\($0)", terms: [Term("en", $1)])
    }
    let text = "digital human rights law"
    let longest = TermRecognizer(concepts, language: "en").hits(in: text)
    #expect(longest.map { String(text[$0.span]) } == ["digital human rights"])
    var options = TermRecognizer.Options()
    options.overlap = .all
    let all = TermRecognizer(concepts, language: "en", options: options).hits(in: text)
    #expect(
      all.map { String(text[$0.span]) } == ["digital human rights", "human rights", "rights law"])
  }

  @Test func `leaves out what is to be ignored`() {
    var options = TermRecognizer.Options()
    options.ignored = ["c-1", "right"]
    let recognizer = TermRecognizer(
      [
        ConceptEntry(identifier: "c-1", terms: [Term("es", "derecho")]),
        ConceptEntry(identifier: "c-2", terms: [Term("es", "right"), Term("es", "ley")]),
      ], language: "es", options: options)
    #expect(recognizer.hits(in: "derecho, right, ley").map(\.concept) == [1])
    #expect(recognizer.termCount == 1)
  }

  @Test func `obeys the case property of a term`() {
    let strict = Property(name: TermRecognizer.caseProperty, value: "yes")
    let free = Property(name: TermRecognizer.caseProperty, value: "no")
    let recognizer = TermRecognizer(
      [
        ConceptEntry(identifier: "1", terms: [Term("en", "Apple", properties: [strict])]),
        ConceptEntry(identifier: "2", terms: [Term("en", "OK", properties: [free])]),
      ], language: "en")
    #expect(recognizer.hits(in: "an apple, Apple, ok").map(\.concept) == [0, 1])
  }

  @Test func `leaves verbs as they are`() {
    let recognizer = TermRecognizer(
      [ConceptEntry(identifier: "v", terms: [Term("en", "share", partOfSpeech: "verb")])],
      language: "en")
    #expect(recognizer.hits(in: "share shares").count == 1)
  }

  @Test func `finds a term of five thousand characters, and names one that is empty`() {
    let long = String(repeating: "very long ", count: 500) + "term"
    let recognizer = TermRecognizer(
      [
        ConceptEntry(identifier: "long", terms: [Term("en", long)]),
        ConceptEntry(identifier: "empty", terms: [Term("en", "  "), Term("en", "")]),
      ], language: "en")
    #expect(recognizer.hits(in: "a \(long)s b").map(\.isInflected) == [true])
    #expect(recognizer.unrecognizable.map(\.concept) == [1, 1])
    #expect(recognizer.unrecognizable.map(\.term) == [0, 1])
  }

  @Test func `of another language knows nothing of these terms`() {
    let recognizer = TermRecognizer(
      [ConceptEntry(identifier: "c", terms: [Term("en", "law")])], language: "es")
    #expect(recognizer.termCount == 0)
    #expect(recognizer.hits(in: "law").isEmpty)
  }

  @Test func `takes terms of mixed scripts, and texts with odd bytes`() {
    let recognizer = TermRecognizer(
      [ConceptEntry(identifier: "c", terms: [Term("zh", "卡拉OK厅"), Term("zh", "ω值")])],
      language: "zh")
    let text = "去卡拉OK厅。e\u{301}\u{0}ω值🙂"
    #expect(recognizer.hits(in: text).map { String(text[$0.span]) } == ["卡拉OK厅", "ω值"])
    #expect(recognizer.hits(in: "").isEmpty)
    #expect(recognizer.hits(in: "\u{FEFF}\r\n\t").isEmpty)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `agrees with a plain search on random texts`(seed: UInt64) {
    // A slow twin: every term is compared at every word.
    var random = SplitMix(seed: seed)
    let words = ["ab", "cd", "ef", "gh", "ij"]
    func phrase(_ length: Int) -> [String] {
      (0..<length).map { _ in words[Int(random.next() % 5)] }
    }
    let terms = (0..<30).map { _ in phrase(1 + Int(random.next() % 4)) }
    let text = phrase(200)
    let concepts = terms.enumerated().map {
      ConceptEntry(identifier: "\($0)", terms: [Term("fr", $1.joined(separator: " "))])
    }
    var options = TermRecognizer.Options()
    options.overlap = .all
    let recognizer = TermRecognizer(concepts, language: "fr", options: options)
    let joined = text.joined(separator: " ")
    let found = Set(
      recognizer.hits(in: joined).map { [Int($0.span.start), Int($0.span.end), $0.concept] })
    var expected: Set<[Int]> = []
    for start in text.indices {
      for (number, term) in terms.enumerated()
      where start + term.count <= text.count && Array(text[start..<(start + term.count)]) == term {
        expected.insert([start * 3, (start + term.count) * 3 - 1, number])
      }
    }
    #expect(found == expected, "seed \(seed)")
    // The longest ones do not overlap and lose no beginning.
    let longest = TermRecognizer(concepts, language: "fr").hits(in: joined)
    for (one, two) in zip(longest, longest.dropFirst()) where one.span != two.span {
      #expect(one.span.end <= two.span.start, "seed \(seed)")
    }
  }
}

/// A generator for random texts.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
