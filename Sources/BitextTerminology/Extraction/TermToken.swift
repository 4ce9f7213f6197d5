internal import BitextCore

/// One word or mark of a sentence, with what a candidate needs to know of it.
struct TermToken: Sendable {
  /// What a token is made of.
  enum Kind: Sendable {
    /// Letters of an alphabet.
    case word
    /// Han characters.
    case han
    /// Digits alone.
    case number
    /// Anything else: marks and signs.
    case mark
  }

  /// The text, as it stands in the sentence.
  var text: String
  /// The text in lower case.
  var lower: String
  /// Where it stands, in UTF-8 bytes of the sentence.
  var span: TextSpan
  var kind: Kind
  /// Whether nothing stands between the token before and this one.
  var isGlued: Bool
  /// Neither begins nor ends a term.
  var isBorder = false
  /// May stand inside a term though it is a border word.
  var isInner = false
  /// Stands nowhere in a term.
  var isNever = false
  /// A title before a name.
  var isTitle = false
  /// Begins with a capital letter.
  var isCapital = false
  /// At least two letters, all of them capitals.
  var isAcronym = false
  /// The first word of its sentence or of a quotation in it.
  var isInitial = false
  /// Part of a name, as far as spelling or a dictionary tells.
  var isName = false
  /// How often the word is a noun.
  var noun: Double = 0.6

  /// Whether the token is a word that carries meaning.
  var isContent: Bool { (kind == .word || kind == .han) && !isBorder }
}

/// A sentence of one language as tokens.
struct TermSentence: Sendable {
  let text: String
  var tokens: [TermToken]
  /// Whether most of its words are capitalised, as in a heading: capitals then say nothing.
  var isHeading = false

  /// The surface of a run of tokens: the text of the sentence between its ends.
  func surface(_ run: Range<Int>) -> String {
    String(
      text[
        TextSpan(start: tokens[run.lowerBound].span.start, end: tokens[run.upperBound - 1].span.end)
      ])
  }
}
