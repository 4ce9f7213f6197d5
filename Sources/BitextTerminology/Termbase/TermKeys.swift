internal import BitextCore
internal import BitextText

/// By what terms are compared: their match keys, by primary language.
///
/// Terms whose case matters keep it: *MIA* and *mia* are two.
struct TermKeys {
  private var normalizers: [String: TextNormalizer] = [:]

  /// The key of a term; empty for an empty one.
  mutating func key(of term: Term) -> String {
    let language = term.language.language
    let normalizer = normalizers[language] ?? TextNormalizer(.match, language: term.language)
    normalizers[language] = normalizer
    let key = normalizer(term.text)
    return key.isEmpty ? "" : language + "\u{0}" + key
  }

  /// The key of each term of a concept.
  mutating func keys(of concept: ConceptEntry) -> [String] { concept.terms.map { key(of: $0) } }
}
