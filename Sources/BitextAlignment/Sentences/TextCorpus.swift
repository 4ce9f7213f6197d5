internal import BitextCore

/// The texts of one language in the documents that are aligned together: their words, numbered, and
/// one list of bags a document.
struct TextCorpus: Sendable {
  /// The largest number of words of a sentence that take part.
  static let longestSentence = 200
  /// The largest number of UTF-8 bytes of a sentence that are cut into words.
  static let longestText = 16_384

  let language: LanguageTag
  private(set) var vocabulary = Vocabulary()
  private(set) var documents: [WordBags] = []
  /// For each document the sentences that open a paragraph; empty where that is not known.
  private(set) var paragraphStarts: [[Int]] = []

  private let tokenizer: AlignmentTokenizer
  private let phrases: PhraseFinder

  init(language: LanguageTag, phrases: PhraseFinder) {
    self.language = language
    self.phrases = phrases
    tokenizer = AlignmentTokenizer(language: language)
  }

  /// Adds the sentences of a document.
  mutating func add(_ text: SegmentedText, isCancelled: @escaping @Sendable () -> Bool)
    throws(CancellationError)
  {
    let sentences = text.sentences
    paragraphStarts.append(text.paragraphStarts)
    var bags = WordBags()
    var numbers: [Int32] = []
    for (index, sentence) in sentences.enumerated() {
      if index % 256 == 0, isCancelled() { throw CancellationError() }
      numbers.removeAll(keepingCapacity: true)
      let tokens = tokenizer.tokens(in: Self.beginning(of: sentence)).prefix(Self.longestSentence)
      for token in tokens { numbers.append(vocabulary.add(token)) }
      if !phrases.isEmpty {
        for phrase in phrases.phrases(in: Array(tokens)) { numbers.append(vocabulary.add(phrase)) }
      }
      bags.append(&numbers, length: Double(sentence.unicodeScalars.count))
    }
    documents.append(bags)
  }

  /// The part of a sentence that is cut into words.
  private static func beginning(of sentence: String) -> String {
    guard sentence.utf8.count > longestText else { return sentence }
    return String(String.UnicodeScalarView(sentence.unicodeScalars.prefix(longestText / 4)))
  }
}
