public import BitextCore

/// The single-word terms of a glossary as evidence: a term translates its counterpart with
/// probability 0.8 in both directions.
///
/// Terms of several words are left out here; an aligner finds them as phrases.
public struct GlossaryEvidence: LexicalEvidence {
  /// How likely a term and its counterpart are.
  public static let probability: Float = 0.8

  public var name: String { "glossary" }

  /// The words of each concept, in each language.
  private let concepts: [[(language: LanguageTag, word: String)]]

  /// Makes evidence of a glossary's concepts; deprecated and forbidden terms count too, since a text
  /// may use them all the same.
  public init(_ entries: [ConceptEntry]) {
    var tokenizers: [LanguageTag: AlignmentTokenizer] = [:]
    var concepts: [[(language: LanguageTag, word: String)]] = []
    for entry in entries {
      var words: [(language: LanguageTag, word: String)] = []
      for term in entry.terms {
        let tokenizer = tokenizers[term.language] ?? AlignmentTokenizer(language: term.language)
        tokenizers[term.language] = tokenizer
        let tokens = tokenizer.tokens(in: term.text)
        if tokens.count == 1 { words.append((term.language, tokens[0])) }
      }
      if words.count > 1 { concepts.append(words) }
    }
    self.concepts = concepts
  }

  /// The pairs of terms of one concept.
  public func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    let sources = Self.numbers(source)
    let targets = Self.numbers(target)
    var entries: [LexicalEntry] = []
    for concept in concepts {
      for first in concept where first.language.language == sourceLanguage.language {
        guard let one = sources[first.word] else { continue }
        for second in concept where second.language.language == targetLanguage.language {
          guard let two = targets[second.word] else { continue }
          entries.append(
            LexicalEntry(
              source: one, target: two, forward: Self.probability, backward: Self.probability))
        }
      }
    }
    return LexicalEntry.strongest(entries)
  }

  private static func numbers(_ words: [String]) -> [String: Int32] {
    Dictionary(words.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }
}
