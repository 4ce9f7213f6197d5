import BitextCore
import Testing

@testable import BitextAlignment

private struct FaultCase: Sendable, CustomTestStringConvertible {
  let lines: String
  let counts: [Int]
  let place: String
  let message: String

  var testDescription: String { lines.debugDescription }
}

private let faultCases = [
  FaultCase(
    lines: "3\t40", counts: [10, 10], place: "a.anchors:1:3",
    message: "found sentence 40, expected 0 to 9"),
  FaultCase(
    lines: "# right\n0\t0\n12\t1", counts: [10, 10], place: "a.anchors:3:1",
    message: "found sentence 12, expected 0 to 9"),
  FaultCase(
    lines: "3\t4\n5\t2", counts: [10, 10], place: "a.anchors:2:1",
    message: "5:2 crosses 3:4, expected the same order in every text"),
  FaultCase(
    lines: "[3]:[4]\n[5]:[2]", counts: [10, 10], place: "a.anchors:2:1",
    message: "5:2 crosses 3:4, expected the same order in every text"),
  FaultCase(
    lines: "[3, 4]:[4]\n4\t5", counts: [10, 10], place: "a.anchors:2:1",
    message: "4:5 contradicts [3, 4]:4, expected each sentence in one unit"),
  FaultCase(
    lines: "3\t4\t5", counts: [10, 10], place: "a.anchors:1:1",
    message: "found 3 texts, expected one sentence for each of 2"),
  FaultCase(
    lines: "[]:[]", counts: [10, 10], place: "a.anchors:1:1",
    message: "found a unit without any sentence"),
  FaultCase(
    lines: "3\tvier", counts: [10, 10], place: "a.anchors:1:3",
    message: "found `v`, expected the index of a sentence, from 0"),
  FaultCase(
    lines: "3 4", counts: [10, 10], place: "a.anchors:1:3",
    message: "found `4`, expected a tab between the columns, or the end of the line"),
  FaultCase(
    lines: "[1, 3]:[2]", counts: [10, 10], place: "a.anchors:1:5",
    message: "found `3`, expected 2: the sentences of a unit follow each other"),
  FaultCase(
    lines: "0\t0", counts: [1, 0], place: "a.anchors:1:3",
    message: "found sentence 0 of a text without sentences"),
  FaultCase(
    lines: "99999999999999999999\t0", counts: [1, 1], place: "a.anchors:1:1",
    message: "found `9`, expected the index of a sentence"),
]

@Suite struct `Statements about an alignment` {
  @Test func `are read one a line, with comments`() throws {
    let guidance = try GuidanceFile.read(
      "# checked by hand\n3\t2\r\n\n[5, 6]:[4]\n[7]:[]\n", file: "a", sentenceCounts: [9, 9])
    #expect(guidance.groups.map(\.ranges) == [[3..<4, 2..<3], [5..<7, 4..<5], [7..<8, 0..<0]])
    #expect(guidance.groups.map(\.isExact) == [false, true, true])
  }

  @Test(arguments: faultCases)
  fileprivate func `that cannot hold are refused with their place`(_ example: FaultCase) throws {
    let error = try #require(throws: GuidanceError.self) {
      try GuidanceFile.read(example.lines, file: "a.anchors", sentenceCounts: example.counts)
    }
    #expect(error.place == example.place)
    #expect(error.message == example.message)
  }

  @Test func `that share a sentence become one unit`() throws {
    let guidance = try AlignmentGuidance(
      [.anchor([4, 4]), .anchor([3, 4]), .anchor([3, 3])], sentenceCounts: [9, 9])
    #expect(guidance.groups.map(\.ranges) == [[3..<5, 3..<5]])
  }

  @Test func `that say the same twice count once`() throws {
    let guidance = try AlignmentGuidance(
      [.unit([2..<4, 3..<4]), .anchor([2, 3]), .unit([2..<4, 3..<4])], sentenceCounts: [9, 9])
    #expect(guidance.groups.map(\.ranges) == [[2..<4, 3..<4]])
    #expect(guidance.groups[0].isExact)
  }

  @Test func `in three languages are refused when no order serves all`() {
    // The first comes before the second in the first text, the second before the third in the next, and
    // the third before the first in the last.
    #expect(throws: GuidanceError.self) {
      try AlignmentGuidance(
        [
          .unit([0..<1, 0..<0, 5..<6]), .unit([3..<4, 0..<1, 0..<0]),
          .unit([0..<0, 4..<5, 2..<3]),
        ], sentenceCounts: [9, 9, 9])
    }
  }
}

/// Texts whose sentences are told apart by a number, in three languages.
private func numberedTexts(_ counts: [Int], shift: Int = 0) -> [SegmentedText] {
  let languages: [LanguageTag] = ["en", "es", "zh"]
  return counts.enumerated().map { index, count in
    SegmentedText(
      language: languages[index],
      sentences: (0..<count).map { "\(1000 + $0 + (index == 1 ? shift : 0))." })
  }
}

@Suite struct `Alignment under guidance` {
  private let aligner = SentenceAligner(["en", "es"])

  @Test func `obeys an anchor against all evidence`() throws {
    let texts = numberedTexts([12, 12])
    let free = try aligner.align(texts)
    #expect(free.units.contains { $0.ranges == [5..<6, 5..<6] })
    let guided = try aligner.align(
      texts, guidance: AlignmentGuidance([.anchor([5, 8])], sentenceCounts: [12, 12]))
    #expect(guided.units.contains { $0.ranges[0].contains(5) && $0.ranges[1].contains(8) })
    #expect(covers(guided, texts))
  }

  @Test func `keeps units as they are, whatever their size`() throws {
    let texts = numberedTexts([20, 20])
    let units: [[Range<Int>]] = [[2..<11, 3..<4], [11..<12, 4..<4], [15..<16, 12..<19]]
    let guided = try aligner.align(
      texts,
      guidance: AlignmentGuidance(units.map { .unit($0) }, sentenceCounts: [20, 20]))
    for unit in units {
      let found = try #require(
        guided.units.first { one in
          zip(one.ranges, unit).allSatisfy { $0 == $1 || $0.isEmpty && $1.isEmpty }
            && !one.ranges.allSatisfy(\.isEmpty)
        })
      #expect(found.confidence == Confidence(1))
    }
    #expect(covers(guided, texts))
  }

  @Test func `realigns the rest around what was put right`() throws {
    let texts = numberedTexts([15, 14], shift: 1)
    let first = try aligner.align(texts)
    let kept = AlignedUnit(ranges: [4..<6, 3..<4], confidence: Confidence(0.2))
    let second = try aligner.realign(texts, keeping: [kept])
    #expect(second.units.contains { $0.ranges == kept.ranges })
    #expect(covers(second, texts))
    // Far from the change nothing changes.
    #expect(second.units.suffix(5).map(\.ranges) == first.units.suffix(5).map(\.ranges))
  }

  @Test(arguments: UInt64(1)...20)
  func `holds for random statements in two and three languages`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let languageCount = Int.random(in: 2...3, using: &generator)
    let counts = (0..<languageCount).map { _ in Int.random(in: 0...18, using: &generator) }
    // Statements along a random path; some leave a language out.
    var statements: [AlignmentGuidance.Statement] = []
    var next = counts.map { _ in 0 }
    while true {
      let starts = next.map { $0 + Int.random(in: 0...3, using: &generator) }
      let sizes = counts.map { _ in Int.random(in: 1...3, using: &generator) }
      guard zip(zip(starts, sizes), counts).allSatisfy({ $0.0 + $0.1 <= $1 }) else { break }
      if Bool.random(using: &generator) {
        statements.append(.anchor(starts))
        next = starts.map { $0 + 1 }
      } else {
        var unit = zip(starts, sizes).map { $0..<($0 + $1) }
        if Int.random(in: 0..<3, using: &generator) == 0 {
          let missing = Int.random(in: 0..<languageCount, using: &generator)
          unit[missing] = 0..<0
        }
        statements.append(.unit(unit))
        next = zip(starts, zip(unit, next)).map { start, rest in
          rest.0.isEmpty ? rest.1 : rest.0.upperBound
        }
      }
    }
    statements.shuffle(using: &generator)
    let texts = numberedTexts(counts, shift: Int(seed % 4))
    let aligner = SentenceAligner(texts.map(\.language))
    let alignment = try aligner.align(
      texts, guidance: AlignmentGuidance(statements, sentenceCounts: counts))
    #expect(covers(alignment, texts), "seed \(seed)")
    for statement in statements {
      switch statement {
      case .anchor(let sentences):
        #expect(
          alignment.units.contains { unit in
            zip(unit.ranges, sentences).allSatisfy { $0.contains($1) }
          }, "seed \(seed): \(sentences)")
      case .unit(let ranges):
        #expect(
          alignment.units.contains { unit in
            zip(unit.ranges, ranges).allSatisfy { $0 == $1 || $0.isEmpty && $1.isEmpty }
          }, "seed \(seed): \(ranges)")
      }
    }
  }

  @Test func `leads the search through a long text whose words say something else`() throws {
    // 700 sentences a side is more than is searched whole.
    let texts = numberedTexts([700, 700])
    let guided = try aligner.align(
      texts, guidance: AlignmentGuidance([.anchor([100, 400])], sentenceCounts: [700, 700]))
    #expect(guided.units.contains { $0.ranges[0].contains(100) && $0.ranges[1].contains(400) })
    #expect(covers(guided, texts))
  }

  /// Every sentence in exactly one unit, in order.
  private func covers(_ alignment: Alignment, _ texts: [SegmentedText]) -> Bool {
    texts.indices.allSatisfy { index in
      alignment.units.flatMap { Array($0.ranges[index]) } == Array(texts[index].sentences.indices)
    }
  }
}

@Suite struct `Bead constraints` {
  @Test(arguments: UInt64(1)...30)
  func `forbid what no statement allows, and leave a path`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (m, n) = (7, 7)
    var sourceGroups = [Int32](repeating: -1, count: m)
    var targetGroups = [Int32](repeating: -1, count: n)
    var isExact: [Bool] = []
    var (i, j) = (0, 0)
    while i < m, j < n {
      i += Int.random(in: 0...2, using: &generator)
      j += Int.random(in: 0...2, using: &generator)
      guard i < m, j < n else { break }
      let group = Int32(isExact.count)
      let exact = Bool.random(using: &generator)
      isExact.append(exact)
      let missing = exact ? Int.random(in: 0...3, using: &generator) : 3
      if missing != 0 { sourceGroups[i] = group }
      if missing != 1 { targetGroups[j] = group }
      if missing != 0 { i += 1 }
      if missing != 1 { j += 1 }
    }
    let constraints = BeadConstraints(
      sourceGroups: sourceGroups, targetGroups: targetGroups, isExact: isExact)
    // Reach the end over allowed beads of one sentence a side at most.
    var reached = [[Bool]](repeating: [Bool](repeating: false, count: n + 1), count: m + 1)
    reached[0][0] = true
    for a in 0...m {
      for b in 0...n where !(a == 0 && b == 0) {
        for (x, y) in [(1, 1), (1, 0), (0, 1)] where a >= x && b >= y {
          if reached[a - x][b - y], constraints.allows((a - x)..<a, (b - y)..<b) {
            reached[a][b] = true
          }
        }
      }
    }
    #expect(reached[m][n], "seed \(seed)")
    for (group, exact) in isExact.enumerated() {
      let s = sourceGroups.firstIndex(of: Int32(group))
      let t = targetGroups.firstIndex(of: Int32(group))
      guard let s, let t else { continue }
      #expect(constraints.allows(s..<(s + 1), t..<(t + 1)))
      #expect(!constraints.allows(s..<(s + 1), t..<t))
      #expect(!constraints.allows(s..<s, t..<(t + 1)))
      if exact, s + 1 < m { #expect(!constraints.allows(s..<(s + 2), t..<(t + 1))) }
    }
  }
}
