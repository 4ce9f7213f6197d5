internal import BitextICU
internal import Synchronization

/// Writes Chinese words in pinyin without tones, syllable by syllable.
///
/// ICU's transform from Han to Latin takes the commonest reading of a character, which is right for most
/// names. It is opened when it is first needed (0.15 s) and kept.
public final class ChineseRomanizer: Sendable {
  private struct Opened: ~Copyable {
    var transliterator: Transliterator?
    var hasFailed = false
  }
  private let state = Mutex(Opened())

  /// Makes a romanizer; costs nothing until it is asked.
  public init() {}

  /// Returns the syllables of each word, in lower-case ASCII letters; none where a character has no
  /// reading.
  ///
  /// - Complexity: About 20 µs a word.
  public func syllables(of words: [String]) -> [[String]] {
    let text = words.joined(separator: "\n")
    let latin = state.withLock { state -> String? in
      if state.transliterator == nil, !state.hasFailed {
        state.transliterator = try? Transliterator("Han-Latin; Latin-ASCII; Lower")
        state.hasFailed = state.transliterator == nil
      }
      return state.transliterator?.transliterate(text)
    }
    let lines = (latin ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == words.count else { return words.map { _ in [] } }
    return zip(words, lines).map { word, line in
      let syllables = line.split(separator: " ").map(String.init)
      let isWhole =
        syllables.count == word.unicodeScalars.count
        && syllables.allSatisfy { $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
      return isWhole ? syllables : []
    }
  }
}
