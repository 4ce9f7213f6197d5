public import BitextCore

/// One sentence of a text.
///
/// Sentences tile their text: each begins where the one before ends. Only white space lies between
/// the contents of two neighbours.
public struct Sentence: Sendable, Hashable {
  /// The whole sentence, with the white space after it.
  public let span: TextSpan
  /// The sentence without leading and trailing white space; empty in a text of white space only.
  public let content: TextSpan
  /// Why the sentence ends here.
  public let end: EndReason

  public init(span: TextSpan, content: TextSpan, end: EndReason) {
    self.span = span
    self.content = content
    self.end = end
  }
}

/// Why a sentence ends where it ends.
public enum EndReason: String, Sendable, Hashable {
  /// A full stop, question mark, exclamation mark or ellipsis.
  case terminator
  /// A blank line or a paragraph separator.
  case paragraph
  /// A line break that counts as one.
  case lineBreak
  /// The next item of a list begins.
  case listItem
  /// A rule of the user's own.
  case rule
  /// The text ends.
  case endOfText
}
