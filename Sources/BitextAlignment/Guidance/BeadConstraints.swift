/// Which beads the statements about two texts allow.
///
/// The sentences of each group were joined into one before, so a group has at most one sentence on each
/// side. A bead may touch one group only, must hold both its sentences, and nothing else where the group
/// is a whole unit. Without its groups a text can always be left out sentence by sentence, so an allowed
/// path exists whenever the groups have one order.
struct BeadConstraints: Sendable {
  /// For each sentence the number of its group, ascending along the text; -1 for a free one.
  let sourceGroups: [Int32]
  let targetGroups: [Int32]
  /// Whether each group is a whole unit.
  let isExact: [Bool]

  private let sourcePlaces: [Int32]
  private let targetPlaces: [Int32]
  /// How many grouped sentences stand before each sentence.
  private let sourceCounts: [Int32]
  private let targetCounts: [Int32]
  /// Where a group that has no sentence in a text may stand in it.
  private let sourceGaps: [ClosedRange<Int32>]
  private let targetGaps: [ClosedRange<Int32>]

  init(sourceGroups: [Int32], targetGroups: [Int32], isExact: [Bool]) {
    self.sourceGroups = sourceGroups
    self.targetGroups = targetGroups
    self.isExact = isExact
    sourcePlaces = Self.places(sourceGroups, isExact.count)
    targetPlaces = Self.places(targetGroups, isExact.count)
    sourceCounts = Self.counts(sourceGroups)
    targetCounts = Self.counts(targetGroups)
    sourceGaps = Self.gaps(sourcePlaces, Int32(sourceGroups.count))
    targetGaps = Self.gaps(targetPlaces, Int32(targetGroups.count))
  }

  /// The pairs of sentences that belong together, in order.
  var points: [(source: Int, target: Int)] {
    isExact.indices.compactMap { group in
      sourcePlaces[group] >= 0 && targetPlaces[group] >= 0
        ? (Int(sourcePlaces[group]), Int(targetPlaces[group])) : nil
    }
  }

  /// Puts `-inf` in place of the scores of beads that are not allowed.
  ///
  /// - Parameters:
  ///   - row: The number of source sentences behind the beads' end.
  ///   - low: The number of target sentences behind the row's first node.
  ///   - width: The number of nodes of the row.
  ///   - base: Where the row's scores begin: for each shape one score a node.
  func exclude(
    from scores: inout [Float], at base: Int, row: Int, low: Int, width: Int
  ) {
    for (index, shape) in BeadShape.all.enumerated() where shape.source <= row {
      let source = (row - shape.source)..<row
      let isFree = sourceCounts[source.upperBound] == sourceCounts[source.lowerBound]
      for node in 0..<width {
        let end = low + node
        let start = end - shape.target
        guard start >= 0 else { continue }
        if isFree, targetCounts[end] == targetCounts[start] { continue }
        if !allows(source, start..<end) { scores[base + index * width + node] = -.infinity }
      }
    }
  }

  func allows(_ source: Range<Int>, _ target: Range<Int>) -> Bool {
    var found: Int32 = -1
    for sentence in source where sourceGroups[sentence] >= 0 {
      if found >= 0, found != sourceGroups[sentence] { return false }
      found = sourceGroups[sentence]
    }
    for sentence in target where targetGroups[sentence] >= 0 {
      if found >= 0, found != targetGroups[sentence] { return false }
      found = targetGroups[sentence]
    }
    guard found >= 0 else { return true }
    let group = Int(found)
    return Self.fits(source, sourcePlaces[group], sourceGaps[group], isExact[group])
      && Self.fits(target, targetPlaces[group], targetGaps[group], isExact[group])
  }

  private static func fits(
    _ range: Range<Int>, _ place: Int32, _ gap: ClosedRange<Int32>, _ isExact: Bool
  ) -> Bool {
    if place < 0 { return range.isEmpty && gap.contains(Int32(range.lowerBound)) }
    return range.contains(Int(place)) && (!isExact || range.count == 1)
  }

  private static func places(_ groups: [Int32], _ count: Int) -> [Int32] {
    var places = [Int32](repeating: -1, count: count)
    for (sentence, group) in groups.enumerated() where group >= 0 && places[Int(group)] < 0 {
      places[Int(group)] = Int32(sentence)
    }
    return places
  }

  private static func counts(_ groups: [Int32]) -> [Int32] {
    var counts: [Int32] = [0]
    for group in groups { counts.append(counts[counts.count - 1] + (group >= 0 ? 1 : 0)) }
    return counts
  }

  private static func gaps(_ places: [Int32], _ count: Int32) -> [ClosedRange<Int32>] {
    var lower: [Int32] = []
    var last: Int32 = 0
    for place in places {
      lower.append(last)
      if place >= 0 { last = place + 1 }
    }
    var gaps = lower.map { $0...$0 }
    var next = count
    for group in places.indices.reversed() {
      gaps[group] = lower[group]...max(lower[group], next)
      if places[group] >= 0 { next = places[group] }
    }
    return gaps
  }
}
