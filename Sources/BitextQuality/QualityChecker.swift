public import BitextCore
internal import BitextTerminology

/// Checks the translations of a file, unit by unit, and the file as a whole.
///
///     var checker = QualityChecker(glossary: concepts)
///     for (number, unit) in units.enumerated() { show(checker.check(unit, number: number + 1)) }
///     show(checker.finish())
///
/// The first language of a unit is its source, unless the unit or the options name another one; every
/// other variant is checked against it. A checker remembers what it saw, so that it can say when one
/// source has two targets: memory grows with the file.
public struct QualityChecker {
  /// What is checked, and how findings are graded.
  public let options: QualityOptions
  /// The glossary.
  public let glossary: [ConceptEntry]

  private var tools: [LanguageTag: LanguageTools] = [:]
  private var terms: [LanguagePair: TermCheck] = [:]
  private var consistency = ConsistencyCheck()
  private var met: [LanguagePair] = []
  private var openQuotations: [LanguagePair: [QualityIssue]] = [:]

  public init(glossary: [ConceptEntry] = [], options: QualityOptions = QualityOptions()) {
    self.glossary = glossary
    self.options = options
  }

  /// The directions that were met, in order, with whether the glossary has terms for them.
  public var directions: [(source: LanguageTag, target: LanguageTag, hasTerms: Bool)] {
    met.map { pair in
      let hasTerms = glossary.contains { concept in
        concept.terms.contains { $0.language.language == pair.source.language }
          && !concept.usableTerms(in: pair.target).isEmpty
      }
      return (pair.source, pair.target, hasTerms)
    }
  }

  /// Checks a unit.
  ///
  /// - Parameters:
  ///   - number: Its number in the file, from 1.
  ///   - line: The line on which it begins.
  /// - Returns: The findings, by variant, in a fixed order of checks.
  /// - Complexity: O(length of the unit).
  public mutating func check(
    _ unit: TranslationUnit, number: Int, line: Int? = nil
  ) -> [QualityIssue] {
    guard let source = source(of: unit) else { return [] }
    // What its author calls a guess is looked at anyway.
    if unit.properties.contains(where: { $0.name == "x-state" && $0.value == "fuzzy" }) {
      return []
    }
    let ignored = QualityOptions.ignored(unit.properties, unit.notes).union(options.disabled)
    var issues: [QualityIssue] = []
    let sourceSide = PairSide(
      unit.variants[source], tools(for: unit.variants[source].language), isSource: true)
    for (index, variant) in unit.variants.enumerated()
    where index != source && variant.language != unit.variants[source].language {
      let languages = LanguagePair(
        source: unit.variants[source].language, target: variant.language)
      if !met.contains(languages) { met.append(languages) }
      let disabled = ignored.union(QualityOptions.ignored(variant.properties, variant.notes))
        .union(QualityOptions.ignored(unit.variants[source].properties, []))
      var pair = SegmentPair(
        unit: number, identifier: unit.identifier, line: line, source: sourceSide,
        target: PairSide(variant, tools(for: variant.language), isSource: false),
        disabled: disabled,
        options: options)
      if !UntranslatedCheck.isEmpty(&pair) {
        UntranslatedCheck.run(&pair)
        // What is not translated at all needs no further remark.
        if pair.issues.isEmpty {
          let uses = termCheck(languages)?.run(&pair) ?? []
          NumberCheck.run(&pair)
          CodeCheck.run(&pair)
          PunctuationCheck.run(&pair)
          SpaceCheck.run(&pair)
          RepetitionCheck.run(&pair)
          ScriptCheck.run(&pair)
          consistency.add(pair, languages, uses: uses)
        }
      }
      issues += pair.issues
      issues += quotations(pair, languages)
    }
    return issues
  }

  /// Gives the findings about the file as a whole, by unit; asked once, after the last unit.
  public func finish() -> [QualityIssue] {
    let file = consistency.finish(tools, glossary, options)
    // Quotations that nothing closed.
    let open = met.flatMap { openQuotations[$0] ?? [] }
    return (file + open).enumerated().sorted {
      ($0.element.unit, $0.offset) < ($1.element.unit, $1.offset)
    }.map(\.element)
  }

  /// No quotation goes on for longer, in units.
  private static let maximumQuotation = 100

  /// Lets a quotation mark that closes find the ones that opened it in segments before: each paragraph of
  /// a quotation may open it again. Returns what is certain by now.
  private mutating func quotations(
    _ pair: SegmentPair, _ languages: LanguagePair
  ) -> [QualityIssue] {
    var found: [QualityIssue] = []
    var open = openQuotations[languages] ?? []
    while let first = open.first, pair.unit - first.unit > Self.maximumQuotation {
      found.append(open.removeFirst())
    }
    if let closed = pair.closedQuotation {
      if open.isEmpty { found.append(closed) } else { open.removeAll() }
    }
    if let opened = pair.openQuotation { open.append(opened) }
    openQuotations[languages] = open
    return found
  }

  private func source(of unit: TranslationUnit) -> Int? {
    if let named = unit.sourceLanguage ?? options.sourceLanguage {
      if let exact = unit.variants.firstIndex(where: { $0.language == named }) { return exact }
      if let near = unit.variants.firstIndex(where: { $0.language.language == named.language }) {
        return near
      }
    }
    return unit.variants.indices.first
  }

  private mutating func tools(for language: LanguageTag) -> LanguageTools {
    if let known = tools[language] { return known }
    let made = LanguageTools(language)
    tools[language] = made
    return made
  }

  private mutating func termCheck(_ pair: LanguagePair) -> TermCheck? {
    guard !glossary.isEmpty else { return nil }
    if let known = terms[pair] { return known }
    let made = TermCheck(
      glossary, source: pair.source, target: pair.target, tools: tools(for: pair.target))
    terms[pair] = made
    return made
  }
}

/// From which language into which.
struct LanguagePair: Sendable, Hashable {
  var source: LanguageTag
  var target: LanguageTag
}
