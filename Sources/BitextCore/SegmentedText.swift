/// A text cut into sentences, ready to be aligned with its translations.
public struct SegmentedText: Sendable, Hashable {
  /// The language of the text.
  public let language: LanguageTag
  /// The sentences in reading order, without the white space around them. May hold empty strings
  /// where the input had empty lines that keep their index.
  public let sentences: [String]
  /// Indexes of the sentences that open a paragraph, ascending; empty when paragraphs are unknown.
  public let paragraphStarts: [Int]

  /// - Precondition: `paragraphStarts` ascend and are indexes of sentences.
  public init(language: LanguageTag, sentences: [String], paragraphStarts: [Int] = []) {
    precondition(
      zip(paragraphStarts, paragraphStarts.dropFirst()).allSatisfy(<)
        && paragraphStarts.allSatisfy(sentences.indices.contains),
      "paragraph starts must ascend inside 0..<\(sentences.count)")
    self.language = language
    self.sentences = sentences
    self.paragraphStarts = paragraphStarts
  }
}
