import BitextCore
import BitextText
import Testing

private struct NumberCase: Sendable, CustomTestStringConvertible {
  let language: LanguageTag
  let text: String
  /// Each number as text, `=`, value, and marks: `%` percentage, `o` ordinal, `?` weak.
  let numbers: [String]
  var testDescription: String { "\(language): \(text)" }

  init(_ language: LanguageTag, _ text: String, _ numbers: [String]) {
    self.language = language
    self.text = text
    self.numbers = numbers
  }
}

private func described(_ number: RecognizedNumber, in text: String) -> String {
  "\(text[number.span])=\(number.value)"
    + (number.isPercentage ? "%" : "") + (number.isOrdinal ? "o" : "") + (number.isWeak ? "?" : "")
}

private let digitCases = [
  NumberCase("en", "It costs 1,234.5 dollars", ["1,234.5=1234.5"]),
  NumberCase("es", "Cuesta 1.234,5 euros", ["1.234,5=1234.5"]),
  NumberCase("es", "Cuesta 1 234,5 euros", ["1 234,5=1234.5"]),
  NumberCase("es-MX", "Cuesta 1,234.5 pesos", ["1,234.5=1234.5"]),
  NumberCase("es", "1,234,567 o 1.234.567", ["1,234,567=1234567", "1.234.567=1234567"]),
  NumberCase("en", "1,234 and 1.234", ["1,234=1234", "1.234=1.234"]),
  NumberCase("es", "1,234 y 1.234", ["1,234=1.234", "1.234=1234"]),
  NumberCase("es-MX", "1,234 y 1.234", ["1,234=1234", "1.234=1.234"]),
  NumberCase("es", "3.14 y 3,14", ["3.14=3.14", "3,14=3.14"]),
  NumberCase("en", "12\u{202F}345\u{202F}678", ["12\u{202F}345\u{202F}678=12345678"]),
  NumberCase("en", "in 2019 300 people", ["2019=2019", "300=300"]),
  NumberCase("en", "pages 2,5,7", ["2=2", "5=5", "7=7"]),
  NumberCase("en", "version 1.2.3", ["1=1", "2=2", "3=3"]),
  NumberCase("en", "1'234'567.5", ["1'234'567.5=1234567.5"]),
  NumberCase("zh", "１２３４元和１，２３４．５", ["１２３４=1234", "１，２３４．５=1234.5"]),
  NumberCase("zh", "增长50%，下降３％", ["50%=50%", "３％=3%"]),
  NumberCase("es", "el 50 % y el 12 por ciento", ["50 %=50%", "12 por ciento=12%"]),
  NumberCase("en", "twenty percent, 5 per cent", ["twenty percent=20%", "5 per cent=5%"]),
  NumberCase("en", "H2O, MP3 and 5G", ["2=2?", "3=3?", "5=5"]),
  NumberCase("en", "2½ cups, ¼ cup, .5 l", ["2½=2.5", "¼=0.25", ".5=0.5"]),
  NumberCase("en", "the 21st and the 3rd", ["21=21o", "3=3o"]),
  NumberCase("es", "el 1.º de mayo", ["1=1o"]),
  NumberCase("en", "3.5 million, 2 billion", ["3.5 million=3500000", "2 billion=2000000000"]),
  NumberCase(
    "es", "3,5 millones, 2 mil millones", ["3,5 millones=3500000", "2 mil millones=2000000000"]),
  NumberCase("en", "0,123 and 007", ["0=0", "123=123", "007=7"]),
  NumberCase("en", "12:30 on 2026-11-25", ["12=12", "30=30", "2026=2026", "11=11", "25=25"]),
]

private let ideographCases = [
  NumberCase("zh", "三百二十", ["三百二十=320"]),
  NumberCase("zh", "一九八四年", ["一九八四=1984"]),
  NumberCase("zh", "二〇二六年", ["二〇二六=2026"]),
  NumberCase("zh", "一千二百三十四", ["一千二百三十四=1234"]),
  NumberCase("zh", "3.5万人，1.2亿元", ["3.5万=35000", "1.2亿=120000000"]),
  NumberCase("zh", "1亿2000万，5千万", ["1亿2000万=120000000", "5千万=50000000"]),
  NumberCase("zh", "十二个，两百个", ["十二=12", "两百=200"]),
  NumberCase("zh", "三百二，一万二，三百零二", ["三百二=320", "一万二=12000", "三百零二=302"]),
  NumberCase("zh", "三萬五千億", ["三萬五千億=3500000000000"]),
  NumberCase("zh", "一万亿零五", ["一万亿零五=1000000000005"]),
  NumberCase("zh", "十万零八百", ["十万零八百=100800"]),
  NumberCase("zh", "百分之三十五，百分之50", ["百分之三十五=35%", "百分之50=50%"]),
  NumberCase("zh", "三点五，三点五万，三点五十分", ["三点五=3.5", "三点五万=35000", "三=3?", "五十=50"]),
  NumberCase("zh", "第三章，第二十一条", ["三=3o", "二十一=21o"]),
  NumberCase("zh", "二三十个，三四个，十几个", ["十=10?"]),
  NumberCase("zh", "老百姓，一般，千万不要", ["一=1?", "千万=10000000?"]),
  NumberCase("zh", "廿五、卅一、贰佰伍拾", ["廿五=25", "卅一=31", "贰佰伍拾=250"]),
]

private let wordCases = [
  NumberCase("en", "Twenty-one pilots", ["Twenty-one=21"]),
  NumberCase("en", "three hundred and five", ["three hundred and five=305"]),
  NumberCase("en", "one hundred and two hundred", ["one hundred=100", "two hundred=200"]),
  NumberCase(
    "en", "two thousand three hundred and four", ["two thousand three hundred and four=2304"]),
  NumberCase("en", "a hundred people, a million", ["a hundred=100", "a million=1000000"]),
  NumberCase("en", "three hundred and five thousand", ["three hundred and five thousand=305000"]),
  NumberCase("en", "nineteen eighty-four", ["nineteen eighty-four=1984"]),
  NumberCase("en", "no one; one, two", ["one=1?", "one=1?", "two=2"]),
  NumberCase("en", "the twenty-first and the third", ["twenty-first=21o", "third=3o?"]),
  NumberCase("en", "someone often tends", []),
  NumberCase("es", "veintiuno y treinta y uno", ["veintiuno=21", "treinta y uno=31"]),
  NumberCase("es", "mil doscientos", ["mil doscientos=1200"]),
  NumberCase(
    "es", "Veintidós, VEINTITRÉS, dieciséis", ["Veintidós=22", "VEINTITRÉS=23", "dieciséis=16"]),
  NumberCase("es", "dos millones quinientos mil", ["dos millones quinientos mil=2500000"]),
  NumberCase("es", "treinta y un mil ciento uno", ["treinta y un mil ciento uno=31101"]),
  NumberCase("es", "un perro, una casa", ["un=1?", "una=1?"]),
  NumberCase("es", "mil millones", ["mil millones=1000000000"]),
  NumberCase("es", "uñas, unos, ciénaga", []),
  NumberCase("es", "tres o cuatro, primera vez", ["tres=3", "cuatro=4", "primera=1o?"]),
]

@Suite struct `Number recognition` {
  @Test(arguments: digitCases + ideographCases + wordCases)
  fileprivate func `finds numbers with their exact values`(_ example: NumberCase) {
    let found = NumberRecognizer(language: example.language).numbers(in: example.text)
    #expect(found.map { described($0, in: example.text) } == example.numbers)
  }

  @Test(arguments: ["en", "es", "zh"])
  func `spans are ordered, apart and on scalar boundaries in any text`(_ code: String) throws {
    let language = try #require(LanguageTag(code))
    let recognizer = NumberRecognizer(language: language)
    var generator = SeededGenerator(seed: 7)
    let pieces = [
      "1", "0", "23", ",", ".", " ", "'", "\u{A0}", "一", "百", "万", "亿", "零", "二", "点", "第", "百分之",
      "twenty", "-", "one", "hundred", "and", "thousand", "mil", "y", "cien", "treinta", "un", "%",
      "½", "é", "ñ", "😀", "１", "，", "𠀀", "a", "e\u{301}", "几", "millones", "\n",
    ]
    for _ in 0..<2000 {
      let text = (0..<12).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
      var last: UInt32 = 0
      for number in recognizer.numbers(in: text) {
        #expect(number.span.start >= last && !number.span.isEmpty, "\(text)")
        #expect(
          String(text.utf8.dropFirst(Int(number.span.start)).prefix(number.span.count)) != nil)
        last = number.span.end
      }
    }
  }

  @Test(arguments: [
    String(repeating: "1.", count: 100_000), String(repeating: "9", count: 100_000),
    String(repeating: "一", count: 100_000), String(repeating: "一百二", count: 50_000),
    String(repeating: "hundred and ", count: 50_000), String(repeating: "mil ", count: 100_000),
    String(repeating: "1,234", count: 50_000),
  ])
  func `takes linear time on hostile text`(_ text: String) {
    for language in ["en", "es", "zh"] as [LanguageTag] {
      _ = NumberRecognizer(language: language).numbers(in: text)
    }
  }
}

@Suite struct `Decimal values` {
  @Test(arguments: [
    ("1.50", "1.5"), ("0.0", "0"), ("007", "7"), ("35000", "35000"), ("0.001", "0.001"),
    (".5", "0.5"),
  ])
  func `are equal when their values are`(_ written: String, _ canonical: String) {
    #expect(DecimalValue(written) == DecimalValue(canonical))
    #expect(DecimalValue(written)?.description == canonical)
  }

  @Test(arguments: ["", ".", "1.2.3", "a", "-1", String(repeating: "9", count: 39)])
  func `are not made from anything else`(_ written: String) {
    #expect(DecimalValue(written) == nil)
  }

  @Test func `are ordered by value`() throws {
    let values = try ["0", "0.001", "0.5", "1", "1.5", "9", "10", "11", "1200", "35000"].map {
      try #require(DecimalValue($0))
    }
    for (index, left) in values.enumerated() {
      for (other, right) in values.enumerated() { #expect((left < right) == (index < other)) }
    }
  }
}
