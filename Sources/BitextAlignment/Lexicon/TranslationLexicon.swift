public import BitextCore
public import Foundation

/// A translation lexicon: which words of two languages translate each other, and how often.
///
/// The file is mapped into memory and nothing is parsed: opening one costs well under a
/// millisecond, and only the pages that a look-up touches are read. A lexicon is a value and may be
/// asked from any thread.
///
/// Opening checks that the file is a lexicon and that every part lies inside it. A byte that changed
/// inside a part shows as words or entries that are missing or wrong, never as a crash; ``verify()``
/// tells. The file must not be shortened while it is open; replace it by renaming, as `bitext` does.
public struct TranslationLexicon: Sendable {
  /// The languages, in the order in which the lexicon holds them.
  public let languages: LanguagePair
  /// The version of the tokenizer whose words it holds; see `AlignmentTokenizer.version`.
  public let tokenizerVersion: UInt32
  /// Whether words are base forms, so that `walked` is looked up under `walk` too.
  public let holdsBaseForms: Bool
  /// Pairs of segments that it was learned from; 0 for a dictionary.
  public let segmentPairs: Int
  /// Words of the text that it was learned from, the first language's and the second's.
  public let totals: (first: Double, second: Double)
  /// The file; `nil` when it was opened from bytes.
  public let path: String?

  let data: Data
  let first: LexiconSide
  let second: LexiconSide
  private let noticeSection: Range<Int>
  let linkSection: Range<Int>?

  /// Opens a lexicon file by mapping it.
  ///
  /// - Throws: `.unreadable`, `.notALexicon`, `.unsupportedVersion` or `.damaged`.
  /// - Complexity: O(1).
  public init(contentsOf file: URL) throws(LexiconError) {
    let data: Data
    do {
      data = try Data(contentsOf: file, options: .alwaysMapped)
    } catch {
      throw LexiconError(
        .unreadable, path: file.path, "the file cannot be read: \(error.localizedDescription)")
    }
    try self.init(data, path: file.path)
  }

  /// Opens a lexicon from its bytes.
  ///
  /// - Throws: `.notALexicon`, `.unsupportedVersion` or `.damaged`.
  public init(_ data: Data) throws(LexiconError) {
    try self.init(data, path: nil)
  }

  private init(_ data: Data, path: String?) throws(LexiconError) {
    let sections = try LexiconDirectory(data, path: path)
    self.data = data
    self.path = path
    tokenizerVersion = sections.tokenizerVersion
    holdsBaseForms = sections.flags & LexiconFormat.baseFormsFlag != 0
    noticeSection = try sections.range(of: .notices)
    linkSection = sections.optionalRange(of: .linkParameters)

    let facts = try sections.range(of: .facts)
    let bytes = data.bytes
    let numbers = (0..<3).map { index -> Double in
      guard facts.count >= 24, let bits = bytes.uint64(at: facts.lowerBound + 8 * index) else {
        return .nan
      }
      return Double(bitPattern: bits)
    }
    let tags = sections.text(in: facts.dropFirst(24)).split(separator: "\n").map {
      LanguageTag(String($0))
    }
    guard numbers.allSatisfy({ $0.isFinite && $0 >= 0 && $0 < 1e15 }), tags.count == 2,
      let firstTag = tags[0], let secondTag = tags[1]
    else { throw sections.damaged(at: facts.lowerBound, "two languages and three totals") }
    languages = LanguagePair(firstTag, secondTag)
    totals = (numbers[0], numbers[1])
    segmentPairs = Int(numbers[2])

    let firstWords = try sections.words(.firstWords)
    let secondWords = try sections.words(.secondWords)
    first = try LexiconSide(
      words: firstWords, counts: sections.counts(.firstCounts, of: firstWords),
      rows: sections.rows(.firstRows, of: firstWords))
    second = try LexiconSide(
      words: secondWords, counts: sections.counts(.secondCounts, of: secondWords),
      rows: sections.rows(.secondRows, of: secondWords))
  }

  /// How many words of each language it lists.
  public var wordCounts: (first: Int, second: Int) { (first.count, second.count) }

  /// The size of the file in bytes.
  public var byteCount: Int { data.count }

  /// Where it was made from, and under which terms.
  public var notices: [LexiconNotice] {
    LexiconNotice.decode(
      [UInt8](data.dropFirst(noticeSection.lowerBound).prefix(noticeSection.count)))
  }

  /// The name of the file without its ending, else that of the first source.
  public var name: String {
    guard let path else { return notices.first?.name ?? "lexicon" }
    let file = path.split(separator: "/").last ?? ""
    return String(file.hasSuffix(".btlex") ? file.dropLast(6) : file)
  }

  /// Which side holds the words of a language, by its primary subtag: `zh-Hant` asks `zh`.
  func side(of language: LanguageTag) -> Side? {
    if language.language == languages.first.language { return .first }
    if language.language == languages.second.language { return .second }
    return nil
  }

  enum Side { case first, second }

  func words(_ side: Side) -> LexiconSide { side == .first ? first : second }
}

// MARK: - Single look-ups

extension TranslationLexicon {
  /// Returns the translations of a word, likeliest first; equal ones by their spelling.
  ///
  /// For whole texts ask ``entries(source:sourceLanguage:target:targetLanguage:)``.
  ///
  /// - Parameters:
  ///   - word: A word as `AlignmentTokenizer` gives it.
  ///   - language: Its language; by its primary subtag.
  /// - Returns: Words of the other language with the probability of each, given the word; empty when
  ///   the word is not listed.
  public func translations(
    of word: String, from language: LanguageTag
  ) -> [(word: String, probability: Double)] {
    guard let side = side(of: language) else { return [] }
    let (here, there) = side == .first ? (first, second) : (second, first)
    let bytes = data.bytes
    guard let number = here.number(of: Array(word.utf8), in: bytes) else { return [] }
    var found: [(word: String, probability: Double)] = []
    here.forEachEntry(of: number, in: bytes) { other, quantised in
      if let text = there.word(other, in: bytes) {
        found.append((text, Double(LexiconFormat.probabilities[Int(quantised)])))
      }
    }
    return found.sorted {
      $0.probability != $1.probability
        ? $0.probability > $1.probability
        : $0.word.utf8.lexicographicallyPrecedes($1.word.utf8)
    }
  }

  /// Returns how often each word was seen in the text that the lexicon was learned from.
  ///
  /// Divide by the language's total in ``totals`` for the relative frequency. Counts are rounded to
  /// 0.05 %.
  ///
  /// - Parameters:
  ///   - words: Words as `AlignmentTokenizer` gives them.
  ///   - language: Their language; by its primary subtag.
  /// - Returns: One count a word; 0 for a word that is not listed, and throughout in a dictionary.
  public func counts(of words: [String], in language: LanguageTag) -> [Double] {
    guard let side = side(of: language) else { return words.map { _ in 0 } }
    let here = self.words(side)
    let bytes = data.bytes
    return words.map { word in
      here.number(of: Array(word.utf8), in: bytes).map { here.count(of: $0, in: bytes) } ?? 0
    }
  }

  /// Returns the share of each word among all words of its language in the text that the lexicon was
  /// learned from.
  ///
  /// - Returns: One share a word, in `0...1`; a word that is not listed counts as half an occurrence.
  ///   Everything is 0 in a dictionary.
  public func relativeFrequencies(of words: [String], in language: LanguageTag) -> [Double] {
    guard let side = side(of: language) else { return words.map { _ in 0 } }
    let total = side == .first ? totals.first : totals.second
    guard total > 0 else { return words.map { _ in 0 } }
    return counts(of: words, in: language).map { min(1, max(0.5, $0) / total) }
  }

  /// Returns all words of a language, in the order of their bytes.
  public func words(in language: LanguageTag) -> [String] {
    guard let side = side(of: language) else { return [] }
    let here = words(side)
    let bytes = data.bytes
    return (0..<here.count).map { here.word($0, in: bytes) ?? "" }
  }
}
