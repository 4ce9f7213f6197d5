internal import BitextCore

/// The alignment of one document in three or more languages at once.
///
/// The pair of languages that agrees best is merged into units; each further language is aligned
/// against the list of units, with the evidence of all languages in them. Then each language in turn
/// is taken out and aligned again against the rest, until nothing changes. The result is a partition
/// of every text, so composing two pairs always gives the third.
///
/// Source: the way of multiple sequence alignment (Feng & Doolittle 1987 for progressive merging; Do
/// et al. 2005 for refinement); Simard 1999 for three texts being better than two.
struct JointRun {
  /// Sentences of some languages that belong together.
  struct Unit: Hashable {
    /// One range a language; empty where it is missing or not merged yet.
    var ranges: [Range<Int>]
    /// The probability that the unit is right.
    var confidence: Double
  }

  private let corpora: [TextCorpus]
  private let document: Int
  private let pairs: [[PairRun.Result?]]
  private let guidance: DocumentGuidance?
  private let isCancelled: @Sendable () -> Bool

  /// How often the languages are taken out and aligned again.
  private static let rounds = 5

  /// - Parameter pairs: The pairwise alignments: `pairs[a][b]` for `a < b`.
  init(
    _ corpora: [TextCorpus], document: Int, pairs: [[PairRun.Result?]],
    guidance: DocumentGuidance? = nil, isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.corpora = corpora
    self.document = document
    self.pairs = pairs
    self.guidance = guidance
    self.isCancelled = isCancelled
  }

  func align() throws(CancellationError) -> [Unit] {
    let order = mergingOrder()
    var merged = Array(order.prefix(2)).sorted()
    let (a, b) = (merged[0], merged[1])
    guard let first = pairs[a][b] else { return [] }
    var units = zip(first.paths[document], first.confidences[document]).map { bead, confidence in
      var ranges = [Range<Int>](repeating: 0..<0, count: corpora.count)
      ranges[a] = bead.source
      ranges[b] = bead.target
      return Unit(ranges: ranges, confidence: confidence)
    }
    for language in order.dropFirst(2) {
      units = try adding(language, to: units, of: merged)
      merged.append(language)
    }
    for _ in 0..<Self.rounds {
      let before = units
      for language in order {
        let others = order.filter { $0 != language }
        let rest = without(language, units, others)
        units = try adding(language, to: rest, of: others)
      }
      if units.map(\.ranges) == before.map(\.ranges) { break }
    }
    return Self.placed(units)
  }

  /// The units with each empty range at the place where its sentences are missing.
  private static func placed(_ units: [Unit]) -> [Unit] {
    guard let first = units.first else { return [] }
    var next = [Int](repeating: 0, count: first.ranges.count)
    return units.map { unit in
      var unit = unit
      for index in unit.ranges.indices {
        if unit.ranges[index].isEmpty { unit.ranges[index] = next[index]..<next[index] }
        next[index] = unit.ranges[index].upperBound
      }
      return unit
    }
  }

  /// The two languages whose beads are most certain, then those that agree best with them.
  private func mergingOrder() -> [Int] {
    var best = (a: 0, b: 1, mean: -1.0)
    for a in corpora.indices {
      for b in corpora.indices where a < b {
        let mean = certainty(a, b)
        if mean > best.mean { best = (a, b, mean) }
      }
    }
    var order = [best.a, best.b]
    while order.count < corpora.count {
      var next = (language: -1, mean: -1.0)
      for language in corpora.indices where !order.contains(language) {
        let mean = order.map { certainty(min($0, language), max($0, language)) }.max() ?? 0
        if mean > next.mean { next = (language, mean) }
      }
      order.append(next.language)
    }
    return order
  }

  private func certainty(_ a: Int, _ b: Int) -> Double {
    guard let path = pairs[a][b]?.paths[document], !path.isEmpty else { return 0 }
    var sum = 0.0
    for bead in path { sum += bead.posterior }
    return sum / Double(path.count)
  }

  /// Aligns a language against units of other languages.
  private func adding(
    _ language: Int, to units: [Unit], of merged: [Int]
  ) throws(CancellationError) -> [Unit] {
    let bags = corpora[language].documents[document]
    let known = guidance?.joint(units.map(\.ranges), of: merged, with: language)
    var evidence: [PairEvidence] = []
    for other in merged {
      guard let pair = pairs[min(other, language)][max(other, language)] else { continue }
      let table =
        other < language
        ? pair.table
        : pair.table.transposed(targetCount: corpora[other].vocabulary.words.count)
      var pairEvidence =
        PairEvidence(
          source: corpora[other].documents[document].merged(units.map { $0.ranges[other] }),
          target: bags, table: table, sourceVocabulary: corpora[other].vocabulary,
          targetVocabulary: corpora[language].vocabulary,
          paragraphs: PairEvidence.Paragraphs(
            source: paragraphStarts(of: other, in: units), sourceCount: units.count,
            target: corpora[language].paragraphStarts[document], targetCount: bags.count))
      pairEvidence.guidance = merged.firstIndex(of: other).flatMap { known?[$0] }
      evidence.append(pairEvidence)
    }
    guard let pair = pairs[min(merged[0], language)][max(merged[0], language)] else {
      return units
    }
    let model = pair.models[document]
    let found = try BandSearch.search(
      evidence, model: model, within: band(language, units, merged), isCancelled: isCancelled)
    let confidences = ConfidenceModel(model, hasLexicon: pair.hasLexicon)
      .confidences(found.path, evidence[0])
    return zip(found.path, confidences).map { bead, confidence in
      var unit = Unit(
        ranges: [Range<Int>](repeating: 0..<0, count: corpora.count), confidence: confidence)
      for part in units[bead.source] {
        for index in corpora.indices where !part.ranges[index].isEmpty {
          unit.ranges[index] =
            unit.ranges[index].isEmpty
            ? part.ranges[index]
            : unit.ranges[index].lowerBound..<part.ranges[index].upperBound
        }
        unit.confidence = min(unit.confidence, part.confidence)
      }
      if !bead.target.isEmpty { unit.ranges[language] = bead.target }
      return unit
    }
  }

  /// The units that open a paragraph of a language.
  private func paragraphStarts(of language: Int, in units: [Unit]) -> [Int] {
    let starts = Set(corpora[language].paragraphStarts[document])
    return units.indices.filter { index in
      let range = units[index].ranges[language]
      return !range.isEmpty && starts.contains(range.lowerBound)
    }
  }

  /// Around the nodes that the pairwise paths of a language pass.
  private func band(_ language: Int, _ units: [Unit], _ merged: [Int]) -> Band {
    let count = corpora[language].documents[document].count
    if units.isEmpty || count == 0 || units.count <= PairRun.largestGrid / count {
      return Band(full: units.count, count)
    }
    var lower = [Int32](repeating: .max, count: units.count + 1)
    var upper = [Int32](repeating: -1, count: units.count + 1)
    for other in merged {
      guard let pair = pairs[min(other, language)][max(other, language)] else { continue }
      // The row of the grid at which each sentence of the other language begins.
      var rows = [Int](repeating: units.count, count: corpora[other].documents[document].count + 1)
      for (row, unit) in units.enumerated() {
        for sentence in unit.ranges[other] { rows[sentence] = row }
      }
      for bead in pair.paths[document] {
        let (here, there) =
          other < language ? (bead.source, bead.target) : (bead.target, bead.source)
        let row = rows[here.lowerBound]
        lower[row] = min(lower[row], Int32(there.lowerBound))
        upper[row] = max(upper[row], Int32(there.upperBound))
      }
    }
    var last: Int32 = 0
    for row in lower.indices {
      if upper[row] < 0 {
        lower[row] = last
        upper[row] = last
      }
      last = max(last, upper[row])
    }
    return Band(lower: lower, upper: upper, targetCount: count).widened(by: 20, targetCount: count)
  }

  /// The units without one language, cut again where the other languages allow it.
  private func without(_ language: Int, _ units: [Unit], _ others: [Int]) -> [Unit] {
    var rest: [Unit] = []
    for unit in units {
      var unit = unit
      unit.ranges[language] = 0..<0
      guard others.contains(where: { !unit.ranges[$0].isEmpty }) else { continue }
      rest += cut(unit, others)
    }
    return rest
  }

  /// Cuts a unit where all pairwise paths of its languages agree that a bead ends.
  private func cut(_ unit: Unit, _ languages: [Int]) -> [Unit] {
    guard languages.count == 2, let pair = pairs[languages.min() ?? 0][languages.max() ?? 0] else {
      return [unit]
    }
    let (a, b) = (languages.min() ?? 0, languages.max() ?? 0)
    let path = pair.paths[document]
    // Beads ascend on both sides: the first that begins inside the unit is found by halving.
    var low = 0
    var high = path.count
    while low < high {
      let middle = (low + high) / 2
      if path[middle].source.lowerBound < unit.ranges[a].lowerBound
        || path[middle].target.lowerBound < unit.ranges[b].lowerBound
      {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let inside = path[low...].prefix { bead in
      bead.source.upperBound <= unit.ranges[a].upperBound
        && bead.target.upperBound <= unit.ranges[b].upperBound
    }
    guard !unit.ranges[a].isEmpty, !unit.ranges[b].isEmpty,
      inside.first?.source.lowerBound == unit.ranges[a].lowerBound,
      inside.first?.target.lowerBound == unit.ranges[b].lowerBound,
      inside.last?.source.upperBound == unit.ranges[a].upperBound,
      inside.last?.target.upperBound == unit.ranges[b].upperBound
    else { return [unit] }
    return inside.map { bead in
      var part = unit
      part.ranges[a] = bead.source
      part.ranges[b] = bead.target
      part.confidence = unit.confidence
      return part
    }
  }
}
