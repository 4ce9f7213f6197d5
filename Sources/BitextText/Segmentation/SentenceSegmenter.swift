public import BitextCore

/// Cuts a text into sentences, in English, Spanish and Chinese, and by neutral rules in any other
/// language.
///
/// A segmenter is a value: built once from a language and options, then asked from any thread.
/// Nothing of the text is lost or changed; the answer holds ranges of it.
///
///     let segmenter = SentenceSegmenter(language: "es")
///     segmenter.sentences(in: "¿Vienes? ¡Sí!").count  // 2
///
/// The rules are our own: a pass over the bytes of the text from sign to sign, with a stack of open
/// quotes and brackets and abbreviations by class. Related: Kiss & Strunk 2006, *Computational
/// Linguistics* 32(4); Gillick 2009 (NAACL); GB/T 15834—2011; RAE, *Ortografía* 2010.
public struct SentenceSegmenter: Sendable {
  /// How to treat what texts and readers do not agree upon.
  public struct Options: Sendable, Hashable {
    /// What a line break means.
    public var newlines = Newlines.paragraph
    /// Whether a quotation of several sentences is one sentence.
    public var quotations = Quotations.split
    /// Whether a sentence may begin in lower case, as in informal text: *ok. then we left*.
    public var breaksBeforeLowercase = true
    /// Whether `;` ends a sentence.
    public var semicolonEndsSentence = false

    public init() {}

    /// What a single line break means. A blank line always ends a sentence.
    public enum Newlines: String, Sendable, Hashable, CaseIterable {
      /// A space inside hard-wrapped prose, a boundary in lists and headings.
      case paragraph
      /// A boundary.
      case line
      /// A space.
      case space
    }

    /// Whether sentences end inside quotations.
    public enum Quotations: String, Sendable, Hashable, CaseIterable {
      /// They do, as treebanks have it.
      case split
      /// They do not, as readers of novels and contracts want it.
      case keep
    }
  }

  /// The language of the texts.
  public let language: LanguageTag
  /// How texts are cut.
  public let options: Options

  private let rules: LanguageRules
  private let srx: (engine: SRXEngine, use: SRXUse)?

  /// A segmenter by our own rules.
  public init(language: LanguageTag, options: Options = Options()) {
    self.language = language
    self.options = options
    rules = LanguageRules.of(language)
    srx = nil
  }

  /// A segmenter that users' SRX rules override.
  public init(_ engine: SRXEngine, use: SRXUse, options: Options = Options()) {
    language = engine.language
    self.options = options
    rules = LanguageRules.of(engine.language)
    srx = (engine, use)
  }

  /// Whether Bitext knows abbreviations and habits of the language. Others are cut by their signs.
  public var hasOwnRules: Bool { ["en", "es", "zh"].contains(language.language) }

  /// Returns the sentences of a text, in order; together they cover it.
  ///
  /// A text of white space only is one sentence with empty content; an empty text has none. Where an
  /// SRX rule exceeds its bounds our own rules decide; `cut(_:)` throws then.
  ///
  /// - Complexity: O(length of the text).
  public func sentences(in text: String) -> [Sentence] {
    (try? cut(text)) ?? sentencesByOwnRules(in: ScannedText(text))
  }

  /// Returns the sentences of a text, in order, or says which SRX rule cannot be applied to it.
  ///
  /// - Throws: `SRXError.limit` when a rule needs too much time or memory on this text.
  /// - Complexity: O(length of the text); with SRX rules, times their number.
  public func cut(_ text: String) throws(SRXError) -> [Sentence] {
    try cut(text, ScannedText(text))
  }

  /// The same for a text whose bytes are at hand.
  func cut(_ text: String, _ scanned: ScannedText) throws(SRXError) -> [Sentence] {
    try cutNotingBreaks(text, scanned).sentences
  }

  /// The same, and whether one of the sentences may hold a line break.
  func cutNotingBreaks(
    _ text: String, _ scanned: ScannedText
  ) throws(SRXError) -> (sentences: [Sentence], mayHoldBreaks: Bool) {
    switch srx {
    case nil:
      var scanner = SentenceScanner(scanned, language: language, rules: rules, options: options)
      let sentences = scanner.sentences()
      return (sentences, scanner.lineBreaks.hasSoftBreaks)
    case (let engine, .only)?: return (try sentences(in: text, by: engine), true)
    case (let engine, .exceptions)?:
      return (try sentences(sentencesByOwnRules(in: scanned), of: text, without: engine), true)
    }
  }

  /// Whether rules of the user's own have a say.
  var hasUserRules: Bool { srx != nil }

  private func sentencesByOwnRules(in text: ScannedText) -> [Sentence] {
    var scanner = SentenceScanner(text, language: language, rules: rules, options: options)
    return scanner.sentences()
  }
}
