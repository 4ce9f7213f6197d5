import Bitext
import Foundation
import Testing

/// The glossaries as they lie in the repository.
private let folder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("glossaries")

private let names =
  (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
  .filter { $0.hasSuffix(".tmx") }.map { String($0.dropLast(4)) }.sorted() ?? []

private func read(_ name: String, _ format: String) throws -> [ConceptEntry] {
  try GlossaryReader().read(.file(folder.appendingPathComponent("\(name).\(format)").path))
}

@Suite struct `The glossaries that ship` {
  @Test func `are all listed, and found by their names`() throws {
    #expect(names.count >= 4)
    #expect(BundledGlossary.all.map(\.name).sorted() == names)
    for name in names {
      #expect(try Knowledge.glossary(name) == read(name, "tmx"))
    }
    #expect(BundledGlossary.named("nothing") == nil)
  }

  @Test(arguments: names)
  func `have a TBX twin that says the same`(name: String) throws {
    let concepts = try read(name, "tmx")
    let twins = try read(name, "tbx")
    #expect(concepts.map(\.identifier) == twins.map(\.identifier), "run make glossaries")
    for (concept, twin) in zip(concepts, twins) {
      // TBX gathers the terms of a language, and so they may stand in another order of languages.
      for language in ["en", "zh", "es"] as [LanguageTag] {
        let terms = concept.terms(in: language)
        let others = twin.terms(in: language)
        #expect(terms.map(\.text) == others.map(\.text), "run make glossaries")
        #expect(terms.map(\.status) == others.map(\.status))
        #expect(terms.map(\.partOfSpeech) == others.map(\.partOfSpeech))
        #expect(terms.map { $0.notes.map(\.text) } == others.map { $0.notes.map(\.text) })
      }
      #expect(concept.definition == twin.definition)
      #expect(concept.subjectField == twin.subjectField)
      #expect(concept.notes.map(\.text) == twin.notes.map(\.text))
    }
  }

  @Test(arguments: names)
  func `define each concept and name it in three languages`(name: String) throws {
    for concept in try read(name, "tmx") {
      let words = concept.definition?.split(separator: " ").count ?? 0
      #expect((8...35).contains(words), "\(concept.identifier) is defined in \(words) words")
      #expect(concept.subjectField != nil && !concept.notes.isEmpty, "\(concept.identifier)")
      for language in ["en", "zh", "es"] as [LanguageTag] {
        let preferred = concept.terms(in: language).filter { $0.status == .preferred }
        #expect(preferred.count == 1, "\(concept.identifier) in \(language)")
      }
    }
  }

  @Test(arguments: names)
  func `contradict themselves nowhere`(name: String) throws {
    #expect(Termbase(try read(name, "tmx")).conflicts().map(\.message) == [])
  }

  @Test func `use each identifier once, in all of them`() throws {
    let identifiers = try names.flatMap { try read($0, "tmx").map(\.identifier) }
    #expect(Set(identifiers).count == identifiers.count)
    #expect(identifiers.count >= 150)
  }

  @Test(arguments: names)
  func `find their own terms in every language`(name: String) throws {
    let concepts = try read(name, "tmx")
    for language in ["en", "zh", "es"] as [LanguageTag] {
      let recognizer = TermRecognizer(concepts, language: language)
      #expect(recognizer.unrecognizable.isEmpty)
      for (index, concept) in concepts.enumerated() {
        for term in concept.terms(in: language) {
          let hits = recognizer.hits(in: term.text)
          #expect(hits.contains { $0.concept == index }, "\(term.text) (\(concept.identifier))")
        }
      }
    }
  }
}
