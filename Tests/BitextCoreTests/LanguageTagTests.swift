import BitextCore
import Testing

@Suite struct `Language tags` {
  @Test(arguments: [
    ("en", "en"), ("ZH_hant_tw", "zh-Hant-TW"), ("es-mx", "es-MX"), ("es-419", "es-419"),
    ("zh-CHS", "zh-Hans"), ("x-klingon", "x-klingon"), ("de-DE-u-co-phonebk", "de-DE-u-co-phonebk"),
  ])
  func `are read in any case and with any separator`(_ written: String, _ canonical: String) {
    #expect(LanguageTag(written)?.identifier == canonical)
  }

  @Test(arguments: ["", "e", "english-language", "en--US", "en-", "1en", "en US", "中文"])
  func `that are not well-formed are refused`(_ written: String) {
    #expect(LanguageTag(written) == nil)
  }

  @Test func `know their subtags`() {
    let tag: LanguageTag = "zh-Hant-TW"
    #expect(tag.language == "zh")
    #expect(tag.script == "Hant")
    #expect(tag.region == "TW")
    #expect(("es-419" as LanguageTag).region == "419")
    #expect(("en" as LanguageTag).script == nil)
  }
}
