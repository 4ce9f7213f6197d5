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
    tokens: ["don't", "pay", "$", "#1234.50", "or", "#12", "%"],
    why: "grouping goes, decimals stay"),
  TokenCase(
    language: "en", text: "Twenty-one of two hundred",
    tokens: ["twenty", "one", "#21", "of", "two", "#2", "hundred", "#100"],
    why: "number words stand beside their number"),
  TokenCase(
    language: "es", text: "¿Cuántos? Treinta y uno, 1.234,5 y MÁS.",
    tokens: [
      "?", "cuántos", "?", "treinta", "y", "uno", "#31", "#1234.5", "y", "más",
    ],
    why: "Spanish marks, numbers and capitals"),
  TokenCase(
    language: "es", text: "Canio\u{301}n: co\u{301}digo",
    tokens: ["canión", ":", "código"], why: "combining marks are composed"),
  TokenCase(
    language: "zh", text: "「自由」有３个：ＡＢＣ！",
    tokens: ["\"", "自由", "\"", "有", "#3", "个", ":", "abc", "!"],
    why: "width is folded, Chinese is cut by a dictionary"),
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

  @Test(arguments: [
    ("三百二十", 320), ("一九八四", 1984), ("十二", 12), ("一万二千", 12_000), ("三亿五千万", 350_000_000),
    ("两千零八", 2008), ("〇", 0), ("百", 100),
  ])
  func `read Chinese numerals`(_ word: String, _ value: Int) {
    #expect(NumeralWords.hanValue(of: word) == value)
  }

  @Test(arguments: ["", "人", "一人", "亿亿亿亿", String(repeating: "九", count: 40)])
  func `leave alone what is no numeral or too large`(_ word: String) {
    #expect(NumeralWords.hanValue(of: word) == nil)
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
