import BitextCore
import Testing

private let pairs: [(left: LanguageTag, right: LanguageTag, level: LanguageMatch?, points: Int?)] =
  [
    ("es", "es", .exact, 0),
    ("es", "es-ES", .regionMissing, 0),
    ("es-MX", "es-ES", .otherRegion, 1),
    ("es-419", "es-MX", .otherRegion, 1),
    ("en-GB", "en-US", .otherRegion, 1),
    ("en-Latn-GB", "en-GB", .sameScript, 0),
    ("en", "es", nil, nil),
    ("zh-CN", "zh-Hans", .sameScript, 0),
    ("zh", "zh-CN", .sameScript, 0),
    ("zh-CHS", "zh-SG", .sameScript, 0),
    ("zh-CN", "zh-SG", .sameScript, 1),
    ("zh-TW", "zh-Hant", .sameScript, 0),
    ("zh-HK", "zh-CHT", .sameScript, 0),
    ("zh-TW", "zh-HK", .sameScript, 1),
    ("cmn-CN", "zh-Hans-CN", .sameScript, 0),
    ("zh-Hans", "zh-Hant", nil, nil),
    ("zh", "zh-TW", nil, nil),
    ("zh-CN", "zh-HK", nil, nil),
    ("zh-Hans-HK", "zh-HK", nil, nil),
    ("sr-Latn", "sr", nil, nil),
    ("sr-Latn", "sr-ME", .regionMissing, 0),
    ("iw", "he-IL", .regionMissing, 0),
    ("und", "en", nil, nil),
    ("x-one", "x-two", nil, nil),
  ]

@Suite struct `Matching of languages` {
  @Test(arguments: pairs.indices)
  func `knows four levels, and never takes one script for another`(_ index: Int) {
    let pair = pairs[index]
    #expect(LanguageMatch(pair.left, pair.right) == pair.level)
    #expect(LanguageMatch(pair.right, pair.left) == pair.level, "the order does not matter")
    #expect(LanguageMatch.points(asked: pair.left, stored: pair.right) == pair.points)
  }

  @Test func `finds the best of the languages that are there`() {
    #expect(LanguageMatch.best(for: "zh-Hans", among: ["en", "zh-TW", "zh-CN"]) == "zh-CN")
    #expect(LanguageMatch.best(for: "es", among: ["es-MX", "es"]) == "es")
    #expect(LanguageMatch.best(for: "es", among: ["es-MX", "es-ES"]) == "es-MX")
    #expect(LanguageMatch.best(for: "es-ES", among: ["es-MX"]) == nil)
    #expect(LanguageMatch.best(for: "es-ES", among: ["es-MX"], atLeast: .otherRegion) == "es-MX")
    #expect(
      LanguageMatch.best(for: "zh-Hant", among: ["zh", "zh-CN"], atLeast: .otherRegion) == nil)
  }
}
