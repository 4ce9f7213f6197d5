import BitextAlignment
import BitextCore
import Testing

@testable import BitextTerminology

@Suite struct `Names by their sound` {
  @Test(arguments: [
    ("Valparaíso", "瓦尔帕莱索", 1.0), ("Leviathan", "利维坦", 1.0), ("Barcelona", "巴塞罗那", 0.85),
    ("Clinton", "克林顿", 0.8), ("Washington", "巴塞罗那", 0.0),
  ])
  func `are alike in two scripts`(latin: String, han: String, least: Double) throws {
    let skeleton = try #require(PhoneticSkeleton(han: han.unicodeScalars))
    let similarity = PhoneticSkeleton(latin: latin).similarity(to: skeleton)
    #expect(least > 0 ? similarity >= least : similarity < 0.6)
  }

  @Test func `become one token`() {
    let tokenizer = TermTokenizer(language: "zh", profile: WordProfile(language: "zh"))
    var sentence = tokenizer.sentence("智慧城市有苏州和瓦尔帕莱索。", whole: [])
    let matches = TransliteratedNames.merge(&sentence, names: ["valparaíso"], tokenizer: tokenizer)
    #expect(matches.map(\.han) == ["瓦尔帕莱索"])
    #expect(sentence.tokens.contains { $0.text == "瓦尔帕莱索" && $0.isName })
    #expect(sentence.tokens.map(\.text).joined() == "智慧城市有苏州和瓦尔帕莱索。", "nothing gets lost")
  }
}

@Suite struct `Stems` {
  @Test(arguments: [
    ("en", "policies", "policy"), ("en", "rights", "right"), ("en", "glass", "glass"),
    ("en", "women", "woman"), ("en", "boxes", "box"), ("es", "derechos", "derecho"),
    ("es", "acciones", "acción"), ("es", "luces", "luz"), ("es", "ciudades", "ciudad"),
    ("es", "datos", "dato"), ("zh", "人权", "人权"),
  ])
  func `take the plural off`(language: String, word: String, stem: String) throws {
    let tag = try #require(LanguageTag(language))
    #expect(InflectionStemmer(language: tag).stem(word) == stem)
  }
}

@Suite struct `What is known of words` {
  @Test func `is read from a table`() throws {
    let table = "#total\t100000\nprotest\t1\t5\nreport\t6\t467\t9\n-tion\t8\n+英国\n宣布\t0\n"
    let profile = WordProfile(language: "en", table: table)
    #expect(profile.nounShare(of: "protest") < 0.2)
    #expect(profile.nounShare(of: "nation") > 0.8, "by its ending")
    #expect(profile.capitalShare(of: "report") == 1)
    #expect(profile.isName("英国"))
    #expect(
      try #require(profile.rarity(of: "report")) < (try #require(profile.rarity(of: "unseen"))))
    #expect(WordProfile(language: "en").rarity(of: "report") == nil)
  }

  @Test(arguments: ["en", "es", "zh"])
  func `ships with the library`(language: String) throws {
    let profile = WordProfile.shipped(for: try #require(LanguageTag(language)))
    let (noun, verb) = [
      "en": ("market", "announce"), "es": ("mercado", "anunció"), "zh": ("市场", "宣布"),
    ][
      language, default: ("", "")]
    #expect(profile.nounShare(of: noun) > profile.nounShare(of: verb) + 0.4)
  }
}
