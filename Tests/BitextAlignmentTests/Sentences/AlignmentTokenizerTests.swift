import BitextCore
import Testing

@testable import BitextAlignment

private struct TokenCase: Sendable, CustomTestStringConvertible {
  let language: LanguageTag
  let text: String
  let tokens: [String]
  let why: String
  var testDescription: String { "\(language): \(why)" }
}

private let cases: [TokenCase] = [
  TokenCase(
    language: "en", text: "The council's own “Digital Leviathan”?",
    tokens: ["the", "council", "own", "\"", "digital", "leviathan", "\"", "?"],
    why: "possessives go, quotes are folded"),
  TokenCase(
    language: "en", text: "Don’t pay $1,234.50 or 12%.",
    tokens: ["don't", "pay", "$", "#1234.5", "or", "#12", "%"],
    why: "grouping goes, decimals stay"),
  TokenCase(
    language: "en", text: "Twenty-one of two hundred, 3.5 million COVID19",
    tokens: [
      "#21", "twenty", "one", "of", "#200", "two", "hundred", "#3500000", "million", "covid19",
    ],
    why: "number words stand beside their number"),
  TokenCase(
    language: "es", text: "¿Cuántos? Treinta y uno, 1.234,5 y MÁS.",
    tokens: ["?", "cuántos", "?", "#31", "treinta", "y", "uno", "#1234.5", "y", "más"],
    why: "Spanish marks, numbers and capitals"),
  TokenCase(
    language: "es", text: "Canio\u{301}n: co\u{301}digo",
    tokens: ["canión", ":", "código"], why: "combining marks are composed"),
  TokenCase(
    language: "zh", text: "「自由」有３个：ＡＢＣ！",
    tokens: ["\"", "自由", "\"", "有", "#3", "个", ":", "abc", "!"],
    why: "width is folded, Chinese is cut by a dictionary"),
  TokenCase(
    language: "zh-Hant", text: "「數據權利」是權利。", tokens: ["\"", "数据", "权利", "\"", "是", "权利"],
    why: "Traditional is folded onto Simplified"),
  TokenCase(
    language: "fr", text: "l'homme qu’il voit", tokens: ["l", "homme", "qu", "il", "voit"],
    why: "elisions are words"),
  TokenCase(language: "en", text: "", tokens: [], why: "nothing"),
  TokenCase(language: "zh", text: "，。、—— …", tokens: [], why: "marks that say nothing"),
]

@Suite struct `Tokens for alignment` {
  @Test(arguments: cases)
  private func `are the words that can be compared`(_ example: TokenCase) {
    #expect(
      AlignmentTokenizer(language: example.language).tokens(in: example.text) == example.tokens)
  }

  @Test(arguments: [("zh", "第三百二十条"), ("en", "Article 320"), ("es", "trescientos veinte")])
  func `agree on a number in every language`(_ tag: String, _ text: String) throws {
    let tokenizer = AlignmentTokenizer(language: try #require(LanguageTag(tag)))
    #expect(tokenizer.tokens(in: text).filter { $0.hasPrefix("#") } == ["#320"])
  }

  @Test(arguments: ["en", "zh", "es", "th", "ar", "und"])
  func `never trap on strange text`(_ tag: String) throws {
    let tokenizer = AlignmentTokenizer(language: try #require(LanguageTag(tag)))
    for text in [
      "\u{FFFD}\u{0}\u{7F}", "٣٤٥ عدد", "สวัสดีชาวโลก", "👩‍👩‍👧 🇪🇸 #1 ''' 's", "1.,.2,,3", "İSTANBUL ŉ ß",
      String(repeating: "9", count: 500), "'", "０００", "\u{301}\u{301}",
    ] {
      #expect(tokenizer.tokens(in: text).allSatisfy { !$0.isEmpty })
    }
  }
}
