/// One meaning, in several languages.
///
/// Formats and stores meet in this type: a reader yields units, a memory takes them, and neither has
/// heard of the other. Whatever a file said of a unit is kept, in order.
public struct TranslationUnit: Sendable, Hashable {
  /// The name that the origin gave it (TMX's `tuid`); not unique.
  public var identifier: String?
  /// The language it was written in first, where the origin says so.
  public var sourceLanguage: LanguageTag?
  /// The languages of the unit. One language may stand twice: synonyms, or alternative translations.
  public var variants: [Variant]
  /// Dates, people and use.
  public var provenance: Provenance
  /// Named values, in order.
  public var properties: [Property]
  /// Remarks, in order.
  public var notes: [Note]
  /// What else the origin wrote on the unit, in order.
  public var attributes: [Attribute]

  public init(
    identifier: String? = nil, sourceLanguage: LanguageTag? = nil, variants: [Variant],
    provenance: Provenance = Provenance(), properties: [Property] = [], notes: [Note] = [],
    attributes: [Attribute] = []
  ) {
    self.identifier = identifier
    self.sourceLanguage = sourceLanguage
    self.variants = variants
    self.provenance = provenance
    self.properties = properties
    self.notes = notes
    self.attributes = attributes
  }

  /// The first variant in exactly this language; `nil` when there is none.
  public subscript(language: LanguageTag) -> Variant? {
    variants.first { $0.language == language }
  }
}

/// One language of a translation unit.
public struct Variant: Sendable, Hashable {
  /// The language.
  public var language: LanguageTag
  /// The spelling of the language in the origin, where it differs from the tag's own.
  public var languageAsWritten: String?
  /// The text.
  public var segment: Segment
  /// Dates, people and use.
  public var provenance: Provenance
  /// Named values, in order.
  public var properties: [Property]
  /// Remarks, in order.
  public var notes: [Note]
  /// What else the origin wrote on the variant, in order.
  public var attributes: [Attribute]

  public init(
    language: LanguageTag, languageAsWritten: String? = nil, segment: Segment,
    provenance: Provenance = Provenance(), properties: [Property] = [], notes: [Note] = [],
    attributes: [Attribute] = []
  ) {
    self.language = language
    self.languageAsWritten = languageAsWritten
    self.segment = segment
    self.provenance = provenance
    self.properties = properties
    self.notes = notes
    self.attributes = attributes
  }

  /// A variant of plain text.
  public init(_ language: LanguageTag, _ text: String) {
    self.init(language: language, segment: Segment(text))
  }
}
