internal import BitextAlignment
internal import BitextCore

/// Everything that is known of aligned texts before terms are chosen.
struct ExtractionAnalysis: Sendable {
  let languages: [LanguageTag]
  private(set) var documents: [TermDocument]
  /// The pairs of the pivot with each further language.
  private(set) var pairs: [LanguagePairTerms] = []
  /// The pairs of further languages with each other: by indexes of both.
  private(set) var cross: [(first: Int, second: Int, pairs: [Int: Double])] = []

  init(
    languages: [LanguageTag], texts: [[String]], lexicon: CombinedEvidence, models: [LinkModel],
    profiles: [WordProfile], linking: WordAligner.Options
  ) {
    self.languages = languages
    let tokenizers = zip(languages, profiles).map { TermTokenizer(language: $0, profile: $1) }
    let whole = Self.wordsWithApostrophe(languages, texts)
    documents = languages.indices.map { language in
      TermDocument(
        language: languages[language],
        sentences: texts.map { tokenizers[language].sentence($0[language], whole: whole) })
    }
    for index in documents.indices where languages[index].language != "zh" {
      Self.settleCapitals(&documents[index].sentences)
    }
    var sounds: [String: Double] = [:]
    for index in documents.indices where languages[index].language == "zh" {
      for unit in texts.indices {
        var names: [String] = []
        for other in documents.indices where languages[other].language != "zh" {
          for token in documents[other].sentences[unit].tokens
          where token.isName && token.kind == .word && !names.contains(token.lower) {
            names.append(token.lower)
          }
        }
        for match in TransliteratedNames.merge(
          &documents[index].sentences[unit], names: names, tokenizer: tokenizers[index])
        {
          for key in [match.latin + "\t" + match.han, match.han + "\t" + match.latin] {
            sounds[key] = max(sounds[key] ?? 0, match.similarity)
          }
        }
      }
      FragmentMerge.merge(&documents[index].sentences, tokenizer: tokenizers[index])
    }
    for index in documents.indices {
      documents[index].findCandidates(NounPhrasePattern(language: languages[index]))
    }
    for first in documents.indices {
      for second in documents.indices where second > first {
        let evidence = WordEvidence(
          source: documents[first], target: documents[second], lexicon: lexicon)
        let posteriors = Self.link(
          documents[first], documents[second], priors: evidence.priors(), sounds: sounds,
          model: models.lazy.compactMap {
            $0.oriented(from: languages[first], to: languages[second])
          }.first, options: linking)
        if first == 0 {
          pairs.append(
            LanguagePairTerms(
              source: documents[0], target: documents[second], posteriors: posteriors,
              evidence: evidence, sounds: sounds, profiles: (profiles[0], profiles[second])))
        } else {
          var known: [Int: Double] = [:]
          for pair in PairScorer.statistics(documents[first], documents[second], posteriors) {
            known[pair.source << 32 | pair.target] = pair.best
          }
          cross.append((first, second, known))
        }
      }
    }
  }

  /// Words with an apostrophe that stand in more than one language.
  private static func wordsWithApostrophe(
    _ languages: [LanguageTag], _ texts: [[String]]
  ) -> Set<String> {
    var english: Set<String> = []
    var others: Set<String> = []
    for text in texts {
      for (language, sentence) in zip(languages, text)
      where sentence.utf8.contains(0x27) || sentence.contains("’") {
        let words = LinkTokenizer(language: language).words(in: sentence).map(TermForm.folded)
          .filter { $0.contains("'") }
        if language.language == "en" { english.formUnion(words) } else { others.formUnion(words) }
      }
    }
    return english.intersection(others)
  }

  /// Lets what is certain inside sentences settle what stands at their start or in a heading.
  static func settleCapitals(_ sentences: inout [TermSentence]) {
    var names: Set<String> = []
    var lowered: Set<String> = []
    for sentence in sentences {
      for token in sentence.tokens where token.kind == .word {
        if !token.isCapital {
          lowered.insert(token.lower)
        } else if token.isName, !token.isInitial, !sentence.isHeading {
          names.insert(token.lower)
        }
      }
    }
    for sentence in sentences.indices {
      for index in sentences[sentence].tokens.indices {
        let token = sentences[sentence].tokens[index]
        guard token.kind == .word, token.isCapital, !token.isAcronym,
          token.isInitial || sentences[sentence].isHeading
        else { continue }
        if names.contains(token.lower) {
          sentences[sentence].tokens[index].isName = true
        } else if lowered.contains(token.lower) {
          sentences[sentence].tokens[index].isName = false
        }
      }
    }
  }

  private static func link(
    _ source: TermDocument, _ target: TermDocument, priors: [LinkPrior], sounds: [String: Double],
    model: LinkModel?, options: WordAligner.Options
  ) -> [LinkPosterior] {
    var corpus = LinkCorpus()
    for (a, b) in zip(source.sentences, target.sentences) {
      corpus.append(source: a.tokens.map(\.text), target: b.tokens.map(\.text))
    }
    let key = LinkKey()
    var priors = priors
    for (pair, similarity) in sounds.sorted(by: { $0.key < $1.key }) {
      let words = pair.split(separator: "\t").map(String.init)
      guard words.count == 2 else { continue }
      priors.append(
        LinkPrior(source: key(words[0]), target: key(words[1]), count: Float(15 * similarity)))
    }
    return WordAligner(options: options).posteriors(of: corpus, priors: priors, model: model)
  }
}
