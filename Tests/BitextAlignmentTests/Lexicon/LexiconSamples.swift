import BitextAlignment
import BitextCore

/// Small lexicons and texts for the tests of this folder.
enum LexiconSamples {
  static let english = ["the house", "the tree", "a tree", "the old house", "an old door"]
  static let spanish = ["la casa", "el árbol", "un árbol", "la casa vieja", "una puerta vieja"]

  /// A lexicon with words that share beginnings, so that front coding has something to do.
  static func contents(words: Int = 40) -> LexiconContents {
    var contents = LexiconContents(languages: LanguagePair("en", "zh"))
    for index in 0..<words {
      contents.first.append(.init("word" + String(index * 7919 % 1000), count: Double(index)))
      contents.second.append(.init(["门", "老", "树", "房"][index % 4] + "\(index)", count: 3))
      for other in [index, (index * 3 + 1) % words, words - 1 - index] {
        contents.entries.append(
          LexicalEntry(
            source: Int32(index), target: Int32(other), forward: 0.5 / Float(1 + other % 7),
            backward: other % 5 == 0 ? 0 : 0.25))
      }
    }
    contents.entries = unique(contents.entries)
    contents.firstTotal = 1000
    contents.secondTotal = 500
    contents.segmentPairs = 77
    contents.notices = [
      LexiconNotice(
        name: "Tatoeba", version: "1", licence: "CC-BY-2.0-FR", address: "https://tatoeba.org",
        attribution: "its contributors"),
      LexiconNotice(name: "own text", licence: "CC0-1.0"),
    ]
    return contents
  }

  private static func unique(_ entries: [LexicalEntry]) -> [LexicalEntry] {
    var seen: Set<[Int32]> = []
    return entries.filter { seen.insert([$0.source, $0.target]).inserted }
  }
}

/// SplitMix64: the same numbers on every run.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
