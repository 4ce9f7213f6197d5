internal import BitextCore
internal import BitextText

/// What differs between a query and a stored text although their tokens are equal.
struct SurfaceDifference: Sendable, Hashable {
  var letterCase = false
  var width = false
  var punctuation = false
  var whitespace = false
  /// Aligned numbers with other values: the indexes of their tokens.
  var numbers: [TokenAlignment.Column] = []

  init(_ alignment: TokenAlignment, query: LocatedTokens, source: LocatedTokens) {
    var before: TokenAlignment.Column?
    for column in alignment.columns {
      guard let left = column.query, let right = column.source,
        query.numbers[left] == source.numbers[right]
      else {
        before = nil
        continue
      }
      if let before, let left = before.query, let right = before.source,
        query.gap(after: left) != source.gap(after: right)
      {
        whitespace = true
      }
      before = column
      if query.token(left) != source.token(right) {
        compare(
          String(decoding: query.token(left), as: UTF8.self),
          String(decoding: source.token(right), as: UTF8.self), column)
      }
    }
  }

  /// Which folding makes the two texts equal: one that is needed even after the other two.
  private mutating func compare(_ left: String, _ right: String, _ column: TokenAlignment.Column) {
    if let one = NumberText(left), let other = NumberText(right) {
      if one.digits != other.digits {
        numbers.append(column)
      } else {
        width = true
      }
      return
    }
    let (wideLeft, wideRight) = (Self.compatible(left), Self.compatible(right))
    if Self.plainMarks(wideLeft) != Self.plainMarks(wideRight) { letterCase = true }
    if Self.oneCase(wideLeft) != Self.oneCase(wideRight) { punctuation = true }
    if Self.plainMarks(Self.oneCase(Self.composed(left)))
      != Self.plainMarks(Self.oneCase(Self.composed(right)))
    {
      width = true
    }
  }

  private static let compose = TextNormalizer(.nfc, language: .undetermined)
  private static let makeCompatible = TextNormalizer(.nfkc, language: .undetermined)

  private static func composed(_ text: String) -> String { compose(text) }
  private static func compatible(_ text: String) -> String { makeCompatible(text) }

  /// Capitals first, so that `ß` and `SS` become one.
  private static func oneCase(_ text: String) -> String { text.uppercased().lowercased() }

  /// Quotation marks, apostrophes, dashes and full stops as the token key folds them.
  private static func plainMarks(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{2BC}", "\u{2032}":
        result.append("'")
      case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{2033}": result.append("\"")
      case "\u{2010}"..."\u{2015}", "\u{2212}": result.append("-")
      case "\u{3002}": result.append(".")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

/// A number as it is written: digits joined by single points or commas.
struct NumberText: Sendable, Hashable {
  /// The number in ASCII digits, with its points and commas.
  let digits: String
  /// What is added to an ASCII digit to write it as this text does; `nil` for a mixture.
  let digitOffset: UInt32?

  /// `nil` when the text is no number.
  init?(_ text: String) {
    var digits = ""
    var offset: UInt32?
    var isMixed = false
    for scalar in text.unicodeScalars {
      if let value = scalar.properties.numericType == .decimal
        ? scalar.properties.numericValue : nil
      {
        let ascii = 48 + UInt32(value)
        let difference = scalar.value &- ascii
        if let offset, offset != difference { isMixed = true }
        offset = offset ?? difference
        digits.unicodeScalars.append(Unicode.Scalar(UInt8(ascii)))
      } else {
        switch scalar {
        case ".", "\u{FF0E}", "\u{3002}", "\u{FF61}": digits.append(".")
        case ",", "\u{FF0C}": digits.append(",")
        default: return nil
        }
      }
    }
    guard let offset else { return nil }
    self.digits = digits
    digitOffset = isMixed ? nil : offset
  }

  /// Writes another number in the digits of this one.
  func writing(_ other: NumberText) -> String {
    guard let digitOffset, digitOffset != 0 else { return other.digits }
    var text = String.UnicodeScalarView()
    for scalar in other.digits.unicodeScalars {
      let isDigit = (48...57).contains(scalar.value)
      text.append(isDigit ? Unicode.Scalar(scalar.value &+ digitOffset) ?? scalar : scalar)
    }
    return String(text)
  }
}
