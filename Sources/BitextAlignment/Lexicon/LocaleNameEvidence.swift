public import BitextCore
internal import BitextText
internal import Synchronization

/// Evidence from ICU's locale data: what countries, languages, currencies, months, weekdays, units and
/// numbers are called in both languages.
///
/// It is there for every pair of languages that ICU knows, without a file. A few hundred common words are
/// all it has, but they are the ones that tell sentences apart. Which words of `United States` and `Estados
/// Unidos` belong together is learned from the lists themselves, with Model 1.
///
/// The names of a language are read when they are first asked for, and kept as long as the evidence.
public struct LocaleNameEvidence: LexicalEvidence {
  /// What a certain pair of words is worth.
  private static let strength: Float = 0.5
  /// Rounds of Model 1 over the names.
  private static let iterations = 5
  /// Names with more words say little of each.
  private static let longestName = 5
  /// Pairs of words below this probability are left out.
  private static let leastProbability: Float = 0.1

  private let tables = NameTables()

  /// Makes evidence that knows nothing yet.
  public init() {}

  public var name: String { "names of ICU" }

  public func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    let pairs = tables.pairs(sourceLanguage, targetLanguage)
    guard !pairs.isEmpty else { return [] }
    let sources = Self.numbers(source)
    let targets = Self.numbers(target)
    var entries: [LexicalEntry] = []
    for pair in pairs {
      guard let from = sources[pair.source], let to = targets[pair.target] else { continue }
      entries.append(
        LexicalEntry(source: from, target: to, forward: pair.forward, backward: pair.backward))
    }
    return LexicalEntry.strongest(entries)
  }

  private static func numbers(_ words: [String]) -> [String: Int32] {
    Dictionary(words.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Two words that belong together, and how surely.
  fileprivate struct WordPair: Sendable {
    let source: String
    let target: String
    let forward: Float
    let backward: Float
  }

  /// The names of a thing as words.
  fileprivate struct Item: Sendable {
    let item: Int
    let forms: [[String]]
    let number: String?
  }

  /// What was read and learned, shared by the copies of one value.
  private final class NameTables: Sendable {
    private struct Key: Hashable {
      let source: LanguageTag
      let target: LanguageTag
    }
    private struct State {
      var items: [LanguageTag: [Item]] = [:]
      var pairs: [Key: [WordPair]] = [:]
    }
    private let state = Mutex(State())

    func pairs(_ source: LanguageTag, _ target: LanguageTag) -> [WordPair] {
      state.withLock { state in
        let key = Key(source: source, target: target)
        if let known = state.pairs[key] { return known }
        for language in [source, target] where state.items[language] == nil {
          state.items[language] = LocaleNameEvidence.items(in: language)
        }
        let learned = LocaleNameEvidence.learn(
          state.items[source] ?? [], state.items[target] ?? [])
        state.pairs[key] = learned
        return learned
      }
    }
  }

  /// The names of a language, cut into the words that a text is cut into.
  private static func items(in language: LanguageTag) -> [Item] {
    let tokenizer = AlignmentTokenizer(language: language)
    let keepsNumbers = ["zh", "ja", "yue"].contains(language.language)
    return LocaleNames(language: language).entries.compactMap { entry in
      var forms: [[String]] = []
      for name in entry.names {
        // Chinese and Japanese months are numbers; elsewhere a number's value stands beside its words.
        let words = tokenizer.tokens(in: name).filter {
          keepsNumbers && $0.hasPrefix("#")
            || ($0.unicodeScalars.first?.properties.isAlphabetic ?? false) && !isInitial($0)
        }
        if (1...longestName).contains(words.count), !forms.contains(words) { forms.append(words) }
      }
      guard !forms.isEmpty else { return nil }
      return Item(item: entry.item, forms: forms, number: entry.number.map { "#\($0)" })
    }
  }

  /// A single letter of an alphabet, as in `v. Chr.`
  private static func isInitial(_ word: String) -> Bool {
    word.unicodeScalars.count == 1
      && !(word.unicodeScalars.first.map { FoldedText.isUnspaced($0.value) } ?? false)
  }

  /// Model 1 both ways over the names that both languages have.
  private static func learn(_ source: [Item], _ target: [Item]) -> [WordPair] {
    var corpus = NameCorpus()
    var next = 0
    for item in source {
      while next < target.count, target[next].item < item.item { next += 1 }
      guard next < target.count, target[next].item == item.item else { continue }
      let other = target[next]
      for from in item.forms {
        for to in other.forms { corpus.add(from, to) }
        if let number = other.number, from.count == 1 { corpus.add(from, [number]) }
      }
      if let number = item.number {
        for to in other.forms where to.count == 1 { corpus.add([number], to) }
      }
    }
    return corpus.learn(iterations: iterations).compactMap { pair in
      guard max(pair.forward, pair.backward) >= leastProbability else { return nil }
      return WordPair(
        source: pair.source, target: pair.target, forward: strength * pair.forward,
        backward: strength * pair.backward)
    }
  }

  /// Names side by side, as numbers of words.
  private struct NameCorpus {
    private var words: [[String]] = [[], []]
    private var numbers: [[String: Int32]] = [[:], [:]]
    private var pairs: [UInt64: Int32] = [:]
    private var ends: [(source: Int32, target: Int32)] = []
    /// For each name its pairs of words, source by source, and the number of words on both sides.
    private var names: [(links: [Int32], m: Int, n: Int)] = []

    mutating func add(_ source: [String], _ target: [String]) {
      let a = source.map { number($0, 0) }
      let b = target.map { number($0, 1) }
      var links: [Int32] = []
      for s in a {
        for t in b {
          let key = UInt64(UInt32(bitPattern: s)) << 32 | UInt64(UInt32(bitPattern: t))
          if let known = pairs[key] {
            links.append(known)
          } else {
            links.append(Int32(ends.count))
            pairs[key] = Int32(ends.count)
            ends.append((s, t))
          }
        }
      }
      names.append((links, a.count, b.count))
    }

    private mutating func number(_ word: String, _ side: Int) -> Int32 {
      if let known = numbers[side][word] { return known }
      let number = Int32(words[side].count)
      numbers[side][word] = number
      words[side].append(word)
      return number
    }

    func learn(
      iterations: Int
    ) -> [(source: String, target: String, forward: Float, backward: Float)] {
      var forward = [Float](repeating: 1, count: ends.count)
      var backward = forward
      for _ in 0..<iterations {
        var forwardCounts = [Float](repeating: 0, count: ends.count)
        var backwardCounts = forwardCounts
        for (links, m, n) in names {
          for t in 0..<n {
            var sum: Float = 0
            for s in 0..<m { sum += forward[Int(links[s * n + t])] }
            guard sum > 0 else { continue }
            for s in 0..<m {
              forwardCounts[Int(links[s * n + t])] += forward[Int(links[s * n + t])] / sum
            }
          }
          for s in 0..<m {
            var sum: Float = 0
            for t in 0..<n { sum += backward[Int(links[s * n + t])] }
            guard sum > 0 else { continue }
            for t in 0..<n {
              backwardCounts[Int(links[s * n + t])] += backward[Int(links[s * n + t])] / sum
            }
          }
        }
        var sums = (
          [Float](repeating: 0, count: words[0].count), [Float](repeating: 0, count: words[1].count)
        )
        for index in ends.indices {
          sums.0[Int(ends[index].source)] += forwardCounts[index]
          sums.1[Int(ends[index].target)] += backwardCounts[index]
        }
        for index in ends.indices {
          let (a, b) = (sums.0[Int(ends[index].source)], sums.1[Int(ends[index].target)])
          forward[index] = a > 0 ? forwardCounts[index] / a : 0
          backward[index] = b > 0 ? backwardCounts[index] / b : 0
        }
      }
      return ends.indices.map { index in
        (
          words[0][Int(ends[index].source)], words[1][Int(ends[index].target)], forward[index],
          backward[index]
        )
      }
    }
  }
}
