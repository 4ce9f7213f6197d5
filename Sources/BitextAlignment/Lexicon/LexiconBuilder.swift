internal import BitextCore

/// Gathers pairs of words for a lexicon that is made from a list.
struct LexiconBuilder {
  private var first = WordNumbers()
  private var second = WordNumbers()
  private var entries: [LexicalEntry] = []

  private struct WordNumbers {
    var words: [LexiconContents.Word] = []
    var numbers: [String: Int32] = [:]

    mutating func number(of word: String) -> Int32 {
      if let known = numbers[word] { return known }
      let number = Int32(words.count)
      numbers[word] = number
      words.append(LexiconContents.Word(word))
      return number
    }
  }

  /// Adds a pair; of several answers for it the strongest of each direction counts.
  mutating func add(_ source: String, _ target: String, forward: Float, backward: Float) {
    entries.append(
      LexicalEntry(
        source: first.number(of: source), target: second.number(of: target), forward: forward,
        backward: backward))
  }

  /// What was gathered.
  func contents(
    languages: LanguagePair, holdsBaseForms: Bool, notices: [LexiconNotice]
  ) -> LexiconContents {
    LexiconContents(
      languages: languages, first: first.words, second: second.words,
      entries: LexicalEntry.strongest(entries), holdsBaseForms: holdsBaseForms,
      notices: notices)
  }
}

/// The words of a dictionary's phrases.
struct DictionaryWords {
  private let tokenizer: AlignmentTokenizer

  init(_ language: LanguageTag) {
    tokenizer = AlignmentTokenizer(language: language)
  }

  /// The words of a phrase, without numbers and marks.
  func words(of phrase: some StringProtocol) -> [String] {
    tokenizer.tokens(in: String(phrase)).filter {
      $0.unicodeScalars.first?.properties.isAlphabetic ?? false
    }
  }
}
