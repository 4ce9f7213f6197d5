public import BitextCore
internal import BitextText

/// Cuts a sentence into the words that take part in alignment.
///
/// The same words are the keys of translation lexicons, so a lexicon is trained with the tokenizer
/// that asks it. Four kinds of tokens come out, in reading order:
/// - words, lower-cased: `liberties`, `libertades`, `自由`. The English possessive is cut off; French
///   and Italian elisions are words of their own (`l`, `homme`);
/// - numbers in one spelling, whatever the digits, the separators or the words: `#1234`;
/// - punctuation that survives translation, as one of `? ! ; : ( ) "`;
/// - the signs `% $ € £ ¥`.
///
/// A number that is written in words stands beside its words: `三百` gives `三百` and `#300`. Commas
/// and full stops say nothing and are left out.
public struct AlignmentTokenizer: Sendable {
  /// The version of the rules; a lexicon keeps the one it was trained with.
  public static let version: UInt32 = 2

  /// The language of the sentences.
  public let language: LanguageTag

  private let segmenter: WordSegmenter
  private let composer: TextNormalizer
  private let numerals: NumeralWords
  private let cutsPossessive: Bool
  private let cutsElision: Bool

  /// Makes a tokenizer for the sentences of one language.
  public init(language: LanguageTag) {
    self.language = language
    segmenter = WordSegmenter(language: language)
    composer = TextNormalizer(.nfc, language: language)
    numerals = NumeralWords(language: language)
    cutsPossessive = language.language == "en"
    cutsElision = ["fr", "it", "ca"].contains(language.language)
  }

  /// Returns the words of a sentence, in order, in the form in which they are compared.
  ///
  /// - Complexity: O(length of the sentence).
  public func tokens(in sentence: String) -> [String] {
    var text = FoldedText(sentence)
    if text.hasCombiningMarks { text = FoldedText(composer(sentence)) }
    var tokens: [String] = []
    tokens.reserveCapacity(text.scalars.count / 4 + 2)
    if text.needsDictionary {
      let folded = FoldedText.string(of: text.scalars[...])
      for word in segmenter.words(in: folded) {
        append(folded[word.span].unicodeScalars.map(\.value), to: &tokens)
      }
    } else {
      append(text.scalars, to: &tokens)
    }
    return numerals.withCompounds(tokens)
  }

  /// Appends the tokens of a stretch of text that no further boundary cuts.
  private func append(_ scalars: [UInt32], to tokens: inout [String]) {
    var index = 0
    while index < scalars.count {
      switch ScalarClass(scalars[index]) {
      case .letter:
        let start = index
        index = endOfWord(scalars, from: index)
        appendWord(scalars[start..<index], to: &tokens)
      case .digit:
        let start = index
        index = endOfNumber(scalars, from: index)
        tokens.append(NumeralWords.token(digits: scalars[start..<index]))
      case .mark(let mark):
        tokens.append(mark)
        index += 1
      case .other:
        index += 1
      }
    }
  }

  /// Letters, and one apostrophe between letters.
  private func endOfWord(_ scalars: [UInt32], from start: Int) -> Int {
    var index = start
    var seenApostrophe = cutsElision
    while index < scalars.count {
      if case .letter = ScalarClass(scalars[index]) {
        index += 1
      } else if scalars[index] == 0x27, !seenApostrophe, index + 1 < scalars.count,
        case .letter = ScalarClass(scalars[index + 1])
      {
        seenApostrophe = true
        index += 1
      } else {
        break
      }
    }
    return index
  }

  /// Digits, and single dots or commas between digits.
  private func endOfNumber(_ scalars: [UInt32], from start: Int) -> Int {
    var index = start
    while index < scalars.count {
      if ScalarClass.isDigit(scalars[index]) {
        index += 1
      } else if scalars[index] == 0x2E || scalars[index] == 0x2C, index + 1 < scalars.count,
        ScalarClass.isDigit(scalars[index + 1])
      {
        index += 1
      } else {
        break
      }
    }
    return index
  }

  private func appendWord(_ scalars: ArraySlice<UInt32>, to tokens: inout [String]) {
    var word = scalars
    if cutsPossessive, word.count > 2, word.last == 0x73, word[word.endIndex - 2] == 0x27 {
      word = word.dropLast(2)
    }
    let text = FoldedText.string(of: word)
    tokens.append(text)
    if let value = numerals.value(of: text) { tokens.append("#\(value)") }
  }
}
