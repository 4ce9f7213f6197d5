public import BitextCore

/// A term of a glossary that stands in a text.
public struct TermHit: Sendable, Hashable {
  /// Where it stands, in bytes of the text.
  public let span: TextSpan
  /// The concept it names: an index into the concepts of the recognizer.
  public let concept: Int
  /// The term: an index into the terms of that concept.
  public let term: Int
  /// Whether the text has another form of the term: a plural, in Spanish another gender.
  public let isInflected: Bool

  public init(span: TextSpan, concept: Int, term: Int, isInflected: Bool) {
    self.span = span
    self.concept = concept
    self.term = term
    self.isInflected = isInflected
  }
}

/// A term that cannot be recognised, with the reason.
public struct UnrecognizableTerm: Sendable, Hashable {
  /// The concept, as an index into the concepts of the recognizer.
  public let concept: Int
  /// The term, as an index into the terms of the concept.
  public let term: Int
  /// What is wrong with it, for people: `the term is empty`.
  public let reason: String
}
