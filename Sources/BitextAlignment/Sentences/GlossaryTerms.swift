internal import BitextCore

/// Evidence from a glossary: the terms of one concept translate each other.
///
/// Terms of several words count as one word beside their words; the longest term that begins at a
/// word wins. Deprecated and forbidden terms count too, since they occur in texts.
struct GlossaryTerms: LexicalEvidence {
  private let concepts: [ConceptEntry]

  var name: String { "glossary" }

  /// Takes the concepts of a glossary.
  init(_ concepts: [ConceptEntry]) {
    self.concepts = concepts
  }

  func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    let sourceNumbers = numbers(source)
    let targetNumbers = numbers(target)
    let sourceKeys = keys(in: sourceLanguage)
    let targetKeys = keys(in: targetLanguage)
    var pairs: Set<UInt64> = []
    for concept in concepts.indices {
      for a in sourceKeys[concept] {
        guard let from = sourceNumbers[a] else { continue }
        for b in targetKeys[concept] {
          guard let to = targetNumbers[b] else { continue }
          pairs.insert(UInt64(from) << 32 | UInt64(to))
        }
      }
    }
    return pairs.sorted().map {
      LexicalEntry(
        source: Int32($0 >> 32), target: Int32($0 & 0xFFFF_FFFF), forward: 0.8, backward: 0.8)
    }
  }

  /// The terms of a language that have several words, as the words that `AlignmentTokenizer` gives.
  func phrases(in language: LanguageTag) -> [[String]] {
    let tokenizer = AlignmentTokenizer(language: language)
    return concepts.flatMap { concept in
      terms(of: concept, in: language).map { tokenizer.tokens(in: $0.text) }.filter { $0.count > 1 }
    }
  }

  private func terms(of concept: ConceptEntry, in language: LanguageTag) -> [Term] {
    concept.terms.filter { $0.language.language == language.language }
  }

  /// For each concept its terms in the form in which a text's vocabulary holds them.
  private func keys(in language: LanguageTag) -> [[String]] {
    let tokenizer = AlignmentTokenizer(language: language)
    return concepts.map { concept in
      terms(of: concept, in: language).map {
        PhraseFinder.key(of: tokenizer.tokens(in: $0.text))
      }.filter { !$0.isEmpty }
    }
  }

  private func numbers(_ words: [String]) -> [String: Int32] {
    var result: [String: Int32] = [:]
    result.reserveCapacity(words.count)
    for (number, word) in words.enumerated() { result[word] = Int32(number) }
    return result
  }
}

/// Finds the terms of several words among the words of a sentence.
struct PhraseFinder: Sendable {
  /// The words that separate the parts of a phrase in a vocabulary; no token holds a space.
  private static let separator = " "

  private var phrases: Set<String> = []
  /// The longest phrase that begins with a word, in words.
  private var longest: [String: Int] = [:]

  init(_ phrases: [[String]]) {
    for phrase in phrases where phrase.count > 1 {
      self.phrases.insert(Self.key(of: phrase))
      longest[phrase[0]] = max(longest[phrase[0]] ?? 0, phrase.count)
    }
  }

  var isEmpty: Bool { phrases.isEmpty }

  static func key(of tokens: [String]) -> String { tokens.joined(separator: separator) }

  /// The phrases in a sentence, longest match first, from left to right without overlap.
  func phrases(in tokens: [String]) -> [String] {
    guard !phrases.isEmpty else { return [] }
    var found: [String] = []
    var index = 0
    while index < tokens.count {
      var length = min(longest[tokens[index]] ?? 0, tokens.count - index)
      while length > 1 {
        let key = Self.key(of: Array(tokens[index..<(index + length)]))
        if phrases.contains(key) {
          found.append(key)
          break
        }
        length -= 1
      }
      index += max(length, 1)
    }
    return found
  }
}
