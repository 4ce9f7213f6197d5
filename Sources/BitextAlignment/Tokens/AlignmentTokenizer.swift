public import BitextCore
internal import BitextText

/// Cuts a sentence into the words that take part in alignment.
///
/// The same words are the keys of translation lexicons, so a lexicon is trained with the tokenizer
/// that asks it. Four kinds of tokens come out, in reading order:
/// - words, lower-cased: `liberties`, `libertades`, `自由`. The English possessive is cut off; French
///   and Italian elisions are words of their own (`l`, `homme`);
/// - numbers by their value, whatever the digits, the separators or the words: `#1234`;
/// - punctuation that survives translation, as one of `? ! ; : ( ) "`;
/// - the signs `% $ € £ ¥`.
///
/// Traditional Chinese is folded onto Simplified, so that one lexicon serves both.
///
/// A number that is written in words stands before its words: `三百` gives `#300` and `三百`. Commas
/// and full stops say nothing and are left out.
public struct AlignmentTokenizer: Sendable {
  /// The version of the rules; a lexicon keeps the one it was trained with.
  public static let version: UInt32 = 3

  /// The language of the sentences.
  public let language: LanguageTag

  private let segmenter: WordSegmenter
  private let composer: TextNormalizer
  /// Folds Traditional onto Simplified; for Chinese only.
  private let variants: TextNormalizer?
  private let recognizer: NumberRecognizer
  private let cutsPossessive: Bool
  private let cutsElision: Bool

  /// Makes a tokenizer for the sentences of one language.
  public init(language: LanguageTag) {
    self.language = language
    segmenter = WordSegmenter(language: language)
    composer = TextNormalizer(.nfc, language: language)
    variants =
      language.language == "zh" ? TextNormalizer(.match, language: language) : nil
    recognizer = NumberRecognizer(language: language)
    cutsPossessive = language.language == "en"
    cutsElision = ["fr", "it", "ca"].contains(language.language)
  }

  /// Returns the words of a sentence, in order, in the form in which they are compared.
  ///
  /// - Complexity: O(length of the sentence).
  public func tokens(in sentence: String) -> [String] {
    var text = FoldedText(variants?(sentence) ?? sentence)
    if text.hasCombiningMarks { text = FoldedText(composer(sentence)) }
    let folded = text.string
    var scan = Scan(numbers: recognizer.numbers(in: folded).filter(Self.isTelling))
    scan.tokens.reserveCapacity(text.scalars.count / 4 + 2)
    if text.needsDictionary {
      for word in segmenter.words(in: folded) {
        scan.byte = word.span.range.lowerBound
        append(folded[word.span].unicodeScalars.map(\.value), to: &scan)
      }
    } else {
      append(text.scalars, to: &scan)
    }
    return scan.tokens
  }

  /// `one`, `un` and `second` are seldom numbers; a Chinese numeral on its own mostly is one.
  private static func isTelling(_ number: RecognizedNumber) -> Bool {
    !number.isWeak || number.notation == .ideographs
  }

  /// Where a scan is, and what it has found.
  private struct Scan {
    /// The numbers of the sentence, in order.
    let numbers: [RecognizedNumber]
    var nextNumber = 0
    /// The byte after the last number that was reached.
    var endOfNumber = 0
    /// The byte offset of the scalar that is looked at.
    var byte = 0
    var tokens: [String] = []

    init(numbers: [RecognizedNumber]) {
      self.numbers = numbers
    }

    /// Appends the values of the numbers that begin at or before the current byte.
    mutating func takeNumbers() {
      while nextNumber < numbers.count, numbers[nextNumber].span.range.lowerBound <= byte {
        let number = numbers[nextNumber]
        tokens.append("#\(number.value)")
        if number.isPercentage { tokens.append("%") }
        endOfNumber = number.span.range.upperBound
        nextNumber += 1
      }
    }
  }

  /// Appends the tokens of a stretch of text that no further boundary cuts.
  private func append(_ scalars: [UInt32], to scan: inout Scan) {
    var index = 0
    while index < scalars.count {
      scan.takeNumbers()
      let start = index
      switch ScalarClass(scalars[index]) {
      case .letter:
        index = endOfWord(scalars, from: index)
        scan.tokens.append(word(scalars[start..<index]))
      case .digit:
        index = endOfDigits(scalars, from: index)
        if scan.byte >= scan.endOfNumber {
          scan.tokens.append("#" + FoldedText.string(of: scalars[start..<index]))
        }
      case .mark(let mark):
        if mark != "%" || scan.byte >= scan.endOfNumber { scan.tokens.append(mark) }
        index += 1
      case .other:
        index += 1
      }
      for scalar in scalars[start..<index] { scan.byte += FoldedText.utf8Count(scalar) }
    }
  }

  /// Letters, digits after them, and one apostrophe between letters.
  private func endOfWord(_ scalars: [UInt32], from start: Int) -> Int {
    var index = start
    var seenApostrophe = cutsElision
    while index < scalars.count {
      switch ScalarClass(scalars[index]) {
      case .letter, .digit:
        index += 1
      default:
        guard scalars[index] == 0x27, !seenApostrophe, index + 1 < scalars.count,
          case .letter = ScalarClass(scalars[index + 1])
        else { return index }
        seenApostrophe = true
        index += 1
      }
    }
    return index
  }

  private func endOfDigits(_ scalars: [UInt32], from start: Int) -> Int {
    var index = start
    while index < scalars.count, ScalarClass.isDigit(scalars[index]) { index += 1 }
    return index
  }

  private func word(_ scalars: ArraySlice<UInt32>) -> String {
    if cutsPossessive, scalars.count > 2, scalars.last == 0x73,
      scalars[scalars.endIndex - 2] == 0x27
    {
      return FoldedText.string(of: scalars.dropLast(2))
    }
    return FoldedText.string(of: scalars)
  }
}
