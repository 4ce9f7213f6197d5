public import BitextCore
internal import BitextText

/// Finds which sentences of two or more parallel texts translate each other.
///
/// Four kinds of evidence are weighed for each bead: the lengths of its sides, the words that
/// translate each other (from lexicons, glossaries, numbers, punctuation, cognates), how common its
/// shape is, and what the texts themselves teach: after a first pass, words that meet in beads that
/// are probably right count as translations too. Forward-backward over all paths gives each bead its
/// probability; the path with the largest expected number of right beads is chosen.
///
/// An aligner is a value: built once, then asked from any thread.
///
/// Source: Gale & Church 1993 (beads, lengths), Moore 2002 (learning from a first pass), Varga et al.
/// 2005 and Ma 2006 (lexicons); see the types of this folder for where we deviate.
public struct SentenceAligner: Sendable {
  /// How texts are aligned.
  public struct Options: Sendable {
    /// The kind of texts.
    public var profile = Profile.general
    /// Lexicons, glossaries and other sources of word translations; the strongest answer counts.
    public var lexicons: [any LexicalEvidence] = []
    /// Glossaries; their terms of several words count as one word.
    public var glossaries: [[ConceptEntry]] = []
    /// From what the aligner learns words.
    public var learning = Learning.document
    /// The largest number of sentences on one side of a bead, in `1...6`.
    public var largestBead = 6
    /// Switches for those who study the aligner.
    public var tuning = Tuning()

    /// The usual options: no lexicon, learning from each document.
    public init() {}
  }

  /// The kind of texts.
  public enum Profile: String, Sendable, Hashable, CaseIterable {
    /// News, manuals, law: mostly sentence by sentence.
    case general
    /// Novels: translators join and split sentences freely.
    case literary
  }

  /// From what an aligner learns words.
  public enum Learning: String, Sendable, Hashable, CaseIterable {
    /// From nothing: lexicons alone.
    case none
    /// From each document alone.
    case document
    /// From all documents of a call together.
    case batch
  }

  /// The languages of the texts, in their order.
  public let languages: [LanguageTag]
  /// How texts are aligned.
  public let options: Options

  private let sources: [any LexicalEvidence]
  private let phraseFinders: [PhraseFinder]
  /// What ICU knows of the languages' words; shared by the copies of an aligner.
  let localeNames = LocaleNameEvidence()
  /// Chinese names in pinyin; shared like the names.
  let romanizedNames = RomanizedNameEvidence()

  /// Makes an aligner for texts in these languages.
  ///
  /// - Precondition: There are two languages or more.
  public init(_ languages: [LanguageTag], options: Options = Options()) {
    precondition(languages.count >= 2, "alignment needs two languages or more")
    precondition((1...6).contains(options.largestBead), "the largest bead has 1 to 6 sentences")
    self.languages = languages
    self.options = options
    let glossaries = options.glossaries.map { GlossaryTerms($0) }
    sources = options.lexicons + glossaries.map { $0 as any LexicalEvidence }
    phraseFinders = languages.map { language in
      PhraseFinder(glossaries.flatMap { $0.phrases(in: language) })
    }
  }

  /// Aligns one document.
  ///
  /// - Parameter texts: The document in each language, in the order of `languages`.
  /// - Returns: Units that cover every text, in order, with no gap and no overlap; none when all texts
  ///   are empty.
  /// - Throws: `CancellationError` when the task is cancelled, within about a tenth of a second.
  /// - Complexity: O(sentences) time and memory for texts that have anchors: rare words, names,
  ///   numbers.
  public func align(_ texts: [SegmentedText]) throws(CancellationError) -> Alignment {
    try align(batch: [texts])[0]
  }

  /// Aligns documents; with `Learning.batch` they teach each other words.
  ///
  /// - Parameter batch: For each document its text in each language, in the order of `languages`.
  /// - Returns: One alignment a document.
  /// - Throws: `CancellationError` when the task is cancelled.
  public func align(batch: [[SegmentedText]]) throws(CancellationError) -> [Alignment] {
    for texts in batch {
      precondition(texts.count == languages.count, "one text a language, in their order")
    }
    if options.learning == .batch {
      return try AlignmentRun(self, documents: batch, isCancelled: { Task.isCancelled }).align()
    }
    var alignments: [Alignment] = []
    for texts in batch {
      alignments += try AlignmentRun(self, documents: [texts], isCancelled: { Task.isCancelled })
        .align()
    }
    return alignments
  }

  /// Aligns two texts and returns, for each bead, what its confidence is judged by: for fitting the
  /// confidences.
  package func confidenceSamples(
    _ texts: [SegmentedText]
  ) throws(CancellationError) -> [(source: Range<Int>, target: Range<Int>, features: [Double])] {
    precondition(texts.count == 2 && languages.count == 2, "confidences are fitted on two texts")
    let run = AlignmentRun(self, documents: [texts], isCancelled: { Task.isCancelled })
    return try run.samples()[0].map { ($0.bead.source, $0.bead.target, $0.features) }
  }

  /// The sources of word translations, glossaries included.
  var allSources: [any LexicalEvidence] { sources }

  /// What finds a language's terms of several words.
  func phraseFinder(_ index: Int) -> PhraseFinder { phraseFinders[index] }

  /// The weights of beads for texts with or without a lexicon.
  func model(hasLexicon: Bool) -> BeadModel {
    var model = hasLexicon ? BeadModel.withLexicon : BeadModel.withoutLexicon
    if options.profile == .literary, hasLexicon { model.mergeFactor = 3 }
    model.largestBead = options.largestBead
    return options.tuning.applied(to: model)
  }
}
