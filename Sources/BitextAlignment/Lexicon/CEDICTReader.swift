internal import BitextCore

/// Reads CC-CEDICT and turns its glosses into word pairs.
///
/// The words of a gloss share its weight of 1, without those that only belong to dictionary language
/// (`to`, `a`, `variant of`). An English word that has the share v of a Chinese word's glosses
/// translates it with probability `0.6 · min(0.5, v + 0.1)`; backwards a dictionary says little, and
/// each pair gets 0.15. English words stand in their base form.
struct CEDICTReader {
  let languages: LanguagePair

  private static let backward: Float = 0.15
  private static let longestGloss = 8

  /// Words of dictionary language, left out of a gloss that has others.
  private static let stopWords: Set<String> = [
    "a", "abbr", "also", "an", "and", "as", "at", "be", "by", "classifier", "erhua", "esp", "etc",
    "for", "from", "in", "into", "is", "it", "of", "on", "one", "one's", "or", "pr", "sb", "sb's",
    "see", "sth", "that", "the", "to", "used", "variant", "with",
  ]

  func read(_ text: String, notices: [LexiconNotice]) -> LexiconImporter.Result {
    let english = DictionaryWords("en")
    var glosses: [(word: String, shares: [(word: String, weight: Float)])] = []
    var numbers: [String: Int] = [:]
    var rejected: [RejectedLine] = []
    var read = 0
    for (number, line) in NumberedLines(text) where !line.hasPrefix("#") {
      guard let entry = Entry(line) else {
        rejected.append(
          RejectedLine(
            line: number,
            reason: "found something else, expected `traditional simplified [pinyin] /gloss/…`"))
        continue
      }
      read += 1
      let shares = entry.glosses.flatMap { self.shares(of: $0, english) }
      guard !shares.isEmpty else { continue }
      if let known = numbers[entry.word] {
        glosses[known].shares += shares
      } else {
        numbers[entry.word] = glosses.count
        glosses.append((entry.word, shares))
      }
    }
    var builder = LexiconBuilder()
    for gloss in glosses { add(gloss.word, gloss.shares, to: &builder) }
    return LexiconImporter.Result(
      contents: builder.contents(languages: languages, holdsBaseForms: true, notices: notices),
      rejected: rejected, read: read)
  }

  private func add(
    _ chinese: String, _ shares: [(word: String, weight: Float)], to builder: inout LexiconBuilder
  ) {
    let total = shares.reduce(0) { $0 + $1.weight }
    var sums: [(word: String, weight: Float)] = []
    for share in shares {
      if let index = sums.firstIndex(where: { $0.word == share.word }) {
        sums[index].weight += share.weight
      } else {
        sums.append(share)
      }
    }
    for sum in sums {
      let probability = 0.6 * min(0.5, sum.weight / total + 0.1)
      if languages.first.language == "zh" {
        builder.add(chinese, sum.word, forward: probability, backward: Self.backward)
      } else {
        builder.add(sum.word, chinese, forward: Self.backward, backward: probability)
      }
    }
  }

  private func shares(
    of gloss: String, _ english: DictionaryWords
  ) -> [(word: String, weight: Float)] {
    let all = english.words(of: gloss).filter { $0.utf8.first.map { $0 < 0x80 } ?? false }
    let telling = all.filter { !Self.stopWords.contains($0) }
    let words = telling.isEmpty ? all : telling
    guard words.count <= Self.longestGloss else { return [] }
    return words.map { ($0, 1 / Float(words.count)) }
  }

  /// One line.
  private struct Entry {
    /// The word in simplified script, in which Chinese is compared.
    let word: String
    let glosses: [String]

    init?(_ line: Substring) {
      guard let slash = line.firstIndex(of: "/"), let bracket = line.firstIndex(of: "["),
        bracket < slash, line.last == "/", line.index(after: slash) < line.endIndex
      else { return nil }
      let scripts = line[..<bracket].split(separator: " ").map { $0.lowercased() }
      guard scripts.count == 2 else { return nil }
      word = scripts[1]
      glosses = line[slash...].split(separator: "/").flatMap { gloss in
        gloss.hasPrefix("CL:")
          ? [] : Self.withoutRemarks(gloss).split(separator: ";").map(String.init)
      }
    }

    /// Drops `(…)` and `[…]`; a bracket that is never closed drops the rest.
    private static func withoutRemarks(_ gloss: Substring) -> String {
      var depth = 0
      var kept = ""
      for character in gloss {
        switch character {
        case "(", "[": depth += 1
        case ")", "]": depth = max(0, depth - 1)
        default: if depth == 0 { kept.append(character) }
        }
      }
      return kept
    }
  }
}
