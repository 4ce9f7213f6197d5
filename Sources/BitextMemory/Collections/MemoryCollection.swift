internal import BitextCore

/// Several memories that are asked together: one's own, a client's, an old one that counts less.
///
///     let collection = MemoryCollection([
///       .init(own, name: "own"), .init(old, name: "old", penalty: 5),
///     ])
///     let matches = try collection.matches(for: MatchQuery("Save the file", from: "en", to: "es"))
///
/// Matches are ordered by score after all penalties, then by text score, then by the order of the
/// memories, then the newest first; fragments come behind all others. The same translation of the same text is given once, from where it
/// counts most.
public struct MemoryCollection: Sendable {
  /// A memory of a collection.
  public struct Member: Sendable {
    /// The memory.
    public let memory: TranslationMemory
    /// What it is called in answers.
    public let name: String
    /// The points that each of its matches loses.
    public let penalty: Int

    /// - Precondition: `penalty` is in `0...100`.
    public init(_ memory: TranslationMemory, name: String, penalty: Int = 0) {
      precondition((0...100).contains(penalty), "a penalty of \(penalty) is outside 0...100")
      self.memory = memory
      self.name = name
      self.penalty = penalty
    }
  }

  /// What is asked of the units beside their texts.
  public struct Conditions: Sendable, Hashable {
    /// Which units count. Its languages are those that the query asks for and are not looked at.
    public var filter: MemoryFilter
    /// The points that a unit loses which does not pass the filter; `nil` leaves it out.
    public var filterPenalty: Int?
    /// What it costs where a unit comes from.
    public var provenance: ProvenancePenalties

    /// - Precondition: `filterPenalty` is 0 or more.
    public init(
      filter: MemoryFilter = MemoryFilter(), filterPenalty: Int? = nil,
      provenance: ProvenancePenalties = ProvenancePenalties()
    ) {
      precondition(filterPenalty ?? 0 >= 0, "points below 0 would be a reward")
      self.filter = filter
      self.filter.languages = []
      self.filterPenalty = filterPenalty
      self.provenance = provenance
    }
  }

  /// A match, and the memory that offers it.
  public struct MemberMatch: Sendable, Hashable {
    /// The match, with the penalties of the memory and of the unit's provenance.
    public internal(set) var match: Match
    /// The index of its memory in ``MemoryCollection/members``.
    public let member: Int
  }

  /// The memories; of two equal matches the one of the earlier memory comes first.
  public let members: [Member]

  public init(_ members: [Member]) { self.members = members }

  /// The matches of all memories for one query, best first.
  ///
  /// Nothing that would be among the best is missed: a memory is asked again, for twice as many, as long
  /// as one that it has not given yet could be.
  ///
  /// - Throws: What a memory throws; `noSuchRun` when the filter names a run that a memory does not have.
  /// - Complexity: That of each memory, and some 5 µs a match for its provenance.
  public func matches(
    for query: MatchQuery, options: MatchOptions = MatchOptions(),
    conditions: Conditions = Conditions()
  ) throws(MemoryError) -> [MemberMatch] {
    var all: [MemberMatch] = []
    for (index, member) in members.enumerated() {
      for match in try member.matches(for: query, options: options, conditions: conditions) {
        all.append(MemberMatch(match: match, member: index))
      }
    }
    guard members.count > 1 else { return all }
    all.sort { Self.isBetter($0, $1) }
    var best: [MemberMatch] = []
    for candidate in all {
      let isKnown = best.contains {
        $0.member != candidate.member && $0.match.source == candidate.match.source
          && $0.match.target == candidate.match.target
      }
      if !isKnown { best.append(candidate) }
    }
    return Array(best.prefix(options.limit))
  }

  private static func isBetter(_ left: MemberMatch, _ right: MemberMatch) -> Bool {
    let (one, other) = (left.match, right.match)
    if (one.kind == .fragment) != (other.kind == .fragment) { return other.kind == .fragment }
    if (one.score, one.textScore) != (other.score, other.textScore) {
      return (one.score, one.textScore) > (other.score, other.textScore)
    }
    if left.member != right.member { return left.member < right.member }
    return one.revision > other.revision
  }
}

extension MemoryCollection.Member {
  fileprivate func matches(
    for query: MatchQuery, options: MatchOptions, conditions: MemoryCollection.Conditions
  ) throws(MemoryError) -> [Match] {
    var deeper = options
    while true {
      let found = try memory.matches(for: query, options: deeper)
      var judged = try judge(found, conditions)
      judged.sort { $0.order > $1.order }
      // Fragments fill up what room is left, so with them there is nothing else to come.
      let isFull = found.count >= deeper.limit && found.last?.kind != .fragment
      guard isFull, let last = found.last else {
        return Array(judged.prefix(options.limit))
      }
      // What was not given yet is no better than the last one was, before it is judged.
      if judged.count >= options.limit,
        judged[options.limit - 1].order >= last.order(less: penalty)
      {
        return Array(judged.prefix(options.limit))
      }
      deeper.limit *= 2
    }
  }

  /// The matches that pass, with what their units cost.
  private func judge(
    _ matches: [Match], _ conditions: MemoryCollection.Conditions
  ) throws(MemoryError) -> [Match] {
    guard !matches.isEmpty else { return [] }
    let hasFilter = !conditions.filter.isEmpty
    guard hasFilter || conditions.provenance != .none else {
      return matches.map { $0.charged(.memory, penalty) }
    }
    return try memory.store.read { (reader) throws(MemoryError) in
      let test = hasFilter ? try FilterTest(conditions.filter, reader) : nil
      let hasProperties = try reader.hasProperties()
      var judged: [Match] = []
      for match in matches {
        var match = match.charged(.memory, penalty)
        if let test {
          // Taken out a moment ago: it is offered no more.
          guard let stored = try reader.unit(match.unit) else { continue }
          if !test.accepts(stored) {
            guard let points = conditions.filterPenalty else { continue }
            match = match.charged(.filter, points)
          }
        }
        if hasProperties, conditions.provenance != .none {
          let properties = try reader.properties(ofUnit: match.unit)
          for penalty in conditions.provenance.penalties(for: properties) {
            match = match.charged(penalty.reason, penalty.points)
          }
        }
        judged.append(match)
      }
      return judged
    }
  }
}

extension Match {
  fileprivate var order: (Int, Int, Int, Int64) {
    (kind == .fragment ? 0 : 1, score, textScore, revision)
  }

  fileprivate func order(less penalty: Int) -> (Int, Int, Int, Int64) {
    (kind == .fragment ? 0 : 1, max(0, score - penalty), textScore, revision)
  }

  fileprivate func charged(_ reason: PenaltyReason, _ points: Int) -> Match {
    guard points > 0 else { return self }
    var charged = self
    charged.penalties.append(Penalty(reason: reason, points: points))
    charged.score = max(0, score - points)
    return charged
  }
}
