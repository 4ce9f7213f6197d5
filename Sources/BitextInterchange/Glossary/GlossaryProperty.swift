internal import BitextCore

/// The names of the props by which a glossary lives in TMX.
///
/// They are the categories of ISO 30042 with TMX's `x-` in front.
enum GlossaryProperty {
  static let subjectField = "x-subjectField"
  static let definition = "x-definition"
  static let partOfSpeech = "x-partOfSpeech"
  static let status = "x-administrativeStatus"
  /// Which concept a unit belongs to that holds one of several synonyms.
  static let concept = "x-concept-id"

  /// Whether a unit says which concept it belongs to.
  static func isEntry(_ unit: TranslationUnit) -> Bool {
    unit.properties.contains { $0.name == concept }
  }

  /// Whether a unit looks like the concept of a glossary rather than a sentence of a memory.
  static func marks(_ unit: TranslationUnit) -> Bool {
    unit.properties.contains { [subjectField, definition, concept].contains($0.name) }
      || unit.variants.contains { variant in
        variant.properties.contains { [partOfSpeech, status].contains($0.name) }
      }
  }
}
