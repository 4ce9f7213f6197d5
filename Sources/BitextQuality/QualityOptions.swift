public import BitextCore

/// What is checked, and how findings are graded.
public struct QualityOptions: Sendable, Hashable {
  /// Checks that are not made.
  public var disabled: Set<QualityCheck> = []
  /// Severities in place of the usual ones.
  public var severities: [QualityCheck: QualitySeverity] = [:]
  /// The language that the others translate, where a unit does not say so itself; `nil` for the language
  /// of its first variant.
  public var sourceLanguage: LanguageTag?

  /// Everything is checked, with the usual severities.
  public init() {}

  /// The severity of a check.
  public func severity(of check: QualityCheck) -> QualitySeverity {
    severities[check] ?? check.severity
  }

  /// The property of a unit, of a variant or of a concept that switches checks off there: names of
  /// checks or of families, separated by spaces or commas, or `*`.
  public static let ignoreProperty = "x-bitext-ignore"
  /// What a note begins with that does the same, for formats without properties.
  public static let ignoreNote = "bitext-ignore:"

  /// The checks that properties and notes switch off.
  static func ignored(_ properties: [Property], _ notes: [Note]) -> Set<QualityCheck> {
    var checks: Set<QualityCheck> = []
    func add(_ list: some StringProtocol) {
      for name in list.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" || $0 == "\t" })
      {
        checks.formUnion(QualityCheck.named(String(name)))
      }
    }
    for property in properties where property.name == ignoreProperty { add(property.value) }
    for note in notes where note.text.hasPrefix(ignoreNote) {
      add(note.text.dropFirst(ignoreNote.count))
    }
    return checks
  }
}
