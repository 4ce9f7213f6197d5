internal import Bitext
internal import Foundation

/// The lexicons and glossaries that a command was given.
struct KnowledgeResources: Sendable {
  let knowledge: Knowledge

  /// Opens what was named.
  ///
  /// - Parameters:
  ///   - lexicons: `default` for those that come with Bitext, `none`, or files.
  ///   - glossaries: Files, or names of glossaries that come with Bitext.
  init(lexicons names: [String], glossaries: [String]) throws {
    if names.contains("none"), names.count > 1 {
      throw UsageError("--lexicon none stands with other lexicons, expected it alone")
    }
    var knowledge = Knowledge.none
    for name in names where name != "none" {
      if name == "default" {
        let shipped = Knowledge.shipped
        knowledge.lexicons += shipped.lexicons
        knowledge.glossaries += shipped.glossaries
        knowledge.linkModels += shipped.linkModels
      } else {
        knowledge.lexicons.append(try TranslationLexicon(contentsOf: URL(fileURLWithPath: name)))
      }
    }
    for name in glossaries { knowledge.glossaries.append(try Knowledge.glossary(name)) }
    self.knowledge = knowledge
  }
}
