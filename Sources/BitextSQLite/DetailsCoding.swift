internal import BitextCore
internal import Foundation

/// The JSON in which rows keep what has no column of its own.
///
/// Arrays stand for structures, so that a row costs little: an attribute is `["name","value"]`.
enum DetailsCoding {
  // MARK: Attributes

  /// `nil` for no attributes.
  static func encode(_ attributes: [Attribute]) -> String? {
    attributes.isEmpty ? nil : text(attributes.map(pair))
  }

  static func attributes(_ text: String?) -> [Attribute] {
    text.map { attributes(json($0)) } ?? []
  }

  private static func pair(_ attribute: Attribute) -> [Any] { [attribute.name, attribute.value] }

  private static func attributes(_ value: Any?) -> [Attribute] {
    (value as? [[Any]] ?? []).compactMap { pair in
      guard pair.count == 2, let name = pair[0] as? String, let value = pair[1] as? String else {
        return nil
      }
      return Attribute(name: name, value: value)
    }
  }

  // MARK: Inline codes

  /// A code is `[offset,"kind","name",[attributes],[content]]`; content is a text or
  /// `["name",[attributes],[content]]`.
  static func encode(_ codes: [InlineCode]) -> String? {
    guard !codes.isEmpty else { return nil }
    return text(
      codes.map { code in
        [
          code.utf8Offset, code.kind.rawValue, code.name, code.attributes.map(pair),
          code.content.map(plain),
        ] as [Any]
      })
  }

  static func codes(_ text: String?) -> [InlineCode] {
    guard let text, let values = json(text) as? [[Any]] else { return [] }
    return values.compactMap { value in
      guard value.count == 5, let offset = value[0] as? Int,
        let kind = (value[1] as? String).flatMap(InlineCode.Kind.init(rawValue:)),
        let name = value[2] as? String, let content = value[4] as? [Any]
      else { return nil }
      return InlineCode(
        utf8Offset: offset, kind: kind, name: name, attributes: attributes(value[3]),
        content: content.compactMap(self.content))
    }
  }

  private static func plain(_ content: InlineCode.Content) -> Any {
    switch content {
    case .data(let text): text
    case .element(let name, let attributes, let content):
      [name, attributes.map(pair), content.map(plain)] as [Any]
    }
  }

  private static func content(_ value: Any) -> InlineCode.Content? {
    if let text = value as? String { return .data(text) }
    guard let value = value as? [Any], value.count == 3, let name = value[0] as? String,
      let content = value[2] as? [Any]
    else { return nil }
    return .element(
      name: name, attributes: attributes(value[1]), content: content.compactMap(self.content))
  }

  // MARK: Provenance and the rest

  private static func isBlank(_ provenance: Provenance) -> Bool {
    provenance.created == nil && provenance.createdBy == nil && provenance.changed == nil
      && provenance.changedBy == nil && provenance.lastUsed == nil && provenance.usageCount == nil
  }

  /// What a row says beside its columns: the attributes, the whole provenance of a variant, instants
  /// that do not follow from the spelling of a date.
  static func encode(
    attributes list: [Attribute], provenance: Provenance?, instantsOf dates: Provenance
  ) -> String? {
    // Most rows have nothing of the kind.
    if list.isEmpty, provenance.map(isBlank) ?? true, isBlank(dates) { return nil }
    var object: [String: Any] = [:]
    if !list.isEmpty { object["attributes"] = list.map(pair) }
    if let provenance, !isBlank(provenance) {
      var values: [String: Any] = [:]
      values["created"] = provenance.created?.asWritten
      values["createdBy"] = provenance.createdBy
      values["changed"] = provenance.changed?.asWritten
      values["changedBy"] = provenance.changedBy
      values["lastUsed"] = provenance.lastUsed?.asWritten
      values["usageCount"] = provenance.usageCount
      object["provenance"] = values
    }
    var instants: [String: Any] = [:]
    for (name, date) in [
      ("created", dates.created), ("changed", dates.changed), ("lastUsed", dates.lastUsed),
    ] {
      guard let date, Timestamp(date.asWritten) != date else { continue }
      instants[name] = date.secondsSince1970.map { $0 as Any } ?? NSNull()
    }
    if !instants.isEmpty { object["instants"] = instants }
    return object.isEmpty ? nil : text(object)
  }

  /// What ``encode(attributes:provenance:instantsOf:)`` wrote.
  struct Details {
    var attributes: [Attribute] = []
    var provenance = Provenance()

    /// - Parameter columns: The provenance that the columns of the row give.
    init(_ text: String?, columns: Provenance = Provenance()) {
      provenance = columns
      guard let text, let object = json(text) as? [String: Any] else { return }
      attributes = DetailsCoding.attributes(object["attributes"])
      if let values = object["provenance"] as? [String: Any] {
        provenance.created = (values["created"] as? String).map { Timestamp($0) }
        provenance.createdBy = values["createdBy"] as? String
        provenance.changed = (values["changed"] as? String).map { Timestamp($0) }
        provenance.changedBy = values["changedBy"] as? String
        provenance.lastUsed = (values["lastUsed"] as? String).map { Timestamp($0) }
        provenance.usageCount = values["usageCount"] as? Int
      }
      guard let instants = object["instants"] as? [String: Any] else { return }
      func mend(_ date: inout Timestamp?, _ name: String) {
        guard let written = date?.asWritten, let instant = instants[name] else { return }
        date = Timestamp(asWritten: written, secondsSince1970: (instant as? NSNumber)?.int64Value)
      }
      mend(&provenance.created, "created")
      mend(&provenance.changed, "changed")
      mend(&provenance.lastUsed, "lastUsed")
    }
  }

  // MARK: Concept entries

  static func encode(_ concept: ConceptEntry) -> String {
    var object: [String: Any] = [
      "terms": concept.terms.map { term in
        var values: [String: Any] = [
          "language": term.language.identifier, "text": term.text, "status": term.status.rawValue,
        ]
        values["statusAsWritten"] = term.statusAsWritten
        values["partOfSpeech"] = term.partOfSpeech
        values["properties"] = term.properties.map(plain)
        values["notes"] = term.notes.map(plain)
        return values
      },
      "properties": concept.properties.map(plain), "notes": concept.notes.map(plain),
    ]
    object["subjectField"] = concept.subjectField
    object["definition"] = concept.definition
    object["definitionLanguage"] = concept.definitionLanguage
    if !concept.languages.isEmpty {
      object["languages"] = concept.languages.map { section in
        [
          section.language.identifier, section.properties.map(plain), section.notes.map(plain),
        ] as [Any]
      }
    }
    return text(object)
  }

  static func concept(_ text: String, identifier: String) -> ConceptEntry? {
    guard let object = json(text) as? [String: Any], let terms = object["terms"] as? [[String: Any]]
    else { return nil }
    return ConceptEntry(
      identifier: identifier, subjectField: object["subjectField"] as? String,
      definition: object["definition"] as? String,
      definitionLanguage: object["definitionLanguage"] as? String,
      terms: terms.compactMap { values in
        guard let language = (values["language"] as? String).flatMap({ LanguageTag($0) }),
          let text = values["text"] as? String,
          let status = (values["status"] as? String).flatMap(TermStatus.init(rawValue:))
        else { return nil }
        return Term(
          language, text, status: status,
          statusAsWritten: values["statusAsWritten"] as? String,
          partOfSpeech: values["partOfSpeech"] as? String,
          properties: properties(values["properties"]), notes: notes(values["notes"]))
      }, properties: properties(object["properties"]), notes: notes(object["notes"]),
      languages: (object["languages"] as? [[Any]] ?? []).compactMap { values in
        guard values.count == 3, let tag = (values[0] as? String).flatMap({ LanguageTag($0) })
        else { return nil }
        return ConceptEntry.LanguageSection(
          tag, properties: properties(values[1]), notes: notes(values[2]))
      })
  }

  static func plain(_ property: Property) -> [Any] {
    [
      property.name, property.value, property.language.map { $0 as Any } ?? NSNull(),
      property.attributes.map(pair),
    ]
  }

  static func plain(_ note: Note) -> [Any] {
    [note.text, note.language.map { $0 as Any } ?? NSNull(), note.attributes.map(pair)]
  }

  static func properties(_ value: Any?) -> [Property] {
    (value as? [[Any]] ?? []).compactMap { values in
      guard values.count == 4, let name = values[0] as? String, let value = values[1] as? String
      else { return nil }
      return Property(
        name: name, value: value, language: values[2] as? String,
        attributes: attributes(values[3]))
    }
  }

  static func notes(_ value: Any?) -> [Note] {
    (value as? [[Any]] ?? []).compactMap { values in
      guard values.count == 3, let text = values[0] as? String else { return nil }
      return Note(text, language: values[1] as? String, attributes: attributes(values[2]))
    }
  }

  // MARK: JSON

  static func text(_ value: Any) -> String {
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  static func json(_ text: String) -> Any? {
    try? JSONSerialization.jsonObject(with: Data(text.utf8))
  }
}
