public import BitextCore

/// Two statements of a termbase that contradict each other, or one that cannot be right.
///
/// A conflict is reported, never settled: both entries stay.
public struct TermConflict: Sendable, Hashable {
  /// What is wrong.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Two concepts have the same identifier and different terms.
    case identifier
    /// Two concepts have the same terms in two languages or more, and different definitions.
    case definition
    /// Two concepts share a term, translate it differently, and nothing tells them apart.
    case translation
    /// A term is to be used and not to be used for one meaning.
    case status
    /// A concept has several preferred terms in one language.
    case preferred
    /// A concept has a term in one language only, or an empty term.
    case incomplete
    /// A term is written in a script that its language does not use.
    case script
  }

  /// What is wrong.
  public let kind: Kind
  /// The concepts that are concerned, as indexes into the termbase, ascending.
  public let concepts: [Int]
  /// The language of the term, where it is about one.
  public let language: LanguageTag?
  /// The term, where it is about one.
  public let term: String?
  /// What was found, on one line, for people.
  public let message: String

  public init(
    _ kind: Kind, concepts: [Int], language: LanguageTag? = nil, term: String? = nil,
    message: String
  ) {
    self.kind = kind
    self.concepts = concepts
    self.language = language
    self.term = term
    self.message = message
  }
}
