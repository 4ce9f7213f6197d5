internal import BitextCore

/// What a format has no place for, by kind, with how often it was met.
public struct LossReport: Sendable, Hashable {
  /// One kind of thing that was lost.
  public struct Loss: Sendable, Hashable {
    /// What it is, in the plural: `notes`.
    public let what: String
    /// How often it was met.
    public let count: Int
  }

  private var counts: [(what: String, count: Int)] = []

  public init() {}

  /// The losses in the order in which they were first met.
  public var losses: [Loss] { counts.map { Loss(what: $0.what, count: $0.count) } }

  /// Counts something that is lost.
  public mutating func add(_ what: String, _ count: Int = 1) {
    guard count > 0 else { return }
    if let index = counts.firstIndex(where: { $0.what == what }) {
      counts[index].count += count
    } else {
      counts.append((what, count))
    }
  }

  /// One line a kind: `lost: 12 notes (UTX has no place for them)`.
  public func lines(format: String) -> [String] {
    counts.map { "lost: \($0.count) \($0.what) (\(format) has no place for them)" }
  }

  public static func == (left: LossReport, right: LossReport) -> Bool {
    left.losses == right.losses
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(losses) }
}

extension LossReport {
  /// Counts what hardly any format but TMX has a place for: dates, unknown attributes, languages of notes.
  mutating func addCommon(_ unit: TranslationUnit) {
    if unit.provenance != Provenance() { add("dates and authors") }
    add("unknown attributes", unit.attributes.count)
    addNoteLanguages(unit.notes)
    for variant in unit.variants { addCommon(variant) }
  }

  /// The same for a unit of which two variants are written.
  mutating func addCommon(_ unit: TranslationUnit, _ source: Variant, _ target: Variant) {
    var pair = unit
    pair.variants = [source, target]
    addCommon(pair)
  }

  /// The same for one variant.
  private mutating func addCommon(_ variant: Variant) {
    if variant.provenance != Provenance() { add("dates and authors") }
    add("unknown attributes", variant.attributes.count)
    addNoteLanguages(variant.notes)
  }

  private mutating func addNoteLanguages(_ notes: [Note]) {
    add("languages of notes", notes.count { $0.language != nil })
  }
}
