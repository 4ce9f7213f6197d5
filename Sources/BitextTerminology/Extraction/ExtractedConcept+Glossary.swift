public import BitextCore
internal import BitextText

extension ConceptEntry {
  /// What was found, as an entry of a glossary: preferred terms where it was accepted, admitted ones
  /// that somebody has to look at where it was not.
  ///
  /// - Parameters:
  ///   - concept: What was found.
  ///   - identifier: Its name in the glossary.
  ///   - languages: The order of the terms.
  public init(_ concept: ExtractedConcept, identifier: String, languages: [LanguageTag]) {
    self.init(
      identifier: identifier,
      terms: languages.compactMap { language in
        concept.terms[language].map {
          Term(language, $0.text, status: concept.status == .accepted ? .preferred : .admitted)
        }
      },
      properties: [
        Property(name: "x-score", value: "\(concept.score.percentage)"),
        Property(name: "x-count", value: "\(concept.count)"),
        Property(name: "x-status", value: concept.status.rawValue),
      ])
  }
}

/// The concepts that somebody knows already, so that they are not proposed again.
public struct KnownConcepts: Sendable {
  private let concepts: [[LanguageTag: Set<String>]]

  /// Knows the entries of glossaries.
  public init(_ entries: [ConceptEntry]) {
    concepts = entries.map { entry in
      var terms: [LanguageTag: Set<String>] = [:]
      for term in entry.terms {
        terms[term.language, default: []].insert(Self.key(term.text, term.language))
      }
      return terms
    }
  }

  /// Whether one entry has all terms of the concept, apart from case, width and the like.
  ///
  /// - Complexity: O(entries).
  public func contains(_ concept: ExtractedConcept) -> Bool {
    guard !concepts.isEmpty else { return false }
    let keys = concept.terms.map { ($0.key, Self.key($0.value.text, $0.key)) }
    return concepts.contains { known in
      keys.allSatisfy { known[$0.0]?.contains($0.1) == true }
    }
  }

  private static func key(_ text: String, _ language: LanguageTag) -> String {
    TextNormalizer(.match, language: language)(text)
  }
}
