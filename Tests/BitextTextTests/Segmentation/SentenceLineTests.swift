import BitextCore
import BitextText
import Testing

@Suite struct `Sentences as lines` {
  @Test func `stand on one line each and remember their paragraphs`() {
    let text = """
      The old house stood alone on the hill above the
      quiet town. Nobody lived there.

      \u{20} Then a light was seen!  Who was it?
      """
    let found = SentenceSegmenter(language: "en").segmentedText(of: text)
    #expect(found.language == "en")
    #expect(
      found.sentences == [
        "The old house stood alone on the hill above the quiet town.", "Nobody lived there.",
        "Then a light was seen!", "Who was it?",
      ])
    #expect(found.paragraphStarts == [0, 2])
  }

  @Test func `of an empty document are none`() {
    let found = SentenceSegmenter(language: "es").segmentedText(of: " \n\n ")
    #expect(found.sentences.isEmpty)
    #expect(found.paragraphStarts.isEmpty)
  }

  @Test func `keep spaces that are no line breaks`() throws {
    var lines: [UInt8] = []
    let text = "two  spaces\tand\u{A0}a \r\n \u{2028}break. “Sí.”"
    var options = SentenceSegmenter.Options()
    options.newlines = .space
    let end = try SentenceSegmenter(language: "es", options: options).appendLines(
      of: text, to: &lines)
    #expect(String(decoding: lines, as: UTF8.self).hasPrefix("two  spaces\tand\u{A0}a"))
    #expect(end == text.endIndex)
  }

  @Test func `leave the last sentence of a piece for the next one`() throws {
    var lines: [UInt8] = []
    let text = "One. Two. And thr"
    let end = try SentenceSegmenter(language: "en").appendLines(
      of: text, leavesLast: true, to: &lines)
    #expect(String(decoding: lines, as: UTF8.self) == "One.\nTwo.\n")
    #expect(text[end...] == "And thr")
  }

  @Test func `show words with one space between them, a paragraph a line`() throws {
    var lines: [UInt8] = []
    let text = "a b. c\n\nd"
    let words = [0..<1, 2..<4, 5..<6, 8..<9].map { Word(span: TextSpan($0), kind: .word) }
    try SentenceSegmenter(language: "en").appendWords(words, of: text, to: &lines)
    #expect(String(decoding: lines, as: UTF8.self) == "a b. c\nd\n")
  }
}
