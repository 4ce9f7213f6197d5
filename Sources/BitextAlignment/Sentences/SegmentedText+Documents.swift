public import BitextCore
internal import BitextText

extension SegmentedText {
  /// Cuts a document into sentences by the usual rules and remembers where its paragraphs begin.
  public init(language: LanguageTag, document text: String) {
    self = SentenceSegmenter(language: language).segmentedText(of: text)
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
}
