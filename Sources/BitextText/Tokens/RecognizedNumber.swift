public import BitextCore

/// A number that stands in a text.
public struct RecognizedNumber: Sendable, Hashable {
  /// Where it stands, with its percent sign and its word for millions, without a currency or a unit.
  public let span: TextSpan
  /// Its exact value. A percentage keeps the number that is written: `50 %` is 50.
  public let value: DecimalValue
  /// How it is written.
  public let notation: Notation
  /// Whether it is a percentage (`50 %`, `百分之五十`, `50 por ciento`).
  public let isPercentage: Bool
  /// Whether it tells a place in an order (`third`, `21st`, `第三`, `1.º`).
  public let isOrdinal: Bool
  /// Whether these characters are often no number at all: `one`, `un`, `second` or a single Chinese
  /// numeral alone, digits glued to a letter before them (`H2O`, `MP3`). Callers that want certainty
  /// skip it.
  public let isWeak: Bool

  public init(
    span: TextSpan, value: DecimalValue, notation: Notation, isPercentage: Bool = false,
    isOrdinal: Bool = false, isWeak: Bool = false
  ) {
    self.span = span
    self.value = value
    self.notation = notation
    self.isPercentage = isPercentage
    self.isOrdinal = isOrdinal
    self.isWeak = isWeak
  }

  /// How a number is written.
  public enum Notation: String, Sendable, Hashable, CaseIterable {
    /// Digits: `1,234.5`, also `3.5 million` and `3.5万`.
    case digits
    /// Words: `twenty-one`, `mil doscientos`.
    case words
    /// Chinese numerals: `三百二十`.
    case ideographs
  }
}
