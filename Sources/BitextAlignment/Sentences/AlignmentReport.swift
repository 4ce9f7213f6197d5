public import BitextCore

/// What an aligner found out about the texts as a whole.
public struct AlignmentReport: Sendable, Hashable {
  /// The number of points that the search was tied to; 0 when the texts were short enough to be
  /// searched whole.
  public var anchors = 0
  /// The share of the grid of sentences that was searched, in `0...1`.
  public var searched = 1.0
  /// The share of the words that a lexicon knows, in `0...1`: the mean over the pairs of languages.
  public var lexiconCoverage = 0.0
  /// What each lexicon, glossary and other source for these languages knew of the words; in the order in which
  /// they were given.
  public var lexicons: [LexiconUse] = []
  /// The number of passes over the texts.
  public var passes = 0
  /// What the words say for the beads before anything is learned, as the mean logarithm of odds a bead:
  /// well above 0 for translations, about 0 where nothing is known, below where words contradict.
  public var wordEvidence = 0.0
  /// The mean confidence of the units, in `0...1`; 1 when there are none.
  public var meanConfidence = 1.0
  /// Whether the texts seem to have changed places: each is written in the other's language.
  public var languagesSeemSwapped = false
  /// The two texts that seem to have changed places, with what speaks for it; empty otherwise.
  public var exchangedLanguages: [ExchangedLanguage] = []

  /// A text that is written in another language than was said.
  public struct ExchangedLanguage: Sendable, Hashable {
    /// The number of the text.
    public let text: Int
    /// The language that was said.
    public let given: LanguageTag
    /// The language that its letters and words speak for.
    public let found: LanguageTag
    /// How sure that is.
    public let confidence: Confidence
  }

  /// An empty report.
  public init() {}

  /// Whether the texts look like translations of each other: the words that a lexicon knows speak for
  /// it, and the units are not all doubtful.
  public var looksLikeTranslation: Bool {
    meanConfidence >= 0.3 && !Self.contradicts(wordEvidence, lexiconCoverage)
  }

  /// Whether the words, as far as they are known, speak against a translation.
  static func contradicts(_ wordEvidence: Double, _ lexiconCoverage: Double) -> Bool {
    lexiconCoverage >= EvidenceTable.usefulCoverage && wordEvidence < 0
  }
}

/// How much a source of word translations knew of the texts.
public struct LexiconUse: Sendable, Hashable {
  /// The name of the source.
  public let name: String
  /// How many different words of the texts it has a translation of that stands in the other text.
  public let known: Int
  /// How many different words the texts have, numbers and punctuation left out.
  public let words: Int

  /// The use of the same sources in several pairs of languages, added up.
  static func sum(_ lists: [[LexiconUse]]) -> [LexiconUse] {
    var sum: [LexiconUse] = []
    for use in lists.joined() {
      if let index = sum.firstIndex(where: { $0.name == use.name }) {
        sum[index] = LexiconUse(
          name: use.name, known: sum[index].known + use.known, words: sum[index].words + use.words)
      } else {
        sum.append(use)
      }
    }
    return sum
  }
}
