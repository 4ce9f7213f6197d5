public import BitextCore

/// What a change of many units did, or, as a rehearsal, would have done.
public struct MemoryChange: Sendable, Hashable {
  /// The run to undo it with; `nil` when nothing changed or it was a rehearsal.
  public var run: Int64?
  /// Units that came in.
  public var added = 0
  /// Units that have another content now.
  public var changed = 0
  /// Units that were taken out.
  public var removed = 0
  /// Units that could have been meant and were left as they are; ``remarks`` says why.
  public var skipped = 0
  /// One line for each kind of thing worth knowing.
  public var remarks: [String] = []

  public init() {}

  /// Whether nothing was, or would be, done.
  public var isEmpty: Bool { added + changed + removed == 0 }
}

extension TranslationMemory {
  /// Takes out the units that a filter means. They stay in the file as history, and `undo` brings them
  /// back.
  ///
  /// - Parameters:
  ///   - filter: Which units; an empty one means all of them.
  ///   - onlyVariants: Takes out only the variants in the filter's languages, and the unit with its
  ///     last one.
  ///   - name: What the run is listed as.
  ///   - isRehearsal: Changes nothing; the answer says what would have happened.
  /// - Complexity: O(units of the memory).
  public func remove(
    where filter: MemoryFilter, onlyVariants: Bool = false, recordedAs name: String = "remove",
    isRehearsal: Bool = false
  ) throws(MemoryError) -> MemoryChange {
    try change(.remove, name, isRehearsal: isRehearsal) { (writer, change) throws(MemoryError) in
      let test = try FilterTest(filter, writer)
      var meant: [Int64] = []
      try writer.forEachUnit { (stored) throws(MemoryError) in
        if test.accepts(stored) { meant.append(stored.number) }
        return true
      }
      for number in meant {
        if onlyVariants, !filter.languages.isEmpty, let stored = try writer.unit(number),
          let rest = filter.complement(of: stored)
        {
          try writer.replace(number, with: rest)
          change.changed += 1
        } else {
          try writer.remove(number)
          change.removed += 1
        }
      }
    }
  }

  /// Takes back what a run did: units that it added end, those that it changed or ended are what they
  /// were. What something else changed since stays as it is. Taking back is a run, too, so it can be
  /// taken back itself.
  ///
  /// - Throws: `noSuchRun`, or `alreadyUndone`.
  public func undo(run number: Int64, isRehearsal: Bool = false) throws(MemoryError) -> MemoryChange
  {
    try change(.undo, "undo \(number)", isRehearsal: isRehearsal) {
      (writer, change) throws(MemoryError) in
      var run = try writer.knownRun(number)
      if let undo = run.undoneBy {
        throw MemoryError(
          .alreadyUndone, path: store.path,
          message: "run \(number) was undone by run \(undo) already, which can be undone in turn")
      }
      var seen: Set<Int64> = []
      for entry in try writer.history(of: number).reversed() where seen.insert(entry.unit).inserted
      {
        // The first entry of a unit is what it was before the run.
        if try writer.isChanged(entry.unit, after: entry.id, except: number) {
          change.skipped += 1
        } else if let before = entry.before {
          let isThere = try writer.unit(entry.unit) != nil
          try writer.replace(entry.unit, with: before)
          if isThere { change.changed += 1 } else { change.added += 1 }
        } else if try writer.unit(entry.unit) != nil {
          try writer.remove(entry.unit)
          change.removed += 1
        }
      }
      for range in try writer.units(addedBy: number) {
        for unit in range where !seen.contains(unit) {
          if try writer.isChanged(unit, after: 0, except: number) {
            change.skipped += 1
          } else if try writer.unit(unit) != nil {
            try writer.remove(unit)
            change.removed += 1
          }
        }
      }
      if change.skipped > 0 {
        change.remarks.append(
          "\(change.skipped) units were changed since and stay as they are")
      }
      // An import that was broken off does not go on behind what is no longer there.
      run.isFinished = true
      _ = try writer.record(run)
      guard let undo = try writer.runs().last else { return }
      try writer.setUndone(number, by: undo.id)
      if run.kind == .undo,
        let redone = try writer.runs().first(where: { $0.undoneBy == number })
      {
        try writer.setUndone(redone.id, by: nil)
      }
    }
  }

  /// Counts that a translation was used, now or at another time. The text keeps its revision: no index
  /// has to be brought up to date.
  ///
  /// - Returns: The numbers among `units` that the memory does not have.
  @discardableResult
  public func noteUse(
    of units: some Sequence<Int64>, at time: Timestamp
  ) throws(MemoryError) -> [Int64] {
    let units = Array(units)
    return try store.write { (writer) throws(MemoryError) in
      var missing: [Int64] = []
      for unit in units where try !writer.noteUse(of: unit, at: time) { missing.append(unit) }
      return missing
    }
  }

  /// Runs `body` in one transaction, as a run of its own; nothing is recorded when nothing changed.
  func change(
    _ kind: ImportRun.Kind, _ name: String, isRehearsal: Bool,
    _ body: (any MemoryWriter, inout MemoryChange) throws(MemoryError) -> Void
  ) throws(MemoryError) -> MemoryChange {
    var change = MemoryChange()
    do {
      try store.write(isRehearsal: isRehearsal) { (writer) throws(MemoryError) in
        var run = try writer.begin(kind, name)
        try body(writer, &change)
        if change.isEmpty { throw Self.nothingToDo }
        var report = SaveReport()
        report.added = change.added
        report.updated = change.changed
        report.read = change.added + change.changed + change.removed
        try writer.end(&run, report: report)
        if !isRehearsal { change.run = run.id }
      }
    } catch  where error == Self.nothingToDo {
      // Taken back with the transaction.
    }
    if change.run != nil, change.added + change.changed >= 1_000 { indexNew() }
    return change
  }

  private static let nothingToDo = MemoryError(.store, message: "there is nothing to do")
}

extension MemoryFilter {
  /// A unit without the variants that are meant; `nil` when none is left.
  fileprivate func complement(of stored: StoredUnit) -> PreparedUnit? {
    var unit = stored.unit
    unit.variants.removeAll { isWanted($0.language) }
    guard !unit.variants.isEmpty else { return nil }
    let keepsSource = !isWanted(stored.unit.variants[stored.sourceIndex].language)
    let before = stored.unit.variants[..<stored.sourceIndex].count { !isWanted($0.language) }
    return PreparedUnit(
      unit, sourceIndex: keepsSource ? before : 0, context: stored.context)
  }
}
