public import BitextCore

/// Cuts a text into words.
///
/// White space is no word; every other character is in exactly one. English and Spanish follow the
/// default word boundaries of Unicode (UAX #29), with what a translator takes for one word kept whole:
/// addresses, dates and times, runs of dots and dashes, abbreviations with their full stop. Chinese is
/// cut by maximum probability over a lexicon (see `ChineseLattice`), in both scripts; where the
/// lexicon's file is missing, by ICU. Other scripts are cut by ICU.
///
///     WordSegmenter(language: "zh", terms: ["数字利维坦"]).words(in: "他研究数字利维坦的治理。")
///     // 他 研究 数字利维坦 的 治理 。
///
/// A segmenter is a value: built once, then asked from any thread.
public struct WordSegmenter: Sendable {
  /// The language of the texts.
  public let language: LanguageTag
  /// Terms that stay whole, whatever the language's own rules say.
  public let terms: [String]

  let rules: WordRules
  private let matcher: TermMatcher
  private let lexicon: ChineseLexicon?

  /// - Parameters:
  ///   - language: The language of the texts.
  ///   - terms: Terms that stay whole. They are found by their match keys, so that case, width and
  ///     Chinese script do not matter; the longest wins; none is found inside a longer Latin word.
  public init(language: LanguageTag, terms: [String] = []) {
    self.init(language: language, terms: terms, lexicon: .standard)
  }

  init(language: LanguageTag, terms: [String], lexicon: ChineseLexicon?) {
    self.language = language
    self.terms = terms
    self.lexicon = lexicon
    rules = WordRules(language: language)
    matcher = TermMatcher(terms, language: language)
  }

  /// Returns the words of a text, in order.
  ///
  /// - Complexity: O(length of the text).
  public func words(in text: String) -> [Word] {
    words(in: text, Array(text.utf8))
  }

  /// The same for a text whose bytes are at hand.
  func words(in text: String, _ bytes: [UInt8]) -> [Word] {
    var scanner = WordScanner(bytes: bytes, rules: rules, lexicon: lexicon)
    if !matcher.isEmpty {
      let hits = matcher.hits(in: text, bytes)
      // In Chinese, terms compete in the lattice; those that are not Han alone are cut out before.
      scanner.terms = TermMatcher.disjoint(rules.isChinese ? hits.filter { !$0.isHan } : hits)
      scanner.hanTerms = rules.isChinese && lexicon != nil ? hits.filter(\.isHan) : []
      if rules.isChinese, lexicon == nil { scanner.terms = TermMatcher.disjoint(hits) }
    }
    return scanner.scan()
  }
}
