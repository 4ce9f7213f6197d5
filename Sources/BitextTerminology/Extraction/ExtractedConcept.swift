public import BitextCore

/// A meaning that was found in aligned texts, with the term for it in each language.
public struct ExtractedConcept: Sendable, Hashable {
  /// The terms, one a language.
  public let terms: [LanguageTag: ExtractedTerm]
  /// How surely the terms are terms and mean the same, in `0...1`.
  public let score: MatchScore
  /// Occurrences of the term of the first language.
  public let count: Int
  /// What to do with it.
  public let status: ExtractionStatus
  /// What speaks for it.
  public let evidence: TermEvidence

  public init(
    terms: [LanguageTag: ExtractedTerm], score: MatchScore, count: Int, status: ExtractionStatus,
    evidence: TermEvidence
  ) {
    self.terms = terms
    self.score = score
    self.count = count
    self.status = status
    self.evidence = evidence
  }
}

/// A term as it stands in a text.
public struct ExtractedTerm: Sendable, Hashable {
  /// The most frequent surface form.
  public let text: String
  /// Occurrences of all its forms.
  public let count: Int
  /// Whether it is written like a name.
  public let isName: Bool
  /// All surface forms: number and case in English and Spanish, both scripts in Chinese; the most frequent
  /// first, equal ones in the order of their appearance.
  public let variants: [String]

  public init(text: String, count: Int, isName: Bool, variants: [String] = []) {
    self.text = text
    self.count = count
    self.isName = isName
    self.variants = variants.isEmpty ? [text] : variants
  }
}

/// What to do with an extracted concept.
public enum ExtractionStatus: String, Sendable, Hashable, CaseIterable {
  /// Sure enough to go into a glossary.
  case accepted
  /// To be looked at.
  case candidate
}

/// What speaks for an extracted concept.
public struct TermEvidence: Sendable, Hashable {
  /// The units in which the terms translate each other, by index, ascending: those where all languages
  /// have them, or, where there is none, those where some do.
  public let units: [Int]
  /// The mean score of the links between the terms, in `0...1`.
  public let linkScore: Double
  /// The share of each term's occurrences where the others are there, too (Dice), in `0...1`.
  public let dice: Double
  /// Whether all terms are written like names.
  public let isName: Bool
  /// How alike the terms sound or are spelled, in `0...1`.
  public let likeness: Double

  public init(
    units: [Int], linkScore: Double, dice: Double, isName: Bool, likeness: Double
  ) {
    self.units = units
    self.linkScore = linkScore
    self.dice = dice
    self.isName = isName
    self.likeness = likeness
  }
}
