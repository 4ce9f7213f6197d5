internal import BitextCore

/// One document made ready for alignment under guidance.
///
/// The sentences of each group are joined into one, so that a unit of any size is a bead of one sentence a
/// language; afterwards the units are spread over the original sentences again.
struct DocumentGuidance: Sendable {
  /// The texts with each group as one sentence.
  let texts: [SegmentedText]

  private let guidance: AlignmentGuidance
  /// For each language and each sentence of `texts` the original sentences.
  private let segments: [[Range<Int>]]
  /// For each language and each sentence of `texts` its group; -1 for a free one.
  private let groups: [[Int32]]
  private let vectors: [VectorSide]?

  init(_ texts: [SegmentedText], _ guidance: AlignmentGuidance) {
    self.guidance = guidance
    var joined: [SegmentedText] = []
    var segments: [[Range<Int>]] = []
    var groups: [[Int32]] = []
    for (language, text) in texts.enumerated() {
      var ranges: [Range<Int>] = []
      var numbers: [Int32] = []
      var next = 0
      for (number, group) in guidance.groups.enumerated() where !group.ranges[language].isEmpty {
        let range = group.ranges[language]
        while next < range.lowerBound {
          ranges.append(next..<(next + 1))
          numbers.append(-1)
          next += 1
        }
        ranges.append(range)
        numbers.append(Int32(number))
        next = range.upperBound
      }
      while next < text.sentences.count {
        ranges.append(next..<(next + 1))
        numbers.append(-1)
        next += 1
      }
      let starts = Set(text.paragraphStarts)
      joined.append(
        SegmentedText(
          language: text.language,
          sentences: ranges.map {
            $0.count == 1 ? text.sentences[$0.lowerBound] : text.text(of: $0)
          },
          paragraphStarts: ranges.indices.filter { starts.contains(ranges[$0].lowerBound) }))
      segments.append(ranges)
      groups.append(numbers)
    }
    self.texts = joined
    self.segments = segments
    self.groups = groups
    vectors = guidance.vectors.map { vectors in
      segments.enumerated().map { VectorSide($1, of: $0, vectors) }
    }
  }

  /// What is known of the beads between two languages.
  func pair(_ a: Int, _ b: Int) -> PairGuidance {
    PairGuidance(
      constraints: guidance.groups.isEmpty
        ? nil
        : BeadConstraints(
          sourceGroups: groups[a], targetGroups: groups[b],
          isExact: guidance.groups.map(\.isExact)),
      vectors: vectors.map { VectorEvidence($0[a], $0[b]) })
  }

  /// What is known of the beads between units of other languages and the sentences of one.
  ///
  /// - Parameters:
  ///   - units: For each unit one range of sentences of `texts` a language.
  ///   - merged: The languages that the units hold.
  ///   - language: The language that is to be added.
  /// - Returns: For each merged language what is known of its part; together they weigh as much as one.
  func joint(_ units: [[Range<Int>]], of merged: [Int], with language: Int) -> [PairGuidance] {
    var constraints: BeadConstraints?
    if !guidance.groups.isEmpty {
      let unitGroups = units.map { unit -> Int32 in
        for other in merged {
          for sentence in unit[other] where groups[other][sentence] >= 0 {
            return groups[other][sentence]
          }
        }
        return -1
      }
      constraints = BeadConstraints(
        sourceGroups: unitGroups, targetGroups: groups[language],
        isExact: guidance.groups.map(\.isExact))
    }
    return merged.enumerated().map { index, other in
      var pair = PairGuidance(constraints: index == 0 ? constraints : nil, vectors: nil)
      if let vectors, let host = guidance.vectors {
        let ranges = units.map { unit -> Range<Int> in
          guard let first = unit[other].first, let last = unit[other].last else { return 0..<0 }
          return segments[other][first].lowerBound..<segments[other][last].upperBound
        }
        pair.vectors = VectorEvidence(VectorSide(ranges, of: other, host), vectors[language])
        pair.share = 1 / Float(merged.count)
      }
      return pair
    }
  }

  /// Units of the original sentences. A unit that was given as a whole is certain.
  func expanded(_ units: [AlignedUnit]) -> [AlignedUnit] {
    let exact = Set(guidance.groups.filter(\.isExact).map(\.ranges))
    return units.map { unit in
      let ranges = unit.ranges.enumerated().map { language, range -> Range<Int> in
        let parts = segments[language]
        guard let first = range.first, let last = range.last else {
          let place =
            range.lowerBound < parts.count
            ? parts[range.lowerBound].lowerBound : parts.last?.upperBound ?? 0
          return place..<place
        }
        return parts[first].lowerBound..<parts[last].upperBound
      }
      let stated = ranges.map { $0.isEmpty ? 0..<0 : $0 }
      return AlignedUnit(
        ranges: ranges, confidence: exact.contains(stated) ? Confidence(1) : unit.confidence)
    }
  }
}

/// What is known of the beads of a pair of texts beside their words and lengths.
struct PairGuidance: Sendable {
  var constraints: BeadConstraints?
  var vectors: VectorEvidence?
  /// What the vectors' voice is multiplied by.
  var share: Float = 1

  /// Adds to the scores of the beads that end in a row; see `LatticeScorer.appendScores`.
  func adjust(_ scores: inout [Float], at base: Int, row: Int, low: Int, width: Int) {
    vectors?.add(to: &scores, at: base, row: row, low: low, width: width, share: share)
    constraints?.exclude(from: &scores, at: base, row: row, low: low, width: width)
  }

  /// Anchors that agree with what must hold.
  func completed(_ anchors: [Anchor]) -> [Anchor] {
    guard let constraints else { return anchors }
    let points = constraints.points
    guard !points.isEmpty else { return anchors }
    var result: [Anchor] = []
    var next = 0
    var last: (source: Int, target: Int) = (-1, -1)
    for anchor in anchors {
      while next < points.count, points[next].source <= anchor.source {
        let point = points[next]
        // What was found and is not before the point on both sides gives way.
        while let found = result.last, found.weight < .infinity, found.target >= point.target {
          result.removeLast()
        }
        result.append(Anchor(source: point.source, target: point.target, weight: .infinity))
        last = point
        next += 1
      }
      if anchor.source > last.source, anchor.target > last.target { result.append(anchor) }
    }
    for point in points[next...] {
      while let found = result.last, found.weight < .infinity, found.target >= point.target {
        result.removeLast()
      }
      result.append(Anchor(source: point.source, target: point.target, weight: .infinity))
    }
    return result
  }
}
