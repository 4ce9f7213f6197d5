public import BitextCore
internal import BitextText

/// Cuts a sentence into the words that take part in alignment.
///
/// The same words are the keys of translation lexicons, so a lexicon is trained with the tokenizer
/// that asks it.
public struct AlignmentTokenizer: Sendable {
  /// The version of the rules; a lexicon keeps the one it was trained with.
  public static let version: UInt32 = 1

  /// The language of the sentences.
  public let language: LanguageTag
  private let segmenter: WordSegmenter

  public init(language: LanguageTag) {
    self.language = language
    segmenter = WordSegmenter(language: language)
  }

  /// Returns the words of a sentence, in order, in the form in which they are compared.
  public func tokens(in sentence: String) -> [String] {
    segmenter.words(in: sentence).filter { $0.kind == .word || $0.kind == .number }.map {
      sentence[$0.span].lowercased()
    }
  }
}
