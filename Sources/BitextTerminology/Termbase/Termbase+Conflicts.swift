internal import BitextCore
internal import BitextText

extension Termbase {
  /// What contradicts itself in the termbase, by concept; each conflict once.
  ///
  /// Homonyms are no conflict: two concepts may share a term when a definition or a subject field tells
  /// them apart.
  ///
  /// - Complexity: O(terms), as long as few concepts share a term.
  public func conflicts() -> [TermConflict] {
    var finder = ConflictFinder(concepts)
    finder.run()
    // Concepts are compared as lists; of equal ones the order in which they were found stays.
    return finder.conflicts.enumerated().sorted { one, other in
      one.element.concepts == other.element.concepts
        ? one.offset < other.offset
        : one.element.concepts.lexicographicallyPrecedes(other.element.concepts)
    }.map(\.element)
  }
}

/// Compares the concepts of a termbase with each other.
private struct ConflictFinder {
  let concepts: [ConceptEntry]
  private(set) var conflicts: [TermConflict] = []
  private var keys = TermKeys()

  /// More concepts with one term than this are not compared pair by pair.
  private static let maximumHomonyms = 32

  init(_ concepts: [ConceptEntry]) {
    self.concepts = concepts
  }

  mutating func run() {
    var byTerm: [String: [(concept: Int, term: Int)]] = [:]
    var order: [String] = []
    var byIdentifier: [String: Int] = [:]
    for (index, concept) in concepts.enumerated() {
      if let first = byIdentifier[concept.identifier] {
        conflicts.append(
          TermConflict(
            .identifier, concepts: [first, index],
            message: "two concepts are called \(concept.identifier), expected each name once"))
      } else {
        byIdentifier[concept.identifier] = index
      }
      alone(index)
      for (place, term) in concept.terms.enumerated() {
        let key = keys.key(of: term)
        guard !key.isEmpty else { continue }
        if byTerm[key] == nil { order.append(key) }
        byTerm[key, default: []].append((index, place))
      }
    }
    var compared: Set<[Int]> = []
    for key in order {
      let uses = byTerm[key] ?? []
      guard uses.count > 1 else { continue }
      for (number, one) in uses.prefix(Self.maximumHomonyms).enumerated() {
        for other in uses.prefix(Self.maximumHomonyms).dropFirst(number + 1)
        where other.concept != one.concept {
          guard compared.insert([one.concept, other.concept]).inserted else { continue }
          compare(one, other)
        }
      }
    }
  }

  /// What is wrong with one concept.
  private mutating func alone(_ index: Int) {
    let concept = concepts[index]
    for term in concept.terms where term.text.allSatisfy(\.isWhitespace) {
      conflicts.append(
        TermConflict(
          .incomplete, concepts: [index], language: term.language, term: term.text,
          message: "\(concept.identifier) has an empty term in \(term.language), expected a word"))
    }
    if Set(concept.terms.map(\.language.language)).count < 2 {
      let only = concept.terms.first.map { "only \($0.language)" } ?? "no language"
      conflicts.append(
        TermConflict(
          .incomplete, concepts: [index],
          message: "\(concept.identifier) has terms in \(only), expected two languages or more"))
    }
    var statuses: [String: (usable: Bool, unusable: Bool)] = [:]
    var preferred: [LanguageTag: [String]] = [:]
    for term in concept.terms {
      let key = keys.key(of: term)
      guard !key.isEmpty else { continue }
      var known = statuses[key] ?? (false, false)
      if ConceptMerger.isUsable(term.status) { known.usable = true } else { known.unusable = true }
      if known.usable, known.unusable, statuses[key].map({ !($0.usable && $0.unusable) }) ?? true {
        conflicts.append(
          TermConflict(
            .status, concepts: [index], language: term.language, term: term.text,
            message: "\(concept.identifier) says both to use and not to use "
              + "“\(Self.excerpt(term.text))” (\(term.language)), expected one of them"))
      }
      statuses[key] = known
      if term.status == .preferred, term.statusAsWritten != nil {
        preferred[term.language, default: []].append(term.text)
      }
      script(term, index)
    }
    for language in preferred.keys.sorted() {
      guard let terms = preferred[language], terms.count > 1 else { continue }
      conflicts.append(
        TermConflict(
          .preferred, concepts: [index], language: language, term: terms[1],
          message: "\(concept.identifier) has \(terms.count) preferred terms in \(language) ("
            + terms.prefix(3).map { "“\(Self.excerpt($0))”" }.joined(separator: ", ")
            + "), expected one"))
    }
  }

  private mutating func script(_ term: Term, _ index: Int) {
    let scalars = term.text.unicodeScalars
    let han = scalars.contains { $0.value >= 0x4E00 && $0.value < 0xA000 }
    let latin = scalars.contains { $0.value | 0x20 &- 0x61 < 26 }
    let cyrillic = scalars.contains { $0.value >= 0x400 && $0.value < 0x530 }
    let isChinese = term.language.language == "zh"
    let problem: String?
    if ["en", "es", "fr", "de", "pt", "it"].contains(term.language.language), han {
      problem = "Chinese characters"
    } else if latin, cyrillic {
      problem = "Latin and Cyrillic letters together"
    } else if isChinese, !han, scalars.contains(where: { $0.properties.isLowercase }),
      term.text.contains(" ")
    {
      problem = "Latin words"
    } else {
      problem = nil
    }
    guard let problem else { return }
    conflicts.append(
      TermConflict(
        .script, concepts: [index], language: term.language, term: term.text,
        message: "“\(Self.excerpt(term.text))” of \(concepts[index].identifier) has \(problem), "
          + "expected a term in \(term.language)"))
  }

  /// What two concepts with a term in common say of each other.
  private mutating func compare(
    _ one: (concept: Int, term: Int), _ other: (concept: Int, term: Int)
  ) {
    let (left, right) = (concepts[one.concept], concepts[other.concept])
    let leftKeys = keys.keys(of: left)
    let rightKeys = keys.keys(of: right)
    var shared: Set<String> = []
    var contradiction: Term?
    for (index, key) in leftKeys.enumerated() where !key.isEmpty {
      for (place, otherKey) in rightKeys.enumerated() where otherKey == key {
        shared.insert(left.terms[index].language.language)
        if ConceptMerger.contradict(left.terms[index].status, right.terms[place].status) {
          contradiction = contradiction ?? left.terms[index]
        }
      }
    }
    let term = left.terms[one.term]
    let names = "\(left.identifier) and \(right.identifier)"
    let agrees =
      ConceptMerger.agree(left.definition, right.definition)
      && ConceptMerger.agree(left.subjectField, right.subjectField)
    let isToldApart =
      !agrees
      && (left.definition != nil && right.definition != nil
        || left.subjectField != nil && right.subjectField != nil)
    let both = [one.concept, other.concept]
    if let contradiction, shared.count >= 2 || !isToldApart {
      conflicts.append(
        TermConflict(
          .status, concepts: both, language: contradiction.language, term: contradiction.text,
          message: "of \(names) one says to use “\(Self.excerpt(contradiction.text))” "
            + "(\(contradiction.language)) and one says not to, expected one of them"))
      return
    }
    if shared.count >= 2 {
      conflicts.append(
        TermConflict(
          .definition, concepts: both, language: term.language, term: term.text,
          message: "\(names) share “\(Self.excerpt(term.text))” and its translation"
            + (agrees
              ? ", expected one concept" : " but differ in what it is, expected one meaning")))
    } else if !isToldApart,
      Set(left.terms.map(\.language.language)).intersection(
        right.terms.map(\.language.language)
      ).count >= 2
    {
      conflicts.append(
        TermConflict(
          .translation, concepts: both, language: term.language, term: term.text,
          message:
            "\(names) share “\(Self.excerpt(term.text))” (\(term.language)) and translate it "
            + "differently, expected a definition or a subject field that tells them apart"))
    }
  }

  private static func excerpt(_ text: String) -> String {
    text.count > 60 ? text.prefix(60) + "…" : text
  }
}
