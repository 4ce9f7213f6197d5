import BitextCore
import BitextText
import Testing

private struct PlaceableCase: Sendable, CustomTestStringConvertible {
  let language: LanguageTag
  let text: String
  let placeables: [String]
  var testDescription: String { "\(language): \(text)" }

  init(_ language: LanguageTag, _ text: String, _ placeables: [String]) {
    self.language = language
    self.text = text
    self.placeables = placeables
  }
}

private let cases = [
  PlaceableCase(
    "en", "1,234.5 km at 25 °C", ["number 1,234.5", "unit km", "number 25", "unit °C"]),
  PlaceableCase(
    "en", "%s, %1$s, %-5.2f, %@, %(name)s, %{x}",
    [
      "variable %s", "variable %1$s", "variable %-5.2f", "variable %@", "variable %(name)s",
      "variable %{x}",
    ]),
  PlaceableCase(
    "en", "{0} {name} {{x}} ${y} $HOME {price:F2}",
    [
      "variable {0}", "variable {name}", "variable {{x}}", "variable ${y}", "variable $HOME",
      "variable {price:F2}",
    ]),
  PlaceableCase(
    "en", "50% sure, 5 %discount, { not }, $5, US$", ["number 50%", "number 5 %", "number 5"]),
  PlaceableCase(
    "en", "<b>bold</b> <br/> &amp; a < b", ["tag <b>", "tag </b>", "tag <br/>", "tag &amp;"]),
  PlaceableCase(
    "en", "http://a.org/1, jo@a.org, read.txt, a.com",
    [
      "url http://a.org/1", "email jo@a.org", "file read.txt", "url a.com",
    ]),
  PlaceableCase(
    "en", "on 2026-11-25 at 10:30:15", ["date 2026-11-25=2026/11/25", "time 10:30:15"]),
  PlaceableCase(
    "en", "11/25/2026, 3/4/2026", ["date 11/25/2026=2026/11/25", "date 3/4/2026=2026/3/4"]),
  PlaceableCase(
    "en-GB", "25/11/2026, 3/4/2026", ["date 25/11/2026=2026/11/25", "date 3/4/2026=2026/4/3"]),
  PlaceableCase(
    "en", "November 25, 2026; 25 November 2026; Nov 3rd; May 2026",
    [
      "date November 25, 2026=2026/11/25", "date 25 November 2026=2026/11/25",
      "date Nov 3rd=-/11/3", "date May 2026=2026/5/-",
    ]),
  PlaceableCase(
    "es", "el 25 de noviembre de 2026, mayo de 2020",
    [
      "date 25 de noviembre de 2026=2026/11/25", "date mayo de 2020=2020/5/-",
    ]),
  PlaceableCase(
    "es", "El 25.11.2026 costó 1.234,5 €",
    ["date 25.11.2026=2026/11/25", "number 1.234,5", "unit €"]),
  PlaceableCase(
    "zh", "２０２６年11月25日，二〇二六年，3月5日",
    [
      "date ２０２６年11月25日=2026/11/25", "date 二〇二六年=2026/-/-", "date 3月5日=-/3/5",
    ]),
  PlaceableCase("zh", "长3.5万公里，共三百元", ["number 3.5万", "unit 公里", "number 三百", "unit 元"]),
  PlaceableCase(
    "en", "A4, MP3, RTX4090 but 5G", ["code A4", "code MP3", "code RTX4090", "number 5"]),
  PlaceableCase("en", "one dog, twenty dogs", ["number twenty"]),
  PlaceableCase("en", "version 1.2.3", ["number 1", "number 2", "number 3"]),
]

@Suite struct `Placeables` {
  @Test(arguments: cases)
  fileprivate func `are found with their kinds and values`(_ example: PlaceableCase) {
    let found = PlaceableRecognizer(language: example.language).placeables(in: example.text).map {
      placeable in
      var text = "\(placeable.kind) \(example.text[placeable.span])"
      if let date = placeable.date {
        text +=
          "="
          + [date.year, date.month, date.day].map { $0.map(String.init) ?? "-" }.joined(
            separator: "/")
      }
      return text
    }
    #expect(found == example.placeables)
  }

  @Test func `do not overlap and lie on scalar boundaries in any text`() {
    let pieces = [
      "%", "s", "{", "}", "0", "12", "2026", "-", "/", ".", ":", " ", "<", ">", "b", "&", "amp;",
      "$", "HOME",
      "年", "月", "日", "三", "百", "May", " de ", "enero", "@", "a.org", "http://", "é", "😀", "km", "°",
      ",",
    ]
    for language in ["en", "es", "zh"] as [LanguageTag] {
      let recognizer = PlaceableRecognizer(language: language)
      for seed in 0..<300 as Range<UInt64> {
        var generator = SeededGenerator(seed: seed)
        let text = (0..<16).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }
          .joined()
        let bytes = Array(text.utf8)
        var last: UInt32 = 0
        for placeable in recognizer.placeables(in: text) {
          #expect(placeable.span.start >= last && !placeable.span.isEmpty, "seed \(seed): \(text)")
          #expect(
            String(validating: bytes[placeable.span.range], as: UTF8.self) != nil, "seed \(seed)")
          last = placeable.span.end
        }
      }
    }
  }

  @Test(arguments: ["%", "{", "{a", "<a ", "&a", "$A", "1/", "1:11:", "1年", "1月1", "May 1 "])
  func `take linear time on hostile text`(_ piece: String) {
    let text = String(repeating: piece, count: 60_000 / piece.utf8.count)
    for language in ["en", "zh"] as [LanguageTag] {
      _ = PlaceableRecognizer(language: language).placeables(in: text)
    }
  }
}
