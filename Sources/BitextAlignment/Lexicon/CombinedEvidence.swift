public import BitextCore

/// Several kinds of evidence as one: for each pair of words the strongest answer counts, and a Chinese
/// word that nobody knows is looked up by its parts, since dictionaries and segmenters never agree on
/// what a Chinese word is.
public struct CombinedEvidence: LexicalEvidence {
  /// The sources.
  public let sources: [any LexicalEvidence]
  /// Whether unknown Chinese words are looked up by their parts.
  var usesParts = true

  public var name: String { sources.map(\.name).joined(separator: ", ") }

  /// Asks all of `sources`.
  public init(_ sources: [any LexicalEvidence]) {
    self.sources = sources
  }

  public func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    answers(
      source: source, sourceLanguage: sourceLanguage, target: target,
      targetLanguage: targetLanguage
    ).entries
  }

  /// The entries, and for each source how many words of both vocabularies it knows.
  func answers(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> (entries: [LexicalEntry], known: [Int]) {
    var lists = sources.map {
      $0.entries(
        source: source, sourceLanguage: sourceLanguage, target: target,
        targetLanguage: targetLanguage)
    }
    var knownSource = [Bool](repeating: false, count: source.count)
    var knownTarget = [Bool](repeating: false, count: target.count)
    var counts: [Int] = []
    for list in lists {
      counts.append(Self.wordCount(list, source.count, target.count))
      for entry in list {
        knownSource[Int(entry.source)] = true
        knownTarget[Int(entry.target)] = true
      }
    }
    let parts = WordPartEvidence(sources: sources)
    if usesParts, sourceLanguage.language == "zh" {
      lists.append(
        parts.entries(
          words: source, language: sourceLanguage, isKnown: knownSource, other: target,
          otherLanguage: targetLanguage))
    }
    if usesParts, targetLanguage.language == "zh" {
      let exchanged = parts.entries(
        words: target, language: targetLanguage, isKnown: knownTarget, other: source,
        otherLanguage: sourceLanguage)
      lists.append(
        exchanged.map {
          LexicalEntry(
            source: $0.target, target: $0.source, forward: $0.backward, backward: $0.forward)
        })
    }
    let table = TranslationTable(lists, rowCount: source.count)
    var entries: [LexicalEntry] = []
    entries.reserveCapacity(table.count)
    for row in source.indices {
      for index in table.row(row) {
        entries.append(
          LexicalEntry(
            source: Int32(row), target: table.targets[index], forward: table.forward[index],
            backward: table.backward[index]))
      }
    }
    return (entries, counts)
  }

  /// How many different words stand in some entries.
  static func wordCount(_ entries: [LexicalEntry], _ sources: Int, _ targets: Int) -> Int {
    var seen = [Bool](repeating: false, count: sources + targets)
    for entry in entries {
      seen[Int(entry.source)] = true
      seen[sources + Int(entry.target)] = true
    }
    return seen.count { $0 }
  }
}
