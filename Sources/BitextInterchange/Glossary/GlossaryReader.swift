public import BitextCore

/// Reads a glossary of any format into concepts.
///
///     let concepts = try GlossaryReader().read(.file("terms.tmx"))
///
/// A TMX glossary holds a concept a unit; units that share the prop `x-concept-id` are synonyms of one
/// concept, and so are rows of a table with the same concept id. Of XLIFF 2 with a glossary, that is read, and not
/// the segments.
public struct GlossaryReader: Sendable {
  /// How to read the file.
  public var options: ReadOptions
  /// The format, where it is not to be found out.
  public var format: FileFormat?

  public init(options: ReadOptions = ReadOptions(), format: FileFormat? = nil) {
    self.options = options
    self.format = format
  }

  /// Reads all concepts, in the order of the file.
  ///
  /// - Parameter report: Is told of warnings and, in lenient mode, of what is left out.
  /// - Throws: `InterchangeError` with the place of what is wrong.
  public func read(
    _ source: InputSource, report: ((Diagnostic) -> Void)? = nil
  ) throws(InterchangeError) -> [ConceptEntry] {
    var options = options
    options.parts.insert(.glossary)
    let file = try FormatReader.open(source, format: format, options: options, report: report)
    return try Self.concepts(of: file.reader, format: file.format)
  }

  /// The concepts that the units of a glossary hold.
  static func concepts(
    of reader: any UnitReader, format: FileFormat
  ) throws(InterchangeError) -> [ConceptEntry] {
    var concepts: [ConceptEntry] = []
    if let termbase = reader as? TBXReader {
      while let concept = try termbase.nextConcept() { concepts.append(concept) }
      return concepts
    }
    var places: [String: Int] = [:]
    var number = 0
    var units = try reader.remainingUnits()
    if format == .xliff2, units.contains(where: GlossaryProperty.isEntry) {
      units.removeAll { !GlossaryProperty.isEntry($0) }
    }
    for unit in units {
      number += 1
      // In TMX a tuid is not unique and says nothing; a concept id does.
      let key =
        unit.properties.first { $0.name == GlossaryProperty.concept }?.value
        ?? (format == .tmx ? nil : unit.identifier)
      let concept = ConceptEntry(unit, fallbackIdentifier: "c\(number)")
      if let key, let place = places[key] {
        concepts[place].merge(concept)
      } else {
        if let key { places[key] = concepts.count }
        concepts.append(concept)
      }
    }
    return concepts
  }
}

extension ConceptEntry {
  /// Adds what another entry says of the same concept, and nothing twice.
  mutating func merge(_ other: ConceptEntry) {
    subjectField = subjectField ?? other.subjectField
    if definition == nil {
      definition = other.definition
      definitionLanguage = other.definitionLanguage
    }
    for term in other.terms where !terms.contains(term) { terms.append(term) }
    for property in other.properties where !properties.contains(property) {
      properties.append(property)
    }
    for note in other.notes where !notes.contains(note) { notes.append(note) }
  }
}
