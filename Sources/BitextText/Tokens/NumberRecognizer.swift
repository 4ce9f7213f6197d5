public import BitextCore

/// Finds the numbers of a text and their exact values.
///
/// It reads digits with the separators of the language (`1,234.5` in English and Chinese, `1.234,5`
/// and `1 234,5` in Spanish, the other way round in Mexico), full-width digits, Chinese numerals
/// (`三百二十`, `一九八四`, `3.5万`) and the number words of English and Spanish (`twenty-one`,
/// `treinta y uno`). What cannot be one number is read as several: `1.2.3` is 1, 2 and 3.
///
/// A recognizer is a value: built once, then asked from any thread.
public struct NumberRecognizer: Sendable {
  /// The language of the texts; its region decides between `1,234.5` and `1.234,5`.
  public let language: LanguageTag

  let convention: NumberConvention
  let words: NumberWords
  let readsIdeographs: Bool

  public init(language: LanguageTag) {
    self.language = language
    convention = NumberConvention(language: language)
    readsIdeographs = language.language == "zh"
    words = NumberWords.words(of: language.language)
  }

  /// Returns the numbers of a text, in order; no two overlap.
  ///
  /// - Complexity: O(length of the text).
  public func numbers(in text: String) -> [RecognizedNumber] {
    var scanner = NumberScanner(
      bytes: Array(text.utf8), convention: convention, words: words,
      readsIdeographs: readsIdeographs)
    return scanner.scan()
  }
}

/// How a language writes the digits of a number.
struct NumberConvention: Sendable, Hashable {
  /// Whether a comma comes before the decimals, and a point between thousands.
  let decimalComma: Bool
  /// Whether an ordinary space may stand between thousands.
  let groupsWithSpace: Bool

  init(language: LanguageTag) {
    let code = language.language
    if code == "es" {
      // CLDR 42: the decimal separator of es-419 and of these regions is the point.
      let region = language.region ?? ""
      decimalComma = ![
        "419", "BZ", "CU", "DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US",
      ].contains(region)
      groupsWithSpace = true
    } else {
      decimalComma = [
        "bg", "ca", "cs", "da", "de", "el", "eu", "fi", "fr", "gl", "hr", "hu", "id", "it", "nb",
        "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi",
      ].contains(code)
      groupsWithSpace = decimalComma
    }
  }
}

/// One pass over the bytes of one text.
struct NumberScanner {
  let bytes: [UInt8]
  let convention: NumberConvention
  let words: NumberWords
  let readsIdeographs: Bool
  var found: [RecognizedNumber] = []

  init(bytes: [UInt8], convention: NumberConvention, words: NumberWords, readsIdeographs: Bool) {
    self.bytes = bytes
    self.convention = convention
    self.words = words
    self.readsIdeographs = readsIdeographs
  }

  mutating func scan() -> [RecognizedNumber] {
    var index = 0
    var afterLetter = false
    let hasWords = !words.isEmpty
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        if byte &- 0x30 < 10 {
          index = scanDigits(at: index, afterLetter: afterLetter)
          afterLetter = false
        } else if byte | 0x20 &- 0x61 < 26 {
          if hasWords, !afterLetter {
            index = scanWord(at: index)
          } else {
            index += 1
          }
          afterLetter = true
        } else if byte == 0x2E, !afterLetter, index + 1 < bytes.count,
          bytes[index + 1] &- 0x30 < 10, isFreeBefore(index)
        {
          index = scanDigits(at: index, afterLetter: false)
        } else {
          afterLetter = byte == 0x5F
          index += 1
        }
      } else if byte < 0xE0 {
        // Latin letters begin with C3 to CB; C2 holds signs and the fractions of Latin-1.
        if byte == 0xC2, !afterLetter, fraction(at: index) != nil {
          index = scanDigits(at: index, afterLetter: false)
          continue
        }
        if hasWords, !afterLetter, byte == 0xC3 {
          index = scanWord(at: index)
          afterLetter = true
          continue
        }
        afterLetter = byte != 0xC2
        index += 2
      } else if byte < 0xF0 {
        if digitLength(at: index) == 3 {
          index = scanDigits(at: index, afterLetter: false)
        } else if readsIdeographs, numeral(at: index) != .none {
          index = scanIdeographs(at: index)
        } else {
          index += 3
        }
        afterLetter = false
      } else {
        index += 4
        afterLetter = false
      }
    }
    return found
  }

  /// Whether a point at `index` begins a number: nothing but a space or an opening mark before it.
  private func isFreeBefore(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    return [0x20, 0x0A, 0x09, 0x28, 0x5B, 0x22, 0x27, 0x24].contains(bytes[index - 1])
  }

  mutating func append(
    _ range: Range<Int>, _ value: DecimalValue?, _ notation: RecognizedNumber.Notation,
    isPercentage: Bool = false, isOrdinal: Bool = false, isWeak: Bool = false
  ) {
    guard let value else { return }
    found.append(
      RecognizedNumber(
        span: TextSpan(range), value: value, notation: notation, isPercentage: isPercentage,
        isOrdinal: isOrdinal, isWeak: isWeak))
  }

  /// Whether the bytes at `index` are those of `text`.
  func has(_ text: StaticString, at index: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index >= 0, index + count <= bytes.count else { return false }
    return text.withUTF8Buffer { wanted in
      for offset in 0..<count {
        let byte = unsafe wanted[offset]
        if bytes[index + offset] != byte { return false }
      }
      return true
    }
  }
}
