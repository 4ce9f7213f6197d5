public import BitextCore

extension TranslationMemory {
  /// The name of the property that says through which language a unit was made.
  public static let pivotProperty = "x-pivot"

  /// Makes units of two languages from units that share a third one: from en–zh and en–es, zh–es.
  ///
  /// The texts of the third language have to be equal, inline codes included, and their contexts must
  /// not contradict each other. One text may have up to four translations a side, which gives sixteen
  /// units; where it has more, nothing is made of it. A new unit carries the property `x-pivot`, which a
  /// look-up counts as a penalty, and `x-status` `unapproved`. What two languages already share in a unit
  /// is not made again.
  ///
  /// - Parameters:
  ///   - source: The language of the new sources.
  ///   - pivot: The language that is joined on.
  ///   - target: The language of the new translations.
  ///   - isRehearsal: Changes nothing; the answer says what would have happened.
  /// - Throws: `invalidQuery` when two of the languages are one.
  /// - Complexity: O(units of the memory) time and memory.
  public func pivot(
    from source: LanguageTag, through pivot: LanguageTag, to target: LanguageTag,
    isRehearsal: Bool = false
  ) throws(MemoryError) -> MemoryChange {
    for (left, right) in [(source, pivot), (pivot, target), (source, target)]
    where LanguageMatch.isAnswer(asked: left, stored: right) {
      throw MemoryError(
        .invalidQuery, path: store.path,
        message: "\(left) and \(right) are one language, expected three")
    }
    return try change(.pivot, "pivot \(source) \(pivot) \(target)", isRehearsal: isRehearsal) {
      (writer, change) throws(MemoryError) in
      var sides: [Segment: PivotSides] = [:]
      var order: [Segment] = []
      var known: Set<[String]> = []
      try writer.forEachUnit { (stored) throws(MemoryError) in
        let unit = stored.unit
        let left = PivotSides.first(source, in: unit)
        let right = PivotSides.first(target, in: unit)
        if let left, let right { known.insert([left.segment.text, right.segment.text]) }
        guard let middle = PivotSides.first(pivot, in: unit) else { return true }
        guard (left == nil) != (right == nil) else { return true }
        if sides[middle.segment] == nil { order.append(middle.segment) }
        sides[middle.segment, default: PivotSides()].add(
          left: left, right: right, context: stored.context)
        return true
      }
      var made: [PreparedUnit] = []
      for middle in order {
        guard let sides = sides[middle], !sides.left.isEmpty, !sides.right.isEmpty else { continue }
        if sides.left.count > 4 || sides.right.count > 4 {
          change.skipped += 1
          continue
        }
        for left in sides.left {
          for right in sides.right where !PivotSides.contradict(left.context, right.context) {
            let texts = [left.variant.segment.text, right.variant.segment.text]
            guard known.insert(texts).inserted else { continue }
            let unit = TranslationUnit(
              sourceLanguage: left.variant.language,
              variants: [
                Variant(language: left.variant.language, segment: left.variant.segment),
                Variant(language: right.variant.language, segment: right.variant.segment),
              ],
              properties: [
                Property(name: Self.pivotProperty, value: pivot.identifier),
                Property(name: "x-status", value: "unapproved"),
              ])
            made.append(try PreparedUnit(unit))
          }
        }
      }
      // Several translations are meant to stand side by side.
      var saver = UnitSaver(rule: .addAll)
      try saver.save(made, into: writer)
      change.added = saver.report.added
      change.changed = saver.report.updated
      if change.skipped > 0 {
        change.remarks.append(
          "\(change.skipped) texts in \(pivot) have more than four translations on a side and "
            + "were left out")
      }
    }
  }
}

/// What one text of the language in the middle was translated as, on both sides.
private struct PivotSides {
  typealias Side = (variant: Variant, context: ContextSignature)

  private(set) var left: [Side] = []
  private(set) var right: [Side] = []

  /// The first variant of a unit that may stand for the language.
  static func first(_ language: LanguageTag, in unit: TranslationUnit) -> Variant? {
    unit.variants.first { $0.language == language }
      ?? unit.variants.first { LanguageMatch.isAnswer(asked: language, stored: $0.language) }
  }

  mutating func add(left: Variant?, right: Variant?, context: ContextSignature) {
    func isNew(_ variant: Variant, _ sides: [Side]) -> Bool {
      !sides.contains { $0.variant.segment == variant.segment && $0.context == context }
    }
    if let left, isNew(left, self.left) { self.left.append((left, context)) }
    if let right, isNew(right, self.right) { self.right.append((right, context)) }
  }

  /// Whether a signal is known on both sides and differs.
  static func contradict(_ left: ContextSignature, _ right: ContextSignature) -> Bool {
    func differ(_ one: Int64, _ other: Int64) -> Bool {
      one != ContextSignature.unknown && other != ContextSignature.unknown && one != other
    }
    return differ(left.previous, right.previous) || differ(left.next, right.next)
      || differ(left.key, right.key)
  }
}
