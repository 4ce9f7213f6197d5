public import BitextCore
internal import BitextText

/// Finds the terms of a glossary in texts of one language.
///
///     let recognizer = TermRecognizer(concepts, language: "en")
///     recognizer.hits(in: "Two digital Leviathans and their data controllers")
///     // digital Leviathans (inflected), data controllers (inflected)
///
/// Terms and text are compared by their match keys, so width, quotation marks, hyphens, and in Chinese
/// the script, do not matter. Beyond that
/// - in English and Spanish a term is also found in its other number, and in Spanish in its other gender
///   where it has one; verbs are left alone;
/// - in Chinese, Japanese and the like a hit neither begins nor ends inside a word, unless the term cuts
///   the text no worse than the words do: 国家 is not found in 中国家具, 人权 is found in 令人权专家;
/// - a term with a capital inside a word (*MIA*, *iOS*) is found in that case alone; the property
///   `x-caseSensitive` of the term (`yes`, `no`) overrides this;
/// - nothing is found inside a URL or an e-mail address.
///
/// One pass over the text, whatever the number of terms. A recognizer is a value: built once, then asked
/// from any thread.
public struct TermRecognizer: Sendable {
  /// How terms are found.
  public struct Options: Sendable, Hashable {
    /// Which of several hits that overlap are given.
    public enum Overlap: Sendable, Hashable {
      /// The leftmost, of those the longest.
      case longest
      /// All of them, ordered by where they start, longer ones first.
      case all
    }

    /// How far a text may differ from a term.
    public enum Inflection: Sendable, Hashable {
      /// In number and gender.
      case tolerant
      /// Not at all, beyond the match key.
      case exactOnly
    }

    /// Where a term may begin and end in a text that is written without spaces.
    public enum Boundaries: Sendable, Hashable {
      /// Not inside a word.
      case words
      /// Anywhere: for the question whether a translation has a term at all.
      case anywhere
    }

    /// Which of several hits that overlap are given.
    public var overlap = Overlap.longest
    /// How far a text may differ from a term.
    public var inflection = Inflection.tolerant
    /// Where a term may begin and end.
    public var boundaries = Boundaries.words
    /// Concepts, by their identifier, or terms, as they are written, that are not to be found.
    public var ignored: Set<String> = []

    /// The usual options.
    public init() {}
  }

  /// The property of a term that says whether its case matters: `yes` or `no`.
  public static let caseProperty = "x-caseSensitive"

  /// The language of the texts; terms of all its regions and scripts are found.
  public let language: LanguageTag
  /// How terms are found.
  public let options: Options
  /// The concepts, in the order of the glossary.
  public let concepts: [ConceptEntry]
  /// Terms of the language that cannot be found, in the order of the glossary.
  public let unrecognizable: [UnrecognizableTerm]

  private let normalizer: TextNormalizer
  private let segmenter: WordSegmenter
  private let table: FormTable
  private let automaton: TermAutomaton
  private let patterns: TermPatterns

  /// Builds the automaton.
  ///
  /// - Complexity: O(n log n) for *n* words in all terms; 100 000 terms take less than a second.
  public init(
    _ concepts: [ConceptEntry], language: LanguageTag, options: Options = Options()
  ) {
    self.concepts = concepts
    self.language = language
    self.options = options
    normalizer = TextNormalizer(.match, language: language)
    segmenter = WordSegmenter(language: language)
    var builder = TermPatternBuilder(
      language: language, normalizer: normalizer,
      inflects: options.inflection == .tolerant)
    for (index, concept) in concepts.enumerated() {
      if options.ignored.contains(concept.identifier) { continue }
      for (place, term) in concept.terms.enumerated()
      where term.language.language == language.language && !options.ignored.contains(term.text) {
        builder.add(term, concept: index, term: place)
      }
    }
    builder.finish()
    table = builder.table
    patterns = builder.patterns
    unrecognizable = builder.unrecognizable
    automaton = TermAutomaton(
      patterns.forms.map { [symbols = builder.table.symbols] in symbols[Int($0)] },
      starts: patterns.starts, symbolCount: table.symbolCount)
  }

  /// The number of terms that can be found.
  public var termCount: Int { patterns.count }

  /// The term that was found.
  public func term(of hit: TermHit) -> Term { concepts[hit.concept].terms[hit.term] }

  /// Returns the terms in a text, by where they start.
  ///
  /// Concepts that share a form each give a hit with the same span; one concept gives one.
  ///
  /// - Complexity: O(length of the text + hits).
  public func hits(in text: String) -> [TermHit] {
    guard patterns.count > 0 else { return [] }
    let key = normalizer(text)
    var tokens: [TermTokens.Token] = []
    var symbols: [UInt32] = []
    tokens.reserveCapacity(key.utf8.count / 4)
    symbols.reserveCapacity(key.utf8.count / 4)
    let known = table.symbols.span
    let bytes = key.utf8Span.span
    TermTokens.forEach(in: bytes) { start, end, hash in
      let form = table.find(bytes, start, end, hash: hash)
      tokens.append(TermTokens.Token(start: UInt32(start), end: UInt32(end), form: form))
      symbols.append(form == FormTable.unknown ? 0 : known[Int(form)])
    }
    var candidates: [TermAutomaton.Candidate] = []
    automaton.forEachCandidate(in: symbols.span) { candidates.append($0) }
    guard !candidates.isEmpty else { return [] }
    candidates.sort { $0.start != $1.start ? $0.start < $1.start : $0.end > $1.end }
    // The way back to the text is needed only now; where nothing moved there is no need to go.
    let isInPlace = Self.isInPlace(text.utf8Span.span, bytes)
    var judge = TermJudge(
      text: text, mapped: isInPlace ? nil : normalizer.mapped(text), tokens: tokens,
      segmenter: segmenter,
      checksWords: options.boundaries == .words)
    var hits: [TermHit] = []
    var taken: UInt32 = 0
    for candidate in candidates {
      if options.overlap == .longest, candidate.start < taken { continue }
      let before = hits.count
      append(candidate, &judge, to: &hits)
      if hits.count > before { taken = candidate.end }
    }
    return hits
  }

  /// Whether each character of a key takes the bytes that its original took.
  private static func isInPlace(_ text: Span<UInt8>, _ key: Span<UInt8>) -> Bool {
    guard text.count == key.count else { return false }
    for index in text.indices
    where (text[index] & 0xC0 == 0x80) != (key[index] & 0xC0 == 0x80) {
      return false
    }
    return true
  }

  /// Appends a hit for each concept that has a term which stands there.
  private func append(
    _ candidate: TermAutomaton.Candidate, _ judge: inout TermJudge, to hits: inout [TermHit]
  ) {
    var span: TextSpan?
    let first = hits.count
    for pattern in automaton.patterns(of: candidate.node).lazy.map(Int.init) {
      guard let isInflected = patterns.isInflected(pattern, judge.tokens, candidate) else {
        continue
      }
      if span == nil {
        guard let found = judge.span(of: candidate) else { return }
        span = found
      }
      guard let span else { return }
      if let written = patterns.written[pattern],
        !judge.hasCase(of: written, candidate, isInflected: isInflected)
      {
        continue
      }
      let hit = TermHit(
        span: span, concept: Int(patterns.concepts[pattern]), term: Int(patterns.terms[pattern]),
        isInflected: isInflected)
      // One hit a concept: of its terms the one that stands there as it is, then the preferred one.
      if let same = hits[first...].firstIndex(where: { $0.concept == hit.concept }) {
        if rank(hit) < rank(hits[same]) { hits[same] = hit }
      } else {
        hits.append(hit)
      }
    }
  }

  private func rank(_ hit: TermHit) -> Int {
    let status: Int =
      switch term(of: hit).status {
      case .preferred: 0
      case .admitted: 1
      case .deprecated: 2
      case .forbidden: 3
      }
    return (hit.isInflected ? 4 : 0) + status
  }
}
