import BitextCore
import Testing

@testable import BitextText

private let pieces = [
  "a", "B", "Mr", "e.g", "etc", " ", "  ", "\n", "\r\n", "\n\n", ".", "...", "!", "?", "…", "。",
  "！", "？",
  "\"", "'", "“", "”", "‘", "’", "«", "»", "(", ")", "[", "]", "《", "》", "（", "）", "¿", "¡", "—",
  ",", ";",
  "1", "23", "1.", "(a)", "• ", "http://a.b/c.d", "x@y.z", "字", "他说", "……", "é", "e\u{301}", "👨‍👩‍👧",
  "\u{FEFF}", "\u{0}", "\u{202E}", "𠮷", "\u{3000}", "\u{A0}", "\u{2028}", "\u{1F}", "The", "went",
  ":)",
]

@Suite struct `Laws of sentences` {
  @Test(arguments: ["en", "es", "zh", "de"], [UInt64(1), 2, 3])
  func `they tile the text and only white space lies between their contents`(
    _ tag: String, _ seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let language = try #require(LanguageTag(tag))
    for newlines in SentenceSegmenter.Options.Newlines.allCases {
      for quotations in SentenceSegmenter.Options.Quotations.allCases {
        var options = SentenceSegmenter.Options()
        options.newlines = newlines
        options.quotations = quotations
        let segmenter = SentenceSegmenter(language: language, options: options)
        for _ in 0..<60 {
          var text = ""
          for _ in 0..<Int.random(in: 0...30, using: &random) {
            text += pieces[Int.random(in: 0..<pieces.count, using: &random)]
          }
          checkTiling(of: text, by: segmenter, "seed \(seed), \(newlines), \(quotations)")
        }
      }
    }
  }

  private func checkTiling(of text: String, by segmenter: SentenceSegmenter, _ comment: Comment) {
    let sentences = segmenter.sentences(in: text)
    #expect(sentences == segmenter.sentences(in: text), comment)
    var last: UInt32 = 0
    for sentence in sentences {
      #expect(sentence.span.start == last, comment)
      #expect(sentence.span.start <= sentence.content.start, comment)
      #expect(sentence.content.end <= sentence.span.end, comment)
      let before = TextSpan(start: sentence.span.start, end: sentence.content.start)
      let after = TextSpan(start: sentence.content.end, end: sentence.span.end)
      for gap in [before, after] {
        #expect(isWhite(text[gap]), "\(comment): \(text.debugDescription)")
      }
      let content = text[sentence.content]
      #expect(content.unicodeScalars.first.map { !isWhite($0) } ?? true, comment)
      #expect(content.unicodeScalars.last.map { !isWhite($0) } ?? true, comment)
      last = sentence.span.end
    }
    #expect(Int(last) == text.utf8.count, comment)
    #expect(sentences.dropLast().allSatisfy { !$0.content.isEmpty }, comment)
  }

  private func isWhite(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }

  private func isWhite(_ text: Substring) -> Bool {
    text.unicodeScalars.allSatisfy(isWhite)
  }

  @Test func `an empty text has no sentence, white space has an empty one`() {
    let segmenter = SentenceSegmenter(language: "en")
    #expect(segmenter.sentences(in: "").isEmpty)
    let blank = segmenter.sentences(in: " \n\t\u{3000} ")
    #expect(blank.count == 1)
    #expect(blank[0].content.isEmpty)
  }
}

private let hostileTexts: [(name: String, text: @Sendable (Int) -> String)] = [
  ("dots", { String(repeating: ".", count: $0) }),
  ("spaced dots", { String(repeating: ". ", count: $0) }),
  ("quotes", { String(repeating: "\"", count: $0) }),
  ("apostrophes", { String(repeating: " 'a", count: $0) }),
  ("open brackets", { String(repeating: "(", count: $0) + " a." }),
  ("open brackets and ends", { String(repeating: "[ Yes. ", count: $0) }),
  ("open quotes and ends", { String(repeating: "“Yes. ", count: $0) }),
  ("open titles and ends", { String(repeating: "《好。", count: $0) }),
  ("brackets and small ends", { String(repeating: "( was good. then ", count: $0) }),
  ("initials", { String(repeating: "A.", count: $0) }),
  ("spaced initials", { String(repeating: "A. ", count: $0) }),
  ("markers", { String(repeating: "1. ", count: $0) }),
  ("rising markers", { (1...$0).map { "\($0)) a " }.joined() }),
  ("abbreviations", { String(repeating: "U.S. ", count: $0) }),
  ("capitals in one token", { String(repeating: "aa.Bb", count: $0) }),
  ("questions in a URL", { "http://a.b/" + String(repeating: "aa?Bb", count: $0) }),
  ("lines", { String(repeating: "a\n", count: $0) }),
  ("full lines", { String(repeating: String(repeating: "word ", count: 14) + "\n", count: $0) }),
  ("lines of ends", { String(repeating: "Yes.\n", count: $0) }),
  ("blank lines", { String(repeating: "\n \n", count: $0) }),
  ("footnotes", { "Yes." + String(repeating: "[1]", count: $0) + " No." }),
  ("smileys", { String(repeating: " :)", count: $0) }),
  ("combining marks", { "e" + String(repeating: "\u{301}", count: $0) + ". Then." }),
  ("spaces", { "a." + String(repeating: " ", count: $0) + "B." }),
  ("ideographs", { String(repeating: "“好。”他", count: $0) }),
]

extension `Laws of sentences` {
  @Test(arguments: hostileTexts.indices)
  func `work grows with the text alone, whatever it holds`(_ index: Int) throws {
    let (name, text) = hostileTexts[index]
    for tag in ["en", "zh"] {
      for quotations in SentenceSegmenter.Options.Quotations.allCases {
        var options = SentenceSegmenter.Options()
        options.quotations = quotations
        let language = try #require(LanguageTag(tag))
        let sample = text(1_000)
        var scanner = SentenceScanner(
          ScannedText(sample), language: language, rules: .of(language), options: options)
        let sentences = scanner.sentences()
        #expect(Int(sentences.last?.span.end ?? 0) == sample.utf8.count)
        // Each byte is a sign at most once, and is searched over at most once for each kind of search.
        #expect(scanner.decisions <= sample.utf8.count, "\(name)")
        #expect(scanner.searchSteps <= 4 * sample.utf8.count, "\(name), \(tag), \(quotations)")
      }
    }
  }
}

extension `Laws of sentences` {
  @Test func `the scanner looks at every sign and at nothing else`() throws {
    let others: Set<UInt32> = [
      0x85, 0x2026, 0x2028, 0x2029, 0x203C, 0x2047, 0x2048, 0x2049, 0x3002, 0xFF01, 0xFF0E, 0xFF1B,
      0xFF1F, 0xFF61,
    ]
    for value in UInt32(0x80)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(scalar).utf8)
      let matters = others.contains(value) || PunctuationRole(value) != nil
      let bits =
        [0xC2, 0xE2, 0xE3, 0xEF].contains(bytes[0])
        ? SignBits.table[SignBits.row(bytes[0], bytes[1])] : 0
      let looks = bits >> UInt64((bytes.count > 2 ? bytes[2] : 0x41) & 0x3F) & 1 != 0
      #expect(looks == matters, "U+\(String(value, radix: 16))")
    }
  }
}
