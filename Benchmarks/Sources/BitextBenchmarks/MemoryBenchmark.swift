import Bitext
import Foundation

/// Fuzzy look-up against a plain scan of all segments with the textbook edit distance.
enum MemoryBenchmark {
  static func lookup() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitext-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var generator = SplitMix(seed: 11)
    let count = 20_000
    let segments = (0..<count).map { _ in
      (0..<(4 + generator.number(below: 12))).map { _ in
        "w" + letters(generator.number(below: 1 + generator.number(below: 3000)))
      }
    }
    let memory = try TranslationMemory(at: folder)
    let saving = try ContinuousClock().measure {
      try memory.save(
        segments.map { words in
          TranslationUnit(variants: [
            Variant("en", words.joined(separator: " ")),
            Variant("es", words.reversed().joined(separator: " ")),
          ])
        }, rule: .addAll)
    }
    print("memory\ten-es\t\(short(Double(count) / (saving / .seconds(1)))) units/s saved\t\t")

    let queries = (0..<100).map { _ in
      var words = segments[generator.number(below: count)]
      words[generator.number(below: words.count)] = "changed"
      return words
    }
    _ = try memory.matches(for: MatchQuery("warm", from: "en", to: "es"))
    var ours: [Int] = []
    var theirs: [Int] = []
    let options = MatchOptions(threshold: 70, limit: 1, penalties: .none)
    let seconds = try race(rounds: 3) {
      ours = try queries.map { query in
        let asked = MatchQuery(query.joined(separator: " "), from: "en", to: "es")
        return try memory.matches(for: asked, options: options).first?.textScore ?? 0
      }
    } against: {
      theirs = queries.map { query in
        let best = segments.map { scan(query, $0) }.max() ?? 0
        return best >= 70 ? best : 0
      }
    }
    precondition(ours == theirs, "look-up and plain scan differ")
    print(
      "lookup\ten-es\t\(short(seconds.ours / 100 * 1e6)) µs\t"
        + "\(short(seconds.reference / 100 * 1e6)) µs (plain scan)\t"
        + short(seconds.reference / seconds.ours))
  }

  /// The score by the textbook: a row of the matrix at a time.
  private static func scan(_ a: [String], _ b: [String]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let cost = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    let longer = max(a.count, b.count)
    return longer == 0 ? 100 : 100 * (longer - row[b.count]) / longer
  }
}
