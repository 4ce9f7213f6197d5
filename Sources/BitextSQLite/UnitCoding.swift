internal import BitextCore
internal import BitextMemory
internal import Foundation

/// The JSON in which the history keeps a whole unit.
///
/// `details` and `codes` are texts as in the rows; see ``DetailsCoding``.
enum UnitCoding {
  static func encode(_ content: PreparedUnit) -> String {
    let unit = content.unit
    var object: [String: Any] = [
      "source": content.sourceIndex,
      "context": [content.context.previous, content.context.next, content.context.key],
      "variants": unit.variants.map(plain),
    ]
    object["identifier"] = unit.identifier
    object["sourceLanguage"] = unit.sourceLanguage?.identifier
    object["details"] = DetailsCoding.encode(
      attributes: unit.attributes, provenance: unit.provenance, instantsOf: unit.provenance)
    if !unit.properties.isEmpty {
      object["properties"] = unit.properties.map(DetailsCoding.plain)
    }
    if !unit.notes.isEmpty { object["notes"] = unit.notes.map(DetailsCoding.plain) }
    return DetailsCoding.text(object)
  }

  private static func plain(_ variant: Variant) -> [String: Any] {
    var object: [String: Any] = [
      "language": variant.language.identifier, "text": variant.segment.text,
    ]
    object["spelling"] = variant.languageAsWritten
    object["codes"] = DetailsCoding.encode(variant.segment.codes)
    object["details"] = DetailsCoding.encode(
      attributes: variant.attributes, provenance: variant.provenance,
      instantsOf: variant.provenance)
    if !variant.properties.isEmpty {
      object["properties"] = variant.properties.map(DetailsCoding.plain)
    }
    if !variant.notes.isEmpty { object["notes"] = variant.notes.map(DetailsCoding.plain) }
    return object
  }

  /// The unit that ``encode(_:)`` wrote; `nil` when the text is not of that kind.
  static func unit(_ text: String) -> PreparedUnit? {
    guard let object = DetailsCoding.json(text) as? [String: Any],
      let source = object["source"] as? Int,
      let context = (object["context"] as? [Any])?.compactMap({ ($0 as? NSNumber)?.int64Value }),
      context.count == 3, let values = object["variants"] as? [[String: Any]]
    else { return nil }
    let variants = values.compactMap(variant)
    guard variants.count == values.count, variants.indices.contains(source) else { return nil }
    let details = DetailsCoding.Details(object["details"] as? String)
    return PreparedUnit(
      TranslationUnit(
        identifier: object["identifier"] as? String,
        sourceLanguage: (object["sourceLanguage"] as? String).flatMap { LanguageTag($0) },
        variants: variants, provenance: details.provenance,
        properties: DetailsCoding.properties(object["properties"]),
        notes: DetailsCoding.notes(object["notes"]), attributes: details.attributes),
      sourceIndex: source,
      context: ContextSignature(storedPrevious: context[0], next: context[1], key: context[2]))
  }

  private static func variant(_ object: [String: Any]) -> Variant? {
    guard let language = (object["language"] as? String).flatMap({ LanguageTag($0) }),
      let text = object["text"] as? String
    else { return nil }
    let codes = DetailsCoding.codes(object["codes"] as? String)
    let fits =
      codes.allSatisfy { (0...text.utf8.count).contains($0.utf8Offset) }
      && zip(codes, codes.dropFirst()).allSatisfy { $0.utf8Offset <= $1.utf8Offset }
    guard fits else { return nil }
    let details = DetailsCoding.Details(object["details"] as? String)
    return Variant(
      language: language, languageAsWritten: object["spelling"] as? String,
      segment: Segment(text, codes: codes), provenance: details.provenance,
      properties: DetailsCoding.properties(object["properties"]),
      notes: DetailsCoding.notes(object["notes"]), attributes: details.attributes)
  }
}
