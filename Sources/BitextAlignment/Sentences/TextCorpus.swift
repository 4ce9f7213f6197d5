internal import BitextCore

/// The texts of one language in the documents that are aligned together: their words, numbered, and
/// one list of bags a document.
struct TextCorpus: Sendable {
  /// The largest number of words of a sentence that take part.
  static let longestSentence = 200
  /// The largest number of UTF-8 bytes of a sentence that are cut into words.
  static let longestText = 16_384
  /// The number of sentences that are cut into words at a time.
  private static let sentencesInPiece = 128

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
  ///
  /// Words are cut on all cores; they are numbered in the order of the text all the same.
  mutating func add(
    _ text: SegmentedText, isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) {
    let sentences = text.sentences
    paragraphStarts.append(text.paragraphStarts)
    let (tokenizer, phrases) = (tokenizer, phrases)
    let count = (sentences.count + Self.sentencesInPiece - 1) / Self.sentencesInPiece
    let pieces = try concurrently(count, isCancelled: isCancelled) {
      (index, mustStop) throws(CancellationError) -> Piece in
      let start = index * Self.sentencesInPiece
      let end = min(sentences.count, start + Self.sentencesInPiece)
      var piece = Piece()
      for sentence in sentences[start..<end] {
        if mustStop() { throw CancellationError() }
        piece.add(sentence, tokenizer, phrases)
      }
      return piece
    }
    var bags = WordBags()
    for piece in pieces {
      let numbers = piece.vocabulary.words.indices.map { word in
        vocabulary.add(piece.vocabulary.words[word], times: piece.vocabulary.counts[word])
      }
      var start = 0
      for (end, length) in zip(piece.ends, piece.lengths) {
        var words = piece.words[start..<end].map { numbers[Int($0)] }
        bags.append(&words, length: length)
        start = end
      }
    }
    documents.append(bags)
  }

  /// Some sentences in a row, with a vocabulary of their own.
  private struct Piece: Sendable {
    var vocabulary = Vocabulary()
    var words: [Int32] = []
    /// Where the words of each sentence end.
    var ends: [Int] = []
    var lengths: [Double] = []

    mutating func add(
      _ sentence: String, _ tokenizer: AlignmentTokenizer, _ phrases: PhraseFinder
    ) {
      let tokens = tokenizer.tokens(in: TextCorpus.beginning(of: sentence))
        .prefix(TextCorpus.longestSentence)
      for token in tokens { words.append(vocabulary.add(token)) }
      if !phrases.isEmpty {
        for phrase in phrases.phrases(in: Array(tokens)) { words.append(vocabulary.add(phrase)) }
      }
      ends.append(words.count)
      lengths.append(Double(sentence.unicodeScalars.count))
    }
  }

  /// The part of a sentence that is cut into words.
  private static func beginning(of sentence: String) -> String {
    guard sentence.utf8.count > longestText else { return sentence }
    return String(String.UnicodeScalarView(sentence.unicodeScalars.prefix(longestText / 4)))
  }
}
