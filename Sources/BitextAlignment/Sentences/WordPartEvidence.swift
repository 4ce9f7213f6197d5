internal import BitextCore

/// Evidence for Chinese words that no source knows: that of their parts.
///
/// An unknown word of two or more characters is cut greedily into the longest known pieces of at most
/// four characters. It takes half of each part's probabilities one way and a quarter the other.
struct WordPartEvidence {
  /// What to ask about the parts.
  let sources: [any LexicalEvidence]

  /// Returns entries for words of `words` that `isKnown` denies.
  ///
  /// - Parameters:
  ///   - words: Words of the Chinese side.
  ///   - isKnown: Whether a source knows the word, one value a word.
  ///   - other: The words of the other side.
  /// - Returns: Entries with the Chinese word as source, in no particular order.
  func entries(
    words: [String], language: LanguageTag, isKnown: [Bool], other: [String],
    otherLanguage: LanguageTag
  ) -> [LexicalEntry] {
    var partNumbers: [String: Int32] = [:]
    var parts: [String] = []
    var unknown: [(word: Int32, scalars: [Unicode.Scalar])] = []
    for (number, word) in words.enumerated() where !isKnown[number] {
      let scalars = Array(word.unicodeScalars)
      guard (2...32).contains(scalars.count),
        scalars.allSatisfy({ FoldedText.isUnspaced($0.value) })
      else { continue }
      unknown.append((Int32(number), scalars))
      for start in scalars.indices {
        for length in 1...4 where start + length <= scalars.count && length < scalars.count {
          let part = Self.string(scalars[start..<(start + length)])
          if partNumbers[part] == nil {
            partNumbers[part] = Int32(parts.count)
            parts.append(part)
          }
        }
      }
    }
    guard !unknown.isEmpty else { return [] }
    let lists = sources.map {
      $0.entries(
        source: parts, sourceLanguage: language, target: other, targetLanguage: otherLanguage)
    }
    let table = TranslationTable(lists, rowCount: parts.count)

    var entries: [LexicalEntry] = []
    for (word, scalars) in unknown {
      var start = 0
      while start < scalars.count {
        var length = min(4, scalars.count - start)
        var row = 0..<0
        while length > 0 {
          if let part = partNumbers[Self.string(scalars[start..<(start + length)])] {
            row = table.row(Int(part))
            if !row.isEmpty { break }
          }
          length -= 1
        }
        for index in row {
          entries.append(
            LexicalEntry(
              source: word, target: table.targets[index], forward: table.forward[index] / 2,
              backward: table.backward[index] / 4))
        }
        start += max(length, 1)
      }
    }
    return entries
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
