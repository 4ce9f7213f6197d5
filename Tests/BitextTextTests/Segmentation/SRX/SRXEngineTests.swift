import BitextCore
import Testing

@testable import BitextText

/// Rules, a text with `|` where they cut it, and what the case is about.
private struct RuleCase: Sendable, CustomTestStringConvertible {
  let rules: [SRXRule]
  let marked: String
  let why: String
  var testDescription: String { why }
}

private func rule(_ breaks: Bool, _ before: String, _ after: String) -> SRXRule {
  SRXRule(breaks: breaks, before: before, after: after)
}

// The situations are those of the tests of loomchild's segment library; the texts are our own.
private let cases = [
  RuleCase(rules: [rule(true, "-", "x")], marked: "a-|xb", why: "one break rule"),
  RuleCase(rules: [rule(true, "-", "x")], marked: "a-yb", why: "a side that does not match"),
  RuleCase(rules: [], marked: "One. Two.", why: "no rule, no break"),
  RuleCase(
    rules: [rule(true, "\\.", " ")], marked: "One.| Two.| Three.", why: "white space stays right"),
  RuleCase(
    rules: [rule(true, "\\.\\s+", "")], marked: "One. |Two. |Three.", why: "white space stays left"),
  RuleCase(rules: [rule(true, "", "b")], marked: "a|ba|b", why: "an empty side before"),
  RuleCase(rules: [rule(true, "a", "")], marked: "a|ba|b", why: "an empty side after"),
  RuleCase(
    rules: [rule(false, "Mr\\.", "\\s"), rule(true, "\\.", "\\s")], marked: "Mr. Ox.| He left.",
    why: "an exception before a break rule"),
  RuleCase(
    rules: [rule(true, "\\.", "\\s"), rule(false, "Mr\\.", "\\s")], marked: "Mr.| Ox.| He left.",
    why: "a break rule before an exception"),
  RuleCase(
    rules: [rule(false, "the old Mr\\.", "\\sOx\\. He"), rule(true, "\\.", "\\s")],
    marked: "See the old Mr. Ox.| He left.", why: "an exception longer than the break rule"),
  RuleCase(
    rules: [rule(false, "\\b\\p{Lu}.*\\.", "\\s\\d"), rule(true, "\\.", "\\s")],
    marked: "Of No. 5.| Of 6.", why: "an exception without bounds"),
  RuleCase(
    rules: [rule(true, "aa", "")], marked: "aa|a|a", why: "matches that overlap"),
  RuleCase(
    rules: [rule(true, "\\.", "\\s"), rule(true, "[.!]", "\\s")], marked: "One.| Two!| Three",
    why: "two rules at one place break once"),
  RuleCase(
    rules: [rule(true, "[。！]", "")], marked: "下雨了。|走吧！|好", why: "characters of three bytes"),
  RuleCase(
    rules: [rule(true, "😀", "")], marked: "a😀|b😀|c", why: "characters of two UTF-16 units"),
  RuleCase(
    rules: [rule(true, "^a", "")], marked: "a|aa", why: "the start of the text is its start alone"),
  RuleCase(
    rules: [rule(false, "\\bEd\\.", "\\s"), rule(true, "\\.", "\\s")], marked: "Red.| Ed. is here.",
    why: "a word boundary looks back over the start of the search"),
]

private func rules(_ list: [SRXRule]) -> SRXRules {
  SRXRules(
    languageRules: [.init(name: "all", rules: list)],
    languageMaps: [.init(pattern: ".*", rules: "all")], file: "test.srx")
}

private func pieces(_ text: String, _ segmenter: SentenceSegmenter) throws -> [String] {
  try segmenter.cut(text).map { String(text[$0.span]) }
}

@Suite struct `SRX rules` {
  @Test(arguments: cases)
  fileprivate func `cut a text where the standard has it`(_ example: RuleCase) throws {
    let engine = try SRXEngine(rules(example.rules), language: "en")
    let text = example.marked.replacing("|", with: "")
    let found = try pieces(text, SentenceSegmenter(engine, use: .only))
    #expect(found == example.marked.split(separator: "|").map(String.init))
    #expect(found.joined() == text)
  }

  @Test func `are chosen by language, all that match when they cascade`() throws {
    var source = SRXRules(
      languageRules: [
        .init(name: "english", rules: [rule(false, "Mr\\.", "\\s")]),
        .init(name: "default", rules: [rule(true, "\\.", "\\s")]),
      ],
      languageMaps: [
        .init(pattern: "EN.*", rules: "english"), .init(pattern: ".*", rules: "default"),
      ])
    #expect(try SRXEngine(source, language: "en-GB").rules.count == 2)
    #expect(try SRXEngine(source, language: "es").rules.count == 1)
    source.cascades = false
    #expect(try SRXEngine(source, language: "en-GB").rules.count == 1)
  }

  @Test func `that lack the language, the group or a good pattern say so`() throws {
    var source = rules([rule(true, "\\.", "\\s")])
    source.languageMaps = [.init(pattern: "fr", rules: "all")]
    #expect(throws: SRXError.language(file: "test.srx", "en")) {
      try SRXEngine(source, language: "en")
    }
    source.languageMaps = [.init(pattern: "en", rules: "none")]
    #expect(throws: SRXError.group(file: "test.srx", name: "none")) {
      try SRXEngine(source, language: "en")
    }
    source = rules([rule(true, "(((", "")])
    #expect {
      try SRXEngine(source, language: "en")
    } throws: { error in
      "\(error)".contains("beforebreak of rule 1 \"(((\"")
    }
    let lenient = try SRXEngine(source, language: "en", leavesOutBadRules: true)
    #expect(lenient.rules.isEmpty)
    #expect(lenient.rejected.count == 1)
  }

  @Test func `cannot join their sides with a bracket`() {
    #expect(throws: SRXError.self) {
      try SRXEngine(rules([rule(true, "a)(?:b", "c")]), language: "en")
    }
  }

  @Test func `that run wild are stopped`() throws {
    let engine = try SRXEngine(rules([rule(true, "(a+)+b", "")]), language: "en")
    let segmenter = SentenceSegmenter(engine, use: .only)
    let text = String(repeating: "a", count: 2_000)
    #expect(throws: SRXError.self) { try segmenter.cut(text) }
    #expect(segmenter.sentences(in: text).count == 1)
  }

  @Test func `as exceptions take back boundaries of ours and set none`() throws {
    let source = rules([
      rule(false, "\\bapprox\\. Ten\\.", "\\s"), rule(false, "Ltd\\.", "\\sThe"),
      rule(true, ",", "\\s"),
    ])
    let segmenter = SentenceSegmenter(try SRXEngine(source, language: "en"), use: .exceptions)
    let text = "Ask Acme Ltd. The, boss is in. He works.\n\nLtd.\n\nThe end."
    #expect(
      try segmenter.cut(text).map { String(text[$0.content]) }
        == ["Ask Acme Ltd. The, boss is in.", "He works.", "Ltd.", "The end."])
  }

  @Test func `leave no piece of white space alone`() throws {
    let engine = try SRXEngine(
      rules([rule(true, "\\s", ""), rule(true, "\\.", "")]), language: "en")
    let text = "  a.  b. "
    let sentences = try SentenceSegmenter(engine, use: .only).cut(text)
    #expect(sentences.map { String(text[$0.content]) } == ["a.", "b."])
    #expect(sentences.map { String(text[$0.span]) }.joined() == text)
  }
}

@Suite struct `Letters that a pattern needs` {
  @Test(arguments: [
    ("\\bMr\\.\\s", "Mr"), ("etc\\.", "etc"), ("ab?c", "a"), ("a|b", ""), ("(?i)mr", ""),
    ("[abc]de", "de"), ("\\p{Lu}x", "x"), ("(Dr)?\\.", ""), ("x{0}yz", "yz"), ("\\Qa\\E", ""),
    ("abc*", "ab"), ("\\dth", "th"), ("", ""), ("Ph\\.D\\.", "Ph"), ("\\u0041bc", ""),
    ("[a-z&&[^b]]no", "no"), ("[\\]x]yes", "yes"),
  ])
  func `are found without guessing`(_ pattern: String, _ literal: String) {
    #expect(String(decoding: RequiredLiteral.longest(in: pattern), as: UTF8.self) == literal)
  }

  @Test func `are looked for in the text`() {
    let finder = LiteralFinder(Array("Ask Dr. Mabuse".utf8))
    for (literal, isThere) in [
      ("Dr", true), ("Mr", false), ("A", true), ("z", false), ("Mabuse", true), ("Mabuses", false),
      ("askdr", false), ("buse", true),
    ] {
      #expect(finder.contains(Array(literal.utf8)) == isThere, "\(literal)")
    }
  }
}
