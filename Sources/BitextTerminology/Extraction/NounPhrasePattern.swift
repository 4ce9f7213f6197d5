internal import BitextCore
internal import BitextText

/// A run of tokens that may be a term, with what its form says for or against it.
struct TermCandidate: Sendable {
  /// The tokens, by index in their sentence.
  var run: Range<Int>
  /// The form, interned: the same for case, spacing and number.
  var form: Int
  /// Words that carry meaning.
  var contentWords: Int
  /// Border words inside (*right to privacy* has one).
  var functionWords: Int
  /// The share of content words that are names.
  var names: Double
  /// Whether the run begins or ends inside a longer name.
  var cutsName: Bool
  /// How surely the head is a noun: the least of its heads.
  var noun: Double
  /// The noun share of the word that matters least for the head: the first in English, the last in
  /// Spanish.
  var edge: Double
  /// Whether the words around the occurrence speak of a noun (`the X of`).
  var hasArticle: Bool
}

/// Finds the runs of tokens that look like a noun phrase or a name, in one language.
///
/// English: `(adjective | noun)* noun (of noun)?`; Spanish: `noun (adjective | de noun)*`; Chinese:
/// modifiers and a head. No tagger is asked: border words, the noun share of words and capitals decide.
struct NounPhrasePattern: Sendable {
  let language: LanguageTag
  let stemmer: InflectionStemmer
  private let match: TextNormalizer

  init(language: LanguageTag) {
    self.language = language
    match = TextNormalizer(.match, language: language)
    stemmer = InflectionStemmer(language: language)
  }

  var maximumTokens: Int { language.language == "en" ? 6 : 7 }

  /// Returns every candidate of a sentence, by start, then by end.
  func candidates(in sentence: TermSentence, intern: (String) -> Int) -> [TermCandidate] {
    var found: [TermCandidate] = []
    let tokens = sentence.tokens
    for first in tokens.indices {
      guard tokens[first].isContent, !isJoined(tokens, first) else { continue }
      var content = 0
      var function = 0
      var last = first
      while last < tokens.count, last - first < maximumTokens + 3 {
        let token = tokens[last]
        if token.kind == .mark {
          guard continues(tokens, last) else { break }
          last += 1
          continue
        }
        if token.isNever { break }
        if token.isBorder {
          guard token.isInner else { break }
          function += 1
        } else if token.kind == .number {
          // A number inside: "Category 1 hurricane".
          if language.language == "zh" { break }
        } else {
          content += 1
        }
        if content > 5 || function > 2 || content + function > maximumTokens { break }
        last += 1
        guard token.isContent, last == tokens.count || !isJoined(tokens, last) else { continue }
        if let candidate = candidate(
          sentence, first..<last, content: content, function: function, intern: intern)
        {
          found.append(candidate)
        }
      }
    }
    return found
  }

  /// Whether the token is glued to the one before by a hyphen or an apostrophe: no term begins here.
  private func isJoined(_ tokens: [TermToken], _ index: Int) -> Bool {
    if index < tokens.count, tokens[index].kind == .mark {
      return Self.isHyphen(tokens[index].text) && tokens[index].isGlued && index + 1 < tokens.count
        && tokens[index + 1].isGlued
    }
    guard index > 1, tokens[index].isGlued, Self.isHyphen(tokens[index - 1].text),
      tokens[index - 1].isGlued
    else { return false }
    return true
  }

  /// Whether a term goes on over a mark: a hyphen inside a word, the stop of an abbreviation, the dot of
  /// a Chinese name.
  private func continues(_ tokens: [TermToken], _ index: Int) -> Bool {
    guard index > 0, index + 1 < tokens.count else { return false }
    let (mark, before, after) = (tokens[index], tokens[index - 1], tokens[index + 1])
    if Self.isHyphen(mark.text) { return mark.isGlued && after.isGlued }
    if ["·", "•", "・"].contains(mark.text) { return language.language == "zh" }
    if mark.text == "&" { return true }
    if mark.text == "." {
      return mark.isGlued && before.isCapital && before.text.count <= 3 && after.isCapital
        && (before.isAcronym || before.text.count <= 2 || before.isTitle)
    }
    return false
  }

  static func isHyphen(_ text: String) -> Bool { text == "-" || text == "‐" || text == "‑" }

  private func candidate(
    _ sentence: TermSentence, _ run: Range<Int>, content: Int, function: Int,
    intern: (String) -> Int
  ) -> TermCandidate? {
    let tokens = sentence.tokens
    let surface = sentence.surface(run)
    if language.language == "zh" {
      let han = surface.unicodeScalars.count { TermForm.isHan($0) }
      if han == 1 || han > 12 { return nil }
      if han == 0, surface.utf8.count < 2 { return nil }
    } else if content == 1, surface.count < (tokens[run.lowerBound].isName ? 2 : 4) {
      return nil
    }
    var names = 0
    for index in run where tokens[index].isContent && tokens[index].isName { names += 1 }
    let nameShare = Double(names) / Double(content)
    let cuts = cutsName(tokens, run)
    let (noun, edge) = nounTest(tokens, run)
    if nameShare < 1, content > 1 {
      // Adverbs are in no noun phrase.
      for index in run
      where tokens[index].isContent && !tokens[index].isName && isAdverb(tokens[index]) {
        return nil
      }
    }
    return TermCandidate(
      run: run, form: intern(form(tokens, run)), contentWords: content, functionWords: function,
      names: nameShare, cutsName: cuts, noun: noun, edge: edge,
      hasArticle: hasArticle(tokens, run.lowerBound))
  }

  private func isAdverb(_ token: TermToken) -> Bool {
    switch language.language {
    case "en": token.lower.hasSuffix("ly") && token.lower.utf8.count > 4 && token.noun < 0.35
    case "es": token.lower.hasSuffix("mente") && token.lower.utf8.count > 7
    default: false
    }
  }

  /// The form under which occurrences are counted: stems in lower case, with one space between words.
  func form(_ tokens: [TermToken], _ run: Range<Int>) -> String {
    var form = ""
    for index in run {
      let token = tokens[index]
      if index > run.lowerBound, !token.isGlued,
        token.kind != .han || tokens[index - 1].kind != .han
      {
        form += " "
      }
      form += token.kind == .word && !token.isName ? stemmer.stem(token.lower) : token.lower
    }
    // Simplified and traditional characters write the same term.
    return language.language == "zh" ? match(form) : form
  }

  /// Whether a name goes on before or behind the run.
  private func cutsName(_ tokens: [TermToken], _ run: Range<Int>) -> Bool {
    if tokens[run.lowerBound].isName, let before = previous(tokens, run.lowerBound),
      tokens[before].isName, !tokens[before].isTitle
    {
      return true
    }
    if tokens[run.upperBound - 1].isName, let after = following(tokens, run.upperBound - 1),
      tokens[after].isName, !tokens[run.upperBound - 1].isTitle
    {
      return true
    }
    return false
  }

  /// The token before, when nothing but a name's own mark stands between.
  private func previous(_ tokens: [TermToken], _ index: Int) -> Int? {
    guard index > 0 else { return nil }
    if tokens[index - 1].kind == .mark {
      return index > 1 && continues(tokens, index - 1) ? index - 2 : nil
    }
    return tokens[index - 1].kind == tokens[index].kind || language.language != "zh"
      ? index - 1 : nil
  }

  private func following(_ tokens: [TermToken], _ index: Int) -> Int? {
    guard index + 1 < tokens.count else { return nil }
    if tokens[index + 1].kind == .mark {
      return index + 2 < tokens.count && continues(tokens, index + 1) ? index + 2 : nil
    }
    return tokens[index + 1].kind == tokens[index].kind || language.language != "zh"
      ? index + 1 : nil
  }

  /// The noun shares of the heads (the least) and of the other end.
  private func nounTest(_ tokens: [TermToken], _ run: Range<Int>) -> (head: Double, edge: Double) {
    func share(_ index: Int) -> Double { tokens[index].isName ? 1 : tokens[index].noun }
    switch language.language {
    case "en":
      var head = share(run.upperBound - 1)
      for index in run.dropFirst() where tokens[index].isBorder {
        if let before = run.prefix(while: { $0 < index }).last(where: { tokens[$0].isContent }) {
          head = min(head, share(before))
        }
      }
      return (head, share(run.lowerBound))
    case "es":
      // An adjective may stand before the noun.
      let first = share(run.lowerBound)
      let content = run.filter { tokens[$0].isContent }
      let second =
        content.count > 1 && content[1] == run.lowerBound + 1 ? share(content[1]) * 0.8 : 0
      return (max(first, second), share(run.upperBound - 1))
    default:
      return (share(run.upperBound - 1), share(run.lowerBound))
    }
  }

  private static let articles: Set<String> = [
    "the", "a", "an", "its", "their", "his", "her", "our", "this", "these", "those", "el", "la",
    "los", "las", "un",
    "una", "unos", "unas", "del", "al", "su", "sus", "este", "esta", "estos", "estas",
  ]

  private func hasArticle(_ tokens: [TermToken], _ first: Int) -> Bool {
    first > 0 && Self.articles.contains(tokens[first - 1].lower)
  }
}
