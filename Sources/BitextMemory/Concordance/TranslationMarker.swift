public import BitextCore

/// Says which words of a translation translate given words of a source.
///
/// A memory knows no word alignment; a program hands it one in this form. `LexiconMarker`, in the
/// module `Bitext`, links words by what lexicons know of them.
public protocol TranslationMarker: Sendable {
  /// The parts of a translation that translate the parts `spans` of a source.
  ///
  /// - Parameters:
  ///   - spans: Parts of the source, in UTF-8 bytes, ascending.
  /// - Returns: `nil` when nothing is known: a marker never guesses by position.
  func mark(
    _ spans: [TextSpan], in source: Segment, _ sourceLanguage: LanguageTag, of target: Segment,
    _ targetLanguage: LanguageTag
  ) -> MarkedTranslation?
}

/// The part of a translation that translates given words.
public struct MarkedTranslation: Sendable, Hashable {
  /// Where it stands, in UTF-8 bytes, ascending and apart from each other.
  public let spans: [TextSpan]
  /// How probable it is.
  public let confidence: Confidence

  /// - Precondition: There is a span.
  public init(spans: [TextSpan], confidence: Confidence) {
    precondition(!spans.isEmpty, "a mark without a span")
    self.spans = spans
    self.confidence = confidence
  }
}
