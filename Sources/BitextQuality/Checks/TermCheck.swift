internal import BitextCore
internal import BitextTerminology
internal import BitextText

/// Looks for the terms of a glossary on both sides of a translation.
struct TermCheck {
  let source: TermRecognizer
  /// Finds all terms of the target's language, inside other terms and words, too: the question is whether
  /// a translation has a term at all.
  private let target: TermRecognizer
  private let sourceLanguage: LanguageTag
  private let targetLanguage: LanguageTag
  private let tools: LanguageTools
  /// The words of each usable target term, without their endings, for terms that are split in a text.
  private let border: BorderWords
  private let conceptIgnores: [Set<QualityCheck>]

  init(
    _ concepts: [ConceptEntry], source: LanguageTag, target: LanguageTag, tools: LanguageTools
  ) {
    self.source = TermRecognizer(concepts, language: source)
    var options = TermRecognizer.Options()
    options.overlap = .all
    options.boundaries = .anywhere
    self.target = TermRecognizer(concepts, language: target, options: options)
    sourceLanguage = source
    targetLanguage = target
    self.tools = tools
    border = BorderWords(language: target)
    conceptIgnores = concepts.map { QualityOptions.ignored($0.properties, $0.notes) }
  }

  /// A usable target term that a unit has for a source term.
  struct Use: Hashable {
    let concept: Int
    let term: Int
    /// Where the source term stands.
    let span: TextSpan
  }

  /// Checks a pair; gives the terms that were used, for the check of the whole file.
  func run(_ pair: inout SegmentPair) -> [Use] {
    let sourceHits = source.hits(in: pair.source.text)
    let targetHits = target.hits(in: pair.target.text)
    var uses: [Use] = []
    var index = 0
    var seen: Set<[Int]> = []
    var inSource: Set<Int> = []
    while index < sourceHits.count {
      var group: [TermHit] = []
      let span = sourceHits[index].span
      while index < sourceHits.count, sourceHits[index].span == span {
        group.append(sourceHits[index])
        index += 1
      }
      inSource.formUnion(group.map(\.concept))
      let concepts = group.map(\.concept)
      guard seen.insert(concepts).inserted else { continue }
      judge(group, targetHits, &pair, &uses)
    }
    forbidden(targetHits, inSource, &pair)
    return uses
  }

  private func wants(_ check: QualityCheck, _ concept: Int) -> Bool {
    !conceptIgnores[concept].contains(check)
  }

  /// Looks for the translation of a source term, which several concepts may claim.
  private func judge(
    _ group: [TermHit], _ targetHits: [TermHit], _ pair: inout SegmentPair, _ uses: inout [Use]
  ) {
    var expected: [String] = []
    var isKnown = false
    for hit in group {
      let concept = source.concepts[hit.concept]
      let usable = concept.usableTerms(in: targetLanguage)
      guard !usable.isEmpty else {
        // A concept without a term in the target language asks for nothing.
        return
      }
      isKnown = true
      for term in usable where !expected.contains(term.text) { expected.append(term.text) }
      var isFound = false
      for found in targetHits where found.concept == hit.concept {
        let term = target.term(of: found)
        guard usable.contains(term) else { continue }
        isFound = true
        let use = Use(concept: hit.concept, term: found.term, span: hit.span)
        if !uses.contains(use) { uses.append(use) }
      }
      if isFound { return }
    }
    guard isKnown, let first = group.first else { return }
    let term = String(pair.source.text[first.span])
    // A term that is forbidden or deprecated is said to be so, not to be missing.
    if targetHits.contains(where: { found in group.contains { $0.concept == found.concept } }) {
      return
    }
    let list = expected.map(\.quoted).joined(separator: " or ")
    if wants(.termCase, first.concept), let place = inAnotherCase(group, pair.target) {
      pair.report(
        .termCase, in: pair.target, place, expected: expected,
        "found \(String(pair.target.text[TextSpan(place)]).quoted), expected \(list)")
      return
    }
    if let place = verbatim(term, pair.target) {
      guard wants(.termUntranslated, first.concept) else { return }
      pair.report(
        .termUntranslated, in: pair.target, place, expected: expected,
        "found \(term.quoted) as in the source, expected \(list)")
      return
    }
    guard wants(.termMissing, first.concept) else { return }
    // Its words may stand apart, or in a form that only the stem tells.
    let isThere = group.contains { hit in
      source.concepts[hit.concept].usableTerms(in: targetLanguage).contains {
        isThereOtherwise($0, pair.target)
      }
    }
    if isThere { return }
    pair.report(
      .termMissing, in: pair.source, first.span.range, expected: expected,
      "\(term.quoted) is not translated as the glossary has it, expected \(list) "
        + "(\(source.concepts[first.concept].identifier))")
  }

  /// Whether a term stands in a text in a way that its recognizer does not know: with its words apart or
  /// in another order (*protección y seguridad de los datos*), or with a form that only the stem tells.
  private func isThereOtherwise(_ term: Term, _ side: PairSide) -> Bool {
    guard ["en", "es"].contains(targetLanguage.language) else {
      // Han characters that others stand between: 数据的保护.
      let wanted = tools.words.words(in: term.text).filter { $0.kind == .word }
      guard wanted.count > 1 else { return false }
      var rest = side.text[...]
      for word in wanted {
        guard let place = rest.firstRange(of: term.text[word.span]) else { return false }
        rest = rest[place.upperBound...]
      }
      return true
    }
    func stems(_ text: String) -> [Substring] {
      tools.words.words(in: text).filter { $0.kind == .word }.map { word in
        let lower = text[word.span].lowercased()
        return lower.count > 5 ? lower.prefix(max(5, lower.count * 2 / 3)) : lower.prefix(5)
      }
    }
    let wanted = tools.words.words(in: term.text).filter { word in
      word.kind == .word && !border.contains(term.text[word.span].lowercased())
    }.map { word -> Substring in
      let lower = term.text[word.span].lowercased()
      return lower.count > 5
        ? lower.prefix(max(5, lower.count * 2 / 3)) : lower.prefix(max(3, lower.count - 1))
    }
    guard !wanted.isEmpty else { return false }
    let words = tools.words.words(in: side.text).filter { $0.kind == .word }.map {
      side.text[$0.span].lowercased()
    }
    return wanted.allSatisfy { stem in words.contains { $0.hasPrefix(stem) } }
  }

  /// Where a term whose case matters stands in another one.
  private func inAnotherCase(_ group: [TermHit], _ side: PairSide) -> Range<Int>? {
    let lower = Array(side.text.lowercased().utf8)
    guard lower.count == side.bytes.count else { return nil }
    for hit in group {
      for term in source.concepts[hit.concept].usableTerms(in: targetLanguage) {
        let wanted = Array(term.text.lowercased().utf8)
        if let place = lower.place(of: wanted) { return place }
      }
    }
    return nil
  }

  /// Where a source term stands unchanged in the target.
  private func verbatim(_ term: String, _ side: PairSide) -> Range<Int>? {
    guard term.utf8.count >= 3 else { return nil }
    return side.bytes.place(of: Array(term.utf8))
  }

  /// Reports forbidden terms, and deprecated ones whose concept the source speaks of.
  private func forbidden(
    _ hits: [TermHit], _ inSource: Set<Int>, _ pair: inout SegmentPair
  ) {
    guard pair.wants(.termForbidden) else { return }
    var said: Set<TextSpan> = []
    for hit in hits {
      let term = target.term(of: hit)
      guard
        term.status == .forbidden || term.status == .deprecated && inSource.contains(hit.concept),
        wants(.termForbidden, hit.concept)
      else { continue }
      // Another entry may allow what this one forbids, and a longer term may hold it.
      let isAllowed = hits.contains { other in
        let status = target.term(of: other).status
        return (status == .preferred || status == .admitted)
          && other.span.start <= hit.span.start && hit.span.end <= other.span.end
          && (other.span != hit.span || inSource.contains(other.concept))
      }
      guard !isAllowed, said.insert(hit.span).inserted else { continue }
      let usable = target.concepts[hit.concept].usableTerms(in: targetLanguage).map(\.text)
      let found = String(pair.target.text[hit.span])
      pair.report(
        .termForbidden, in: pair.target, hit.span.range, expected: usable,
        "found the \(term.status.rawValue) term \(found.quoted), expected "
          + (usable.isEmpty ? "another one" : usable.map(\.quoted).joined(separator: " or "))
          + " (\(target.concepts[hit.concept].identifier))")
    }
  }
}

extension Array where Element == UInt8 {
  /// Where the bytes stand as whole words for the first time.
  func place(of wanted: [UInt8]) -> Range<Int>? {
    guard !wanted.isEmpty, count >= wanted.count else { return nil }
    func isLetter(_ byte: UInt8) -> Bool {
      byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0xC3 && byte < 0xE0
    }
    for start in 0...(count - wanted.count) where self[start] == wanted[0] {
      let end = start + wanted.count
      guard self[start..<end].elementsEqual(wanted) else { continue }
      if start > 0, isLetter(self[start - 1]), isLetter(wanted[0]) { continue }
      if end < count, isLetter(self[end]), isLetter(wanted[wanted.count - 1]) { continue }
      return start..<end
    }
    return nil
  }
}
