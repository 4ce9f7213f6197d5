public import BitextCore

/// What it costs a match that its unit does not come from a translator who approved it.
///
/// It is read off the properties of the unit and of its variants:
///
/// | reason | properties |
/// |---|---|
/// | `pivot` | `x-pivot` |
/// | `machineTranslation` | `x-mt` unless `no`; `x-origin`, `origin` or `x-translation-origin` = `mt`, `machine`, `machine translation` |
/// | `status` | `x-status`, `status`, `x-approved` or `x-ConfirmationLevel…` = `unapproved`, `draft`, `rejected`, `needs-review`, `new`, `initial`, `no` |
/// | `alignment` | `x-confidence`, as this library's aligner writes it |
public struct ProvenancePenalties: Sendable, Hashable {
  /// Points for a unit that came from aligning texts.
  public var alignment: Int
  /// Points for a machine translation.
  public var machineTranslation: Int
  /// Points for a unit that was not approved.
  public var status: Int
  /// Points for a unit that was made through a third language.
  public var pivot: Int

  /// - Precondition: Points are 0 or more.
  public init(
    alignment: Int = 1, machineTranslation: Int = 10, status: Int = 2, pivot: Int = 3
  ) {
    precondition(
      [alignment, machineTranslation, status, pivot].allSatisfy { $0 >= 0 },
      "points below 0 would be a reward")
    self.alignment = alignment
    self.machineTranslation = machineTranslation
    self.status = status
    self.pivot = pivot
  }

  /// Where a unit comes from costs nothing.
  public static let none = ProvenancePenalties(
    alignment: 0, machineTranslation: 0, status: 0, pivot: 0)

  /// What properties cost, each reason once.
  public func penalties(for properties: [Property]) -> [Penalty] {
    var reasons: Set<PenaltyReason> = []
    for property in properties {
      let value = property.value.lowercased()
      switch property.name {
      case TranslationMemory.pivotProperty: reasons.insert(.pivot)
      case "x-confidence": reasons.insert(.alignment)
      case "x-mt":
        if !["no", "false", "0"].contains(value) { reasons.insert(.machineTranslation) }
      case "x-origin", "origin", "x-translation-origin":
        if ["mt", "machine", "machine translation", "machine-translation"].contains(value) {
          reasons.insert(.machineTranslation)
        }
      case let name
      where ["x-status", "status", "x-approved"].contains(name)
        || name.hasPrefix("x-ConfirmationLevel"):
        if Self.unapproved.contains(value) { reasons.insert(.status) }
      default: break
      }
    }
    let costs: [(reason: PenaltyReason, points: Int)] = [
      (.alignment, alignment), (.machineTranslation, machineTranslation), (.status, status),
      (.pivot, pivot),
    ]
    return costs.filter { reasons.contains($0.reason) && $0.points > 0 }.map {
      Penalty(reason: $0.reason, points: $0.points)
    }
  }

  private static let unapproved: Set<String> = [
    "unapproved", "draft", "rejected", "needs-review", "new", "initial", "no",
  ]
}
