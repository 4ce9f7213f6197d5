public import BitextCore

/// Words at which a term neither begins nor ends: determiners, pronouns, prepositions, conjunctions,
/// auxiliaries, adverbs of degree and time.
///
/// The lists are our own, one file a language. A word that is also a noun of terms (*era* in
/// "era digital") is not in them.
public struct BorderWords: Sendable {
  /// Words that neither begin nor end a term.
  let border: Set<String>
  /// Border words that may stand inside a term: *right **to** privacy*.
  let inner: Set<String>
  /// Words that stand nowhere in a term: pronouns, auxiliaries, modal verbs.
  let never: Set<String>
  /// Titles before a person's name.
  let titles: Set<String>

  init(border: String, inner: String, never: String, titles: String) {
    func words(_ text: String) -> Set<String> {
      Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
    self.inner = words(inner)
    self.never = words(never)
    self.border = words(border).union(self.inner).union(self.never)
    self.titles = words(titles)
  }

  /// The lists of a language; without words for a language that has none.
  public init(language: LanguageTag) {
    self =
      switch language.language {
      case "en": .english
      case "es": .spanish
      case "zh": .chinese
      default: BorderWords(border: "", inner: "", never: "", titles: "")
      }
  }
}
