import BitextCore
import BitextMemory
import BitextSQLite
import BitextText
import Foundation
import Testing

/// Everything compared with everything: the twin of the index.
private struct BruteForce {
  var units: [(source: String, revision: Int)] = []

  /// The text scores at or above the threshold with their sources, best first, newest first.
  func answers(_ query: String, threshold: Int) -> [(score: Int, source: String)] {
    let tokens = TokenKey(query).tokens
    return units.map { unit -> (Int, Int, String) in
      let other = TokenKey(unit.source).tokens
      let longer = max(tokens.count, other.count)
      let score = longer == 0 ? 100 : 100 * (longer - distance(tokens, other)) / longer
      return (score, unit.revision, unit.source)
    }.filter { $0.0 >= threshold }.sorted { ($0.0, $0.1) > ($1.0, $1.1) }.map { ($0.0, $0.2) }
  }

  private func distance(_ left: [String], _ right: [String]) -> Int {
    var row = Array(0...right.count)
    for (i, token) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let change = diagonal + (token == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}

@Suite struct `Recall` {
  /// Few words and short texts, so that there are many close and many equal ones; deletions,
  /// additions, new segments, merges and other programs between the queries.
  ///
  /// A short tail makes segments of a few texts each, a long one scans them all.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64], [5, 100, 16_384])
  func `is complete, in order, against brute force`(_ seed: UInt64, _ longestTail: Int) throws {
    let folder = try TemporaryFolder()
    func opened() throws -> TranslationMemory {
      TranslationMemory(
        store: try SQLiteStore(
          at: folder.url.appendingPathComponent("memory"),
          options: MemoryOpenOptions(durability: .process)), longestTail: longestTail)
    }
    var memory = try opened()
    var random = SeededGenerator(seed: seed)
    let vocabulary = (0..<Int.random(in: 3...30, using: &random)).map { number in
      number % 3 == 0 ? String(UnicodeScalar(0x4E00 + UInt32(number))!) : "w\(number)x"
    }
    func text() -> String {
      (0..<Int.random(in: 0...12, using: &random)).map { _ in
        vocabulary.randomElement(using: &random) ?? ""
      }.joined(separator: " ")
    }
    var truth = BruteForce()
    var revision = 0
    var numbers: [Int64: String] = [:]
    for round in 0..<6 {
      var added: [TranslationUnit] = []
      for _ in 0..<40 {
        let source = text()
        revision += 1
        added.append(pair("en", source, "zh", "\(revision)"))
        truth.units.append((source, revision))
      }
      try memory.save(added, rule: .addAll)
      if round % 2 == 1, let victim = numbers.keys.sorted().first {
        // The target is the number by which brute force knows the unit.
        let unit = try #require(try memory.unit(victim))
        let target = Int(unit.variants[1].segment.text)
        truth.units.removeAll { $0.revision == target }
        try memory.remove([victim])
        numbers[victim] = nil
      }
      switch Int.random(in: 0...4, using: &random) {
      case 0: try memory.prepare(for: "en")
      case 1: memory.maintainIndex()
      case 2: memory.compactIndex()
      case 3: memory = try opened()
      default: break
      }
      for _ in 0..<25 {
        let query = text()
        let threshold = Int.random(in: 1...100, using: &random)
        let limit = Int.random(in: 1...20, using: &random)
        let found = try memory.matches(
          for: MatchQuery(query, from: "en", to: "zh"),
          options: MatchOptions(threshold: threshold, limit: limit, penalties: .none))
        let expected = truth.answers(query, threshold: threshold)
        #expect(
          found.map(\.textScore).sorted(by: >) == expected.prefix(limit).map(\.score),
          "seed \(seed), tail \(longestTail), query \(query), threshold \(threshold), limit \(limit)"
        )
        #expect(Set(found.map(\.unit)).count == found.count)
        for match in found {
          #expect(
            expected.contains { $0.source == match.source.text && $0.score == match.textScore })
          numbers[match.unit] = match.source.text
        }
        #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
      }
    }
  }
}
