/// A word beside a candidate.
struct ScannedWord {
  let range: Range<Int>
  /// The first character is a capital.
  let isCapitalized: Bool
  /// Every character is a letter.
  let isAllLetters: Bool
  let letters: Int
  let hasInnerDot: Bool
  let key: WordKey?
}

extension SentenceScanner {
  /// Words are read no further than this; longer ones are in no table.
  static let maximumWordBytes = 48

  /// The word that ends before `end`: letters, digits, inner dots, hyphens and apostrophes.
  func word(before end: Int) -> ScannedWord {
    let floor = max(sentenceStart, end - Self.maximumWordBytes)
    var start = end
    var letters = 0
    var isAllLetters = true
    var hasInnerDot = false
    var firstKind = CharacterKind.none
    while start > floor {
      let (value, before) = text.scalar(before: start)
      let kind = CharacterKind(value)
      if kind == .space || kind == .ideograph { break }
      if kind == .other {
        // Inside a word: . - / ' ’ & º ª ° and combining marks. Anything else stands before it.
        switch value {
        case 0x2E:
          if start == end { return ScannedWord.none(at: end) }
          hasInnerDot = true
        case 0x2D, 0x26, 0x27, 0x2019, 0xBA, 0xAA, 0xB0, 0x300...0x36F, 0x2B, 0x23, 0x24,
          0x25, 0x40, 0x5F:
          if value == 0x27 || value == 0x2019, before == floor || !isWordByte(before - 1) {
            // A quote before the word.
            return finish(start..<end, firstKind, letters, isAllLetters, hasInnerDot)
          }
        default:
          return finish(start..<end, firstKind, letters, isAllLetters, hasInnerDot)
        }
        if value < 0x300 || value > 0x36F { isAllLetters = false }
      } else if kind == .digit {
        isAllLetters = false
      } else {
        letters += 1
      }
      firstKind = kind
      start = before
    }
    return finish(start..<end, firstKind, letters, isAllLetters, hasInnerDot)
  }

  /// The word that begins at `start`: letters, marks and inner apostrophes.
  func word(at start: Int) -> ScannedWord {
    var end = start
    var letters = 0
    let first = text.kind(at: start)
    while end < text.count, end - start < Self.maximumWordBytes {
      let (value, length) = text.scalar(at: end)
      let kind = CharacterKind(value)
      if kind == .upper || kind == .lower || kind == .letter {
        letters += 1
      } else if value == 0x27 || value == 0x2019 {
        guard text.kind(at: end + length).isLetter, end > start else { break }
      } else if !(0x300...0x36F).contains(value) {
        break
      }
      end += length
    }
    return finish(start..<end, first, letters, true, false)
  }

  func classes(of word: ScannedWord) -> WordClasses {
    rules.words.classes(of: word.key, isCapitalized: word.isCapitalized)
  }

  private func isWordByte(_ index: Int) -> Bool {
    let byte = text.byte(index)
    return byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private func finish(
    _ range: Range<Int>, _ first: CharacterKind, _ letters: Int, _ isAllLetters: Bool,
    _ hasInnerDot: Bool
  ) -> ScannedWord {
    ScannedWord(
      range: range, isCapitalized: first == .upper, isAllLetters: isAllLetters && letters > 0,
      letters: letters, hasInnerDot: hasInnerDot, key: WordKey(text, range))
  }
}

extension ScannedWord {
  static func none(at index: Int) -> ScannedWord {
    ScannedWord(
      range: index..<index, isCapitalized: false, isAllLetters: false, letters: 0,
      hasInnerDot: false, key: nil)
  }
}
