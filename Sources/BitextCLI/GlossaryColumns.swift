internal import Bitext

/// The terms of a glossary in TSV, by language.
///
/// The first row may name the languages of the columns. Without it, the first column holds the terms
/// of whatever language is asked for.
struct GlossaryColumns: Sendable {
  private let file: String
  private let languages: [LanguageTag]?
  private let rows: [[Substring]]

  init(contentsOf path: String) throws {
    let document = try TextDocument(contentsOf: path)
    file = path
    var rows = document.text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    let header = rows.first?.map { try? DocumentLanguage.tag(String($0)) } ?? []
    if !header.isEmpty, header.allSatisfy({ $0 != nil }) {
      languages = header.compactMap(\.self)
      rows.removeFirst()
    } else {
      languages = nil
    }
    self.rows = rows
  }

  /// The terms in a language, in the order of the file.
  ///
  /// - Throws: `UsageError` when the header names no column of that language.
  func terms(in language: LanguageTag) throws -> [String] {
    var column = 0
    if let languages {
      guard
        let found = languages.firstIndex(of: language)
          ?? languages.firstIndex(where: { $0.language == language.language })
      else {
        throw UsageError(
          "\(file) has no column for \(language), found "
            + languages.map(\.identifier).joined(separator: ", "))
      }
      column = found
    }
    return rows.compactMap { row in
      guard column < row.count else { return nil }
      let term = row[column].drop(while: \.isWhitespace)
      return term.isEmpty ? nil : String(term)
    }
  }
}
