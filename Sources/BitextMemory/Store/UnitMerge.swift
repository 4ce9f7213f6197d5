internal import BitextCore

/// Decides what a unit that is saved does to one that is there.
enum UnitMerge: Hashable {
  /// They have nothing to do with each other.
  case unrelated
  /// Nothing new.
  case same
  /// The same translation; this is both joined.
  case joined(PreparedUnit)
  /// Another translation for a language that both have; this is what results when the new one wins,
  /// and whether it is newer.
  case conflict(PreparedUnit, isNewer: Bool)

  /// Compares two units whose sources are equal.
  static func compare(stored: PreparedUnit, incoming: PreparedUnit) -> UnitMerge {
    let storedTargets = targets(of: stored)
    let incomingTargets = targets(of: incoming)
    if incomingTargets.isEmpty && !storedTargets.isEmpty { return .unrelated }
    let shared = Set(storedTargets.map(\.language)).intersection(incomingTargets.map(\.language))
    if shared.isEmpty && !(storedTargets.isEmpty && incomingTargets.isEmpty) { return .unrelated }

    var result = stored.unit
    result.join(metadataOf: incoming.unit)
    join(&result.variants[stored.sourceIndex], incoming.unit.variants[incoming.sourceIndex])
    var inConflict: [LanguageTag] = []
    for target in incomingTargets {
      if let place = result.variants.indices.first(where: {
        $0 != stored.sourceIndex && result.variants[$0].language == target.language
          && result.variants[$0].segment == target.segment
      }) {
        join(&result.variants[place], target)
      } else if shared.contains(target.language) {
        if !inConflict.contains(target.language) { inConflict.append(target.language) }
      } else {
        result.variants.append(target)
      }
    }
    if inConflict.isEmpty {
      return result == stored.unit ? .same : .joined(prepared(result, stored.sourceIndex, stored))
    }

    var kept: [Variant] = []
    var sourceIndex = stored.sourceIndex
    var replaced: Set<LanguageTag> = []
    for (place, variant) in result.variants.enumerated() {
      if place == stored.sourceIndex { sourceIndex = kept.count }
      if place == stored.sourceIndex || !inConflict.contains(variant.language) {
        kept.append(variant)
      } else if replaced.insert(variant.language).inserted {
        kept.append(contentsOf: incomingTargets.filter { $0.language == variant.language })
      }
    }
    result.variants = kept
    result.takeDates(of: incoming.unit)
    let old = stored.unit.lastChange
    let new = incoming.unit.lastChange
    let isNewer = if let old, let new { new >= old } else { true }
    return .conflict(prepared(result, sourceIndex, stored), isNewer: isNewer)
  }

  /// Two units that say the same, in one: for those that are in the memory already. Unlike an import,
  /// which may bring the same file again, uses are added up.
  static func union(_ first: PreparedUnit, _ second: PreparedUnit) -> PreparedUnit? {
    let uses = (first.unit.provenance.usageCount, second.unit.provenance.usageCount)
    var joined: PreparedUnit
    switch compare(stored: first, incoming: second) {
    case .unrelated, .conflict: return nil
    case .same: joined = first
    case .joined(let result): joined = result
    }
    guard let left = uses.0, let right = uses.1 else { return joined }
    var unit = joined.unit
    unit.provenance.usageCount = left &+ right
    joined = PreparedUnit(unit, sourceIndex: joined.sourceIndex, context: joined.context)
    return joined
  }

  private static func prepared(
    _ unit: TranslationUnit, _ sourceIndex: Int, _ stored: PreparedUnit
  ) -> PreparedUnit {
    PreparedUnit(unit, sourceIndex: sourceIndex, context: stored.context)
  }

  private static func targets(of prepared: PreparedUnit) -> [Variant] {
    prepared.unit.variants.enumerated().filter { $0.offset != prepared.sourceIndex }.map(\.element)
  }

  private static func join(_ variant: inout Variant, _ other: Variant) {
    variant.provenance.join(other.provenance)
    variant.properties.addMissing(other.properties)
    variant.notes.addMissing(other.notes)
    variant.attributes.addMissing(other.attributes)
  }
}

extension TranslationUnit {
  /// The latest date that the unit or a variant of it was changed or made.
  fileprivate var lastChange: Int64? {
    ([provenance] + variants.map(\.provenance)).compactMap {
      $0.changed?.secondsSince1970 ?? $0.created?.secondsSince1970
    }.max()
  }

  fileprivate mutating func join(metadataOf other: TranslationUnit) {
    if let name = identifier, let theirs = other.identifier, name != theirs {
      // Two files, or two places of one, know it by different names.
      properties.addMissing([Property(name: "x-tuid", value: theirs)])
    }
    identifier = identifier ?? other.identifier
    sourceLanguage = sourceLanguage ?? other.sourceLanguage
    provenance.join(other.provenance)
    properties.addMissing(other.properties)
    notes.addMissing(other.notes)
    attributes.addMissing(other.attributes)
  }

  fileprivate mutating func takeDates(of other: TranslationUnit) {
    if other.provenance.changed != nil { provenance.changed = other.provenance.changed }
    if other.provenance.changedBy != nil { provenance.changedBy = other.provenance.changedBy }
  }
}

extension Provenance {
  /// The earliest making, the latest change and use. Use counts are not added up, since the same file
  /// may be imported again.
  fileprivate mutating func join(_ other: Provenance) {
    if let theirs = other.created {
      if created == nil || Self.isEarlier(theirs, than: created) { created = theirs }
      if createdBy == nil { createdBy = other.createdBy }
    }
    if let theirs = other.changed, changed == nil || Self.isEarlier(changed, than: theirs) {
      changed = theirs
      if other.changedBy != nil { changedBy = other.changedBy }
    }
    if let theirs = other.lastUsed, lastUsed == nil || Self.isEarlier(lastUsed, than: theirs) {
      lastUsed = theirs
    }
    if let theirs = other.usageCount { usageCount = max(usageCount ?? theirs, theirs) }
    createdBy = createdBy ?? other.createdBy
    changedBy = changedBy ?? other.changedBy
  }

  private static func isEarlier(_ left: Timestamp?, than right: Timestamp?) -> Bool {
    guard let left = left?.secondsSince1970, let right = right?.secondsSince1970 else {
      return false
    }
    return left < right
  }
}

extension Array where Element: Hashable {
  /// Appends what is not there yet.
  fileprivate mutating func addMissing(_ others: [Element]) {
    guard self != others, !others.isEmpty else { return }
    var known = Set(self)
    for other in others where known.insert(other).inserted { append(other) }
  }
}
