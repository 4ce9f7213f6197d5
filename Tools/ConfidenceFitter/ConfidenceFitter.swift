import BitextAlignment
import BitextCore
import BitextLexicons
import Foundation

/// Fits the weights of `ConfidenceModel`; see the README beside this file.
@main struct ConfidenceFitter {
  /// One bead: what it is judged by, and whether it is right.
  struct Sample {
    let features: [Double]
    let isRight: Bool
    /// So that every set counts alike.
    var weight = 1.0
  }

  static func main() throws {
    var paths = Array(CommandLine.arguments.dropFirst())
    let usesLexicon = !paths.contains("--no-lexicon")
    paths.removeAll { $0 == "--no-lexicon" }
    guard !paths.isEmpty else {
      print("usage: ConfidenceFitter [--no-lexicon] SET…")
      exit(64)
    }
    let sets = try paths.map { try samples(of: URL(filePath: $0), usesLexicon) }
    let weights = fit(sets.joined().map(\.self))
    print("weights", weights.map { ($0 * 10_000).rounded() / 10_000 })
    for (number, set) in sets.enumerated() {
      let others = sets.indices.filter { $0 != number }.flatMap { sets[$0] }
      print(paths[number], "fitted on all:", quality(set, weights))
      if !others.isEmpty {
        print(paths[number], "fitted on the others:", quality(set, fit(others)))
      }
    }
  }

  private struct About: Decodable {
    let languages: [String]
  }

  private static func samples(of set: URL, _ usesLexicon: Bool) throws -> [Sample] {
    let about = try JSONDecoder().decode(
      About.self, from: Data(contentsOf: set.appending(path: "set.json")))
    let languages = about.languages.compactMap { LanguageTag($0) }
    var options = SentenceAligner.Options()
    if usesLexicon { options.lexicons = ShippedLexicons.evidence(for: languages) }
    let aligner = SentenceAligner(languages, options: options)
    var samples: [Sample] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: set.path()).sorted()
    where name != "set.json" {
      let folder = set.appending(path: name)
      func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      }
      let texts = [
        SegmentedText(language: languages[0], lines: try text("src.txt")),
        SegmentedText(language: languages[1], lines: try text("tgt.txt")),
      ]
      let gold = Set(try text("gold.txt").split(separator: "\n").map(sentences))
      for bead in try aligner.confidenceSamples(texts) {
        let isRight = gold.contains([Array(bead.source), Array(bead.target)])
        samples.append(Sample(features: bead.features, isRight: isRight))
      }
    }
    let weight = 1000 / Double(max(samples.count, 1))
    for index in samples.indices { samples[index].weight = weight }
    return samples
  }

  /// `[0, 1]:[0]` as two lists.
  private static func sentences(_ line: Substring) -> [[Int]] {
    line.split(separator: ":", omittingEmptySubsequences: false).prefix(2).map { side in
      side.split { !$0.isNumber }.compactMap { Int($0) }
    }
  }

  private static func probability(_ sample: Sample, _ weights: [Double]) -> Double {
    var sum = 0.0
    for (value, weight) in zip(sample.features, weights) { sum += value * weight }
    return 1 / (1 + exp(-sum))
  }

  /// Logistic regression by Newton's method.
  private static func fit(_ samples: [Sample]) -> [Double] {
    guard let count = samples.first?.features.count else { return [] }
    let penalty = 1.0
    var weights = [Double](repeating: 0, count: count)
    for _ in 0..<30 {
      var gradient = weights.map { -penalty * $0 }
      var hessian = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
      for index in 0..<count { hessian[index][index] = penalty }
      for sample in samples {
        let p = probability(sample, weights)
        let error = (sample.isRight ? 1 : 0) - p
        let curve = sample.weight * p * (1 - p)
        for a in 0..<count {
          gradient[a] += sample.weight * error * sample.features[a]
          for b in 0..<count { hessian[a][b] += curve * sample.features[a] * sample.features[b] }
        }
      }
      let step = solve(hessian, gradient)
      for index in 0..<count { weights[index] += step[index] }
    }
    return weights
  }

  /// Solves a symmetric positive system by elimination.
  private static func solve(_ matrix: [[Double]], _ values: [Double]) -> [Double] {
    var rows = zip(matrix, values).map { $0 + [$1] }
    for pivot in rows.indices {
      for row in rows.indices where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...rows.count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
  }

  private static func quality(_ samples: [Sample], _ weights: [Double]) -> String {
    var sums = [Double](repeating: 0, count: 10)
    var sure = 0
    var right = 0
    for sample in samples {
      let p = probability(sample, weights)
      sums[min(9, Int(p * 10))] += p - (sample.isRight ? 1 : 0)
      if p >= 0.9 {
        sure += 1
        if sample.isRight { right += 1 }
      }
    }
    let error = sums.reduce(0) { $0 + abs($1) } / Double(max(samples.count, 1))
    return
      "ECE \(rounded(error)), precision at .9 \(rounded(Double(right) / Double(max(sure, 1)))), "
      + "share \(rounded(Double(sure) / Double(max(samples.count, 1))))"
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
