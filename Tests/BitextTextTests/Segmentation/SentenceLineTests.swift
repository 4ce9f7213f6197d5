import BitextCore
import Testing

@testable import BitextText

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

  @Test func `leave no line break inside, whatever the text holds`() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let text = wildText(&random)
      for newlines in SentenceSegmenter.Options.Newlines.allCases {
        var options = SentenceSegmenter.Options()
        options.newlines = newlines
        let segmenter = SentenceSegmenter(language: "en", options: options)
        var lines: [UInt8] = []
        _ = try segmenter.appendLines(of: text, to: &lines)
        let expected = segmenter.sentences(in: text).filter { !$0.content.isEmpty }
          .map { oneLine(String(text[$0.content])) + "\n" }.joined()
        #expect(String(decoding: lines, as: UTF8.self) == expected, "seed \(seed): \(text)")
        #expect(
          segmenter.segmentedText(of: text).sentences.map { $0 + "\n" }.joined() == expected,
          "seed \(seed)")
      }
    }
  }

  /// The slow twin: white space with a line break in it is one space.
  private func oneLine(_ sentence: String) -> String {
    let breaks = "\n\u{B}\u{C}\r\u{85}\u{2028}\u{2029}".unicodeScalars
    var result = String.UnicodeScalarView()
    var gap = String.UnicodeScalarView()
    for scalar in sentence.unicodeScalars {
      if scalar == " " || scalar == "\t" || breaks.contains(scalar) {
        gap.append(scalar)
        continue
      }
      if gap.contains(where: breaks.contains) { result.append(" ") } else { result += gap }
      gap = String.UnicodeScalarView()
      result.append(scalar)
    }
    return String(result + gap)
  }
}

@Suite struct `Words as lines` {
  @Test func `stand with one space between them, a paragraph a line`() throws {
    var lines: [UInt8] = []
    let text = "a b. c\n\nNow the state of\n the art, d"
    let words = WordSegmenter(language: "en", terms: ["state of the art"])
    let end = try SentenceSegmenter(language: "en").appendWords(of: text, by: words, to: &lines)
    #expect(end == text.endIndex)
    #expect(
      String(decoding: lines, as: UTF8.self)
        == "a b . c\nNow the state\u{A0}of\u{A0}\u{A0}the\u{A0}art , d\n")
  }

  @Test func `leave the last line of a piece for the next one, or its last sentence`() throws {
    let segmenter = SentenceSegmenter(language: "zh")
    let words = WordSegmenter(language: "zh")
    var lines: [UInt8] = []
    let text = "我们走吧。\n下雨了。天黑"
    let end = try segmenter.appendWords(of: text, by: words, leavesLast: true, to: &lines)
    #expect(String(decoding: lines, as: UTF8.self) == "我们 走 吧 。\n")
    #expect(text[end...] == "下雨了。天黑")
    lines = []
    let line = "我们走吧。下雨了。天黑"
    let next = try segmenter.appendWords(of: line, by: words, leavesLast: true, to: &lines)
    #expect(String(decoding: lines, as: UTF8.self) == "我们 走 吧 。 下雨 了 。 ")
    #expect(line[next...] == "天黑")
  }

  @Test func `end where the sentences say that lines end`() throws {
    var known = 0
    for seed in 0..<400 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let text = wildText(&random)
      let scanned = ScannedText(text)
      for newlines in SentenceSegmenter.Options.Newlines.allCases {
        var options = SentenceSegmenter.Options()
        options.newlines = newlines
        guard scanned.count > 0, let ends = LineBreaks.lineEnds(in: scanned, mode: newlines) else {
          continue
        }
        known += 1
        let slow = SentenceSegmenter(language: "en", options: options).sentences(in: text)
          .filter { [.paragraph, .lineBreak, .endOfText].contains($0.end) }
          .map { Int($0.span.end) }
        #expect(ends == slow, "seed \(seed), \(newlines): \(text.debugDescription)")
      }
    }
    #expect(known > 600)
  }

  @Test(arguments: ["en", "zh"])
  func `hold the words of the text as a plain loop would write them`(_ code: String) throws {
    let language = try #require(LanguageTag(code))
    let segmenter = SentenceSegmenter(language: language)
    let words = WordSegmenter(language: language, terms: ["one two", "lazy dog and", "字"])
    for seed in 0..<150 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let text = wildText(&random)
      var lines: [UInt8] = []
      _ = try segmenter.appendWords(of: text, by: words, to: &lines)
      var expected = ""
      var line: [String] = []
      var found = words.words(in: text)[...]
      for sentence in segmenter.sentences(in: text) {
        while let word = found.first, word.span.start < sentence.span.end {
          line.append(withoutSpaces(String(text[word.span])))
          found.removeFirst()
        }
        if [.paragraph, .lineBreak, .endOfText].contains(sentence.end), !line.isEmpty {
          expected += line.joined(separator: " ") + "\n"
          line = []
        }
      }
      #expect(
        String(decoding: lines, as: UTF8.self) == expected,
        "seed \(seed): \(text.debugDescription)")
    }
  }

  private func withoutSpaces(_ word: String) -> String {
    let spaces = " \t\n\u{B}\u{C}\r\u{85}\u{2028}\u{2029}".unicodeScalars
    return String(
      String.UnicodeScalarView(word.unicodeScalars.map { spaces.contains($0) ? "\u{A0}" : $0 }))
  }
}

@Suite struct `Separators of lines` {
  @Test func `are found where a walk over the scalars finds them`() {
    let separators = "\n\u{B}\u{C}\r\u{85}\u{2028}\u{2029}".unicodeScalars
    for seed in 0..<300 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let text = wildText(&random)
      let bytes = Array(text.utf8)
      var expected: [Int] = []
      var offset = 0
      for scalar in text.unicodeScalars {
        if separators.contains(scalar) { expected.append(offset) }
        offset += UTF8.width(scalar)
      }
      var found: [Int] = []
      var index = 0
      while true {
        index = LineSeparators.next(in: bytes.span, index..<bytes.count)
        guard index < bytes.count else { break }
        found.append(index)
        index += 1
      }
      #expect(found == expected, "seed \(seed): \(text.debugDescription)")
    }
  }
}

/// Lines of all kinds: prose, lists, blank lines, all separators, all three languages.
private func wildText(_ random: inout SeededGenerator) -> String {
  let pieces = [
    "one two", "One", "three four five", "1. ", "(see)", "(a)", "- ", "字", "“好。”", "下雨了。", "é",
    ". ", "? ", "! ", ", ", "…", "\n", "\n", "\r\n", " \n ", "\n\n", "\n \n", "\u{85}", "\u{2028}",
    "\u{2029}", "\u{B}", "\t", " ", "\u{A0}", "“", "”", "â€", "\u{E2}\u{80}", "\u{2026}",
    "the quick brown fox jumps over the lazy dog and then it sleeps ",
    "Where the line is long enough to be wrapped by a program of old",
  ]
  return (0..<Int.random(in: 0...24, using: &random))
    .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
}
