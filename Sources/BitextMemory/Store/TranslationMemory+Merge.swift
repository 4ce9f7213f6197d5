internal import BitextCore

extension TranslationMemory {
  /// Brings in the units of another memory, with their numbers of uses, contexts and properties, and the
  /// concepts of its glossary.
  ///
  /// A `tuid` that stands for another source here gets the name of the other memory in front, so that
  /// no two units are mistaken for each other. Everything is one transaction.
  ///
  /// - Parameters:
  ///   - other: The memory that is read; it is not changed.
  ///   - name: What it is called in the list of runs and in front of a `tuid`.
  ///   - rule: What happens to another translation of the same text.
  ///   - isRehearsal: Changes nothing; the answer says what would have happened.
  /// - Returns: What changed, and the exact counts.
  public func merge(
    _ other: TranslationMemory, name: String, rule: SaveRule = .keepNewest,
    isRehearsal: Bool = false
  ) throws(MemoryError) -> (change: MemoryChange, report: SaveReport) {
    let concepts = try other.concepts()
    var counts = SaveReport()
    let change = try change(.merge, name, isRehearsal: isRehearsal) {
      (writer, change) throws(MemoryError) in
      // Who is called what: the hash of a name, and that of the source that bears it.
      var named: [UInt64: Int64] = [:]
      try writer.forEachUnit { (stored) throws(MemoryError) in
        if let identifier = stored.unit.identifier {
          named[XXH64.hash(identifier)] = Self.sourceHash(stored)
        }
        return true
      }
      var saver = UnitSaver(rule: rule)
      var batch: [PreparedUnit] = []
      var renamed = 0
      try other.forEachStoredUnit { (stored) throws(MemoryError) in
        var content = stored.prepared
        if let identifier = stored.unit.identifier,
          let source = named[XXH64.hash(identifier)], source != Self.sourceHash(stored)
        {
          var unit = stored.unit
          unit.identifier = "\(name):\(identifier)"
          content = PreparedUnit(unit, sourceIndex: stored.sourceIndex, context: stored.context)
          renamed += 1
        }
        batch.append(content)
        if batch.count >= 10_000 {
          try saver.save(batch, into: writer)
          batch.removeAll(keepingCapacity: true)
        }
        return true
      }
      try saver.save(batch, into: writer)
      counts = saver.report
      change.added = counts.added
      change.changed = counts.updated
      if renamed > 0 {
        change.remarks.append(
          "\(renamed) units bear a tuid that is taken; it begins with \"\(name):\" now")
      }
      let known = Set(try writer.concepts())
      let new = concepts.filter { !known.contains($0) }
      let taken = Set(known.map(\.identifier))
      let kept = new.filter { !taken.contains($0.identifier) }
      if kept.count < new.count {
        change.remarks.append(
          "\(new.count - kept.count) concepts bear an identifier that is taken and were left out")
      }
      if !kept.isEmpty {
        try writer.save(kept)
        change.remarks.append("\(kept.count) concepts came in, which undo leaves")
      }
    }
    return (change, counts)
  }

  private static func sourceHash(_ stored: StoredUnit) -> Int64 {
    PreparedUnit.hash(of: stored.unit.variants[stored.sourceIndex].segment.text)
  }
}
