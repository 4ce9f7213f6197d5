import BitextCore
import Testing

@Suite struct `Matching languages` {
  @Test(
    arguments: [
      ("zh-Hans", "zh-Hans", .exact), ("zh-CN", "zh-Hans", .sameScript),
      ("zh-SG", "zh-CN", .sameScript),
      ("zh", "zh-CN", .sameScript), ("zh-TW", "zh-Hant", .sameScript),
      ("zh-HK", "zh-MO", .sameScript),
      ("zh-CHT", "zh-TW", .sameScript), ("es", "es-ES", .openRegion), ("es-419", "es", .openRegion),
      ("es-MX", "es-ES", .otherRegion), ("en-GB", "en-US", .otherRegion),
      ("en", "en-Latn", .sameScript),
      ("zh-Hans", "zh-Hant", .otherScript), ("zh", "zh-TW", .otherScript),
      ("sr-Latn", "sr", .otherScript), ("en", "es", nil), ("x-a", "x-b", nil),
    ] as [(LanguageTag, LanguageTag, LanguageMatch.Level?)])
  func `knows how near two tags are`(
    _ left: LanguageTag, _ right: LanguageTag, _ level: LanguageMatch.Level?
  ) {
    #expect(LanguageMatch.level(asked: left, stored: right) == level)
    #expect(LanguageMatch.level(asked: right, stored: left) == level, "in either direction")
    #expect(
      LanguageMatch.isAnswer(asked: left, stored: right)
        == (level.map { $0 <= .openRegion } ?? false))
  }

  @Test func `offers the other Chinese script only when it is asked for`() {
    #expect(LanguageMatch.points(asked: "zh-Hans", stored: "zh-Hant") == nil)
    #expect(
      LanguageMatch.points(asked: "zh-Hans", stored: "zh-Hant", allowsOtherScript: true) == 5)
  }
}
