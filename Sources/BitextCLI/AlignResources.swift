internal import Bitext
internal import BitextLexicons
internal import Foundation

/// The lexicons and glossaries that a command was given.
struct AlignmentResources: Sendable {
  private(set) var lexicons: [any LexicalEvidence] = []
  private(set) var glossaries: [[ConceptEntry]] = []

  /// Opens what was named.
  ///
  /// - Parameters:
  ///   - lexicons: `default` for those that come with Bitext, `none`, or files.
  ///   - glossaries: Files, or names of glossaries that come with Bitext.
  init(lexicons names: [String], glossaries files: [String]) throws {
    if names.contains("none"), names.count > 1 {
      throw UsageError("--lexicon none stands with other lexicons, expected it alone")
    }
    for name in names where name != "none" {
      if name == "default" {
        let shipped = ShippedLexicons.all()
        if shipped.isEmpty {
          Diagnostics.warn("the lexicons of Bitext are not beside the program; going on without")
        }
        lexicons += shipped
      } else {
        lexicons.append(try TranslationLexicon(contentsOf: URL(fileURLWithPath: name)))
      }
    }
    for file in files {
      throw UsageError("glossary \"\(file)\" cannot be read yet")
    }
  }
}
