public import BitextCore

/// Writes bilingual files: XLIFF 1.2 or 2.0, one pair of languages.
///
/// In XLIFF 2 a glossary's concept carries an entry of the module Glossary, with all its terms of the target
/// language and its definition.
public struct XLIFFWriter: UnitWriter {
  /// Which XLIFF is written.
  public enum Version: Sendable, Hashable, CaseIterable {
    case v12
    case v20
  }

  public private(set) var losses = LossReport()

  private let version: Version
  private let pair: TranslationDirection
  private let keepsIdentifiers: Bool
  private var usedIdentifiers: Set<String> = []
  private var xml: XMLWriter
  private var number = 0
  private var hasBegun = false

  /// - Parameters:
  ///   - sink: Where the bytes go.
  ///   - pair: The languages; units without both are left out.
  ///   - keepsIdentifiers: Whether the names of units are the ids of XLIFF 1.2, as Xcode wants them; numbers
  ///     otherwise.
  public init(
    to sink: any ByteSink, version: Version, pair: TranslationDirection,
    keepsIdentifiers: Bool = false
  ) {
    self.version = version
    self.pair = pair
    self.keepsIdentifiers = keepsIdentifiers
    xml = XMLWriter(to: sink)
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    begin()
    guard let (source, target) = pair.pick(unit, &losses, keepsSynonyms: version == .v20)
    else { return }
    number += 1
    let isConcept = version == .v20 && GlossaryProperty.marks(unit)
    let kept = isConcept ? [GlossaryProperty.definition, GlossaryProperty.concept] : []
    losses.add(
      "properties",
      unit.properties.filter { !kept.contains($0.name) }.count + source.properties.count
        + target.properties.count)
    losses.add(
      "unknown attributes",
      unit.attributes.count + source.attributes.count + target.attributes.count)
    for provenance in [unit.provenance, source.provenance, target.provenance]
    where provenance != Provenance() { losses.add("dates and authors") }
    if version == .v20 {
      let notes = unit.notes + source.notes + target.notes
      losses.add("languages of notes", notes.count { $0.language != nil })
    }
    do {
      switch version {
      case .v12: try version1(unit, source, target)
      case .v20: try version2(unit, source, target)
      }
    } catch {
      xml.rollBack()
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "unwritable", file: "output", position: nil,
          message:
            "found the character \(error.name) in unit \(number), which XML cannot carry; expected text"
        ))
    }
    do {
      try xml.commit()
    } catch {
      throw InterchangeError(error)
    }
  }

  public mutating func finish() throws(InterchangeError) {
    begin()
    if number == 0, version == .v20 {
      // A file needs a unit.
      xml.raw(
        "    <unit id=\"1\">\n      <segment>\n        <source></source>\n      </segment>\n    </unit>\n"
      )
    }
    xml.raw(version == .v12 ? "    </body>\n  </file>\n</xliff>\n" : "  </file>\n</xliff>\n")
    do {
      try xml.flush()
    } catch {
      throw InterchangeError(error)
    }
  }

  private mutating func begin() {
    guard !hasBegun else { return }
    hasBegun = true
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    switch version {
    case .v12:
      xml.raw("<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n")
      xml.raw(
        "  <file original=\"\(keepsIdentifiers ? "Localizable.xcstrings" : "bitext")\" source-language=\"\(pair.source.identifier)\" target-language=\"\(pair.target.identifier)\" datatype=\"plaintext\">\n    <body>\n"
      )
    case .v20:
      xml.raw(
        "<xliff version=\"2.0\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" xmlns:gls=\"urn:oasis:names:tc:xliff:glossary:2.0\" srcLang=\"\(pair.source.identifier)\" trgLang=\"\(pair.target.identifier)\">\n  <file id=\"f1\">\n"
      )
    }
  }

  // MARK: XLIFF 1.2

  private mutating func version1(
    _ unit: TranslationUnit, _ source: Variant, _ target: Variant
  ) throws(XMLWriter.UnwritableCharacter) {
    xml.raw("      <trans-unit")
    if keepsIdentifiers, let identifier = unit.identifier,
      usedIdentifiers.insert(identifier).inserted
    {
      try xml.attribute("id", identifier)
    } else {
      try xml.attribute("id", String(number))
      if let identifier = unit.identifier { try xml.attribute("resname", identifier) }
    }
    xml.raw(" xml:space=\"preserve\">\n        <source")
    try xml.attribute("xml:lang", source.language.identifier)
    xml.raw(">")
    try XLIFFContentWriter.write(source.segment, data: nil, to: &xml)
    xml.raw("</source>\n        <target")
    try xml.attribute("xml:lang", target.language.identifier)
    xml.raw(" state=\"translated\">")
    try XLIFFContentWriter.write(target.segment, data: nil, to: &xml)
    xml.raw("</target>\n")
    for note in unit.notes + source.notes + target.notes {
      xml.raw("        <note")
      if let language = note.language { try xml.attribute("xml:lang", language) }
      xml.raw(">")
      try xml.text(note.text)
      xml.raw("</note>\n")
    }
    xml.raw("      </trans-unit>\n")
  }

  // MARK: XLIFF 2.0

  private mutating func version2(
    _ unit: TranslationUnit, _ source: Variant, _ target: Variant
  ) throws(XMLWriter.UnwritableCharacter) {
    xml.raw("    <unit id=\"\(number)\"")
    if let identifier = unit.identifier, !identifier.isEmpty {
      try xml.attribute("name", identifier)
    }
    xml.raw(" xml:space=\"preserve\">\n")
    try glossary(unit, source)
    let notes = unit.notes + source.notes + target.notes
    if !notes.isEmpty {
      xml.raw("      <notes>\n")
      for note in notes {
        xml.raw("        <note>")
        try xml.text(note.text)
        xml.raw("</note>\n")
      }
      xml.raw("      </notes>\n")
    }
    let data = XLIFFContentWriter.NativeData([source.segment, target.segment])
    if !data.texts.isEmpty {
      xml.raw("      <originalData>\n")
      for (index, text) in data.texts.enumerated() {
        xml.raw("        <data id=\"d\(index + 1)\">")
        try xml.text(text)
        xml.raw("</data>\n")
      }
      xml.raw("      </originalData>\n")
    }
    xml.raw("      <segment state=\"translated\">\n        <source>")
    try XLIFFContentWriter.write(source.segment, data: data, to: &xml)
    xml.raw("</source>\n        <target>")
    try XLIFFContentWriter.write(target.segment, data: data, to: &xml)
    xml.raw("</target>\n      </segment>\n    </unit>\n")
  }

  /// The module Glossary: what a concept has beyond one term a language.
  private mutating func glossary(
    _ unit: TranslationUnit, _ source: Variant
  ) throws(XMLWriter.UnwritableCharacter) {
    let translations = unit.variants.filter { $0.language == pair.target }
    guard GlossaryProperty.marks(unit) || translations.count > 1, pair.source != pair.target else {
      return
    }
    xml.raw(
      "      <gls:glossary>\n        <gls:glossEntry id=\"g\(number)\">\n          <gls:term>")
    try xml.text(source.segment.text)
    xml.raw("</gls:term>\n")
    for translation in translations {
      xml.raw("          <gls:translation>")
      try xml.text(translation.segment.text)
      xml.raw("</gls:translation>\n")
    }
    let definition = unit.properties.first { $0.name == GlossaryProperty.definition }
    if let definition {
      xml.raw("          <gls:definition>")
      try xml.text(definition.value)
      xml.raw("</gls:definition>\n")
    }
    xml.raw("        </gls:glossEntry>\n      </gls:glossary>\n")
  }
}
