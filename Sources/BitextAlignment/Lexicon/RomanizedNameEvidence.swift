internal import BitextCore
internal import BitextText

/// Chinese names that stand in the other text in pinyin: 王琦瑶 and *Qiyao*, 上海 and *Shanghai*.
///
/// A word of Latin letters counts when two or more characters of a Chinese word in a row are read like it:
/// texts give the family name, the given name or both. With a lexicon this adds nothing; without one it
/// tells the sentences of a novel apart.
struct RomanizedNameEvidence: LexicalEvidence {
  /// What a match is worth.
  private static let strength: Float = 0.4
  private static let shortestWord = 4
  private static let longestName = 6
  /// Words of English and Spanish that common Chinese words are read like: 我们, 那么, 没有 …
  private static let accidents: Set<String> = [
    "women", "name", "here", "more", "made", "like", "mile", "tale", "side", "dare", "line", "lane",
    "huge", "sale", "male", "case", "nose", "dice", "hace", "base",
  ]

  private let romanizer = ChineseRomanizer()

  var name: String { "names in pinyin" }

  func covers(_ first: LanguageTag, _ second: LanguageTag) -> Bool {
    (first.language == "zh") != (second.language == "zh")
  }

  func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    guard covers(sourceLanguage, targetLanguage) else { return [] }
    if targetLanguage.language == "zh" {
      return LexicalEntry.strongest(
        pairs(target, source).map {
          LexicalEntry(
            source: $1, target: $0, forward: Self.strength, backward: Self.strength)
        })
    }
    return LexicalEntry.strongest(
      pairs(source, target).map {
        LexicalEntry(source: $0, target: $1, forward: Self.strength, backward: Self.strength)
      })
  }

  /// Chinese words and the words that they are read like.
  private func pairs(_ chinese: [String], _ other: [String]) -> [(Int32, Int32)] {
    var latin: [String: Int32] = [:]
    for (number, word) in other.enumerated()
    where word.utf8.count >= Self.shortestWord && !Self.accidents.contains(word)
      && word.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    {
      latin[word] = Int32(number)
    }
    guard !latin.isEmpty else { return [] }
    let names = chinese.indices.filter { index in
      let scalars = chinese[index].unicodeScalars
      return (2...Self.longestName).contains(scalars.count)
        && scalars.allSatisfy { FoldedText.isUnspaced($0.value) }
    }
    var found: [(Int32, Int32)] = []
    for (index, syllables) in zip(names, romanizer.syllables(of: names.map { chinese[$0] })) {
      for start in syllables.indices {
        var word = syllables[start]
        for next in syllables[(start + 1)...] {
          word += next
          if let match = latin[word] { found.append((Int32(index), match)) }
        }
      }
    }
    return found
  }
}
