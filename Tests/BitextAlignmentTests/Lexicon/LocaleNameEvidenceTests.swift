import BitextCore
import BitextText
import Testing

@testable import BitextAlignment

private struct NameCase: Sendable, CustomTestStringConvertible {
  let first: LanguageTag
  let second: LanguageTag
  let pairs: [(String, String)]

  var testDescription: String { "\(first)-\(second)" }
}

private let nameCases = [
  NameCase(
    first: "en", second: "zh",
    pairs: [
      ("france", "法国"), ("spain", "西班牙"), ("tuesday", "星期二"), ("march", "#3"), ("japanese", "日语"),
      ("dollar", "美元"), ("kilometers", "公里"),
    ]),
  NameCase(
    first: "en", second: "es",
    pairs: [
      ("germany", "alemania"), ("wednesday", "miércoles"), ("august", "agosto"),
      ("third", "tercero"), ("seventeen", "diecisiete"), ("hour", "hora"),
    ]),
  NameCase(
    first: "de", second: "fr",
    pairs: [
      ("deutschland", "allemagne"), ("montag", "lundi"), ("märz", "mars"), ("zwölf", "douze"),
      ("einundzwanzig", "#21"), ("stunden", "heures"), ("dritte", "troisième"),
    ]),
  NameCase(
    first: "ja", second: "zh-Hant",
    pairs: [("フランス", "法国"), ("月曜日", "星期一")]),
]

@Suite struct `Names from ICU` {
  @Test(arguments: nameCases)
  fileprivate func `translate each other in any two languages`(_ example: NameCase) {
    let evidence = LocaleNameEvidence()
    let source = example.pairs.map(\.0) + ["xyzzy"]
    let target = example.pairs.map(\.1) + ["plugh"]
    let entries = evidence.entries(
      source: source, sourceLanguage: example.first, target: target,
      targetLanguage: example.second)
    for index in example.pairs.indices {
      let found = entries.first { $0.source == Int32(index) && $0.target == Int32(index) }
      #expect(
        found.map { max($0.forward, $0.backward) >= 0.1 } ?? false,
        "\(example.pairs[index]) in \(example.first)-\(example.second)")
    }
    #expect(!entries.contains { $0.source == Int32(source.count - 1) })
    for entry in entries {
      #expect((0...1).contains(entry.forward) && (0...1).contains(entry.backward))
    }
  }

  @Test func `do not take the words of one name for those of another`() {
    let entries = LocaleNameEvidence().entries(
      source: ["south", "korea", "north"], sourceLanguage: "en",
      target: ["corea", "sur", "norte"], targetLanguage: "es")
    func strength(_ s: Int32, _ t: Int32) -> Float {
      entries.first { $0.source == s && $0.target == t }.map { $0.forward } ?? 0
    }
    #expect(strength(1, 0) > 0.2)
    #expect(strength(1, 0) > 2 * strength(1, 1))
    #expect(strength(0, 1) > 2 * strength(0, 2))
  }

  @Test func `are the same each time`() {
    let words = LocaleNames(language: "en").entries.flatMap(\.names).map { $0.lowercased() }
    let others = LocaleNames(language: "es").entries.flatMap(\.names).map { $0.lowercased() }
    let (a, b) = (Array(Set(words)).sorted(), Array(Set(others)).sorted())
    let first = LocaleNameEvidence().entries(
      source: a, sourceLanguage: "en", target: b, targetLanguage: "es")
    let second = LocaleNameEvidence().entries(
      source: a, sourceLanguage: "en", target: b, targetLanguage: "es")
    #expect(first == second)
    #expect(first.count > 500)
  }

  @Test func `are none for a language that ICU has no data for`() {
    #expect(LocaleNames(language: "qaa").entries.isEmpty)
    #expect(
      LocaleNameEvidence().entries(
        source: ["france"], sourceLanguage: "en", target: ["france"], targetLanguage: "qaa"
      ).isEmpty)
  }

  @Test func `tell sentences apart where no lexicon does`() throws {
    let english = [
      "On Monday the train stopped in Germany.", "It was March.",
      "Nobody knew who spoke Greek or Danish.", "The river froze on Friday.",
    ]
    let chinese = ["星期一，火车停在德国。", "那是三月。", "没人知道谁会说希腊语或丹麦语。", "星期五，河面结了冰。"]
    var options = SentenceAligner.Options()
    options.tuning.evidence = [.names]
    let alignment = try SentenceAligner(["en", "zh"], options: options).align([
      SegmentedText(language: "en", sentences: english),
      SegmentedText(language: "zh", sentences: chinese),
    ])
    let use = try #require(alignment.report.lexicons.first { $0.name == "names of ICU" })
    #expect(use.known >= 8)
    #expect(alignment.report.lexiconCoverage == 0, "names are no lexicon")
    #expect(alignment.units.map(\.ranges) == (0..<4).map { [$0..<($0 + 1), $0..<($0 + 1)] })
  }
}
