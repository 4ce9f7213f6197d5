internal import BitextCore
internal import BitextText
internal import Foundation

/// The annotated terms of an article.
struct GoldTerms {
  struct Entry {
    let forms: [LanguageTag: Set<String>]
    /// Counts neither as right nor as wrong.
    let isOptional: Bool
  }

  let entries: [Entry]

  init(contentsOf file: URL) throws {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let columns = lines.first?.split(separator: "\t").map(String.init) ?? []
    entries = lines.dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      var forms: [LanguageTag: Set<String>] = [:]
      var kind = ""
      for (column, cell) in zip(columns, cells) {
        if column == "class" { kind = cell.trimmingCharacters(in: .whitespaces) }
        guard column.count == 2, let language = LanguageTag(column) else { continue }
        forms[language] = Set(
          cell.split(separator: "|").map { Self.normalized(String($0), language) }
            .filter { !$0.isEmpty })
      }
      return Entry(forms: forms, isOptional: kind == "optional")
    }
  }

  /// The entries that have a term in each language.
  func entries(in languages: [LanguageTag]) -> [Entry] {
    entries.filter { entry in languages.allSatisfy { entry.forms[$0]?.isEmpty == false } }
  }

  /// The entry that some surfaces are, one that is not optional first.
  static func entry(
    of surfaces: [String], _ languages: [LanguageTag], in entries: [Entry]
  ) -> Int? {
    let cells = zip(languages, surfaces).map { ($0, normalized($1, $0)) }
    let found = entries.indices.filter { index in
      cells.allSatisfy { entries[index].forms[$0.0]?.contains($0.1) == true }
    }
    return found.first { !entries[$0].isOptional } ?? found.first
  }

  /// Without case, width, kinds of quotes and hyphens, and marks at the ends; Chinese without spaces.
  static func normalized(_ text: String, _ language: LanguageTag) -> String {
    var folded = ""
    for scalar in TextNormalizer(.nfkc, language: "und")(text).lowercased().unicodeScalars {
      switch scalar.value {
      case 0x2018, 0x2019, 0x02BC, 0x60: folded += "'"
      case 0x201C, 0x201D, 0xAB, 0xBB: folded += "\""
      case 0x2010...0x2014: folded += "-"
      default: folded.unicodeScalars.append(scalar)
      }
    }
    let trimmed = folded.trimmingCharacters(
      in: CharacterSet(charactersIn: " \t\"'.,;:!?()[]，。；：！？（）《》“”"))
    return trimmed.split(whereSeparator: \.isWhitespace).joined(
      separator: language.language == "zh" ? "" : " ")
  }
}
