/// A meaning in a glossary, and the words for it in several languages.
///
/// Follows the three levels of ISO 30042: concept, language, term.
public struct ConceptEntry: Sendable, Hashable {
  /// The name of the concept in its glossary; unique there.
  public var identifier: String
  /// The subject field (domain) that the concept belongs to.
  public var subjectField: String?
  /// What the concept is.
  public var definition: String?
  /// The language of the definition, where it is given.
  public var definitionLanguage: String?
  /// The terms, in order; several of one language are synonyms.
  public var terms: [Term]
  /// Named values without a field of their own, in order.
  public var properties: [Property]
  /// Remarks and sources, in order.
  public var notes: [Note]
  /// What is said of the concept in one language rather than of one of its terms, in order.
  public var languages: [LanguageSection]

  /// What a glossary says of a concept in one language.
  public struct LanguageSection: Sendable, Hashable {
    /// The language.
    public var language: LanguageTag
    /// Named values, in order.
    public var properties: [Property]
    /// Remarks, in order.
    public var notes: [Note]

    public init(_ language: LanguageTag, properties: [Property] = [], notes: [Note] = []) {
      self.language = language
      self.properties = properties
      self.notes = notes
    }
  }

  public init(
    identifier: String, subjectField: String? = nil, definition: String? = nil,
    definitionLanguage: String? = nil, terms: [Term], properties: [Property] = [],
    notes: [Note] = [], languages: [LanguageSection] = []
  ) {
    self.identifier = identifier
    self.subjectField = subjectField
    self.definition = definition
    self.definitionLanguage = definitionLanguage
    self.terms = terms
    self.properties = properties
    self.notes = notes
    self.languages = languages
  }

  /// The terms in exactly this language, in order.
  public func terms(in language: LanguageTag) -> [Term] {
    terms.filter { $0.language == language }
  }
}
