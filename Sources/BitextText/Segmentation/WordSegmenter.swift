public import BitextCore
internal import BitextICU

/// Cuts a text into words.
///
/// A segmenter is a value: built once, then asked from any thread. White space is no word;
/// everything else is in exactly one.
public struct WordSegmenter: Sendable {
  /// The language of the texts.
  public let language: LanguageTag
  /// Terms that stay whole (数字利维坦), whatever the language's own rules say.
  public let terms: [String]

  public init(language: LanguageTag, terms: [String] = []) {
    self.language = language
    self.terms = terms
  }

  /// Returns the words of a text, in order.
  ///
  /// - Complexity: O(length of the text).
  public func words(in text: String) -> [Word] {
    var buffer = UTF16Buffer()
    buffer.load(text)
    guard !buffer.units.isEmpty,
      let iterator = try? BreakIterator(.word, locale: language.identifier)
    else { return [] }
    var words: [Word] = []
    var last = 0
    var offset = 0
    try? iterator.forEachBoundary(in: buffer) { boundary, status in
      let bytes = buffer.utf8Count(last..<boundary)
      let span = TextSpan(offset..<(offset + bytes))
      let part = text[span]
      if !part.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) {
        let kind: WordKind =
          status >= 200
          ? .word
          : status >= 100
            ? .number
            : part.unicodeScalars.allSatisfy { scalar in
              switch scalar.properties.generalCategory {
              case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
                .initialPunctuation, .finalPunctuation, .otherPunctuation:
                true
              default: false
              }
            } ? .punctuation : .symbol
        words.append(Word(span: span, kind: kind))
      }
      last = boundary
      offset += bytes
    }
    return words
  }
}
