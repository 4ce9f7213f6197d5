public import BitextCore

/// The two languages of a bilingual file.
public struct TranslationDirection: Sendable, Hashable {
  /// The language that was translated.
  public let source: LanguageTag
  /// The language of the translation.
  public let target: LanguageTag

  public init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }

  /// The variants of the two languages; `nil` when one is not there, which is counted as a loss.
  ///
  /// - Parameter keepsSynonyms: Whether further variants of the target have a place.
  func pick(
    _ unit: TranslationUnit, _ losses: inout LossReport, keepsSynonyms: Bool = false
  ) -> (Variant, Variant)? {
    let source = unit.variants.first { $0.language == self.source }
    // A pair of one language is two variants of it.
    let target =
      self.source == self.target
      ? unit.variants.filter { $0.language == self.target }.dropFirst().first
      : unit.variants.first { $0.language == self.target }
    guard let source, let target else {
      losses.add("units without both languages")
      return nil
    }
    let kept =
      keepsSynonyms && self.source != self.target
      ? 1 + unit.variants.count { $0.language == self.target } : 2
    losses.add("further variants", unit.variants.count - kept)
    return (source, target)
  }
}
