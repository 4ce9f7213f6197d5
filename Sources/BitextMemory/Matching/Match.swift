public import BitextCore

/// What kind of agreement a match is.
public enum MatchKind: String, Sendable, Hashable, CaseIterable {
  /// Equal text, and two or more signals of the context agree (102).
  case doubleContext
  /// Equal text, and one signal of the context agrees (101).
  case context
  /// Equal text (100).
  case exact
  /// Similar text (at most 99).
  case fuzzy
  /// A stored text that stands as a whole inside the query; its score is the share of the query's tokens
  /// that it covers.
  case fragment

  /// The score before penalties; `nil` for a fuzzy match, whose score is that of its text.
  var full: Int? {
    switch self {
    case .doubleContext: 102
    case .context: 101
    case .exact: 100
    case .fuzzy, .fragment: nil
    }
  }
}

/// A translation that a memory offers.
public struct Match: Sendable, Hashable {
  /// The number of the unit in its memory.
  public let unit: Int64
  /// The revision of the stored source: larger is newer.
  public let revision: Int64
  /// The score in percent: 102, 101 and 100 for the exact kinds, otherwise the text score, less the
  /// penalties; never below 0, and at most 99 for a fuzzy match.
  public internal(set) var score: Int
  /// The score of the texts alone, in percent: 100 exactly when their token keys are equal.
  public let textScore: Int
  /// The kind of agreement.
  public let kind: MatchKind
  /// What was taken from the score, and why.
  public internal(set) var penalties: [Penalty]
  /// The stored source.
  public let source: Segment
  /// The language of the stored source.
  public let sourceLanguage: LanguageTag
  /// The translation, with numbers replaced where ``substitutions`` says so.
  public let target: Segment
  /// The language of the translation.
  public let targetLanguage: LanguageTag
  /// The numbers that were put into the translation.
  public let substitutions: [Substitution]
  /// How the stored source becomes the query.
  public let edits: [TokenEdit]
  /// The bytes of the query that a fragment covers; `nil` for the other kinds.
  public internal(set) var queryRange: TextSpan?
  /// The score of the texts by characters instead of words, in percent, with case, width, quotation marks
  /// and dashes folded; `nil` where the texts are too long to compare.
  public internal(set) var characterScore: Int?
  /// The context in which the source was stored.
  let context: ContextSignature

  /// The score as a fraction; context matches count as 1.
  public var matchScore: MatchScore { MatchScore(Double(min(100, score)) / 100) }
}

/// A value of the query that was put into a translation in place of a stored one.
public struct Substitution: Sendable, Hashable {
  /// The value in the stored texts, as written in the translation.
  public let stored: String
  /// The value of the query, as written into the translation.
  public let replacement: String
  /// Where the replacement stands in the translation that is offered.
  public let span: TextSpan
}

/// One step on the way from a stored source to a query.
public struct TokenEdit: Sendable, Hashable {
  /// What happens to the tokens.
  public enum Kind: String, Sendable, Hashable {
    /// They stay.
    case keep
    /// They stand in the query only.
    case insert
    /// They stand in the stored source only.
    case delete
    /// Other tokens stand in the query.
    case replace
  }

  /// What happens.
  public let kind: Kind
  /// The bytes of the stored source; empty for an insertion.
  public let source: TextSpan
  /// The bytes of the query; empty for a deletion.
  public let query: TextSpan
}
