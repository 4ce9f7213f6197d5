public import BitextAlignment
public import BitextCore
public import BitextTerminology
public import BitextText

/// Walks the whole road: parallel texts in, aligned units and terms out.
///
///     let builder = CorpusBuilder(["en", "zh", "es"])
///     let corpus = try builder.build(from: [english, chinese, spanish])
///     corpus.units      // translation units, for a memory or a TMX file
///     corpus.concepts   // the terms of the texts, best first
///
/// A builder is a value: made once, then asked from any thread.
public struct CorpusBuilder: Sendable {
  /// How the road is walked.
  public struct Options: Sendable {
    /// How texts are cut into sentences.
    public var sentences = SentenceSegmenter.Options()
    /// The kind of texts.
    public var profile = SentenceAligner.Profile.general
    /// What is known of the languages' words beforehand: what ships with the library, unless told
    /// otherwise.
    public var knowledge = Knowledge.shipped
    /// Units that are less sure than this are not kept.
    public var minimumConfidence = Confidence(0)
    /// How terms are chosen.
    public var terms = TermExtractor.Options()

    /// The usual options.
    public init() {}
  }

  /// The languages of the texts, in their order.
  public let languages: [LanguageTag]
  /// How the road is walked.
  public let options: Options
  private let segmenters: [SentenceSegmenter]
  private let aligner: SentenceAligner
  private let extractor: TermExtractor

  /// - Precondition: There are two languages or more, and none stands twice.
  public init(_ languages: [LanguageTag], options: Options = Options()) {
    precondition(Set(languages).count == languages.count, "each language stands once")
    self.languages = languages
    self.options = options
    let knowledge = options.knowledge
    segmenters = languages.map { SentenceSegmenter(language: $0, options: options.sentences) }
    var alignment = SentenceAligner.Options()
    alignment.profile = options.profile
    alignment.lexicons = knowledge.lexicons
    alignment.glossaries = knowledge.glossaries
    aligner = SentenceAligner(languages, options: alignment)
    extractor = TermExtractor(
      languages: languages, lexicons: knowledge.lexicons, options: options.terms)
  }

  /// Aligns one document and finds its terms.
  ///
  /// - Parameter texts: The document in each language, in the order of the languages.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Precondition: There is one text a language.
  /// - Complexity: O(length of the texts).
  public func build(from texts: [String]) throws(CancellationError) -> ParallelCorpus {
    precondition(texts.count == languages.count, "one text a language, in their order")
    return try build(
      from: zip(segmenters, texts).map { $0.segmentedText(of: $1) })
  }

  /// The same for texts that are cut into sentences already.
  public func build(from texts: [SegmentedText]) throws(CancellationError) -> ParallelCorpus {
    let alignment = try aligner.align(texts)
    let units = alignment.translationUnits(
      of: texts, minimumConfidence: options.minimumConfidence)
    return ParallelCorpus(
      texts: texts, alignment: alignment, units: units, concepts: extractor.extract(from: units))
  }
}

/// What was made of parallel texts.
public struct ParallelCorpus: Sendable {
  /// The texts, cut into sentences.
  public let texts: [SegmentedText]
  /// Which sentences belong together; every sentence of every text is in one unit.
  public let alignment: Alignment
  /// The units that stand in two languages or more, in reading order.
  public let units: [TranslationUnit]
  /// The terms of the texts, best first.
  public let concepts: [ExtractedConcept]
}
