/// What an aligner found out about the texts as a whole.
public struct AlignmentReport: Sendable, Hashable {
  /// The number of points that the search was tied to; 0 when the texts were short enough to be
  /// searched whole.
  public var anchors = 0
  /// The share of the grid of sentences that was searched, in `0...1`.
  public var searched = 1.0
  /// The share of the words that a lexicon knows, in `0...1`: the mean over the pairs of languages.
  public var lexiconCoverage = 0.0
  /// The number of passes over the texts.
  public var passes = 0
  /// What the words say for the beads before anything is learned, as the mean logarithm of odds a bead:
  /// well above 0 for translations, about 0 where nothing is known, below where words contradict.
  public var wordEvidence = 0.0
  /// The mean confidence of the units, in `0...1`; 1 when there are none.
  public var meanConfidence = 1.0
  /// Whether the texts seem to have changed places: each is written in the other's language.
  public var languagesSeemSwapped = false

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
