import BitextAlignment
import BitextCore
import Foundation
import Testing

@Suite struct `Importing dictionaries` {
  private func lexicon(
    _ format: LexiconImporter.Format, _ languages: LanguagePair, _ text: String
  ) throws -> (TranslationLexicon, LexiconImporter.Result) {
    let result = try LexiconImporter(format, languages: languages).read(text)
    return (try TranslationLexicon(Data(LexiconFile.bytes(of: result.contents))), result)
  }

  private func probability(
    _ lexicon: TranslationLexicon, _ word: String, _ language: LanguageTag, _ other: String
  ) -> Double? {
    lexicon.translations(of: word, from: language).first { $0.word == other }?.probability
  }

  @Test func `of CC-CEDICT shares a word's mass among its glosses`() throws {
    let text = """
      # CC-CEDICT
      門 门 [men2] /door/gate; entrance (fig.)/CL:扇[shan4]/to open a door/
      和 和 [he2] /and/
      亂碼 乱码 [luan4 ma3] /(computing)/
      台 台 [tai2] /variant of 臺|台[tai2]/
      """
    let (lexicon, result) = try lexicon(.cedict, LanguagePair("zh", "en"), text)
    #expect(result.read == 4)
    #expect(result.rejected.isEmpty)
    // Five shares of weight 1, 1, 1, ½, ½: door has 1.5 of 4.
    let door = try #require(probability(lexicon, "门", "zh", "door"))
    #expect(abs(door - 0.6 * (1.5 / 4 + 0.1)) < 0.005)
    let gate = try #require(probability(lexicon, "门", "zh", "gate"))
    #expect(abs(gate - 0.6 * (1.0 / 4 + 0.1)) < 0.005)
    #expect(probability(lexicon, "门", "zh", "fig") == nil)
    #expect(probability(lexicon, "门", "zh", "to") == nil)
    let back = try #require(probability(lexicon, "door", "en", "门"))
    #expect(abs(back - 0.15) < 0.003)
    // A gloss of dictionary words alone keeps them.
    #expect(probability(lexicon, "和", "zh", "and") != nil)
    #expect(lexicon.holdsBaseForms)
  }

  @Test func `of CC-CEDICT names lines that it cannot read`() throws {
    let text = "門 门 [men2] /door/\nnonsense\n门 /door/\n門 门 [men2] door\n門 门 [men2] /"
    let (_, result) = try lexicon(.cedict, LanguagePair("en", "zh"), text)
    #expect(result.rejected.map(\.line) == [2, 3, 4, 5])
    #expect(result.read == 1)
  }

  @Test func `of CC-CEDICT is for Chinese and English only`() {
    #expect(throws: LexiconError.self) {
      try LexiconImporter(.cedict, languages: LanguagePair("zh", "es"))
    }
  }

  @Test func `of hunalign reads the translation first`() throws {
    let (lexicon, result) = try lexicon(
      .hunalign, LanguagePair("en", "es"), "casa @ house\nno sign\na @ b @ c\nárbol @ tree")
    #expect(result.rejected.map(\.line) == [2, 3])
    #expect(lexicon.translations(of: "house", from: "en").map(\.word) == ["casa"])
    #expect(lexicon.translations(of: "árbol", from: "es").map(\.word) == ["tree"])
  }

  @Test func `of word lists takes probabilities where they are given`() throws {
    let text = """
      # a comment
      house\tcasa
      house\thogar\t0.9
      house\tx\t2
      one two three four five six\tuno
      give up\trendirse
      \tcasa
      lone
      """
    let (lexicon, result) = try lexicon(.tsv, LanguagePair("en", "es"), text)
    #expect(result.rejected.map(\.line) == [4, 5, 7, 8])
    let casa = try #require(probability(lexicon, "house", "en", "casa"))
    let hogar = try #require(probability(lexicon, "house", "en", "hogar"))
    #expect(abs(casa - 0.3) < 0.005)
    #expect(abs(hogar - 0.9) < 0.015)
    // The words of a phrase share what the phrase would get.
    let give = try #require(probability(lexicon, "rendirse", "es", "give"))
    #expect(abs(give - 0.15) < 0.003)
  }

  @Test func `of FreeDict has two columns`() throws {
    let (lexicon, result) = try lexicon(
      .freedict, LanguagePair("es", "en"), "Adán\tAdam\nx\ty\t0.5\n")
    #expect(result.rejected.map(\.line) == [2])
    #expect(lexicon.translations(of: "adán", from: "es").map(\.word) == ["adam"])
  }

  @Test(arguments: [
    ("門 门 [men2] /door/", "x.txt", LexiconImporter.Format.cedict),
    ("casa @ house", "x.txt", .hunalign), ("casa @ house", "en-es.dic", .hunalign),
    ("#\nhouse\tcasa", "x.tsv", .tsv),
  ])
  func `recognises the format`(_ text: String, _ name: String, _ format: LexiconImporter.Format) {
    #expect(LexiconImporter.Format(of: text, named: name) == format)
  }

  @Test func `merges several into one`() throws {
    let importer = try LexiconImporter(.tsv, languages: LanguagePair("en", "es"))
    let merged = LexiconContents(
      merging: [
        importer.read("house\tcasa\t0.2").contents,
        importer.read("house\tcasa\t0.6\ntree\tárbol").contents,
      ], languages: LanguagePair("en", "es"))
    #expect(merged.first.map(\.text) == ["house", "tree"])
    #expect(merged.entries.map(\.forward) == [0.6, 0.3])
  }
}

@Suite struct `A glossary as evidence` {
  private let glossary = GlossaryEvidence([
    ConceptEntry(
      identifier: "1",
      terms: [
        Term("en", "Leviathan"), Term("zh-Hans", "利维坦"), Term("es", "Leviatán"),
        Term("en", "digital leviathan"),
      ])
  ])

  @Test func `pairs the single words of a concept`() {
    let found = glossary.entries(
      source: ["the", "leviathan"], sourceLanguage: "en", target: ["el", "leviatán"],
      targetLanguage: "es")
    #expect(found == [LexicalEntry(source: 1, target: 1, forward: 0.8, backward: 0.8)])
  }

  @Test func `says nothing about other words and languages`() {
    #expect(
      glossary.entries(
        source: ["digital"], sourceLanguage: "en", target: ["leviatán"], targetLanguage: "es"
      ).isEmpty)
    #expect(
      glossary.entries(
        source: ["leviathan"], sourceLanguage: "en", target: ["leviatán"], targetLanguage: "fr"
      ).isEmpty)
  }
}
