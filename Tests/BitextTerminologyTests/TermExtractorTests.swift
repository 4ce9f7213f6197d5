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
