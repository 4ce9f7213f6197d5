internal import BitextICU

/// What single scalars become in a key, and how longer pieces are folded.
struct FoldingTable: Sendable {
  /// The blocks that hold nearly all that is not ASCII or Han in our languages: Latin with its
  /// extensions, general punctuation, CJK punctuation with kana, full-width forms.
  private static let blocks: [Range<UInt32>] = [
    0x80..<0x250, 0x2000..<0x2070, 0x3000..<0x3100, 0xFF00..<0xFFF0,
  ]

  /// Where in `pool` the folded bytes of a scalar lie.
  struct Entry: Sendable {
    var start: UInt16
    var length: UInt8
    var hasBoundaryBefore: Bool
  }

  private let entries: [Entry]
  let pool: [UInt8]
  private let casefold: Normalizer
  private let decomposition: Normalizer
  private let composition: Normalizer
  private let dropsAccents: Bool

  static let match = FoldingTable(dropsAccents: false)
  static let search = FoldingTable(dropsAccents: true)

  private init(dropsAccents: Bool) {
    self.dropsAccents = dropsAccents
    let casefold = Normalizer.required(.nfkcCasefold)
    let decomposition = Normalizer.required(.nfd)
    let composition = Normalizer.required(.nfc)
    self.casefold = casefold
    self.decomposition = decomposition
    self.composition = composition
    var entries: [Entry] = []
    var pool: [UInt8] = []
    for block in Self.blocks {
      for value in block {
        let start = pool.count
        let folded = Self.fold(
          [UInt16(value)], casefold, dropsAccents ? decomposition : nil, composition)
        pool.append(contentsOf: String(decoding: folded, as: UTF16.self).utf8)
        let hasBoundary =
          Self.isPunctuation(value)
          || Unicode.Scalar(value).map { casefold.hasBoundary(before: $0) } ?? true
        entries.append(
          Entry(
            start: UInt16(start), length: UInt8(pool.count - start), hasBoundaryBefore: hasBoundary)
        )
      }
    }
    self.entries = entries
    self.pool = pool
  }

  /// The place of a scalar in `entries`; `nil` when no block holds it.
  @inline(__always)
  private static func place(of scalar: UInt32) -> Int? {
    if scalar < 0x250 { return Int(scalar &- 0x80) }
    if scalar &- 0x2000 < 0x70 { return Int(scalar &- 0x2000 &+ 0x1D0) }
    if scalar &- 0x3000 < 0x100 { return Int(scalar &- 0x3000 &+ 0x240) }
    if scalar &- 0xFF00 < 0xF0 { return Int(scalar &- 0xFF00 &+ 0x340) }
    return nil
  }

  /// - Parameter scalar: Not ASCII.
  @inline(__always)
  func entry(of scalar: UInt32) -> Entry? {
    Self.place(of: scalar).map { entries[$0] }
  }

  /// Whether a text can be cut before a scalar.
  @inline(__always)
  func hasBoundary(before scalar: UInt32) -> Bool {
    if scalar < 0x80 || scalar &- 0x4E00 < 0x5200 { return true }
    if let place = Self.place(of: scalar) { return entries[place].hasBoundaryBefore }
    if Self.isPunctuation(scalar) { return true }
    return Unicode.Scalar(scalar).map { casefold.hasBoundary(before: $0) } ?? true
  }

  private static func isPunctuation(_ scalar: UInt32) -> Bool {
    PunctuationFolding.folded(scalar) != nil
  }

  /// The key of a piece of text that ends at a boundary; white space and script variants stay.
  func fold(_ units: [UInt16]) -> [UInt8] {
    let folded = Self.fold(units, casefold, dropsAccents ? decomposition : nil, composition)
    return Array(String(decoding: folded, as: UTF16.self).utf8)
  }

  private static func fold(
    _ units: [UInt16], _ casefold: Normalizer, _ decomposition: Normalizer?,
    _ composition: Normalizer
  ) -> [UInt16] {
    var folded = casefold.normalize(withPunctuationFolded(units) ?? units)
    // NFKC can bring signs of the first table; after them it is asked again, for `<` with a stroke.
    while let again = withPunctuationFolded(folded) { folded = casefold.normalize(again) }
    guard let decomposition else { return folded }
    let decomposed = decomposition.normalize(folded)
    var plain: [UInt16] = []
    var isAfterVowel = false
    for unit in decomposed {
      if isAfterVowel, unit == 0x301 || unit == 0x308 { continue }
      isAfterVowel =
        unit == 0x61 || unit == 0x65 || unit == 0x69 || unit == 0x6F || unit == 0x75
      plain.append(unit)
    }
    return plain.count == decomposed.count ? folded : composition.normalize(plain)
  }

  /// The units with every sign of the punctuation table replaced; `nil` when there is none.
  private static func withPunctuationFolded(_ units: [UInt16]) -> [UInt16]? {
    guard units.contains(where: { PunctuationFolding.folded(UInt32($0)) != nil }) else {
      return nil
    }
    var result: [UInt16] = []
    for unit in units {
      if let folded = PunctuationFolding.folded(UInt32(unit)) {
        result.append(contentsOf: folded.utf16)
      } else {
        result.append(unit)
      }
    }
    return result
  }
}
