public import BitextCore

/// Several kinds of evidence as one: for each pair of words the strongest answer counts, and a Chinese
/// word that nobody knows is looked up by its parts.
///
/// A word of two or more Han characters that no source lists is split by greedy longest match (four
/// characters at most) into words that some source lists. It takes half of what each part gives as
/// the word that is translated, and a quarter as the translation. Dictionaries and segmenters never
/// agree on what a Chinese word is; this is what makes up for it.
public struct CombinedEvidence: LexicalEvidence {
  /// The sources.
  public let sources: [any LexicalEvidence]

  public init(_ sources: [any LexicalEvidence]) {
    self.sources = sources
  }

  public func knows(_ words: [String], in language: LanguageTag) -> [Bool] {
    var known = [Bool](repeating: false, count: words.count)
    for source in sources {
      for (index, knows) in source.knows(words, in: language).enumerated() where knows {
        known[index] = true
      }
    }
    return known
  }

  public func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    let sources = ExpandedVocabulary(source, in: sourceLanguage, knows: knows)
    let targets = ExpandedVocabulary(target, in: targetLanguage, knows: knows)
    var entries: [LexicalEntry] = []
    for evidence in self.sources {
      let found = evidence.entries(
        source: sources.words, sourceLanguage: sourceLanguage, target: targets.words,
        targetLanguage: targetLanguage)
      for entry in found {
        sources.forEachOwner(of: entry.source) { first, firstIsPart in
          targets.forEachOwner(of: entry.target) { second, secondIsPart in
            // What a word translates into counts a half by its part, what it translates a quarter.
            let forward = (firstIsPart ? Float(0.5) : 1) * (secondIsPart ? 0.25 : 1)
            let backward = (firstIsPart ? Float(0.25) : 1) * (secondIsPart ? 0.5 : 1)
            entries.append(
              LexicalEntry(
                source: first, target: second, forward: entry.forward * forward,
                backward: entry.backward * backward))
          }
        }
      }
    }
    return Self.strongest(entries)
  }

  /// One entry a pair, ascending, each direction with its largest probability.
  static func strongest(_ entries: [LexicalEntry]) -> [LexicalEntry] {
    let sorted = entries.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    var result: [LexicalEntry] = []
    result.reserveCapacity(sorted.count)
    for entry in sorted {
      if let last = result.last, last.source == entry.source, last.target == entry.target {
        result[result.count - 1] = LexicalEntry(
          source: last.source, target: last.target, forward: max(last.forward, entry.forward),
          backward: max(last.backward, entry.backward))
      } else {
        result.append(entry)
      }
    }
    return result
  }
}

/// A vocabulary with the parts of its unknown words behind it.
private struct ExpandedVocabulary {
  /// The words, then the parts that are not among them.
  private(set) var words: [String]
  /// For each of `words`, the unknown words that it is a part of.
  private var wholes: [[Int32]]
  private let count: Int

  init(
    _ vocabulary: [String], in language: LanguageTag,
    knows: ([String], LanguageTag) -> [Bool]
  ) {
    words = vocabulary
    count = vocabulary.count
    wholes = []
    let candidates = vocabulary.indices.filter { HanWord.isDivisible(vocabulary[$0]) }
    guard !candidates.isEmpty else { return }
    let known = knows(candidates.map { vocabulary[$0] }, language)
    let unknown = zip(candidates, known).compactMap { $1 ? nil : $0 }
    guard !unknown.isEmpty else { return }

    var numbers: [String: Int] = [:]
    for (index, word) in vocabulary.enumerated() where numbers[word] == nil {
      numbers[word] = index
    }
    // Every part that any of them might use, asked about at once.
    var parts: [String] = []
    var partNumbers: [String: Int] = [:]
    for index in unknown {
      for part in HanWord.parts(of: vocabulary[index]) where partNumbers[part] == nil {
        partNumbers[part] = parts.count
        parts.append(part)
      }
    }
    let isKnown = knows(parts, language)
    wholes = Array(repeating: [], count: words.count)
    for index in unknown {
      let split = HanWord.split(vocabulary[index]) { part in
        partNumbers[part].map { isKnown[$0] } ?? false
      }
      for part in split {
        let number: Int
        if let known = numbers[part] {
          number = known
        } else {
          number = words.count
          numbers[part] = number
          words.append(part)
          wholes.append([])
        }
        if wholes[number].last != Int32(index) { wholes[number].append(Int32(index)) }
      }
    }
  }

  /// Gives each word of the vocabulary that an answer for `words[number]` is about.
  func forEachOwner(of number: Int32, _ body: (_ word: Int32, _ asPart: Bool) -> Void) {
    if Int(number) < count { body(number, false) }
    if !wholes.isEmpty {
      for whole in wholes[Int(number)] { body(whole, true) }
    }
  }
}

/// A word in Han characters, and the ways to divide it.
enum HanWord {
  static let longestPart = 4
  /// A longer run is no word, and its parts would be quadratic in number.
  static let longestWord = 32

  static func isDivisible(_ word: String) -> Bool {
    let scalars = word.unicodeScalars
    guard let first = scalars.first, isHan(first) else { return false }
    return scalars.count >= 2 && scalars.count <= longestWord && scalars.allSatisfy(isHan)
  }

  /// All runs of one to four characters, shorter than the word.
  static func parts(of word: String) -> [String] {
    let scalars = Array(word.unicodeScalars)
    var parts: [String] = []
    for start in scalars.indices {
      for length in 1...longestPart
      where start + length <= scalars.count && length < scalars.count {
        parts.append(text(scalars[start..<(start + length)]))
      }
    }
    return parts
  }

  /// Splits by greedy longest match; characters that are no known part are left out.
  static func split(_ word: String, isKnown: (String) -> Bool) -> [String] {
    let scalars = Array(word.unicodeScalars)
    var parts: [String] = []
    var start = 0
    while start < scalars.count {
      var length = min(longestPart, scalars.count - start)
      if length == scalars.count { length -= 1 }
      while length > 0 {
        let part = text(scalars[start..<(start + length)])
        if isKnown(part) {
          parts.append(part)
          break
        }
        length -= 1
      }
      start += max(1, length)
    }
    return parts
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x323AF, 0xF900...0xFAFF, 0x3007, 0x3005: true
    default: false
    }
  }
}
