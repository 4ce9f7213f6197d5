internal import BitextCore
internal import BitextText

/// What the columns of a table hold.
///
/// A header cell that is a language tag begins the columns of that language; `en:status`, `en:pos`,
/// `en:note` and `en:NAME` belong to the language they name, and a plain `Notes` or `Example of use` to the
/// language at its left (the layout of MateCat). Before the first language a column belongs to the concept.
struct TableHeader {
  /// What one column holds.
  enum Column: Hashable {
    /// The name of the concept or the unit.
    case identifier
    /// A term or a segment.
    case text(language: Int)
    /// Of the language with this number, or of the concept.
    case status(language: Int?)
    case partOfSpeech(language: Int?)
    case note(language: Int?)
    case definition
    case subjectField
    /// Whether the concept's terms are never to be used.
    case forbidden
    /// Any other value.
    case property(name: String, language: Int?)
    /// Nothing.
    case empty
  }

  var columns: [Column]
  /// The languages, by their number.
  var languages: [(tag: LanguageTag, asWritten: String)]
  /// Whether `|` in a cell separates synonyms.
  var hasSynonyms: Bool

  /// Columns of languages that the caller names, in order.
  init(languages: [LanguageTag]) {
    self.languages = languages.map { ($0, $0.identifier) }
    columns = languages.indices.map { .text(language: $0) }
    hasSynonyms = false
  }

  /// Reads a header; `nil` when the row is not one.
  init?(_ cells: [String]) {
    var languages: [(tag: LanguageTag, asWritten: String)] = []
    var columns: [Column] = []
    var known = 0
    for cell in cells {
      let name = cell.trimmingWhitespace
      if name.isEmpty {
        columns.append(.empty)
      } else if Self.isLanguage(name), let tag = LanguageTag(name) {
        columns.append(.text(language: languages.count))
        languages.append((tag, name))
        known += 1
      } else if name.lowercased().hasPrefix("concept:") {
        columns.append(Self.column(String(name.dropFirst(8)), language: nil).column)
        known += 1
      } else if let colon = name.firstIndex(of: ":"), Self.isLanguage(String(name[..<colon])),
        let tag = LanguageTag(String(name[..<colon]))
      {
        let language =
          languages.firstIndex { $0.asWritten == name[..<colon] }
          ?? languages.firstIndex { $0.tag == tag }
        guard let language else { return nil }
        columns.append(
          Self.column(String(name[name.index(after: colon)...]), language: language).column)
        known += 1
      } else {
        let (column, isKnown) = Self.column(
          name, language: languages.isEmpty ? nil : languages.count - 1)
        columns.append(column)
        if isKnown { known += 1 }
      }
    }
    let named = cells.filter { !$0.trimmingWhitespace.isEmpty }.count
    guard !languages.isEmpty, languages.count > 1 || known == named else { return nil }
    self.columns = columns
    self.languages = languages
    hasSynonyms = cells.first?.trimmingWhitespace.lowercased() == "concept"
  }

  /// Whether a cell is the tag of a language that exists.
  static func isLanguage(_ cell: String) -> Bool {
    guard let tag = LanguageTag(cell.trimmingWhitespace) else { return false }
    return KnownLanguages.contains(tag) && tag != .undetermined || cell == "und"
  }

  private static func column(
    _ name: String, language: Int?
  ) -> (column: Column, isKnown: Bool) {
    switch name.lowercased() {
    case "concept", "concept id", "id", "tuid": return (.identifier, true)
    case "status", "term status", "administrativestatus": return (.status(language: language), true)
    case "pos", "partofspeech", "part of speech": return (.partOfSpeech(language: language), true)
    case "note", "notes", "comment", "comments": return (.note(language: language), true)
    case "definition": return (.definition, true)
    case "subject", "subjectfield", "subject field", "domain": return (.subjectField, true)
    case "forbidden": return (.forbidden, true)
    case "subdomain": return (.property(name: "x-subdomain", language: nil), true)
    case "example of use", "example", "context":
      return (.property(name: "x-context", language: language), true)
    case "confidence", "score", "count":
      return (.property(name: "x-" + name.lowercased(), language: nil), true)
    default:
      // The labels that we write ourselves for other props.
      let isProperty = name.hasPrefix("x-")
      return (.property(name: isProperty ? name : "x-" + name, language: language), isProperty)
    }
  }
}

extension String {
  /// The text without white space at both ends.
  var trimmingWhitespace: String {
    var scalars = Substring(self).unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
