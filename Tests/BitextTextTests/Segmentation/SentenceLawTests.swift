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
