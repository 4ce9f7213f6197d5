public import BitextCore
internal import Foundation

extension TranslationLexicon: LexicalEvidence {
  /// Returns the entries between two vocabularies; empty when the lexicon is for other languages.
  ///
  /// - Complexity: O(*words* · log *listed words* + entries of the words found, sorted).
  public func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    guard let from = side(of: sourceLanguage), let to = side(of: targetLanguage), from != to else {
      return []
    }
    let sources = resolve(source, on: from, language: sourceLanguage)
    let targets = resolve(target, on: to, language: targetLanguage)
    let forward = joins(sources, words(from), targets, words(to).count)
    let backward = joins(targets, words(to), sources, words(from).count)
    return Self.merge(forward, backward.map { Join(source: $0.target, target: $0.source, $0.q) })
  }

  /// Whether it is a lexicon of these languages, in either order.
  public func covers(_ first: LanguageTag, _ second: LanguageTag) -> Bool {
    guard let a = side(of: first), let b = side(of: second) else { return false }
    return a != b
  }

  /// A word of the lexicon and a word of the vocabulary that is looked up under it.
  private struct Resolved {
    let number: Int32
    let index: Int32
  }

  /// One direction's answer for a pair, with its probability still in one byte.
  private struct Join {
    let key: UInt64
    let q: UInt8

    var source: Int32 { Int32(truncatingIfNeeded: key >> 32) }
    var target: Int32 { Int32(truncatingIfNeeded: key) }

    init(source: Int32, target: Int32, _ q: UInt8) {
      key = UInt64(UInt32(bitPattern: source)) << 32 | UInt64(UInt32(bitPattern: target))
      self.q = q
    }
  }

  private func baseForms(of word: String, in language: LanguageTag) -> [String] {
    holdsBaseForms && language.language == "en" ? EnglishInflection.baseForms(of: word) : []
  }

  /// The words found, in ascending order of the lexicon's number, then of the index.
  private func resolve(
    _ vocabulary: [String], on side: Side, language: LanguageTag
  ) -> [Resolved] {
    let here = words(side)
    let bytes = data.bytes
    var found: [Resolved] = []
    found.reserveCapacity(vocabulary.count)
    for (index, word) in vocabulary.enumerated() {
      if let number = here.number(of: Array(word.utf8), in: bytes) {
        found.append(Resolved(number: Int32(number), index: Int32(index)))
      }
      for base in baseForms(of: word, in: language) {
        if let number = here.number(of: Array(base.utf8), in: bytes) {
          found.append(Resolved(number: Int32(number), index: Int32(index)))
        }
      }
    }
    return found.sorted { ($0.number, $0.index) < ($1.number, $1.index) }
  }

  /// Walks the rows of the words at hand and keeps what leads to words at hand.
  private func joins(
    _ from: [Resolved], _ side: LexiconSide, _ to: [Resolved], _ otherCount: Int
  ) -> [Join] {
    // For each word of the other side, where its run begins in `to`; -1 when it is not at hand.
    var runs = [Int32](repeating: -1, count: otherCount)
    for (position, word) in to.enumerated().reversed() { runs[Int(word.number)] = Int32(position) }
    let bytes = data.bytes
    var joins: [Join] = []
    for word in from {
      side.forEachEntry(of: Int(word.number), in: bytes) { other, q in
        guard other < otherCount, runs[other] >= 0 else { return }
        var position = Int(runs[other])
        while position < to.count, Int(to[position].number) == other {
          joins.append(Join(source: word.index, target: to[position].index, q))
          position += 1
        }
      }
    }
    return joins
  }

  /// Both directions together, ascending; of several answers for a pair the strongest counts.
  private static func merge(_ forward: [Join], _ backward: [Join]) -> [LexicalEntry] {
    let forward = forward.sorted { ($0.key, $0.q) < ($1.key, $1.q) }
    let backward = backward.sorted { ($0.key, $0.q) < ($1.key, $1.q) }
    let probabilities = LexiconFormat.probabilities
    var entries: [LexicalEntry] = []
    entries.reserveCapacity(max(forward.count, backward.count))
    var i = 0
    var j = 0
    while i < forward.count || j < backward.count {
      let key = min(
        i < forward.count ? forward[i].key : .max, j < backward.count ? backward[j].key : .max)
      var p: Float = 0
      var q: Float = 0
      // A smaller byte is a larger probability, so the first of a run is its maximum.
      if i < forward.count, forward[i].key == key { p = probabilities[Int(forward[i].q)] }
      if j < backward.count, backward[j].key == key { q = probabilities[Int(backward[j].q)] }
      while i < forward.count, forward[i].key == key { i += 1 }
      while j < backward.count, backward[j].key == key { j += 1 }
      entries.append(
        LexicalEntry(
          source: Int32(truncatingIfNeeded: key >> 32), target: Int32(truncatingIfNeeded: key),
          forward: p, backward: q))
    }
    return entries
  }
}
