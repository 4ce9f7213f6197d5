extension LexiconContents {
  /// Several contents as one: words once, of several answers for a pair the strongest, counts added.
  ///
  /// - Precondition: All are for the same languages, in the same order.
  public init(merging parts: [LexiconContents], languages: LanguagePair) {
    self.init(languages: languages)
    var firstNumbers: [String: Int32] = [:]
    var secondNumbers: [String: Int32] = [:]
    func number(
      of word: Word, in words: inout [Word], _ numbers: inout [String: Int32]
    ) -> Int32 {
      if let known = numbers[word.text] {
        words[Int(known)].count += word.count
        return known
      }
      let number = Int32(words.count)
      numbers[word.text] = number
      words.append(word)
      return number
    }
    var entries: [LexicalEntry] = []
    for part in parts {
      precondition(part.languages == languages, "lexicons of other languages cannot be merged")
      let firsts = part.first.map { number(of: $0, in: &first, &firstNumbers) }
      let seconds = part.second.map { number(of: $0, in: &second, &secondNumbers) }
      entries += part.entries.map {
        LexicalEntry(
          source: firsts[Int($0.source)], target: seconds[Int($0.target)], forward: $0.forward,
          backward: $0.backward)
      }
      firstTotal += part.firstTotal
      secondTotal += part.secondTotal
      segmentPairs += part.segmentPairs
      holdsBaseForms = holdsBaseForms || part.holdsBaseForms
      for notice in part.notices where !notices.contains(notice) { notices.append(notice) }
    }
    self.entries = LexicalEntry.strongest(entries)
  }
}
