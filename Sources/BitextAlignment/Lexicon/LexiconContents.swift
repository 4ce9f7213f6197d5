public import BitextCore

/// What a lexicon says, before it is written: words of two languages, and how they translate.
///
/// Trainers and importers make it; ``LexiconFile`` turns it into the bytes that
/// ``TranslationLexicon`` opens.
public struct LexiconContents: Sendable, Hashable {
  /// A word and how often it was seen.
  public struct Word: Sendable, Hashable {
    /// The word, as `AlignmentTokenizer` gives it.
    public var text: String
    /// Occurrences in the text the lexicon was learned from; 0 in a dictionary.
    public var count: Double

    public init(_ text: String, count: Double = 0) {
      self.text = text
      self.count = count
    }
  }

  /// The languages: words of the first are `first`, words of the second are `second`.
  public var languages: LanguagePair
  /// The words of the first language; no word stands twice.
  public var first: [Word]
  /// The words of the second language; no word stands twice.
  public var second: [Word]
  /// Pairs of words: `source` is an index into `first`, `target` into `second`; in any order, no
  /// pair twice. A probability of 0 means that the direction says nothing.
  public var entries: [LexicalEntry]
  /// All words of the text that the lexicon was learned from, those it does not list included.
  public var firstTotal: Double
  /// The same for the second language.
  public var secondTotal: Double
  /// Pairs of segments that the lexicon was learned from; 0 in a dictionary.
  public var segmentPairs: Int
  /// Whether words are base forms, so that `walked` should be looked up under `walk` too.
  public var holdsBaseForms: Bool
  /// Where all this comes from.
  public var notices: [LexiconNotice]
  /// What a model of word links knows beyond the lexicon, encoded; its words are in the order of their
  /// bytes. Empty in other lexicons.
  var linkParameters: [UInt8] = []

  public init(
    languages: LanguagePair, first: [Word] = [], second: [Word] = [],
    entries: [LexicalEntry] = [], firstTotal: Double = 0, secondTotal: Double = 0,
    segmentPairs: Int = 0, holdsBaseForms: Bool = false, notices: [LexiconNotice] = []
  ) {
    self.languages = languages
    self.first = first
    self.second = second
    self.entries = entries
    self.firstTotal = firstTotal
    self.secondTotal = secondTotal
    self.segmentPairs = segmentPairs
    self.holdsBaseForms = holdsBaseForms
    self.notices = notices
  }
}

/// Two languages, in an order that matters.
public struct LanguagePair: Sendable, Hashable {
  public let first: LanguageTag
  public let second: LanguageTag

  public init(_ first: LanguageTag, _ second: LanguageTag) {
    self.first = first
    self.second = second
  }
}
