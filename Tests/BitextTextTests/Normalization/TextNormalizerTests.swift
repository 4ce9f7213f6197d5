import BitextCore
import BitextICU
import BitextText
import Testing

private struct KeyCase: Sendable, CustomTestStringConvertible {
  let form: NormalForm
  let language: LanguageTag
  let text: String
  let key: String
  var testDescription: String { "\(form) \(language): \(text)" }

  init(_ form: NormalForm, _ language: LanguageTag, _ text: String, _ key: String) {
    self.form = form
    self.language = language
    self.text = text
    self.key = key
  }
}

private let keyCases = [
  KeyCase(.match, "en", "“Don’t  panic”, she\u{A0}said…", "\"don't panic\", she said..."),
  KeyCase(.match, "en", " \t Pages 10–20\r\n", "pages 10-20"),
  KeyCase(.match, "en", "10 m² of H₂O, 2½ cups, ½", "10 m^2 of h_2o, 2 1/2 cups, 1/2"),
  KeyCase(.match, "en", "co\u{AD}op\u{200B}erate", "cooperate"),
  KeyCase(.match, "en", "STRASSE ﬁle ① №5", "strasse file (1) no.5"),
  KeyCase(.match, "en", "cafe\u{301} Café", "café café"),
  KeyCase(.match, "en", "a \u{200B} b", "a b"),
  KeyCase(.match, "en", "汉字 漢字", "汉字 漢字"),
  KeyCase(.match, "es", "«¿Qué?» 1.º año", "\"¿qué?\" 1..o año"),
  KeyCase(.match, "zh", "「你好」，世界。", "\"你好\",世界."),
  KeyCase(.match, "zh", "使用 Ｓｗｉｆｔ　語言 ５．９ 版", "使用swift语言5.9版"),
  KeyCase(.match, "zh", "Hello World 你 好", "hello world你好"),
  KeyCase(.match, "zh", "\u{F900}有此理", "岂有此理"),
  KeyCase(.match, "zh", "弗里德里克•泰勒", "弗里德里克·泰勒"),
  KeyCase(
    .search, "es", "Papá, pingüino, Mañana, man\u{303}ana, ÁÉÍÓÚ",
    "papa, pinguino, mañana, mañana, aeiou"),
  KeyCase(.search, "zh", "漢語", "汉语"),
  KeyCase(.search, "en", "Résumé of a naïve El Niño", "resume of a naive el niño"),
  KeyCase(.search, "zh", "何塞（José）", "何塞(jose)"),
  KeyCase(.search, "de", "Schön", "schön"),
  KeyCase(.nfc, "en", "cafe\u{301} ﬁ", "café ﬁ"),
  KeyCase(.nfkc, "en", "ﬁ １２ A", "fi 12 A"),
  KeyCase(.match, "en", "", ""), KeyCase(.match, "zh", " \u{3000}\n", ""),
  KeyCase(.match, "en", "\u{AD}", ""), KeyCase(.match, "en", "😀 A\0B", "😀 a\0b"),
  KeyCase(.match, "en", "a\u{338}<\u{338}《\u{338}", "a\u{338}≮≮"),
]

/// Scalars that are likely to go wrong, and some that are not.
private let pool: [Unicode.Scalar] =
  Array(
    "aAeEzZ09 .,'\"`-\t\n\r\0éñÜßİıﬁ½²₂ªº№①´¨…“”«»–—‐\u{AD}\u{200B}\u{200D}\u{FEFF}\u{2028}\u{A0}\u{3000}"
      .unicodeScalars)
  + Array(
    "\u{301}\u{308}\u{303}\u{327}\u{323}\u{338}\u{345}\u{93C}\u{3099}\u{1161}\u{11A8}"
      .unicodeScalars)
  + Array("中漢語汉语苎苧薴，。、；：！？（）「」『』《》〈〉【】・々〇ｱﾞ１Ａ｡､\u{F900}\u{2F800}𠀀가각ᄀ".unicodeScalars)
  + Array("《<﹤︑﹁＜〜⋯⅟₁⁻ⁿ㎡℃ΐᾳﷺ😀🇪🇸\u{E0100}\u{1D15E}".unicodeScalars)

private func randomText(_ generator: inout SeededGenerator, length: Int) -> String {
  var scalars = String.UnicodeScalarView()
  for _ in 0..<length { scalars.append(pool[Int(generator.next() % UInt64(pool.count))]) }
  return String(scalars)
}

@Suite struct `Normalization` {
  @Test(arguments: keyCases)
  fileprivate func `gives the key that two equal texts share`(_ example: KeyCase) {
    let normalizer = TextNormalizer(example.form, language: example.language)
    #expect(Array(normalizer(example.text).utf8) == Array(example.key.utf8))
    #expect(Array(normalizer.mapped(example.text).text.utf8) == Array(example.key.utf8))
  }

  @Test(arguments: [
    ("en", "x³", "x3"), ("en", "2½ cups", "21/2 cups"), ("es", "el 1.º día", "el 1.o día"),
    ("es", "año", "ano"), ("es", "papá", "papa"), ("en", "İ", "i"), ("en", "3-5", "35"),
    ("en", "①", "1"),
  ])
  func `keeps apart what means different things`(_ code: String, _ one: String, _ other: String)
    throws
  {
    let normalizer = TextNormalizer(.match, language: try #require(LanguageTag(code)))
    #expect(normalizer(one) != normalizer(other))
  }

  @Test(arguments: NormalForm.allCases, ["en", "es", "zh"])
  func `is idempotent, and agrees with its mapped form, on any text`(
    _ form: NormalForm, _ code: String
  )
    throws
  {
    let normalizer = TextNormalizer(form, language: try #require(LanguageTag(code)))
    for seed in 0..<60 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      for length in [1, 2, 3, 4, 6, 9, 20, 60] {
        let text = randomText(&generator, length: length)
        let once = normalizer(text)
        #expect(Array(normalizer(once).utf8) == Array(once.utf8), "seed \(seed): \(escaped(text))")
        #expect(
          Array(normalizer.mapped(text).text.utf8) == Array(once.utf8),
          "seed \(seed): \(escaped(text))")
        #expect(normalizer.isNormalized(once))
      }
    }
  }

  @Test(arguments: NormalForm.allCases, ["en", "zh"])
  func `has offset maps that are monotone, cover both texts and go there and back`(
    _ form: NormalForm, _ code: String
  ) throws {
    let normalizer = TextNormalizer(form, language: try #require(LanguageTag(code)))
    for seed in 0..<40 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let text = randomText(&generator, length: 24)
      let mapped = normalizer.mapped(text)
      let boundaries = scalarOffsets(mapped.text)
      var lastStart: UInt32 = 0
      var lastEnd: UInt32 = 0
      for (from, to) in zip(boundaries, boundaries.dropFirst()) {
        let span = TextSpan(from..<to)
        let original = mapped.originalSpan(of: span)
        #expect(
          original.start >= lastStart && original.end >= lastEnd, "seed \(seed): \(escaped(text))")
        (lastStart, lastEnd) = (original.start, original.end)
        #expect(scalarOffsets(text).contains(Int(original.start)), "seed \(seed)")
        #expect(scalarOffsets(text).contains(Int(original.end)), "seed \(seed)")
        let back = mapped.normalizedSpan(of: original)
        #expect(back.start <= span.start && back.end >= span.end, "seed \(seed): \(escaped(text))")
        #expect(mapped.normalizedSpan(of: mapped.originalSpan(of: back)) == back, "seed \(seed)")
        // What a span of the key came from gives, normalized alone, a text that holds the key there.
        if form == .nfc || form == .nfkc {
          let part = normalizer(String(text[original]))
          #expect(
            Array(part.utf8) == Array(String(mapped.text[back]).utf8),
            "seed \(seed): \(escaped(text))")
        }
      }
    }
  }

  @Test(arguments: [
    ("en", "“Hello” World", "world", "World"), ("zh", "在 臺灣 的 Ｓｗｉｆｔ 語言", "swift语言", "Ｓｗｉｆｔ 語言"),
    ("en", "10 m² here", "m^2", "m²"), ("en", "cafe\u{301}s", "é", "e\u{301}"),
    ("en", " a  b ", "a b", "a  b"),
  ])
  func `leads from a piece of the key to what it came from`(
    _ code: String, _ text: String, _ piece: String, _ original: String
  ) throws {
    let mapped = TextNormalizer(.match, language: try #require(LanguageTag(code))).mapped(text)
    let start = try #require(offset(of: piece, in: mapped.text))
    let span = TextSpan(start..<(start + piece.utf8.count))
    #expect(Array(text[mapped.originalSpan(of: span)].utf8) == Array(original.utf8))
  }

  @Test func `checks NFC and NFKC as ICU does`() throws {
    for (form, icu) in [(NormalForm.nfc, Normalizer.Form.nfc), (.nfkc, .nfkc)] {
      let slow = try Normalizer(icu)
      let fast = TextNormalizer(form, language: "en")
      // Every scalar alone, after a letter and before a mark.
      for value in UInt32(1)..<0x3_0000 {
        guard let scalar = Unicode.Scalar(value),
          value < 0x3100 || value % 7 == 0 || value > 0xA000 && value < 0x11000
        else { continue }
        for text in [String(scalar), "ab" + String(scalar) + "\u{301}c"] {
          let units = Array(text.utf16)
          let expected = slow.normalize(units) == units
          if fast.isNormalized(text) != expected {
            Issue.record("\(form): U+\(String(value, radix: 16)) in \(escaped(text))")
          }
        }
      }
    }
  }

  @Test(arguments: [
    String(repeating: "a", count: 200_000), String(repeating: " ", count: 200_000),
    "a" + String(repeating: "\u{301}", count: 20_000), String(repeating: "½", count: 100_000),
    String(repeating: "\u{200B} ", count: 50_000), String(repeating: "漢 ", count: 50_000),
    String(repeating: "ﷺ", count: 5_000),
  ])
  func `takes linear time on hostile text`(_ text: String) {
    for form in NormalForm.allCases {
      _ = TextNormalizer(form, language: "zh").mapped(text)
    }
  }
}

private func escaped(_ text: String) -> String {
  text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
}

private func scalarOffsets(_ text: String) -> [Int] {
  var offsets = [0]
  for scalar in text.unicodeScalars {
    offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar))
  }
  return offsets
}

private func offset(of piece: String, in text: String) -> Int? {
  let bytes = Array(text.utf8)
  let wanted = Array(piece.utf8)
  return (0...max(0, bytes.count - wanted.count)).first {
    Array(bytes[$0...].prefix(wanted.count)) == wanted
  }
}
