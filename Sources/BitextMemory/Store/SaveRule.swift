/// What happens when a unit is saved whose source is already there, in the same context, with another
/// translation. The same translation is never stored twice, whatever the rule: dates and remarks are
/// joined.
public enum SaveRule: String, Sendable, Hashable, CaseIterable {
  /// The newer one stays, by date of change; without dates, the one that is saved later.
  case keepNewest
  /// The one that is saved takes the place of the one that is there.
  case replace
  /// The one that is there stays.
  case keepExisting
  /// Both stay, side by side.
  case addAll
}

/// What became of the units that were saved.
public struct SaveReport: Sendable, Hashable {
  /// Units that were read.
  public var read = 0
  /// Units that are new.
  public var added = 0
  /// Units that changed one that was there.
  public var updated = 0
  /// Units that brought nothing new.
  public var unchanged = 0
  /// Units that could not be saved.
  public var rejected = 0

  public init() {}

  /// The sum of two reports.
  public static func + (left: SaveReport, right: SaveReport) -> SaveReport {
    var sum = left
    sum.read += right.read
    sum.added += right.added
    sum.updated += right.updated
    sum.unchanged += right.unchanged
    sum.rejected += right.rejected
    return sum
  }
}

/// What became of one unit that was saved.
public enum SaveOutcome: Sendable, Hashable {
  /// It is new.
  case added
  /// It changed one that was there.
  case updated
  /// It brought nothing new.
  case unchanged
}
