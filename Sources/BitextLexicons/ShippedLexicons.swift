public import BitextAlignment
public import BitextCore
internal import BitextText
internal import Foundation

/// The translation lexicons that come with the library: English-Chinese, English-Spanish and
/// Spanish-Chinese, learned from freely licensed text, and CC-CEDICT.
///
/// The files lie beside the program and carry their own licence; see `NOTICE.md` of this module. A
/// program that was moved away from them still runs, and finds no lexicon.
public enum ShippedLexicons {
  /// The names of the lexicons: pairs of languages, and dictionaries by their name.
  public static let names = ["en-es", "en-zh", "es-zh", "cc-cedict"]

  /// The path of a lexicon; `nil` when it is not beside the program.
  public static func path(of name: String) -> String? {
    ResourceLocator.path(of: "\(name).btlex", in: "BitextLexicons")
  }

  /// Opens all lexicons, in the order of ``names``.
  ///
  /// A file that is missing or cannot be opened is left out; ask ``faults()`` why.
  ///
  /// - Complexity: O(1); the files are mapped.
  public static func all() -> [TranslationLexicon] {
    names.compactMap { try? open($0) }
  }

  /// Opens the lexicons between two of these languages, by their primary subtags.
  ///
  /// - Returns: The lexicons in the order of ``names``; none for other languages.
  /// - Complexity: O(1); the files are mapped.
  public static func evidence(for languages: [LanguageTag]) -> [any LexicalEvidence] {
    let asked = Set(languages.map(\.language))
    return all().filter {
      asked.contains($0.languages.first.language) && asked.contains($0.languages.second.language)
    }
  }

  /// The models of word links that come with the library, for the pairs en-es, en-zh and es-zh.
  ///
  /// A file that is missing or cannot be opened is left out; ask ``faults()`` why.
  ///
  /// - Complexity: O(1); the files are mapped.
  public static func linkModels() -> [LinkModel] {
    linkModelNames.compactMap { try? LinkModel(open("links.\($0)")) }
  }

  private static let linkModelNames = ["en-es", "en-zh", "es-zh"]

  /// What is wrong with the shipped files: those that are missing, damaged or of another tokenizer.
  ///
  /// - Complexity: O(size of the files): each is read whole.
  public static func faults() -> [LexiconError] {
    (names + linkModelNames.map { "links.\($0)" }).compactMap { name -> LexiconError? in
      do throws(LexiconError) {
        let lexicon = try open(name)
        try lexicon.verify()
        guard lexicon.tokenizerVersion == AlignmentTokenizer.version else {
          return LexiconError(
            .unsupportedVersion, path: lexicon.path,
            "the lexicon was made with version \(lexicon.tokenizerVersion) of the tokenizer, "
              + "this program has \(AlignmentTokenizer.version): some words may not be found")
        }
        return nil
      } catch {
        return error
      }
    }
  }

  private static func open(_ name: String) throws(LexiconError) -> TranslationLexicon {
    guard let path = path(of: name) else {
      throw LexiconError(
        .unreadable, path: "\(name).btlex", "the shipped lexicon is not beside the program")
    }
    return try TranslationLexicon(contentsOf: URL(fileURLWithPath: path))
  }
}
