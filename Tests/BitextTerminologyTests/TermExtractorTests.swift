import BitextAlignment
import BitextCore
import Testing

@testable import BitextTerminology

/// A small text in three languages, written for these tests.
private let article: [(en: String, zh: String, es: String)] = [
  (
    "The Digital Leviathan watches everyone.", "数字利维坦监视着每一个人。",
    "El Leviatán digital vigila a todos."
  ),
  (
    "Scholars call this power the Digital Leviathan.", "学者们把这种权力称为数字利维坦。",
    "Los académicos llaman a este poder el Leviatán digital."
  ),
  (
    "Human dignity needs protection.", "人的尊严需要保护。", "La dignidad humana necesita protección."
  ),
  (
    "A law protects human dignity and the right to privacy.", "法律保护人的尊严和隐私权。",
    "Una ley protege la dignidad humana y el derecho a la privacidad."
  ),
  (
    "The right to privacy is old.", "隐私权由来已久。", "El derecho a la privacidad es antiguo."
  ),
  ("Rosa Iturbe spoke in Geneva.", "罗莎·伊图尔韦在日内瓦发言。", "Rosa Iturbe habló en Ginebra."),
]

private let units = article.map { row in
  TranslationUnit(variants: [Variant("en", row.en), Variant("zh", row.zh), Variant("es", row.es)])
}

/// Few rounds and one chain: the text is short, and debug builds slow.
private func extractor(_ languages: [LanguageTag]) -> TermExtractor {
  var options = TermExtractor.Options()
  options.linking.rounds = 40
  options.linking.chains = 1
  return TermExtractor(languages: languages, options: options)
}

@Suite struct `Extracting terms` {
  @Test func `finds the headline term in three languages`() throws {
    let concepts = extractor(["en", "zh", "es"]).extract(from: units)
    let headline = try #require(concepts.first { $0.terms["en"]?.text == "Digital Leviathan" })
    #expect(headline.terms["zh"]?.text == "数字利维坦")
    #expect(headline.terms["es"]?.text == "Leviatán digital")
    #expect(headline.count == 2)
    #expect(headline.evidence.units == [0, 1])
  }

  @Test func `gives the best first, and each form once`() {
    let concepts = extractor(["en", "es"]).extract(from: units)
    #expect(!concepts.isEmpty)
    #expect(zip(concepts, concepts.dropFirst()).allSatisfy { $0.score >= $1.score })
    for language in ["en", "es"] as [LanguageTag] {
      let forms = concepts.compactMap { $0.terms[language]?.text.lowercased() }
      #expect(Set(forms).count == forms.count)
    }
  }

  @Test func `begins and ends no term with a border word`() {
    let border = BorderWords(language: "en").border
    for concept in extractor(["en", "zh"]).extract(from: units) {
      let words = (concept.terms["en"]?.text ?? "").lowercased().split(separator: " ").map(
        String.init)
      #expect(words.first.map(border.contains) == false)
      #expect(words.last.map(border.contains) == false)
    }
  }

  @Test func `gives the same answer every time, from either side`() {
    let found = extractor(["zh", "en"])
    #expect(found.extract(from: units) == found.extract(from: units))
  }

  @Test func `finds nothing in nothing`() {
    let found = extractor(["en", "zh", "es"])
    #expect(found.extract(from: []).isEmpty)
    #expect(found.extract(from: [TranslationUnit(variants: [Variant("en", "Alone.")])]).isEmpty)
    #expect(
      found.extract(
        from: [
          TranslationUnit(variants: [Variant("en", "!?"), Variant("zh", "。"), Variant("es", "")])
        ]
      ).isEmpty)
  }
}

@Suite struct `Candidates of one text` {
  @Test func `put the term that the text is about first`() throws {
    let text = SegmentedText(language: "en", sentences: article.map(\.en))
    let found = TermCandidateFinder(language: "en").candidates(in: text)
    #expect(found.prefix(3).contains { $0.text == "Digital Leviathan" })
    #expect(!found.contains { $0.text.lowercased() == "the digital leviathan" })
  }

  @Test func `are found in Chinese and in Spanish, too`() {
    let chinese = SegmentedText(language: "zh", sentences: article.map(\.zh))
    #expect(
      TermCandidateFinder(language: "zh").candidates(in: chinese).contains { $0.text == "数字利维坦" })
    let spanish = SegmentedText(language: "es", sentences: article.map(\.es))
    #expect(
      TermCandidateFinder(language: "es").candidates(in: spanish).contains {
        $0.text == "dignidad humana"
      })
  }

  @Test func `are none in an empty text`() {
    #expect(
      TermCandidateFinder(language: "en").candidates(
        in: SegmentedText(language: "en", sentences: [])
      ).isEmpty)
  }
}

@Suite struct `Occurrences that a word break hides` {
  private func document(_ sentences: [String]) -> TermDocument {
    let tokenizer = TermTokenizer(language: "zh", profile: WordProfile(language: "zh"))
    var document = TermDocument(
      language: "zh", sentences: sentences.map { tokenizer.sentence($0, whole: []) })
    document.findCandidates(NounPhrasePattern(language: "zh"))
    return document
  }

  @Test func `are counted all the same`() throws {
    var text = document(["人权很重要。", "他保护人权。", "这令人权专家不安。"])
    // As a break would cut that takes 令人 for a word.
    let cut = text.sentences[2]
    let tokenizer = TermTokenizer(language: "zh", profile: WordProfile(language: "zh"))
    var tokens: [TermToken] = []
    var start: UInt32 = 0
    for word in ["这", "令人", "权", "专家", "不安", "。"] {
      let span = TextSpan(start: start, end: start + UInt32(word.utf8.count))
      tokens.append(tokenizer.token(word, span, isGlued: start > 0))
      start = span.end
    }
    var sentences = text.sentences
    sentences[2] = TermSentence(text: cut.text, tokens: tokens)
    text = TermDocument(language: "zh", sentences: sentences)
    text.findCandidates(NounPhrasePattern(language: "zh"))
    let form = try #require(text.forms.firstIndex(of: "人权"))
    #expect(text.counts[form] == 2)
    let recount = Recount(text)
    #expect(recount.units[form] == [0, 1, 2])
    #expect(recount.counts[form] == 3)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `are found as a plain search finds them`(seed: UInt64) {
    var state = seed
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    for _ in 0..<50 {
      let text = (0..<next(30)).map { _ in UInt8(next(3)) }
      let part = (0..<(1 + next(3))).map { _ in UInt8(next(3)) }
      // The plain twin: drop what was looked at, one by one.
      var rest = text[...]
      var count = 0
      while rest.count >= part.count {
        if rest.starts(with: part) {
          count += 1
          rest = rest.dropFirst(part.count)
        } else {
          rest = rest.dropFirst()
        }
      }
      #expect(Recount.occurrences(of: part, in: text) == count, "seed \(seed)")
    }
    #expect(Recount.occurrences(of: [], in: [1, 2]) == 0)
  }

  @Test func `in both scripts are one form with two variants`() throws {
    let text = document(["數字利維坦來了。", "数字利维坦来了。", "数字利维坦走了。"])
    let forms = text.forms.indices.filter { text.surfaces[$0].contains { $0.text == "数字利维坦" } }
    let form = try #require(forms.first)
    #expect(text.counts[form] == 3)
    #expect(text.variants(of: form) == ["数字利维坦", "數字利維坦"])
  }
}

@Suite struct `Parts of longer terms` {
  @Test func `are told from terms that also stand alone`() throws {
    let tokenizer = TermTokenizer(language: "en", profile: WordProfile(language: "en"))
    var text = TermDocument(
      language: "en",
      sentences: [
        "Experts fear the digital leviathan.", "They feed the digital leviathan.",
        "They praise digital rights and human rights.", "They praise digital rights and rights.",
      ].map { tokenizer.sentence($0, whole: []) })
    text.findCandidates(NounPhrasePattern(language: "en"))
    let shares = Nesting.shares(text)
    func share(_ form: String) throws -> Double {
      shares[try #require(text.forms.firstIndex(of: form))]
    }
    #expect(try share("leviathan") == 1)
    #expect(try share("digital leviathan") == 0)
    #expect(try share("right") == 0.5)
  }
}

@Suite struct `Evidence of a concept` {
  @Test func `names units that hold all of its terms`() {
    let concepts = extractor(["en", "zh", "es"]).extract(from: units)
    #expect(!concepts.isEmpty)
    for concept in concepts {
      #expect(!concept.evidence.units.isEmpty)
      #expect(concept.evidence.units == concept.evidence.units.sorted())
      for unit in concept.evidence.units {
        let chinese = concept.terms["zh"]?.text ?? "?"
        #expect(article[unit].zh.contains(chinese), "\(chinese) is not in unit \(unit)")
      }
      for term in concept.terms.values {
        #expect(term.variants.first == term.text)
        #expect(Set(term.variants).count == term.variants.count)
      }
    }
  }

  @Test func `groups singular and plural, capitals and none`() throws {
    let rows = [
      ("The digital rights matter.", "Los derechos digitales importan."),
      ("A digital right is a right.", "Un derecho digital es un derecho."),
      ("Digital rights grow.", "Crecen los derechos digitales."),
    ]
    let found = extractor(["en", "es"]).extract(
      from: rows.map { TranslationUnit(variants: [Variant("en", $0.0), Variant("es", $0.1)]) })
    let concept = try #require(found.first { $0.terms["en"]?.text == "digital rights" })
    #expect(concept.terms["en"]?.variants == ["digital rights", "digital right"])
    #expect(concept.count == 3)
  }
}
