public import BitextCore

/// One word of a text, or one of the other things that stand between white space.
public struct Word: Sendable, Hashable {
  /// Where it stands.
  public let span: TextSpan
  /// What it is.
  public let kind: WordKind

  public init(span: TextSpan, kind: WordKind) {
    self.span = span
    self.kind = kind
  }
}

/// What a word is.
public enum WordKind: String, Sendable, Hashable, CaseIterable {
  /// Letters: an ordinary word.
  case word
  /// A number, a date, a time.
  case number
  /// A punctuation mark, or a run of one.
  case punctuation
  /// Any other sign.
  case symbol
  /// A URL, an e-mail address, a file name.
  case address
  /// A term of the user's glossary.
  case term
}
