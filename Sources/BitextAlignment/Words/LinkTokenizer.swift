public import BitextCore
internal import BitextText

/// Cuts a sentence into the words between which links are drawn: everything but white space.
public struct LinkTokenizer: Sendable {
  /// The language of the sentences.
  public let language: LanguageTag
  private let segmenter: WordSegmenter

  public init(language: LanguageTag) {
    self.language = language
    segmenter = WordSegmenter(language: language)
  }

  /// Returns the words and marks of a sentence, as they stand in it.
  public func words(in sentence: String) -> [String] {
    segmenter.words(in: sentence).map { String(sentence[$0.span]) }
  }
}
