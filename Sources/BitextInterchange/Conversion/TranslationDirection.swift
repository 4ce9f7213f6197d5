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
  func pick(_ unit: TranslationUnit, _ losses: inout LossReport) -> (Variant, Variant)? {
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
    losses.add("further variants", unit.variants.count - 2)
    return (source, target)
  }
}
