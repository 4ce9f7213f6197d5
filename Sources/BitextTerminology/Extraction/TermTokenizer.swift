internal import BitextCore
internal import BitextText

/// Cuts sentences of one language into tokens and marks what each of them may be part of.
struct TermTokenizer: Sendable {
  let language: LanguageTag
  let border: BorderWords
  let profile: WordProfile
  private let segmenter: WordSegmenter

  init(language: LanguageTag, profile: WordProfile) {
    self.language = language
    self.profile = profile
    border = BorderWords(language: language)
    segmenter = WordSegmenter(language: language)
  }

  /// - Parameter whole: Words with an apostrophe that stay whole, in lower case: a brand that the other
  ///   languages write with its `'s`, too.
  func sentence(_ text: String, whole: Set<String>) -> TermSentence {
    var tokens: [TermToken] = []
    var previousEnd: UInt32 = .max
    for word in segmenter.words(in: text) {
      let part = String(text[word.span])
      for (piece, span) in Self.split(part, word.span, language: language, whole: whole) {
        tokens.append(token(piece, span, isGlued: span.start == previousEnd))
        previousEnd = span.end
      }
    }
    var sentence = TermSentence(text: text, tokens: tokens)
    markCapitals(&sentence)
    return sentence
  }

  /// Takes the English possessive off a word.
  private static func split(
    _ part: String, _ span: TextSpan, language: LanguageTag, whole: Set<String>
  ) -> [(String, TextSpan)] {
    guard language.language == "en", part.utf8.count > 2 else { return [(part, span)] }
    for ending in ["'s", "’s"] where part.lowercased().hasSuffix(ending) {
      if whole.contains(TermForm.folded(part)) { break }
      let middle = span.end - UInt32(ending.utf8.count)
      return [
        (String(part.dropLast(2)), TextSpan(start: span.start, end: middle)),
        (String(part.suffix(2)), TextSpan(start: middle, end: span.end)),
      ]
    }
    return [(part, span)]
  }

  func token(_ text: String, _ span: TextSpan, isGlued: Bool) -> TermToken {
    let lower = TermForm.folded(text)
    var letters = 0
    var capitals = 0
    var hans = 0
    var digits = 0
    for scalar in text.unicodeScalars {
      if TermForm.isHan(scalar) {
        hans += 1
      } else if scalar.properties.isAlphabetic {
        letters += 1
        if scalar.properties.isUppercase { capitals += 1 }
      } else if scalar.properties.numericType != nil {
        digits += 1
      }
    }
    let kind: TermToken.Kind =
      hans > 0 && letters == 0 && digits == 0
      ? .han : letters > 0 ? .word : digits > 0 ? .number : hans > 0 ? .number : .mark
    var token = TermToken(text: text, lower: lower, span: span, kind: kind, isGlued: isGlued)
    guard kind == .word || kind == .han else { return token }
    token.isBorder = border.border.contains(lower)
    token.isInner = border.inner.contains(lower)
    token.isNever = border.never.contains(lower)
    token.isTitle = border.titles.contains(lower)
    token.isCapital = text.unicodeScalars.first?.properties.isUppercase ?? false
    token.isAcronym = letters >= 2 && capitals == letters
    token.noun = profile.nounShare(of: lower)
    // In a Chinese sentence a Latin word is a name.
    if language.language == "zh", kind == .word { token.isName = true }
    if kind == .han, profile.isName(lower) { token.isName = true }
    return token
  }

  /// Marks capitalised names; in a heading capitals say nothing.
  private func markCapitals(_ sentence: inout TermSentence) {
    guard language.language != "zh" else { return }
    var content = 0
    var capital = 0
    var isInitial = true
    for index in sentence.tokens.indices {
      let token = sentence.tokens[index]
      if token.kind == .mark {
        if [":", "\"", "“", "«", "¿", "¡", "‘"].contains(token.text) { isInitial = true }
        continue
      }
      guard token.kind == .word else { continue }
      sentence.tokens[index].isInitial = isInitial
      isInitial = false
      if token.isContent {
        content += 1
        if token.isCapital { capital += 1 }
      }
    }
    sentence.isHeading = content >= 4 && capital * 10 > content * 7
    for index in sentence.tokens.indices {
      let token = sentence.tokens[index]
      guard token.kind == .word, token.isCapital, !token.isNever else { continue }
      if token.isAcronym {
        sentence.tokens[index].isName = !sentence.isHeading || token.lower.count <= 5
      } else if sentence.isHeading || token.isInitial {
        // Known with capitals, or quite unknown: a name all the same.
        let share = profile.capitalShare(of: token.lower)
        sentence.tokens[index].isName =
          !token.isBorder && share.map { $0 > 0.6 } ?? (profile.total > 0)
      } else {
        sentence.tokens[index].isName = !token.isBorder
      }
    }
  }
}

/// Forms of words that are compared.
enum TermForm {
  private static let compatibility = TextNormalizer(.nfkc, language: "und")

  /// A text in lower case and compatibility form, with a straight apostrophe and a plain hyphen.
  static func folded(_ text: String) -> String {
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    if isASCII { return text.lowercased() }
    var folded = ""
    for scalar in compatibility(text).lowercased().unicodeScalars {
      switch scalar.value {
      case 0x2018, 0x2019, 0x02BC: folded.unicodeScalars.append("'")
      case 0x2010, 0x2011: folded.unicodeScalars.append("-")
      default: folded.unicodeScalars.append(scalar)
      }
    }
    return folded
  }

  static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3007: true
    default: false
    }
  }
}
