import BitextAlignment
import BitextCore
import Foundation
import Testing

/// IBM Model 1 as the paper has it, with dictionaries: slow, and plain at a glance.
private struct PlainModelOne {
  var forward: [String: [String: Double]] = [:]

  /// P(second | first) after some rounds, with the empty word at a fixed share of 0.2 of one word.
  init(_ pairs: [([String], [String])], iterations: Int) {
    let seconds = Set(pairs.flatMap(\.1))
    var probabilities: [String: [String: Double]] = [:]
    var empty = Dictionary(uniqueKeysWithValues: seconds.map { ($0, 1 / Double(seconds.count)) })
    for (first, second) in pairs {
      for a in first { for b in second { probabilities[a, default: [:]][b] = empty[b] } }
    }
    for _ in 0..<iterations {
      var counts: [String: [String: Double]] = [:]
      var emptyCounts: [String: Double] = [:]
      for (first, second) in pairs {
        for b in second {
          let nothing = 0.2 * Double(first.count) * empty[b]!
          let sum = first.reduce(nothing) { $0 + probabilities[$1]![b]! }
          for a in first { counts[a, default: [:]][b, default: 0] += probabilities[a]![b]! / sum }
          emptyCounts[b, default: 0] += nothing / sum
        }
      }
      for (a, row) in counts {
        let total = row.values.reduce(0, +)
        probabilities[a] = row.mapValues { $0 / total }
      }
      let total = emptyCounts.values.reduce(0, +)
      empty = emptyCounts.mapValues { $0 / total }
    }
    forward = probabilities
  }
}

@Suite struct `Learning a lexicon` {
  private func plainOptions() -> LexiconTrainer.Options {
    var options = LexiconTrainer.Options()
    options.minimumCount = 1
    options.minimumProbability = 0
    options.minimumExpectedCount = 0
    options.prior = 0
    return options
  }

  @Test func `agrees with Model 1 written plainly`() async throws {
    // Each word stands three times, so that each pair counts as rare and none is left out.
    var numbers = SeededNumbers(seed: 3)
    func segments(_ prefix: String) -> [[String]] {
      let words = (0..<20).flatMap {
        Array(repeating: prefix + String(UnicodeScalar(UInt8(97 + $0))), count: 3)
      }.shuffled(using: &numbers)
      return stride(from: 0, to: 60, by: 5).map { Array(words[$0..<($0 + 5)]) }
    }
    let pairs = Array(zip(segments("e"), segments("s")))
    var trainer = LexiconTrainer(languages: LanguagePair("en", "es"), options: plainOptions())
    for (first, second) in pairs { trainer.add(tokens: first, second) }
    let contents = try await trainer.train()
    let forward = PlainModelOne(pairs, iterations: 6).forward
    let backward = PlainModelOne(pairs.map { ($0.1, $0.0) }, iterations: 6).forward
    #expect(contents.entries.count > 30)
    for entry in contents.entries {
      let a = contents.first[Int(entry.source)].text
      let b = contents.second[Int(entry.target)].text
      #expect(abs(Double(entry.forward) - (forward[a]?[b] ?? 0)) < 1e-4, "\(a) \(b)")
      #expect(abs(Double(entry.backward) - (backward[b]?[a] ?? 0)) < 1e-4, "\(b) \(a)")
    }
  }

  @Test(arguments: [0.0, 1.0])
  func `finds which words translate each other`(_ agreement: Double) async throws {
    var options = LexiconTrainer.Options()
    options.minimumCount = 1
    options.agreement = agreement
    var trainer = LexiconTrainer(languages: LanguagePair("en", "es"), options: options)
    let pairs = Array(zip(LexiconSamples.english, LexiconSamples.spanish))
    await trainer.add(pairs.map { (first: $0.0, second: $0.1) })
    let lexicon = try TranslationLexicon(
      Data(LexiconFile.bytes(of: try await trainer.train())))
    #expect(lexicon.segmentPairs == 5)
    #expect(lexicon.translations(of: "tree", from: "en").first?.word == "árbol")
    #expect(lexicon.translations(of: "house", from: "en").first?.word == "casa")
    #expect(lexicon.translations(of: "vieja", from: "es").first?.word == "old")
  }

  @Test func `reads Chinese without spaces`() async throws {
    var trainer = LexiconTrainer(languages: LanguagePair("zh", "en"))
    await trainer.add([
      ("我喜欢苹果", "I like apples"), ("我喜欢音乐", "I like music"), ("苹果很好", "apples are good"),
      ("音乐很好", "music is good"),
    ])
    let lexicon = try TranslationLexicon(
      Data(LexiconFile.bytes(of: try await trainer.train())))
    #expect(lexicon.translations(of: "苹果", from: "zh").first?.word == "apples")
    #expect(lexicon.translations(of: "music", from: "en").first?.word == "音乐")
  }

  @Test func `counts a weighted pair more often`() async throws {
    func house(_ weight: Float) async throws -> Float {
      var trainer = LexiconTrainer(languages: LanguagePair("en", "es"), options: plainOptions())
      trainer.add(tokens: ["house"], ["casa"], weight: weight)
      trainer.add(tokens: ["house"], ["hogar"])
      let contents = try await trainer.train()
      return contents.entries.first { contents.second[Int($0.target)].text == "casa" }?.forward ?? 0
    }
    #expect(try await house(1) < house(3))
  }

  @Test func `gives the same bytes every time`() async throws {
    func bytes() async throws -> [UInt8] {
      var numbers = SeededNumbers(seed: 5)
      var options = LexiconTrainer.Options()
      options.agreement = 0.5
      options.tension = 2
      var trainer = LexiconTrainer(languages: LanguagePair("en", "es"), options: options)
      let pairs = (0..<3000).map { _ in
        let words = (0..<5).map { _ in Int.random(in: 0..<60, using: &numbers) }
        return (
          first: words.map { "e" + String(UnicodeScalar(UInt8(97 + $0 % 26))) + "\($0 / 26)" }
            .joined(separator: " "),
          second: words.reversed().map { "s" + String(UnicodeScalar(UInt8(97 + $0 % 26))) }
            .joined(separator: " ")
        )
      }
      await trainer.add(pairs)
      return try LexiconFile.bytes(of: try await trainer.train())
    }
    let first = try await bytes()
    #expect(try await bytes() == first)
    #expect(first.count > 500)
  }

  @Test func `says when there is nothing to learn`() async {
    for pairs in [[], [(first: "only once", second: "una vez")], [(first: "", second: "")]] {
      var trainer = LexiconTrainer(languages: LanguagePair("en", "es"))
      await trainer.add(pairs)
      await #expect(throws: LexiconError.self) { try await trainer.train() }
    }
  }

  @Test func `stops when it is cancelled`() async {
    let task = Task {
      var trainer = LexiconTrainer(languages: LanguagePair("en", "es"))
      await trainer.add((0..<200).map { _ in (first: "a house", second: "una casa") })
      while !Task.isCancelled { await Task.yield() }
      return try await trainer.train()
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `leaves out lines that are no pair, and names them`() async {
    var trainer = LexiconTrainer(languages: LanguagePair("en", "es"))
    let rejected = await trainer.add(
      tabSeparated: "house\tcasa\r\n\nno tab\na\tb\tc\n\tempty\ntree\tárbol")
    #expect(rejected.map(\.line) == [3, 4, 5])
    #expect(rejected.allSatisfy { $0.reason.contains("expected") })
    #expect(trainer.pairCount == 2)
  }

  @Test func `takes weights and notices from a list of sources`() throws {
    let list = "# name\nbible\t2.5\t1611\tPublic domain\thttps://example.org\tKing James\n"
    let sources = try LexiconSource.list(list)
    #expect(sources.map(\.name) == ["bible"])
    #expect(sources.map(\.weight) == [2.5])
    #expect(sources.map(\.notice.licence) == ["Public domain"])
    for bad in ["bible\t1", "a\t0\t\t\t\t", "a\tnan\t\t\t\t", "a\tx\t\t\t\t"] {
      do throws(LexiconError) {
        _ = try LexiconSource.list("#\n" + bad, path: "s.tsv")
        Issue.record("expected an error for \(bad)")
      } catch {
        #expect(error.place == "s.tsv:2")
      }
    }
  }
}
