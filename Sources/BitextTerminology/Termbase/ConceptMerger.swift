internal import BitextCore

/// Puts entries that say the same into one.
struct ConceptMerger {
  private(set) var concepts: [ConceptEntry]
  private var keys = TermKeys()
  /// The concepts that have a term, by the term's key.
  private var byTerm: [String: [Int]] = [:]
  private var byIdentifier: [String: Int] = [:]
  private var report = Termbase.MergeReport()
  private var changed: Set<Int> = []

  init(_ concepts: [ConceptEntry]) {
    self.concepts = concepts
    for index in concepts.indices { enter(index) }
  }

  private mutating func enter(_ index: Int) {
    let concept = concepts[index]
    if byIdentifier[concept.identifier] == nil { byIdentifier[concept.identifier] = index }
    for key in keys.keys(of: concept) where !key.isEmpty {
      if byTerm[key]?.last != index { byTerm[key, default: []].append(index) }
    }
  }

  mutating func add(_ entry: ConceptEntry) {
    guard entry.terms.contains(where: { !keys.key(of: $0).isEmpty }) else {
      report.empty += 1
      return
    }
    if let place = twin(of: entry) {
      let before = concepts[place]
      combine(entry, into: place)
      if concepts[place] == before {
        report.unchanged += 1
      } else {
        report.merged += 1
        changed.insert(place)
        enter(place)
      }
      return
    }
    var entry = entry
    if byIdentifier[entry.identifier] != nil {
      var number = 2
      while byIdentifier["\(entry.identifier)-\(number)"] != nil { number += 1 }
      let renamed = "\(entry.identifier)-\(number)"
      report.renamed.append(.init(from: entry.identifier, to: renamed))
      entry.identifier = renamed
    }
    concepts.append(entry)
    enter(concepts.count - 1)
    report.added += 1
    changed.insert(concepts.count - 1)
  }

  func finish() -> Termbase.MergeReport {
    var report = report
    report.changed = changed.sorted()
    return report
  }

  /// The concept that an entry speaks of; the earliest of several.
  private mutating func twin(of entry: ConceptEntry) -> Int? {
    var shared: [Int: Set<String>] = [:]
    for term in entry.terms {
      let key = keys.key(of: term)
      guard !key.isEmpty else { continue }
      for index in byTerm[key] ?? [] { shared[index, default: []].insert(term.language.language) }
    }
    let languages = Set(entry.terms.map(\.language.language))
    return shared.keys.sorted().first { index in
      let count = shared[index]?.count ?? 0
      let known = concepts[index]
      // A glossary of one language has only that to go by.
      let isOneLanguage =
        languages.count == 1 && Set(known.terms.map(\.language.language)) == languages
      let hasItsName =
        known.identifier == entry.identifier
        && !translatesOtherwise(entry, known, shared[index] ?? [])
      guard count >= 2 || hasItsName || isOneLanguage else { return false }
      return Self.agree(known.definition, entry.definition)
        && Self.agree(known.subjectField, entry.subjectField)
    }
  }

  /// Whether two entries have a language in common in which they share no term.
  private func translatesOtherwise(
    _ entry: ConceptEntry, _ known: ConceptEntry, _ shared: Set<String>
  ) -> Bool {
    let languages = Set(known.terms.map(\.language.language))
    return entry.terms.contains {
      languages.contains($0.language.language) && !shared.contains($0.language.language)
    }
  }

  /// Whether two statements can both be true of one concept: one is not made, or they are the same.
  static func agree(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other else { return true }
    func plain(_ text: String) -> [Substring] {
      text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber })
    }
    return plain(one) == plain(other)
  }

  private mutating func combine(_ entry: ConceptEntry, into place: Int) {
    var known = concepts[place]
    known.subjectField = known.subjectField ?? entry.subjectField
    if known.definition == nil {
      known.definition = entry.definition
      known.definitionLanguage = entry.definitionLanguage
    }
    for term in entry.terms {
      let key = keys.key(of: term)
      guard !key.isEmpty else { continue }
      guard
        let same = known.terms.firstIndex(where: {
          $0.language == term.language && $0.text == term.text
        })
          ?? known.terms.firstIndex(where: {
            $0.language == term.language && keys.key(of: $0) == key
          })
      else {
        // One preferred term a language: another one is admitted.
        var added = term
        if term.status == .preferred,
          known.terms.contains(where: { $0.language == term.language && $0.status == .preferred })
        {
          added.status = .admitted
          added.statusAsWritten = nil
        }
        known.terms.append(added)
        continue
      }
      known.terms[same].partOfSpeech = known.terms[same].partOfSpeech ?? term.partOfSpeech
      known.terms[same].properties += term.properties.filter {
        !known.terms[same].properties.contains($0)
      }
      known.terms[same].notes += term.notes.filter { !known.terms[same].notes.contains($0) }
      // A status that contradicts is kept as a term of its own: nothing is lost, and it is reported.
      if Self.contradict(known.terms[same].status, term.status),
        !known.terms.contains(where: {
          $0.language == term.language && $0.text == term.text && $0.status == term.status
        })
      {
        known.terms.append(term)
      }
    }
    known.properties += entry.properties.filter { !known.properties.contains($0) }
    known.notes += entry.notes.filter { !known.notes.contains($0) }
    known.languages += entry.languages.filter { !known.languages.contains($0) }
    concepts[place] = known
  }

  /// Whether one says to use a term and the other says not to.
  static func contradict(_ one: TermStatus, _ other: TermStatus) -> Bool {
    isUsable(one) != isUsable(other)
  }

  static func isUsable(_ status: TermStatus) -> Bool { status == .preferred || status == .admitted }
}
