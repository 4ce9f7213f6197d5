/// A word or phrase for a concept in one language.
public struct Term: Sendable, Hashable {
  /// The language.
  public var language: LanguageTag
  /// The term in its base form.
  public var text: String
  /// Whether it should be used.
  public var status: TermStatus
  /// The spelling of the status in the origin; `nil` when it gave none.
  public var statusAsWritten: String?
  /// The part of speech, as written (`noun`).
  public var partOfSpeech: String?
  /// Named values without a field of their own, in order.
  public var properties: [Property]
  /// Remarks, in order.
  public var notes: [Note]

  public init(
    _ language: LanguageTag, _ text: String, status: TermStatus = .preferred,
    statusAsWritten: String? = nil, partOfSpeech: String? = nil, properties: [Property] = [],
    notes: [Note] = []
  ) {
    self.language = language
    self.text = text
    self.status = status
    self.statusAsWritten = statusAsWritten
    self.partOfSpeech = partOfSpeech
    self.properties = properties
    self.notes = notes
  }
}
