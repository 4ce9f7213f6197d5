public import BitextCore

extension Alignment {
  /// The name of the property that holds a unit's confidence.
  public static let confidenceProperty = "x-confidence"

  /// The units as translation units: one variant a language, its sentences joined by a space, in
  /// Chinese and Japanese without one. A language that a unit leaves out has no variant.
  ///
  /// - Parameters:
  ///   - texts: The texts that were aligned, in the same order.
  ///   - minimumConfidence: Units below it are left out.
  ///   - minimumLanguages: Units in fewer languages are left out.
  /// - Precondition: The texts are those that were aligned.
  public func translationUnits(
    of texts: [SegmentedText], minimumConfidence: Confidence = Confidence(0),
    minimumLanguages: Int = 2
  ) -> [TranslationUnit] {
    precondition(texts.map(\.language) == languages, "the texts are not those that were aligned")
    return units.compactMap { unit in
      guard unit.confidence >= minimumConfidence else { return nil }
      let variants = zip(texts, unit.ranges).compactMap { text, range -> Variant? in
        let segment = text.text(of: range)
        return segment.isEmpty ? nil : Variant(text.language, segment)
      }
      guard variants.count >= minimumLanguages else { return nil }
      return TranslationUnit(
        sourceLanguage: languages.first, variants: variants,
        properties: [
          Property(name: Self.confidenceProperty, value: unit.confidence.rounded)
        ])
    }
  }
}

extension Confidence {
  /// The probability with three decimals, rounded down: `0.975`.
  var rounded: String {
    let thousandths = Int(probability * 1000)
    let digits = String(thousandths)
    return thousandths == 1000
      ? "1.000" : "0." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}

extension SegmentedText {
  /// The sentences of a range as one text: joined by a space, in Chinese and Japanese without one.
  public func text(of range: Range<Int>) -> String {
    let spaced = !["zh", "ja", "yue"].contains(language.language)
    return sentences[range].filter { !$0.isEmpty }.joined(separator: spaced ? " " : "")
  }
}
