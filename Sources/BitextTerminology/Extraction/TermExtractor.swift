public import BitextAlignment
public import BitextCore

/// Finds terms and names in aligned texts: which phrase of one language is which of another.
///
/// A step at a time: words are cut and names marked (`TermTokenizer`, `TransliteratedNames`,
/// `FragmentMerge`), linked (`WordAligner`, with lexicons as prior), runs that look like noun phrases or
/// names are found (`NounPhrasePattern`), scored in pairs by their links (`PairScorer`), weighed
/// (`TermWeights`), and the best chosen so that each form is used once.
public struct TermExtractor: Sendable {
  /// What an extraction may be told.
  public struct Options: Sendable, Hashable {
    /// The least number of occurrences in the first language.
    public var minimumCount = 1
    /// How words are linked.
    public var linking = WordAligner.Options()
    /// Concepts below this score are left out.
    public var minimumScore = 0.05
    /// Concepts from this score on are accepted.
    public var acceptedScore = 0.75

    public init() {}
  }

  /// The languages; the first is the pivot that the others are joined on.
  public let languages: [LanguageTag]
  /// How terms are chosen.
  public let options: Options
  private let lexicon: CombinedEvidence
  private let models: [LinkModel]
  private let profiles: [WordProfile]

  /// - Parameters:
  ///   - languages: Two or more distinct languages, the pivot first.
  ///   - lexicons: What is known of the words' translations.
  ///   - models: What is known of how their words are linked.
  ///   - options: How terms are chosen.
  /// - Precondition: There are at least two languages, and none stands twice.
  public init(
    languages: [LanguageTag], lexicons: [any LexicalEvidence] = [], models: [LinkModel] = [],
    options: Options = Options()
  ) {
    precondition(
      languages.count >= 2 && Set(languages).count == languages.count,
      "terms are extracted from two or more distinct languages")
    self.languages = languages
    lexicon = CombinedEvidence(lexicons)
    self.models = models
    self.options = options
    profiles = languages.map { WordProfile.shipped(for: $0) }
  }

  /// Finds the concepts of aligned units, best first; equal ones in the order of their appearance.
  ///
  /// - Parameter units: Units of one text or collection. A unit that lacks a language still teaches the
  ///   others.
  public func extract(from units: some Sequence<TranslationUnit>) -> [ExtractedConcept] {
    let texts = units.map { unit in languages.map { unit[$0]?.segment.text ?? "" } }
    guard texts.contains(where: { $0.count { !$0.isEmpty } >= 2 }) else { return [] }
    let analysis = ExtractionAnalysis(
      languages: languages, texts: texts, lexicon: lexicon, models: models, profiles: profiles,
      linking: options.linking)
    return ConceptSelection(analysis).concepts(options)
  }

  /// The proposals with what speaks for each, for weighing.
  package func explain(_ units: [TranslationUnit]) -> [(surfaces: [String], values: [Double])] {
    let texts = units.map { unit in languages.map { unit[$0]?.segment.text ?? "" } }
    let analysis = ExtractionAnalysis(
      languages: languages, texts: texts, lexicon: lexicon, models: models, profiles: profiles,
      linking: options.linking)
    if languages.count > 2 {
      return ConceptSelection(analysis).proposals.map { proposal in
        (
          zip(analysis.documents, proposal.forms).map { $0.surface(of: $1) },
          [1] + proposal.joined
        )
      }
    }
    return zip(analysis.pairs[0].pairs, analysis.pairs[0].features).map {
      (
        [
          analysis.documents[0].surface(of: $0.source),
          analysis.documents[1].surface(of: $0.target),
        ], $1.values
      )
    }
  }

  package static var featureNames: [String] { PairFeatures.names }
}
