import BitextCore
import BitextMemory
import BitextSQLite
import Foundation
import Testing

private struct FragmentCase: CustomTestStringConvertible, Sendable {
  let from: LanguageTag
  let to: LanguageTag
  let stored: [String]
  let query: String
  /// The parts of the query that are known, in the order of the answer.
  let parts: [String]
  let why: String

  var testDescription: String { why }
}

private let fragmentCases = [
  FragmentCase(
    from: "en", to: "es", stored: ["digital leviathan", "the surveillance state", "digital"],
    query: "They call the surveillance state a Digital Leviathan, and they are right about it.",
    parts: ["the surveillance state", "Digital Leviathan"],
    why: "the longest part first, whatever its case; one word alone is a matter for a glossary"),
  FragmentCase(
    from: "zh", to: "en", stored: ["数字利维坦", "数字", "公民的自由"],
    query: "人们说数字利维坦正在威胁公民的自由，也威胁民主。",
    parts: ["数字利维坦", "公民的自由"],
    why: "Chinese by characters, four at least; equal scores from left to right"),
  FragmentCase(
    from: "es", to: "en",
    stored: ["derechos humanos", "los derechos humanos digitales", "humanos digitales hoy"],
    query:
      "Aquí se defienden los derechos humanos digitales hoy y mañana, siempre y en todas partes.",
    parts: ["los derechos humanos digitales"],
    why: "parts do not overlap"),
]

@Suite struct `Fragments` {
  @Test(arguments: fragmentCases, [0, 10_000])
  private func `are stored texts inside the query`(_ example: FragmentCase, _ longestTail: Int)
    throws
  {
    let folder = try TemporaryFolder()
    let memory = TranslationMemory(
      store: try SQLiteStore(at: folder.url.appendingPathComponent("memory")),
      longestTail: longestTail)
    try memory.save(example.stored.map { pair(example.from, $0, example.to, "→ " + $0) })
    let found = try memory.matches(
      for: MatchQuery(example.query, from: example.from, to: example.to),
      options: MatchOptions(includesFragments: true))
    #expect(
      found.map { match in match.queryRange.map { String(example.query[$0]) } ?? "?" }
        == example.parts)
    #expect(found.allSatisfy { $0.kind == .fragment && $0.score < 70 && $0.score > 0 })
    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
    for match in found { #expect(match.target.text == "→ " + match.source.text) }
    let without = try memory.matches(
      for: MatchQuery(example.query, from: example.from, to: example.to))
    #expect(without.isEmpty, "they are given on demand only")
  }

  @Test func `come after fuzzy matches, where there is room`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([
      pair("en", "The blue house is very big", "es", "a"), pair("en", "blue house", "es", "b"),
    ])
    func kinds(_ limit: Int) throws -> [MatchKind] {
      try memory.matches(
        for: MatchQuery("The blue house is very small", from: "en", to: "es"),
        options: MatchOptions(limit: limit, includesFragments: true)
      ).map(\.kind)
    }
    #expect(try kinds(5) == [.fuzzy, .fragment])
    #expect(try kinds(1) == [.fuzzy])
  }

  @Test func `that were taken out or have no translation are not offered`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("en", "blue house", "es", "b"), pair("en", "very small", "zh", "很小")])
    let query = MatchQuery("A blue house is not a very small one", from: "en", to: "es")
    let options = MatchOptions(includesFragments: true)
    let found = try memory.matches(for: query, options: options)
    #expect(found.map(\.source.text) == ["blue house"])
    try memory.remove(found.map(\.unit))
    #expect(try memory.matches(for: query, options: options).isEmpty)
  }
}

@Suite struct `The score by characters` {
  @Test(arguments: [
    ("The colour of the house", "The color of the house", "en", 95),
    ("THE  house", "the house", "en", 100),
    ("数字利维坦正在成长", "数字利维坦正在成熟", "zh", 88),
    ("¿Dónde está la casa?", "¿Dónde estás la casa?", "es", 95),
  ])
  func `stands beside that by words`(
    _ query: String, _ stored: String, _ language: String, _ score: Int
  ) throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let language = try #require(LanguageTag(language))
    try memory.save([pair(language, stored, "fr", "x")])
    let found = try memory.matches(for: MatchQuery(query, from: language, to: "fr"))
    #expect(found.first?.characterScore == score)
  }
}
