public import BitextCore

/// A question to a memory: how was this, or something like it, translated?
public struct MatchQuery: Sendable, Hashable {
  /// The text to translate, with its inline codes.
  public var segment: Segment
  /// The language of the text.
  public var from: LanguageTag
  /// The language of the translation.
  public var to: LanguageTag
  /// The text before it: `""` is the start of the document, `nil` is unknown and no signal.
  public var previous: String?
  /// The text after it: `""` is the end of the document, `nil` is unknown and no signal.
  public var next: String?
  /// The key of the place that the text stands in; `nil` is unknown and no signal.
  public var key: String?

  public init(
    _ segment: Segment, from: LanguageTag, to: LanguageTag, previous: String? = nil,
    next: String? = nil, key: String? = nil
  ) {
    self.segment = segment
    self.from = from
    self.to = to
    self.previous = previous
    self.next = next
    self.key = key
  }

  /// A question about plain text.
  public init(_ text: String, from: LanguageTag, to: LanguageTag) {
    self.init(Segment(text), from: from, to: to)
  }
}

/// How a memory answers.
public struct MatchOptions: Sendable, Hashable {
  /// The least text score of a match, in percent; judged before penalties, so that penalties never
  /// hide a match.
  public var threshold: Int
  /// The largest number of matches.
  public var limit: Int
  /// What differences cost.
  public var penalties: PenaltyTable
  /// Fills the answer up, where there is room, with stored texts that stand as a whole inside the
  /// query: 2 to 12 tokens, or 4 to 20 where one character is one token.
  public var includesFragments: Bool

  /// - Precondition: `threshold` is in `1...100` and `limit` is at least 1.
  public init(
    threshold: Int = 70, limit: Int = 5, penalties: PenaltyTable = .default,
    includesFragments: Bool = false
  ) {
    precondition((1...100).contains(threshold), "threshold \(threshold) is outside 1...100")
    precondition(limit >= 1, "limit \(limit) is less than 1")
    self.threshold = threshold
    self.limit = limit
    self.penalties = penalties
    self.includesFragments = includesFragments
  }
}

/// Why a match scores less than its text.
public enum PenaltyReason: String, Sendable, Hashable, CaseIterable {
  /// Letters differ in case.
  case `case`
  /// Characters differ in width or in another compatibility form.
  case width
  /// Quotation marks, apostrophes or dashes differ.
  case punctuation
  /// White space between tokens differs.
  case whitespace
  /// Numbers differ in value.
  case number
  /// Inline codes are missing, added or of another kind.
  case code
  /// The same text in the same context has other translations.
  case multipleTranslations
  /// The stored text or translation is of another region.
  case language
  /// The unit was made by aligning two texts, and nobody has looked at it since.
  case alignment
  /// A machine translated it.
  case machineTranslation
  /// It was not approved.
  case status
  /// It was made through a third language.
  case pivot
  /// The whole memory counts less; see ``MemoryCollection``.
  case memory
  /// It does not fulfil the conditions that were asked for.
  case filter
}

/// Points that one reason took from a score.
public struct Penalty: Sendable, Hashable {
  /// The reason.
  public let reason: PenaltyReason
  /// The points, in percent.
  public let points: Int

  public init(reason: PenaltyReason, points: Int) {
    self.reason = reason
    self.points = points
  }
}

/// What each difference costs, in points of percent.
public struct PenaltyTable: Sendable, Hashable {
  /// Nothing costs anything: the score is the text score, still at most 99 for a fuzzy match.
  public static let none = PenaltyTable(
    letterCase: 0, width: 0, punctuation: 0, whitespace: 0, number: 0, substitutedNumber: 0,
    code: 0, multipleTranslations: 0, language: 0)
  /// The published defaults.
  public static let `default` = PenaltyTable()

  /// Points for letter case, once.
  public var letterCase: Int
  /// Points for width, once.
  public var width: Int
  /// Points for quotation marks and dashes, once.
  public var punctuation: Int
  /// Points for white space, once.
  public var whitespace: Int
  /// Points for other numbers, once.
  public var number: Int
  /// Points for other numbers that were put into the translation safely, once.
  public var substitutedNumber: Int
  /// Points for each inline code, five times at most.
  public var code: Int
  /// Points when there are other translations, once.
  public var multipleTranslations: Int
  /// Points for each point of ``LanguageMatch``.
  public var language: Int

  public init(
    letterCase: Int = 1, width: Int = 1, punctuation: Int = 1, whitespace: Int = 1,
    number: Int = 2, substitutedNumber: Int = 1, code: Int = 1, multipleTranslations: Int = 1,
    language: Int = 1
  ) {
    self.letterCase = letterCase
    self.width = width
    self.punctuation = punctuation
    self.whitespace = whitespace
    self.number = number
    self.substitutedNumber = substitutedNumber
    self.code = code
    self.multipleTranslations = multipleTranslations
    self.language = language
  }

  /// The most that surface differences together may take.
  static let largestSurface = 10

  /// The most that penalties may take from a query, whatever it meets.
  func most(hasNumbers: Bool, hasCodes: Bool, languagePoints: Int) -> Int {
    var sum = letterCase + width + punctuation + whitespace
    if hasNumbers { sum += max(number, substitutedNumber) }
    if hasCodes { sum += 5 * code }
    return min(sum, Self.largestSurface) + language * languagePoints
  }
}
