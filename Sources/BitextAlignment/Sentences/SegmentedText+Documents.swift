public import BitextCore
internal import BitextText

extension SegmentedText {
  /// Cuts a document into sentences and remembers where its paragraphs begin.
  public init(language: LanguageTag, document text: String) {
    var sentences: [String] = []
    var starts: [Int] = []
    var opensParagraph = true
    for sentence in SentenceSegmenter(language: language).sentences(in: text) {
      guard !sentence.content.isEmpty else {
        if sentence.end == .paragraph { opensParagraph = true }
        continue
      }
      if opensParagraph { starts.append(sentences.count) }
      sentences.append(Self.onOneLine(text[sentence.content]))
      opensParagraph = sentence.end == .paragraph
    }
    self.init(language: language, sentences: sentences, paragraphStarts: starts)
  }

  /// Takes a text that has one sentence a line. An empty line is an empty sentence that keeps its
  /// index; a final line break adds none. The white space around a sentence is cut off.
  public init(language: LanguageTag, lines text: String) {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      Self.trimmed(line)
    }
    if lines.last == "" { lines.removeLast() }
    self.init(language: language, sentences: lines)
  }

  private static func trimmed(_ bytes: Substring.UTF8View) -> String {
    var text = Substring(bytes)
    while let last = text.unicodeScalars.last, last.properties.isWhitespace {
      text.unicodeScalars.removeLast()
    }
    while let first = text.unicodeScalars.first, first.properties.isWhitespace {
      text.unicodeScalars.removeFirst()
    }
    return String(text)
  }

  /// A sentence with the line breaks of hard-wrapped prose as spaces.
  private static func onOneLine(_ text: Substring) -> String {
    guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return String(text) }
    var result = ""
    var inSpace = false
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" {
        if !inSpace { result.append(" ") }
        inSpace = true
      } else if inSpace, scalar.properties.isWhitespace {
        continue
      } else {
        inSpace = false
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
