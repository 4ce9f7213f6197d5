internal import BitextCore

extension TranslationMemory {
  /// Joins units that say the same: the same source and the same translations, with their inline codes,
  /// in the same context. The first one stays, with the earliest making, the latest change, the sum of
  /// the uses, and all properties and remarks.
  ///
  /// - Parameters:
  ///   - ignoresContext: Joins them wherever they stood; the context of the first one stays.
  ///   - isRehearsal: Changes nothing; the answer says what would have happened.
  /// - Complexity: O(units of the memory) time; 40 bytes a unit.
  public func dedupe(
    ignoresContext: Bool = false, isRehearsal: Bool = false
  ) throws(MemoryError) -> MemoryChange {
    try change(.dedupe, "dedupe", isRehearsal: isRehearsal) {
      (writer, change) throws(MemoryError) in
      var groups: [SourceKey: [Int64]] = [:]
      try writer.forEachUnit { (stored) throws(MemoryError) in
        groups[SourceKey(stored, ignoresContext: ignoresContext), default: []].append(stored.number)
        return true
      }
      let several = groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
      for group in several {
        var kept: [(number: Int64, content: PreparedUnit, isChanged: Bool)] = []
        for number in group {
          guard let next = try writer.unit(number)?.prepared else { continue }
          if let place = kept.firstIndex(where: {
            Self.hasEqualSource($0.content, next, ignoresContext: ignoresContext)
              && UnitMerge.union($0.content, next) != nil
          }), let joined = UnitMerge.union(kept[place].content, next) {
            if joined != kept[place].content { kept[place].isChanged = true }
            kept[place].content = joined
            try writer.remove(number)
            change.removed += 1
          } else {
            kept.append((number, next, false))
          }
        }
        for unit in kept where unit.isChanged {
          try writer.replace(unit.number, with: unit.content)
          change.changed += 1
        }
      }
    }
  }

  private static func hasEqualSource(
    _ left: PreparedUnit, _ right: PreparedUnit, ignoresContext: Bool
  ) -> Bool {
    let (first, second) = (
      left.unit.variants[left.sourceIndex], right.unit.variants[right.sourceIndex]
    )
    return first.language == second.language && first.segment == second.segment
      && (ignoresContext || left.context == right.context)
  }
}

/// What units have to share before they are compared.
private struct SourceKey: Hashable {
  let language: LanguageTag
  let text: Int64
  let context: ContextSignature?

  init(_ stored: StoredUnit, ignoresContext: Bool) {
    let source = stored.unit.variants[stored.sourceIndex]
    language = source.language
    text = PreparedUnit.hash(of: source.segment.text)
    context = ignoresContext ? nil : stored.context
  }
}
