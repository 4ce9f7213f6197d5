import BitextCore
import BitextText
import Testing

private struct KeyCase: Sendable, CustomTestStringConvertible {
  let text: String
  let tokens: [String]
  let why: String
  var testDescription: String { why }
}

private let keyCases = [
  KeyCase(text: "", tokens: [], why: "nothing has no tokens"),
  KeyCase(text: " \t\u{A0}\u{3000}\n", tokens: [], why: "white space is no token"),
  KeyCase(
    text: "Don't re-import", tokens: ["don't", "re", "-", "import"],
    why: "an apostrophe before a letter stays inside, a hyphen does not"),
  KeyCase(
    text: "rock 'n' roll", tokens: ["rock", "'", "n", "'", "roll"],
    why: "other apostrophes stand alone"),
  KeyCase(text: "don’t", tokens: ["don't"], why: "a typographic apostrophe is an apostrophe"),
  KeyCase(text: "1,234.56 and 7.", tokens: ["#", "and", "#", "."], why: "a number is one token"),
  KeyCase(text: "v1.2.3", tokens: ["v", "#"], why: "letters and digits are cut apart"),
  KeyCase(
    text: "Wait… no!!! ...", tokens: ["wait", "...", "no", "!!!", "..."], why: "runs of one mark"),
  KeyCase(text: "!?!", tokens: ["!", "?", "!"], why: "different marks are different tokens"),
  KeyCase(
    text: "数字利维坦。", tokens: ["数", "字", "利", "维", "坦", "."], why: "one Han character, one token"),
  KeyCase(text: "第３章", tokens: ["第", "#", "章"], why: "full-width digits are digits"),
  KeyCase(text: "ＡＢＣ公司，", tokens: ["abc", "公", "司", ","], why: "width is folded"),
  KeyCase(text: "ガ ｶﾞ", tokens: ["ガ", "ガ"], why: "half-width kana with their marks"),
  KeyCase(text: "¿Qué? ¡Sí!", tokens: ["¿", "qué", "?", "¡", "sí", "!"], why: "accents stay"),
  KeyCase(text: "qu\u{65}\u{301}", tokens: ["qué"], why: "composed and decomposed are one"),
  KeyCase(
    text: "STRASSE Straße", tokens: ["strasse", "strasse"], why: "case folds as Unicode says"),
  KeyCase(
    text: "co\u{AD}operate\u{200B}d", tokens: ["cooperated"],
    why: "ignorable characters are dropped"),
  KeyCase(
    text: "“a” — b", tokens: ["\"", "a", "\"", "-", "b"],
    why: "quotation marks and dashes are folded"),
  KeyCase(text: "👍👍", tokens: ["👍👍"], why: "symbols run together like marks"),
  KeyCase(text: "a\u{0}b", tokens: ["a", "b"], why: "a control character separates"),
]

/// Texts of what troubles a tokenizer most, from a seed.
private func oddTexts(seed: UInt64, count: Int) -> [String] {
  let pieces = [
    "a", "Z", "don", "'", "’", "1", "２", "½", ".", ",", "。", " ", "\u{3000}", "-", "—", "中", "文",
    "é", "e", "\u{301}", "\u{AD}", "ﬁ", "ガ", "ｶ", "ﾞ", "!", "…", "ß", "İ", "👍", "𠮷", "\t",
  ]
  var state = seed
  return (0..<count).map { _ in
    var text = ""
    for _ in 0..<12 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += pieces[Int(state >> 33) % pieces.count]
    }
    return text
  }
}

@Suite struct `Token key` {
  @Test(arguments: keyCases)
  fileprivate func `cuts a text into what is counted`(_ example: KeyCase) {
    let key = TokenKey(example.text)
    #expect(key.tokens == example.tokens)
    #expect(key.count == example.tokens.count)
  }

  @Test func `can be stored and read back`() throws {
    for text in oddTexts(seed: 1, count: 500) + [String(repeating: "x", count: 20_000)] {
      let key = TokenKey(text)
      let again = try #require(TokenKey(encoded: key.encoded))
      #expect(again == key)
    }
  }

  @Test(
    arguments: [[5], [0x80], [0], [1, 65, 2, 66], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]]
      as [[UInt8]])
  func `refuses damaged bytes`(_ bytes: [UInt8]) {
    #expect(TokenKey(encoded: bytes) == nil)
  }

  @Test func `of a key's own tokens is the key`() {
    for text in oddTexts(seed: 2, count: 500) {
      let key = TokenKey(text)
      #expect(TokenKey(key.tokens.joined(separator: " ")) == key, "\(text)")
    }
  }

  @Test func `knows where each token stands`() {
    for text in oddTexts(seed: 3, count: 500) + ["Plain ASCII, 12.5 %", "第３章　概述"] {
      let located = TokenKey.located(in: text)
      #expect(located.key == TokenKey(text), "\(text)")
      #expect(located.spans.count == located.key.count)
      for (left, right) in zip(located.spans, located.spans.dropFirst()) {
        #expect(left.start <= right.start && left.end <= right.end, "\(text)")
      }
    }
  }

  @Test func `gives spans of the original text`() {
    let text = "第３章 Ｏｐｅｎ it"
    let located = TokenKey.located(in: text)
    #expect(located.spans.map { String(text[$0]) } == ["第", "３", "章", "Ｏｐｅｎ", "it"])
  }

  @Test func `takes linear time on hostile text`() {
    let marks = "a" + String(repeating: "\u{301}", count: 200_000)
    #expect(TokenKey(marks).count == 1)
    let commas = String(repeating: "1,", count: 200_000)
    #expect(TokenKey(commas).count == 2)
  }
}
