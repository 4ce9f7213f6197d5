internal import BitextICU

extension TokenKey {
  /// The scalars that the tokens of a text are cut from: folded in case, width, quotation marks and
  /// dashes, with white space as one space and none outside.
  ///
  /// - Complexity: O(length of the text).
  public static func foldedScalars(of text: String) -> [UInt32] {
    var buffer = UTF16Buffer()
    buffer.load(text)
    let units = TokenScanner.normalizer?.normalize(buffer.units) ?? buffer.units
    return TokenScanner.foldedScalars(units)
  }
}

extension TokenScanner {
  /// The folded scalars of a text in NFKC_Casefold form, with white space collapsed.
  static func foldedScalars(_ units: [UInt16]) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(units.count)
    var isSpaceDue = false
    let span = units.span
    var index = 0
    while index < units.count {
      let (value, width) = foldedScalar(span, index)
      index += width
      if isSeparator(value) {
        isSpaceDue = !scalars.isEmpty
        continue
      }
      if isSpaceDue {
        scalars.append(0x20)
        isSpaceDue = false
      }
      scalars.append(value)
    }
    return scalars
  }
}
