public import BitextCore

extension ConceptEntry {
  /// The concept that a unit of a glossary holds: each variant is a term.
  ///
  /// Codes inside the terms are left out. Notes and properties that have no field of their own are kept
  /// under the names that they have.
  ///
  /// - Parameter fallbackIdentifier: The name of the concept, where the unit has none.
  public init(_ unit: TranslationUnit, fallbackIdentifier: String) {
    var properties = unit.properties
    let subject = properties.removeFirst(GlossaryProperty.subjectField)
    let definition = properties.removeFirst(GlossaryProperty.definition)
    let concept = properties.removeFirst(GlossaryProperty.concept)
    self.init(
      identifier: concept?.value ?? unit.identifier ?? fallbackIdentifier,
      subjectField: subject?.value, definition: definition?.value,
      definitionLanguage: definition?.language, terms: unit.variants.map { Term($0) },
      properties: properties, notes: unit.notes)
  }
}

extension Term {
  /// The term that a variant of a glossary's unit holds.
  init(_ variant: Variant) {
    var properties = variant.properties
    let status = properties.removeFirst(GlossaryProperty.status)
    let partOfSpeech = properties.removeFirst(GlossaryProperty.partOfSpeech)
    self.init(
      variant.language, variant.segment.text,
      status: status.flatMap { TermStatus(spelling: $0.value) } ?? .preferred,
      statusAsWritten: status?.value, partOfSpeech: partOfSpeech?.value, properties: properties,
      notes: variant.notes)
  }

  /// The spelling of the status that is written: the origin's while it means the same.
  ///
  /// `nil` for a preferred term whose origin said nothing.
  var writtenStatus: String? {
    if let statusAsWritten, (TermStatus(spelling: statusAsWritten) ?? .preferred) == status {
      return statusAsWritten
    }
    return status == .preferred && statusAsWritten == nil ? nil : status.administrativeStatus
  }
}

extension TranslationUnit {
  /// The unit by which a concept is written in TMX: one variant a term, synonyms as further variants.
  public init(_ concept: ConceptEntry) {
    var properties: [Property] = []
    if let subject = concept.subjectField {
      properties.append(Property(name: GlossaryProperty.subjectField, value: subject))
    }
    if let definition = concept.definition {
      properties.append(
        Property(
          name: GlossaryProperty.definition, value: definition,
          language: concept.definitionLanguage))
    }
    self.init(
      identifier: concept.identifier, variants: concept.terms.map { Variant($0) },
      properties: properties + concept.properties.map(\.withoutStructure),
      notes: concept.notes.map(\.withoutStructure))
    // TMX has no place for what is said of a language: its first term carries it.
    for section in concept.languages {
      if let index = variants.firstIndex(where: { $0.language == section.language }) {
        variants[index].properties =
          section.properties.map(\.withoutStructure) + variants[index].properties
        variants[index].notes = section.notes.map(\.withoutStructure) + variants[index].notes
      } else {
        self.properties += section.properties.map { property in
          var moved = property.withoutStructure
          moved.language = moved.language ?? section.language.identifier
          return moved
        }
        notes += section.notes.map { note in
          var moved = note.withoutStructure
          moved.language = moved.language ?? section.language.identifier
          return moved
        }
      }
    }
  }
}

extension Variant {
  /// The variant by which a term is written in TMX.
  init(_ term: Term) {
    var properties: [Property] = []
    if let partOfSpeech = term.partOfSpeech {
      properties.append(Property(name: GlossaryProperty.partOfSpeech, value: partOfSpeech))
    }
    if let status = term.writtenStatus {
      properties.append(Property(name: GlossaryProperty.status, value: status))
    }
    self.init(
      language: term.language, segment: Segment(term.text),
      properties: properties + term.properties.map(\.withoutStructure),
      notes: term.notes.map(\.withoutStructure))
  }
}

extension Array where Element == Property {
  /// Takes the first property of a name out of the list, when it has nothing but a value and a language.
  mutating func removeFirst(_ name: String) -> Property? {
    guard let index = firstIndex(where: { $0.name == name && $0.attributes.isEmpty }) else {
      return nil
    }
    return remove(at: index)
  }
}

extension Property {
  /// Without the attributes that say where the property stood in a termbase.
  var withoutStructure: Property {
    guard !attributes.isEmpty else { return self }
    var plain = self
    plain.attributes.removeAll { TermbasePlace.isName($0.name) }
    return plain
  }
}

extension Note {
  /// Without the attributes that say where the note stood in a termbase.
  var withoutStructure: Note {
    guard !attributes.isEmpty else { return self }
    var plain = self
    plain.attributes.removeAll { TermbasePlace.isName($0.name) }
    return plain
  }
}

/// How a property remembers its place in a TBX file, so that it is written back there.
enum TermbasePlace {
  /// The element that held it, where it is not the usual one for its level.
  static let element = "tbx:element"
  /// The group that it shares with its neighbours.
  static let group = "tbx:group"
  /// Other attributes of its element.
  static let attributePrefix = "tbx:@"

  static func isName(_ name: String) -> Bool { name.hasPrefix("tbx:") }
}
