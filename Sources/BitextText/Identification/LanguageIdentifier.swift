public import BitextCore

/// Tells in which language a text is written: English, Spanish, or Chinese in either script.
///
/// The script of the letters decides first; Chinese characters that only one script has tell
/// Simplified from Traditional. Among languages in Latin letters, function words and letter groups
/// vote. A few neighbours (French, Portuguese, Italian, German, Catalan) are known well enough not to
/// be taken for English or Spanish.
///
///     LanguageIdentifier().identify("El tren sale a las nueve de la mañana.")?.language  // es
///
/// Function words as evidence: Grefenstette 1995 (JADT). The weights are our own.
public struct LanguageIdentifier: Sendable {
  /// An identifier. It holds no state: one is as good as another.
  public init() {}

  /// How much of a text is read, in bytes.
  static let maximumBytes = 1 << 16

  /// Returns the most likely language of a text; `nil` when it holds no letter that tells.
  ///
  /// Simplified Chinese, and Chinese that could be either, is `zh`; Traditional Chinese is `zh-Hant`;
  /// `LanguageGuess.script` says which script was seen.
  ///
  /// - Complexity: O(length of the text), of which at most the first 64 KiB are read.
  public func identify(_ text: String) -> LanguageGuess? {
    let census = ScriptCensus(text, maximumBytes: Self.maximumBytes)
    guard census.letters > 0 else { return nil }
    switch census.dominant {
    case .ideographs: return chinese(census)
    case .kana: return guess("ja", census.share(of: .kana, .ideographs), script: "Jpan")
    case .hangul: return guess("ko", census.share(of: .hangul), script: "Kore")
    case .cyrillic: return guess("ru", census.share(of: .cyrillic) * 0.6, script: "Cyrl")
    case .other: return nil
    case .latin: return LatinEvidence(text, maximumBytes: Self.maximumBytes).guess()
    }
  }

  private func chinese(_ census: ScriptCensus) -> LanguageGuess {
    let share = census.share(of: .ideographs)
    let told = census.simplified + census.traditional
    // One character of the other script in four is a quotation or a name.
    if told > 0, census.traditional * 4 >= told * 3 {
      return guess("zh-Hant", share, script: "Hant")
    }
    if told > 0, census.simplified * 4 >= told * 3 {
      return guess("zh", share, script: "Hans")
    }
    if census.traditional > census.simplified {
      return guess("zh-Hant", share * 0.7, script: "Hant")
    }
    return guess("zh", share * 0.9, script: told > 0 ? "Hans" : nil)
  }

  private func guess(_ tag: LanguageTag, _ probability: Double, script: String?) -> LanguageGuess {
    LanguageGuess(
      language: tag, confidence: Confidence(min(0.999, max(0, probability))), script: script)
  }
}

/// An answer of the language identifier.
public struct LanguageGuess: Sendable, Hashable {
  /// The language.
  public let language: LanguageTag
  /// The probability that it is right.
  public let confidence: Confidence
  /// The script that was seen, as ISO 15924 writes it: `Latn`, `Hans`, `Hant`; `nil` when it is not clear.
  public let script: String?

  /// Puts an answer together.
  public init(language: LanguageTag, confidence: Confidence, script: String? = nil) {
    self.language = language
    self.confidence = confidence
    self.script = script
  }
}
