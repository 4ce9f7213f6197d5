/// Gathers words and short phrases that translate each other into a lexicon.
///
/// Of phrases, each word may translate each word of the other side, and they share the probability.
public struct WordPairs: Sendable {
  /// The largest number of words of a phrase.
  public static let longestPhrase = 5

  /// The languages: the first text of a pair is in the first.
  public let languages: LanguagePair
  /// How many pairs were taken.
  public private(set) var count = 0

  private let firstWords: DictionaryWords
  private let secondWords: DictionaryWords
  private var builder = LexiconBuilder()

  /// Gathers pairs of two languages; none so far.
  public init(languages: LanguagePair) {
    self.languages = languages
    firstWords = DictionaryWords(languages.first)
    secondWords = DictionaryWords(languages.second)
  }

  /// Adds a pair; of several answers for the same words the strongest counts.
  ///
  /// - Parameter probability: How likely the one translates the other, in `0...1`.
  /// - Returns: Why the pair was left out: it has no words or too many; `nil` when it was taken.
  public mutating func add(
    _ first: some StringProtocol, _ second: some StringProtocol, probability: Float
  ) -> String? {
    let a = firstWords.words(of: first)
    let b = secondWords.words(of: second)
    guard (1...Self.longestPhrase).contains(a.count), (1...Self.longestPhrase).contains(b.count)
    else {
      return "found \(a.count) and \(b.count) words, expected 1 to \(Self.longestPhrase) "
        + "on both sides"
    }
    count += 1
    for source in a {
      for target in b {
        builder.add(
          source, target, forward: probability / Float(b.count),
          backward: probability / Float(a.count))
      }
    }
    return nil
  }

  /// What was gathered, as a dictionary: its words are base forms.
  public func contents(notices: [LexiconNotice] = []) -> LexiconContents {
    builder.contents(languages: languages, holdsBaseForms: true, notices: notices)
  }
}
