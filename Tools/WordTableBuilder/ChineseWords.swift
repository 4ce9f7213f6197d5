internal import Foundation

/// How often English words are nouns, in ninths as the table has them.
struct NounShares {
  private var words: [String: Double] = [:]
  private var endings: [String: Double] = [:]

  init() {}

  init(_ words: [(String, Double)], _ endings: [String: Double]) {
    for (word, share) in words { self.words[word] = Double(WordTableBuilder.ninths(share)) / 9 }
    self.endings = endings.mapValues { Double(WordTableBuilder.ninths($0)) / 9 }
  }

  func share(of word: String) -> Double {
    if let known = words[word] { return known }
    let letters = Array(word.unicodeScalars)
    for length in [4, 3, 2] {
      if let share = endings[WordCounts.ending(letters, length)] { return share }
    }
    return 0.6
  }
}

/// What CC-CEDICT says of Chinese words: which are names, and which mean things that are seldom nouns.
struct ChineseWords {
  private struct Word {
    var entries = 0
    var names = 0
    var shares: [Double] = []
  }

  private var words: [String: Word] = [:]
  private let nouns: NounShares

  init(_ nouns: NounShares) { self.nouns = nouns }

  private static let noMeaning = [
    "surname ", "CL:", "variant of", "old variant", "see ", "Taiwan pr", "also pr", "abbr. for",
  ]

  /// Reads an entry: `傳統 传统 [chuan2 tong3] /tradition/…/`.
  mutating func add(_ line: String) {
    guard !line.hasPrefix("#"), let open = line.firstIndex(of: "["),
      let close = line[open...].firstIndex(of: "]"), let last = line.lastIndex(of: "/")
    else { return }
    let heads = line[..<open].split(separator: " ")
    let rest = line[close...].dropFirst()
    guard heads.count == 2, rest.hasPrefix(" /"), let from = line[close...].firstIndex(of: "/"),
      from < last
    else { return }
    let simplified = String(heads[1])
    guard
      simplified.unicodeScalars.allSatisfy({
        (0x4E00...0x9FFF).contains($0.value) || $0.value == 0xB7
      })
    else { return }
    let glosses = line[line.index(after: from)..<last].split(separator: "/").filter { gloss in
      !Self.noMeaning.contains { gloss.hasPrefix($0) }
    }
    guard !glosses.isEmpty else { return }
    words[simplified, default: Word()].entries += 1
    if line[line.index(after: open)].unicodeScalars.first?.properties.isUppercase == true {
      words[simplified]?.names += 1
      return
    }
    for gloss in glosses {
      for meaning in gloss.split(separator: ";") {
        if let share = share(of: String(meaning)) { words[simplified]?.shares.append(share) }
      }
    }
  }

  /// The noun share of the head of a meaning: the word before a preposition, else the last.
  private func share(of meaning: String) -> Double? {
    let plain = meaning.replacing(/\([^)]*\)/, with: "").trimmingCharacters(in: .whitespaces)
    guard !plain.isEmpty else { return nil }
    if plain.hasPrefix("to ") { return 0 }
    let words = plain.lowercased().matches(of: /[a-z'\-]+/).map { String($0.output) }
    guard var head = words.last else { return nil }
    let prepositions: Set = [
      "of", "for", "in", "to", "from", "with", "by", "on", "at", "that", "which",
    ]
    if let place = words.indices.dropFirst().first(where: { prepositions.contains(words[$0]) }) {
      head = words[place - 1]
    }
    return nouns.share(of: head)
  }

  private func isName(_ text: String, _ word: Word) -> Bool {
    word.names > 0 && word.names * 2 >= word.entries && text.unicodeScalars.count >= 2
  }

  /// The words that are names, in the order of their characters.
  var names: [String] {
    words.filter { isName($0.key, $0.value) }.map(\.key).sorted(by: WordTableBuilder.inOrder)
  }

  /// Words of two to four characters whose meanings are nouns less than half of the time.
  var seldomNouns: [(String, Double)] {
    words.filter { !isName($0.key, $0.value) && !$0.value.shares.isEmpty }.map {
      ($0.key, $0.value.shares.reduce(0, +) / Double($0.value.shares.count))
    }.filter { (2...4).contains($0.0.unicodeScalars.count) && $0.1 < 0.5 }
      .sorted { WordTableBuilder.inOrder($0.0, $1.0) }
  }
}
