internal import BitextCore

/// The sentences of one language with their candidates.
struct TermDocument: Sendable {
  let language: LanguageTag
  var sentences: [TermSentence]
  /// The candidates of each sentence.
  var candidates: [[TermCandidate]] = []
  /// The forms, by number.
  var forms: [String] = []
  /// For each form, how often each surface occurs; in order of first appearance.
  var surfaces: [[(text: String, count: Int)]] = []
  /// For each form, how often it occurs.
  var counts: [Int] = []
  /// For each form, how often it occurs outside every longer name.
  var freeCounts: [Int] = []
  /// For each form, how often an article stands before it.
  var articles: [Int] = []
  /// For each form, a candidate of it: what its words are like.
  var examples: [TermCandidate] = []
  /// For each form, the words of its first occurrence that carry meaning, in lower case.
  var words: [[String]] = []

  init(language: LanguageTag, sentences: [TermSentence]) {
    self.language = language
    self.sentences = sentences
  }

  /// Finds the candidates of all sentences.
  mutating func findCandidates(_ pattern: NounPhrasePattern) {
    var numbers: [String: Int] = [:]
    for sentence in sentences {
      let found = pattern.candidates(in: sentence) { form in
        if let known = numbers[form] { return known }
        let number = forms.count
        numbers[form] = number
        forms.append(form)
        surfaces.append([])
        counts.append(0)
        freeCounts.append(0)
        articles.append(0)
        return number
      }
      for candidate in found {
        if candidate.form == examples.count {
          examples.append(candidate)
          words.append(
            candidate.run.filter { sentence.tokens[$0].isContent }.map { sentence.tokens[$0].lower }
          )
        }
        counts[candidate.form] += 1
        if !candidate.cutsName { freeCounts[candidate.form] += 1 }
        if candidate.hasArticle { articles[candidate.form] += 1 }
        let surface = Self.surface(sentence, candidate.run)
        if let index = surfaces[candidate.form].firstIndex(where: { $0.text == surface }) {
          surfaces[candidate.form][index].count += 1
        } else {
          surfaces[candidate.form].append((surface, 1))
        }
      }
      candidates.append(found)
    }
  }

  /// The text of a run in its base case: a capital that only the start of a sentence or a heading asks
  /// for is taken off.
  static func surface(_ sentence: TermSentence, _ run: Range<Int>) -> String {
    var text = ""
    for index in run {
      let token = sentence.tokens[index]
      if index > run.lowerBound {
        let gap = TextSpan(start: sentence.tokens[index - 1].span.end, end: token.span.start)
        text += sentence.text[gap]
      }
      let isLowered =
        token.isCapital && !token.isAcronym && !token.isName
        && (sentence.isHeading || token.isInitial)
      text += isLowered ? token.text.lowercased() : token.text
    }
    return text
  }

  /// The surfaces of a form, the most frequent first; equal ones in the order of their appearance.
  func variants(of form: Int) -> [String] {
    surfaces[form].enumerated().sorted {
      $0.element.count != $1.element.count
        ? $0.element.count > $1.element.count : $0.offset < $1.offset
    }.map(\.element.text)
  }

  /// The most frequent surface of a form; the first of equals.
  func surface(of form: Int) -> String {
    var best = ("", 0)
    for surface in surfaces[form] where surface.count > best.1 {
      best = (surface.text, surface.count)
    }
    return best.0
  }
}
