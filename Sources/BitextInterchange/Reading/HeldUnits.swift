internal import BitextCore

/// The units of a file that is read whole, on their way out one by one.
struct HeldUnits {
  private var units: [(unit: TranslationUnit, position: TextPosition)] = []
  private var index = 0

  /// Where the unit that was given out last begins.
  private(set) var position = TextPosition.start

  mutating func append(_ unit: TranslationUnit, at position: TextPosition) {
    units.append((unit, position))
  }

  /// The next unit; `nil` at the end.
  mutating func next() -> TranslationUnit? {
    guard index < units.count else { return nil }
    let (unit, place) = units[index]
    index += 1
    position = place
    return unit
  }
}
