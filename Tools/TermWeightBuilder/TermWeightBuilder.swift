internal import BitextAlignment
internal import BitextCore
internal import BitextLexicons
internal import BitextTerminology
internal import Foundation

/// Learns the weights of term extraction from annotated articles.
@main
enum TermWeightBuilder {
  static let penalty = 10.0

  /// The proposals of an article: what speaks for each, and which annotated term it is.
  struct Article {
    let name: String
    var rows: [[Double]] = []
    var surfaces: [[String]] = []
    /// The annotated term; `nil` for none, and for the optional ones that count neither way.
    var entries: [Int?] = []
    var isNeutral: [Bool] = []
    /// How many annotated terms there are.
    var wanted = 0
  }

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      print("usage: TermWeightBuilder FOLDER TermWeights+Learned.swift")
      exit(64)
    }
    let folder = URL(fileURLWithPath: arguments[1])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter {
      FileManager.default.fileExists(atPath: folder.path + "/\($0)/gold.tsv")
    }
    func articles(_ languages: [LanguageTag], weights: TermWeightSet?) throws -> [Article] {
      try names.map {
        try article(folder.appendingPathComponent($0), languages, weights: weights)
      }
    }
    let latin = try learn("en-es", try articles(["en", "es"], weights: nil))
    let chinese = try learn("en-zh", try articles(["en", "zh"], weights: nil))
    let joined = try learn(
      "join",
      try articles(["en", "es", "zh"], weights: TermWeightSet(latin: latin, chinese: chinese)))
    try Data(source(latin: latin, chinese: chinese, joined: joined).utf8).write(
      to: URL(fileURLWithPath: arguments[2]), options: .atomic)
  }

  /// Learns weights from all articles, and says how they do on each when it is left out.
  private static func learn(_ name: String, _ articles: [Article]) throws -> [Double] {
    func fit(_ articles: [Article]) -> [Double] {
      var rows: [[Double]] = []
      var labels: [Bool] = []
      for article in articles {
        for (index, row) in article.rows.enumerated() where !article.isNeutral[index] {
          rows.append(row)
          labels.append(article.entries[index] != nil)
        }
      }
      return LogisticRegression.fit(rows, labels, penalty: penalty)
    }
    var figures = Figures()
    for index in articles.indices {
      var others = articles
      others.remove(at: index)
      figures.add(articles[index], fit(others))
    }
    print("\(name), each article left out once: \(figures)")
    return fit(articles)
  }

  private static func article(
    _ folder: URL, _ languages: [LanguageTag], weights: TermWeightSet?
  ) throws -> Article {
    let gold = try GoldTerms(contentsOf: folder.appendingPathComponent("gold.tsv"))
    let entries = gold.entries(in: languages)
    var article = Article(name: folder.lastPathComponent)
    article.wanted = entries.count { !$0.isOptional }
    let texts = try languages.map {
      SegmentedText(
        language: $0,
        lines: try String(
          contentsOf: folder.appendingPathComponent("\($0.identifier).txt"), encoding: .utf8))
    }
    var options = SentenceAligner.Options()
    options.lexicons = ShippedLexicons.all()
    let aligned = try SentenceAligner(languages, options: options).align(texts)
    let extractor = TermExtractor(
      languages: languages, lexicons: ShippedLexicons.all(), models: ShippedLexicons.linkModels())
    for row in extractor.explain(aligned.translationUnits(of: texts), weights: weights) {
      let entry = GoldTerms.entry(of: row.surfaces, languages, in: entries)
      let isOptional = entry.map { entries[$0].isOptional } ?? false
      article.rows.append(row.values)
      article.surfaces.append(row.surfaces.map { $0.lowercased() })
      article.entries.append(isOptional ? nil : entry)
      article.isNeutral.append(isOptional)
    }
    return article
  }

  /// Precision of the first 10 and 20, recall in the first 30, and precision of what is accepted.
  struct Figures: CustomStringConvertible {
    private var sums = (first: 0.0, second: 0.0, recall: 0.0)
    private var articles = 0.0
    private var accepted: [Double: (right: Int, all: Int)] = [:]
    private static let thresholds = [0.6, 0.7, 0.75, 0.8, 0.85, 0.9]

    mutating func add(_ article: Article, _ weights: [Double]) {
      let scores = article.rows.map { row in
        1 / (1 + exp(-zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }))
      }
      let order = scores.indices.sorted {
        scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1
      }
      var used: [Set<String>] = []
      var found: Set<Int> = []
      var verdicts: [Bool] = []
      for index in order {
        let surfaces = article.surfaces[index]
        if used.isEmpty { used = surfaces.map { _ in [] } }
        if zip(used, surfaces).contains(where: { $0.contains($1) }) { continue }
        for (language, surface) in surfaces.enumerated() { used[language].insert(surface) }
        if article.isNeutral[index] { continue }
        let isRight = article.entries[index].map { found.insert($0).inserted } ?? false
        verdicts.append(isRight)
        for threshold in Self.thresholds where scores[index] >= threshold {
          let known = accepted[threshold] ?? (0, 0)
          accepted[threshold] = (known.right + (isRight ? 1 : 0), known.all + 1)
        }
      }
      func right(_ count: Int) -> Double { Double(verdicts.prefix(count).count { $0 }) }
      sums.first += right(10) / 10
      sums.second += right(20) / 20
      sums.recall += right(30) / Double(max(1, article.wanted))
      articles += 1
    }

    var description: String {
      func percent(_ value: Double) -> String { "\((value * 1000).rounded() / 10)" }
      let means = [sums.first, sums.second, sums.recall].map { percent($0 / max(1, articles)) }
      let parts = Self.thresholds.map { threshold in
        let (right, all) = accepted[threshold] ?? (0, 0)
        return "\(threshold): \(percent(Double(right) / Double(max(1, all)))) of \(all)"
      }
      return
        "P@10 \(means[0])  P@20 \(means[1])  R@30 \(means[2])  accepted from \(parts.joined(separator: ", "))"
    }
  }

  private static func source(latin: [Double], chinese: [Double], joined: [Double]) -> String {
    func rounded(_ value: Double) -> String {
      String(format: "%.2f", value == 0 ? 0 : value)
    }
    func block(_ weights: [Double]) -> String {
      zip(TermExtractor.featureNames, weights).map { "    \"\($0)\": \(rounded($1)),\n" }.joined()
    }
    return """
      // Written by `make term-weights`; docs/decisions/0031-term-weights.md says from what.

      extension TermWeights {
        /// For two languages with alphabets.
        static let latin = TermWeights([
      \(block(latin))  ])

        /// For a language with an alphabet (the source) and Chinese (the target).
        static let chinese = TermWeights([
      \(block(chinese))  ])
      }

      extension JoinWeights {
        static let standard = JoinWeights(
          bias: \(rounded(joined[0])), mean: \(rounded(joined[1])), least: \(rounded(joined[2])), \
      cross: \(rounded(joined[3])), unlinked: \(rounded(joined[4])))
      }

      """
  }
}
