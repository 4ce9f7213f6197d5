extension SentenceAligner {
  /// Switches that show what each part of the aligner is worth; see `docs/alignment-ablation.md`.
  ///
  /// The usual values are the best that is known; nobody needs to turn them to align texts.
  public struct Tuning: Sendable, Hashable {
    /// The kinds of evidence that take part.
    public var evidence = EvidenceKinds.usual
    /// How the path is chosen.
    public var decoding = Decoding.expectedBeads
    /// What multiplies the priors of beads that join sentences; `nil` for the profile's.
    public var mergeFactor: Double?
    /// The logarithm of what an omission costs beside its prior, in the first pass; `nil` for the usual.
    public var omission: Double?
    /// The number of sentences that are searched to each side of the chain of anchors; `nil` for a band
    /// that follows the evidence.
    public var bandHalfWidth: Int?
    /// The largest number of passes, at least 1; `nil` for the usual.
    public var passes: Int?
    /// The least probability of a bead that words are learned from; 0 for all beads of the path.
    public var learningThreshold = 0.5

    /// The usual values.
    public init() {}

    /// A model with the values that were given.
    func applied(to model: BeadModel) -> BeadModel {
      var model = model
      model.decoding = decoding
      if let mergeFactor { model.mergeFactor = mergeFactor }
      if let omission { model.omission = omission }
      return model
    }
  }

  /// Kinds of evidence beside the lengths of sentences.
  public struct EvidenceKinds: OptionSet, Sendable, Hashable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Numbers, signs and punctuation, and Latin words inside Chinese.
    public static let numbers = EvidenceKinds(rawValue: 1)
    /// Words of the same origin in alphabetic languages.
    public static let cognates = EvidenceKinds(rawValue: 2)
    /// Names of countries, languages, months, numbers … from ICU's locale data, where no lexicon knows
    /// enough words.
    public static let names = EvidenceKinds(rawValue: 4)
    /// Lexicons and glossaries.
    public static let lexicons = EvidenceKinds(rawValue: 8)
    /// The parts of Chinese words that no lexicon knows.
    public static let parts = EvidenceKinds(rawValue: 16)
    /// Where paragraphs begin.
    public static let paragraphs = EvidenceKinds(rawValue: 32)

    /// Chinese names in pinyin, where no lexicon knows enough words. Not among the usual kinds: on
    /// mac-dev it changed .7436 to .7425, and ICU's transform takes 0.15 s to open.
    public static let pinyin = EvidenceKinds(rawValue: 64)

    /// The usual kinds.
    public static let usual: EvidenceKinds = [
      .numbers, .cognates, .names, .lexicons, .parts, .paragraphs,
    ]
  }

  /// How the path is chosen from the scores of its beads.
  public enum Decoding: String, Sendable, Hashable, CaseIterable {
    /// The path with the largest expected number of right beads (Goodman 1996).
    case expectedBeads
    /// The path with the largest score (Viterbi).
    case bestPath
  }
}

extension Band {
  /// A band of one width along a chain of anchors and the straight lines between them.
  init(around anchors: [Anchor], halfWidth: Int, sourceCount: Int, targetCount: Int) {
    var lower: [Int32] = []
    var upper: [Int32] = []
    var from = (row: 0, column: 0)
    var next = 0
    for row in 0...sourceCount {
      while next < anchors.count, anchors[next].source < row {
        from = (anchors[next].source, anchors[next].target)
        next += 1
      }
      let to =
        next < anchors.count
        ? (row: anchors[next].source, column: anchors[next].target)
        : (row: sourceCount, column: targetCount)
      let rows = max(to.row - from.row, 1)
      let column = from.column + (to.column - from.column) * (row - from.row) / rows
      lower.append(Int32(clamping: column - halfWidth))
      upper.append(Int32(clamping: column + halfWidth))
    }
    self.init(lower: lower, upper: upper, targetCount: targetCount)
  }
}
