public import BitextCore

extension GlossaryReader {
  /// Reads the terms of one language, for a segmenter that is to keep them whole.
  ///
  /// A table without a header of language tags, and a plain list with one term a line, hold terms of
  /// whatever language is asked for, in the first column. Terms of any region or script of the language
  /// count, whatever their status: a forbidden term is one word, too.
  ///
  /// - Returns: The terms in the order of the file, each once; none for an empty glossary.
  /// - Throws: `InterchangeError` with the place of what is wrong, or when the glossary holds terms but
  ///   none in this language.
  public static func terms(
    _ source: InputSource, in language: LanguageTag
  ) throws(InterchangeError) -> [String] {
    let options = ReadOptions(languages: [language])
    let isList = FileFormat(fileName: source.name) == .text
    let concepts = try GlossaryReader(options: options, format: isList ? .tsv : nil).read(source)
    var terms: [String] = []
    var known: Set<String> = []
    var others: [String] = []
    for term in concepts.lazy.flatMap(\.terms) {
      if term.language.language == language.language {
        if known.insert(term.text).inserted { terms.append(term.text) }
      } else if !others.contains(term.language.identifier) {
        others.append(term.language.identifier)
      }
    }
    if terms.isEmpty, !others.isEmpty {
      throw InterchangeError(
        kind: .usage,
        diagnostic: Diagnostic(
          severity: .error, code: "language", file: source.name, position: nil,
          message: "found terms in \(others.joined(separator: ", ")), expected some in \(language)")
      )
    }
    return terms
  }
}
