public import BitextCore

extension ConceptEntry {
  /// The terms to use in a language: preferred ones first, then admitted ones, each in the order of the
  /// entry. Deprecated and forbidden terms are left out, and so are empty ones.
  ///
  /// All regions and scripts of the language count: `zh-Hant` for `zh`. Where terms of exactly the tag
  /// are there, the others are left out.
  public func usableTerms(in language: LanguageTag) -> [Term] {
    var found = terms.filter {
      $0.language.language == language.language && !$0.text.allSatisfy(\.isWhitespace)
    }
    if found.contains(where: { $0.language == language }) {
      found.removeAll { $0.language != language }
    }
    return found.filter { $0.status == .preferred } + found.filter { $0.status == .admitted }
  }
}
