public import BitextCore

/// How the sentences of two or more texts belong together.
///
/// The units are in order and cover every text: each sentence of each text stands in exactly one.
public struct Alignment: Sendable, Hashable {
  /// The languages, in the order in which the texts were given.
  public let languages: [LanguageTag]
  /// The aligned units, in reading order.
  public let units: [AlignedUnit]
  /// What was found out about the texts as a whole.
  public let report: AlignmentReport

  /// Puts units together; they must be in order and cover every text.
  public init(
    languages: [LanguageTag], units: [AlignedUnit], report: AlignmentReport = AlignmentReport()
  ) {
    self.languages = languages
    self.units = units
    self.report = report
  }
}

/// Sentences of several texts that translate each other.
public struct AlignedUnit: Sendable, Hashable {
  /// One range of sentence indexes a language, in the order of the languages; empty where a text
  /// leaves the sentences out.
  public let ranges: [Range<Int>]
  /// The probability that the unit is right as it stands.
  public let confidence: Confidence

  /// Puts a unit together: one range a language.
  public init(ranges: [Range<Int>], confidence: Confidence) {
    self.ranges = ranges
    self.confidence = confidence
  }
}
