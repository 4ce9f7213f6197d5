/// What a person or a program knows of an alignment before it is made: sentences that belong together,
/// units that are right as they stand, and vectors of sentences.
///
/// Statements are obeyed, not weighed: the rest of the texts is aligned around them. They are checked
/// when the guidance is made, so that an aligner never meets a contradiction.
///
///     let guidance = try AlignmentGuidance([.anchor([12, 9])], sentenceCounts: [40, 33])
///     let alignment = try aligner.align(texts, guidance: guidance)
public struct AlignmentGuidance: Sendable {
  /// Something that must hold.
  public enum Statement: Sendable, Hashable {
    /// These sentences, one a language by its index from 0, belong to the same unit, which may be
    /// larger. Anchors that share no sentence stay in different units.
    case anchor([Int])
    /// Exactly these sentences, one range a language, are a unit; an empty range leaves a language
    /// out.
    case unit([Range<Int>])
  }

  /// Sentences that one unit holds.
  struct Group: Sendable, Hashable {
    /// One range a language; empty only where the unit leaves a language out.
    var ranges: [Range<Int>]
    /// Whether the unit holds nothing else.
    var isExact: Bool
    /// The first statement that speaks of it.
    var statement: Int
  }

  /// The number of sentences of each text.
  public let sentenceCounts: [Int]
  /// Vectors of sentences, as one more voice; `nil` when there are none.
  public var vectors: (any SentenceVectors)?

  /// The groups in the order in which they stand in the texts; no two share a sentence.
  let groups: [Group]

  /// Checks and keeps statements.
  ///
  /// - Parameters:
  ///   - statements: In any order; what stands twice counts once.
  ///   - sentenceCounts: The number of sentences of each text, in the order of the languages.
  ///   - vectors: Vectors of the sentences.
  /// - Throws: `GuidanceError` when a statement names a sentence that is not there, does not name one
  ///   for each language, or contradicts another one.
  /// - Complexity: O(*n* log *n*) for *n* statements.
  public init(
    _ statements: [Statement], sentenceCounts: [Int], vectors: (any SentenceVectors)? = nil
  ) throws(GuidanceError) {
    self.sentenceCounts = sentenceCounts
    self.vectors = vectors
    var groups: [Group] = []
    for (number, statement) in statements.enumerated() {
      groups.append(try Self.group(statement, number, sentenceCounts))
    }
    try Self.checkAnchors(groups)
    groups = try Self.joined(groups, languages: sentenceCounts.count)
    self.groups = try Self.ordered(groups, languages: sentenceCounts.count)
  }

  /// Guidance by vectors alone.
  public init(vectors: any SentenceVectors, sentenceCounts: [Int]) {
    self.sentenceCounts = sentenceCounts
    self.vectors = vectors
    groups = []
  }

  private static func group(
    _ statement: Statement, _ number: Int, _ counts: [Int]
  ) throws(GuidanceError) -> Group {
    let ranges: [Range<Int>]
    let isExact: Bool
    switch statement {
    case .anchor(let sentences):
      ranges = sentences.map { $0..<($0 < .max ? $0 + 1 : $0) }
      isExact = false
    case .unit(let unit):
      ranges = unit
      isExact = true
    }
    guard ranges.count == counts.count else {
      throw GuidanceError(
        .wrongNumber, statement: number,
        "found \(ranges.count) texts, expected one sentence for each of \(counts.count)")
    }
    for (field, (range, count)) in zip(ranges, counts).enumerated() {
      guard range.lowerBound >= 0, range.upperBound <= count else {
        let wrong = range.lowerBound < 0 ? range.lowerBound : range.upperBound - 1
        throw GuidanceError(
          .outOfRange, statement: number, field: field,
          count == 0
            ? "found sentence \(wrong) of a text without sentences"
            : "found sentence \(wrong), expected 0 to \(count - 1)")
      }
    }
    guard ranges.contains(where: { !$0.isEmpty }) else {
      throw GuidanceError(.wrongNumber, statement: number, "found a unit without any sentence")
    }
    return Group(
      ranges: ranges.map { $0.isEmpty ? 0..<0 : $0 }, isExact: isExact, statement: number)
  }

  /// Anchors must ascend in all texts.
  private static func checkAnchors(_ groups: [Group]) throws(GuidanceError) {
    let anchors = groups.filter { !$0.isExact }.sorted { first, second in
      for (a, b) in zip(first.ranges, second.ranges) where a.lowerBound != b.lowerBound {
        return a.lowerBound < b.lowerBound
      }
      return first.statement < second.statement
    }
    for (earlier, later) in zip(anchors, anchors.dropFirst()) {
      for (a, b) in zip(earlier.ranges, later.ranges) where b.lowerBound < a.lowerBound {
        throw crossing(earlier, later)
      }
    }
  }

  private static func crossing(_ a: Group, _ b: Group) -> GuidanceError {
    let (first, second) = a.statement < b.statement ? (a, b) : (b, a)
    return GuidanceError(
      .crossing, statement: second.statement,
      "\(shown(second)) crosses \(shown(first)), expected the same order in every text")
  }

  static func shown(_ group: Group) -> String {
    group.ranges.map { range in
      range.count == 1 ? "\(range.lowerBound)" : "\(Array(range))"
    }.joined(separator: ":")
  }

  /// Groups that share a sentence become one.
  private static func joined(_ groups: [Group], languages: Int) throws(GuidanceError) -> [Group] {
    var groups = groups
    while true {
      var leader = Array(groups.indices)
      func root(_ index: Int) -> Int {
        var index = index
        while leader[index] != index { index = leader[index] }
        return index
      }
      for language in 0..<languages {
        let order = groups.indices.filter { !groups[$0].ranges[language].isEmpty }.sorted {
          (groups[$0].ranges[language].lowerBound, $0) < (
            groups[$1].ranges[language].lowerBound, $1
          )
        }
        var end = -1
        var last = -1
        for index in order {
          let range = groups[index].ranges[language]
          if last >= 0, range.lowerBound < end {
            let (a, b) = (root(last), root(index))
            leader[max(a, b)] = min(a, b)
          }
          if range.upperBound > end {
            end = range.upperBound
            last = index
          }
        }
      }
      var members: [[Int]] = groups.map { _ in [] }
      for index in groups.indices { members[root(index)].append(index) }
      var merged: [Group] = []
      for list in members where !list.isEmpty { merged.append(try join(list.map { groups[$0] })) }
      if merged.count == groups.count { return merged }
      groups = merged
    }
  }

  private static func join(_ groups: [Group]) throws(GuidanceError) -> Group {
    guard groups.count > 1 else { return groups[0] }
    if let exact = groups.first(where: \.isExact) {
      for other in groups {
        let fits =
          other.isExact
          ? other.ranges == exact.ranges
          : zip(other.ranges, exact.ranges).allSatisfy { inner, outer in
            outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
          }
        guard fits else {
          let (first, second) = exact.statement < other.statement ? (exact, other) : (other, exact)
          throw GuidanceError(
            .contradiction, statement: second.statement,
            "\(shown(second)) contradicts \(shown(first)), expected each sentence in one unit")
        }
      }
      return exact
    }
    var hull = groups[0]
    for group in groups.dropFirst() {
      hull.statement = min(hull.statement, group.statement)
      for (language, range) in group.ranges.enumerated() {
        let known = hull.ranges[language]
        hull.ranges[language] =
          min(known.lowerBound, range.lowerBound)..<max(known.upperBound, range.upperBound)
      }
    }
    return hull
  }

  /// The groups in an order in which every text has them.
  private static func ordered(_ groups: [Group], languages: Int) throws(GuidanceError) -> [Group] {
    var followers: [[Int]] = groups.map { _ in [] }
    var waiting = [Int](repeating: 0, count: groups.count)
    for language in 0..<languages {
      let order = groups.indices.filter { !groups[$0].ranges[language].isEmpty }.sorted {
        groups[$0].ranges[language].lowerBound < groups[$1].ranges[language].lowerBound
      }
      for (earlier, later) in zip(order, order.dropFirst()) {
        followers[earlier].append(later)
        waiting[later] += 1
      }
    }
    var ready = groups.indices.filter { waiting[$0] == 0 }
    var result: [Group] = []
    while let next = ready.popLast() {
      result.append(groups[next])
      for follower in followers[next] {
        waiting[follower] -= 1
        if waiting[follower] == 0 { ready.append(follower) }
      }
    }
    guard result.count == groups.count else {
      let stuck = groups.indices.filter { waiting[$0] > 0 }
      // Some group waits for another that waits for it: name the last one and what it follows.
      let last = stuck.max { groups[$0].statement < groups[$1].statement } ?? stuck[0]
      let other = stuck.first { index in
        index != last
          && zip(groups[index].ranges, groups[last].ranges).contains { a, b in
            !a.isEmpty && !b.isEmpty && a.lowerBound > b.lowerBound
          }
          && zip(groups[index].ranges, groups[last].ranges).contains { a, b in
            !a.isEmpty && !b.isEmpty && a.lowerBound < b.lowerBound
          }
      }
      throw crossing(groups[other ?? stuck[0]], groups[last])
    }
    return result
  }
}
