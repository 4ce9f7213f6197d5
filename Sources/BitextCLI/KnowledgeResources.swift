internal import Bitext
internal import Foundation

/// The lexicons and glossaries that a command was given.
struct KnowledgeResources: Sendable {
  private(set) var knowledge: Knowledge

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
        let lexicon = try TranslationLexicon(contentsOf: URL(fileURLWithPath: name))
        try lexicon.verifyChecksum()
        knowledge.lexicons.append(lexicon)
      }
    }
    for name in glossaries { knowledge.glossaries.append(try Knowledge.glossary(name)) }
    self.knowledge = knowledge
  }
  /// Adds what a memory teaches of some languages: a lexicon for each pair, and its glossary.
  mutating func add(memory path: String?, languages: [LanguageTag], quiet: Bool) async throws {
    guard let path else { return }
    let memory = try MemoryCommand.open(path)
    let progress = ProgressBar("", quiet: quiet)
    let learned = try await Knowledge.memory(memory, languages: languages) { step in
      switch step {
      case .collecting: progress.show("learning words from \(path)")
      case .round(let round, let rounds):
        progress.show("learning words from \(path): round \(round) of \(rounds)")
      case .choosing: progress.show("learning words from \(path): choosing")
      }
    }
    progress.clear()
    knowledge.lexicons += learned.lexicons
    knowledge.glossaries += learned.glossaries
  }
}
