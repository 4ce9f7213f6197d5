public import BitextCore

/// Reads termbases: TBX 2 (`martif`) and TBX 3 in both styles, concept by concept.
///
/// `tig` and `ntig` are read alike. Whatever is said of a concept, a language or a term is kept as a
/// property under the name of its category, `x-` in front, and remembers its element and its group where
/// they are not the usual ones.
///
/// Source: ISO 30042:2008 and 2019.
public final class TBXReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public private(set) var unitPosition = TextPosition.start

  /// The concept that was read last.
  private(set) var lastConcept: ConceptEntry?

  private let reader: XMLUnitReader

  /// Opens a file.
  ///
  /// - Parameter report: Is told of warnings and, in lenient mode, of what is left out.
  public convenience init(
    _ source: InputSource, options: ReadOptions = ReadOptions(),
    report: ((Diagnostic) -> Void)? = nil
  ) throws(InterchangeError) {
    try self.init(InputBytes(source), options: options, report: report)
  }

  init(
    _ source: InputBytes, options: ReadOptions, report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    reader = try XMLUnitReader(
      source, options: options, report: report, units: ["termEntry", "conceptEntry"],
      whole: ["martifHeader", "tbxHeader", "back"]
    ) { root in
      if ["martif", "tbx"].contains(root.name.local) { return nil }
      let known = RootElement.format(of: root.name)
      return "found <\(root.name.qualified.excerpt)>\(known.map { ", which is \($0)" } ?? ""), "
        + "expected <tbx> or <martif>"
    }
  }

  public func next() throws(InterchangeError) -> TranslationUnit? {
    try nextConcept().map { TranslationUnit($0) }
  }

  /// The next concept; `nil` at the end.
  public func nextConcept() throws(InterchangeError) -> ConceptEntry? {
    while let item = try reader.next() {
      guard case .tree(let entry) = item,
        ["termEntry", "conceptEntry"].contains(entry.name.local)
      else { continue }
      unitPosition = reader.unitPosition
      var builder = TBXEntryBuilder(reader: reader, number: reader.unitNumber)
      let concept = builder.concept(entry)
      if concept.terms.isEmpty {
        try reader.reject(
          "terms-missing", at: entry.offset,
          "found a concept without a term, expected one", identifier: entry.attribute("id"))
        summary.rejected = reader.rejected
        continue
      }
      summary.read += 1
      summary.rejected = reader.rejected
      lastConcept = concept
      return concept
    }
    summary.rejected = reader.rejected
    return nil
  }
}

/// Makes a concept of one entry.
struct TBXEntryBuilder {
  let reader: XMLUnitReader
  let number: Int
  private var groups = 0

  init(reader: XMLUnitReader, number: Int) {
    self.reader = reader
    self.number = number
  }

  /// What is said at one level.
  private struct Level {
    var properties: [Property] = []
    var notes: [Note] = []
  }

  mutating func concept(_ entry: XMLElement) -> ConceptEntry {
    var level = Level()
    var concept = ConceptEntry(
      identifier: entry.attribute("id") ?? "c\(number)", terms: [])
    for element in entry.elements {
      if ["langSet", "langSec"].contains(element.name.local) {
        language(element, &concept)
      } else {
        add(element, to: &level, isTerm: false, group: nil)
      }
    }
    concept.subjectField = level.properties.removeFirst(GlossaryProperty.subjectField)?.value
    let definition = level.properties.removeFirst(GlossaryProperty.definition)
    concept.definition = definition?.value
    concept.definitionLanguage = definition?.language
    concept.properties = level.properties
    concept.notes = level.notes
    return concept
  }

  private mutating func language(_ element: XMLElement, _ concept: inout ConceptEntry) {
    let written = element.language ?? ""
    let tag = LanguageTag(written) ?? .undetermined
    if tag == .undetermined, written != "und" {
      reader.warn(
        "language", about: written, at: element.offset,
        written.isEmpty
          ? "found a <\(element.name.local)> without xml:lang, expected one; it was read as und"
          : "found the language \"\(written.excerpt)\", expected a tag such as en or zh-Hant; "
            + "it was read as und")
    }
    var level = Level()
    for child in element.elements {
      switch child.name.local {
      case "tig", "termSec": concept.terms.append(term(child, tag))
      case "ntig": concept.terms.append(term(child, tag))
      default: add(child, to: &level, isTerm: false, group: nil)
      }
    }
    guard !level.properties.isEmpty || !level.notes.isEmpty else { return }
    if let index = concept.languages.firstIndex(where: { $0.language == tag }) {
      concept.languages[index].properties += level.properties
      concept.languages[index].notes += level.notes
    } else {
      concept.languages.append(
        ConceptEntry.LanguageSection(tag, properties: level.properties, notes: level.notes))
    }
  }

  private mutating func term(_ element: XMLElement, _ language: LanguageTag) -> Term {
    var level = Level()
    var text: String?
    for child in element.elements {
      switch child.name.local {
      case "term" where text == nil: text = child.squeezedText
      case "termGrp":
        for inner in child.elements {
          if inner.name.local == "term", text == nil {
            text = inner.squeezedText
          } else {
            add(inner, to: &level, isTerm: true, group: nil)
          }
        }
      default: add(child, to: &level, isTerm: true, group: nil)
      }
    }
    if (text ?? "").isEmpty {
      reader.warn("term-empty", at: element.offset, "found a term without text, expected one")
    }
    let status = level.properties.removeFirst(GlossaryProperty.status)
    let partOfSpeech = level.properties.removeFirst(GlossaryProperty.partOfSpeech)
    return Term(
      language, text ?? "", status: status.flatMap { TermStatus(spelling: $0.value) } ?? .preferred,
      statusAsWritten: status?.value, partOfSpeech: partOfSpeech?.value,
      properties: level.properties, notes: level.notes)
  }

  /// Adds an element, or each element of a group.
  private mutating func add(
    _ element: XMLElement, to level: inout Level, isTerm: Bool, group: Int?
  ) {
    let name = element.name.local
    switch name {
    case "descripGrp", "adminGrp", "transacGrp", "termNoteGrp":
      // A group of one is no group: it says nothing that its member does not.
      let members = element.elements
      var number: Int?
      if members.count > 1 {
        groups += 1
        number = groups
      }
      for child in members { add(child, to: &level, isTerm: isTerm, group: number) }
    case "termCompList", "termCompGrp", "termGrp":
      for child in element.elements { add(child, to: &level, isTerm: isTerm, group: group) }
    case "note":
      let text = element.text
      guard !text.squeezed.isEmpty else { return }
      level.notes.append(
        Note(
          text.trimmingWhitespace, language: element.language,
          attributes: group.map { [Attribute(name: TermbasePlace.group, value: "\($0)")] } ?? []))
    default: level.properties.append(property(element, isTerm: isTerm, group: group))
    }
  }

  private func property(_ element: XMLElement, isTerm: Bool, group: Int?) -> Property {
    let local = element.name.local
    var category = element.attribute("type") ?? local
    var kind = TBXCategory.Element(rawValue: local)
    if !element.name.namespace.isEmpty, element.name.namespace != TBXCategory.coreNamespace {
      // DCT: the element itself is the category.
      category = local
      kind = nil
    }
    var attributes: [Attribute] = []
    if let kind, kind != TBXCategory.usualElement(category, isTerm: isTerm) {
      attributes.append(Attribute(name: TermbasePlace.element, value: kind.rawValue))
    }
    if let group { attributes.append(Attribute(name: TermbasePlace.group, value: "\(group)")) }
    if let target = element.attribute("target") {
      attributes.append(Attribute(name: TermbasePlace.attributePrefix + "target", value: target))
    }
    return Property(
      name: TBXCategory.propertyName(category), value: element.text.trimmingWhitespace,
      language: element.language, attributes: attributes)
  }
}
