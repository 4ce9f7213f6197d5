public import BitextCore

/// Reads bilingual files: XLIFF 1.0 to 1.2 and 2.0 to 2.1, and what is built on them (SDLXLIFF, MQXLIFF).
///
/// A unit is what a memory should take: source and target that are translated. Left out, and counted in one
/// warning, are units without a target, with a target that needs work, or that are not to be translated. Where
/// both sides are cut into segments, each pair of segments is a unit. Foreign elements are ignored. What else
/// is wanted, `ReadOptions.parts` says: what is not translated, proposals, and the glossary.
///
/// Source: XLIFF 1.2 (OASIS 2008), XLIFF 2.1 (OASIS 2018).
public final class XLIFFReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public private(set) var unitPosition = TextPosition.start

  public var targetLanguage: LanguageTag? { target == .undetermined ? nil : target }

  private let reader: XMLUnitReader
  private let languages: [LanguageTag]
  private let parts: Set<ReadOptions.Part>
  private var source: LanguageTag = .undetermined
  private var target: LanguageTag = .undetermined
  private var isVersion2 = false
  /// For each open element, whether it says that nothing in it is to be translated.
  private var untranslatable: [Bool] = []
  private var ready: [TranslationUnit] = []
  private var readyIndex = 0

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
    languages = options.languages
    parts = options.parts
    reader = try XMLUnitReader(
      source, options: options, report: report, units: ["trans-unit", "unit"],
      whole: ["header", "bin-unit", "notes", "skeleton"]
    ) { root in
      if root.name.local == "xliff" { return nil }
      let known = RootElement.format(of: root.name)
      return "found <\(root.name.qualified.excerpt)>\(known.map { ", which is \($0)" } ?? ""), "
        + "expected <xliff>"
    }
  }

  public func next() throws(InterchangeError) -> TranslationUnit? {
    while true {
      if readyIndex < ready.count {
        readyIndex += 1
        summary.read += 1
        return ready[readyIndex - 1]
      }
      ready = []
      readyIndex = 0
      guard let item = try reader.next() else {
        summary.rejected = reader.rejected
        return nil
      }
      switch item {
      case .open(let element): open(element)
      case .close: _ = untranslatable.popLast()
      case .tree(let element):
        guard ["trans-unit", "unit"].contains(element.name.local) else { continue }
        unitPosition = reader.unitPosition
        if isVersion2 { version2(element) } else { version1(element) }
      }
    }
  }

  private func open(_ element: XMLElement) {
    untranslatable.append(
      element.attribute("translate") == "no"
        || (untranslatable.last ?? false) && element.attribute("translate") != "yes")
    switch element.name.local {
    case "xliff":
      isVersion2 = element.attribute("version")?.hasPrefix("2") ?? false
      guard isVersion2 else { return }
      setLanguages(element.attribute("srcLang"), element.attribute("trgLang"), at: element)
    case "file" where !isVersion2:
      setLanguages(
        element.attribute("source-language"), element.attribute("target-language"), at: element)
    default: break
    }
  }

  private func setLanguages(_ source: String?, _ target: String?, at element: XMLElement) {
    self.source = tag(source, fallback: languages.first, what: "source", at: element)
    self.target = tag(target, fallback: languages.dropFirst().first, what: "target", at: element)
  }

  private func tag(
    _ written: String?, fallback: LanguageTag?, what: String, at element: XMLElement
  ) -> LanguageTag {
    if let written, let tag = LanguageTag(written) { return tag }
    if let fallback { return fallback }
    reader.warn(
      "language", about: what, at: element.offset,
      "found no \(what) language on <\(element.name.local)>, expected one; it was read as und")
    return .undetermined
  }

  // MARK: XLIFF 1

  private func version1(_ unit: XMLElement) {
    guard let source = unit.first("source") else {
      reader.warn(
        "source-missing", at: unit.offset, "found a trans-unit without a source, expected one")
      return
    }
    if parts.contains(.matches) { alternatives(of: unit, source) }
    guard !isLocked(unit) else {
      skip(unit)
      return
    }
    let target = unit.first("target")
    let state = target?.attribute("state") ?? ""
    let isDone = target != nil && !state.hasPrefix("needs") && state != "new"
    let notes = unit.elements("note").map {
      Note($0.text.trimmingWhitespace, language: $0.language)
    }.filter { !$0.text.isEmpty }
    let identifier = unit.attribute("resname") ?? unit.attribute("id")
    let pairs = Self.pairs(unit, source, target)
    for (source, target, mid) in pairs {
      add(
        XLIFFSegments.segment(source, isVersion2: false),
        target.map { XLIFFSegments.segment($0, isVersion2: false) },
        identifier: pairs.count > 1
          ? [identifier, mid].compactMap(\.self).joined(separator: "-") : identifier,
        state: isDone ? nil : target == nil ? "new" : state, notes: notes, at: unit)
    }
  }

  /// The segments of a unit and their translations; one pair when it is not cut into segments.
  private static func pairs(
    _ unit: XMLElement, _ source: XMLElement, _ target: XMLElement?
  ) -> [(source: XMLElement, target: XMLElement?, mid: String?)] {
    let left = XLIFFSegments.segments(unit.first("seg-source") ?? source)
    let right = target.map(XLIFFSegments.segments) ?? []
    guard !left.isEmpty, target == nil || !right.isEmpty else { return [(source, target, nil)] }
    return left.compactMap { piece in
      let mid = piece.attribute("mid")
      if target == nil { return (piece, nil, mid) }
      return right.first { $0.attribute("mid") == mid }.map { (piece, $0, mid) }
    }
  }

  private func alternatives(of unit: XMLElement, _ source: XMLElement) {
    for alternative in unit.elements("alt-trans") {
      for target in alternative.elements("target") {
        let properties = [
          ("x-match-quality", alternative.attribute("match-quality")),
          ("x-origin", alternative.attribute("origin")),
        ]
        add(
          XLIFFSegments.segment(alternative.first("source") ?? source, isVersion2: false),
          XLIFFSegments.segment(target, isVersion2: false), identifier: nil, state: nil, notes: [],
          properties: properties.compactMap { name, value in
            value.map { Property(name: name, value: $0) }
          }, isProposal: true, at: unit)
      }
    }
  }

  // MARK: XLIFF 2

  private func version2(_ unit: XMLElement) {
    let notes = (unit.first("notes")?.elements("note") ?? []).map {
      Note($0.text.trimmingWhitespace)
    }.filter { !$0.text.isEmpty }
    let data = Self.originalData(unit)
    let identifier = unit.attribute("name") ?? unit.attribute("id")
    if parts.contains(.matches) { matches(of: unit) }
    if parts.contains(.glossary) { glossary(of: unit) }
    let segments = unit.elements("segment")
    for (number, segment) in segments.enumerated() {
      let target = segment.first("target")
      // What is locked and has a target all the same was translated once.
      guard let source = segment.first("source"), target?.attribute("order") == nil,
        target != nil || !isLocked(unit)
      else {
        skip(unit)
        continue
      }
      let state = segment.attribute("state")
      add(
        XLIFFSegments.segment(source, isVersion2: true, data: data),
        target.map { XLIFFSegments.segment($0, isVersion2: true, data: data) },
        identifier: segments.count > 1
          ? "\(identifier ?? "")-\(segment.attribute("id") ?? "\(number + 1)")" : identifier,
        state: target == nil || state == "initial" ? "initial" : nil, notes: notes, at: unit)
    }
  }

  private static func originalData(_ element: XMLElement) -> [String: String] {
    var data: [String: String] = [:]
    for entry in element.first("originalData")?.elements("data") ?? [] {
      if let id = entry.attribute("id"), data[id] == nil { data[id] = entry.text }
    }
    return data
  }

  /// The proposals of the module Translation Candidates.
  private func matches(of unit: XMLElement) {
    for list in unit.elements("matches") {
      for match in list.elements("match") {
        guard let source = match.first("source"), let target = match.first("target") else {
          continue
        }
        let data = Self.originalData(match)
        let properties = ["type", "similarity", "matchQuality", "origin"].compactMap { name in
          match.attribute(name).map { Property(name: "x-match-\(name)", value: $0) }
        }
        add(
          XLIFFSegments.segment(source, isVersion2: true, data: data),
          XLIFFSegments.segment(target, isVersion2: true, data: data), identifier: nil, state: nil,
          notes: [], properties: properties, isProposal: true, at: unit)
      }
    }
  }

  /// The entries of the module Glossary, each a concept.
  private func glossary(of unit: XMLElement) {
    for entry in unit.elements("glossary").flatMap({ $0.elements("glossEntry") }) {
      guard let term = entry.first("term")?.squeezedText, !term.isEmpty else { continue }
      var properties: [Property] = []
      if let definition = entry.first("definition")?.text.trimmingWhitespace, !definition.isEmpty {
        properties.append(Property(name: GlossaryProperty.definition, value: definition))
      }
      let identifier = entry.attribute("id") ?? unit.attribute("id").map { "\($0)-\(term)" } ?? term
      properties.append(Property(name: GlossaryProperty.concept, value: identifier))
      let translations = entry.elements("translation").map(\.squeezedText).filter { !$0.isEmpty }
      ready.append(
        TranslationUnit(
          identifier: identifier,
          variants: [Variant(source, term)] + translations.map { Variant(target, $0) },
          properties: properties))
    }
  }

  // MARK: Units

  private func isLocked(_ unit: XMLElement) -> Bool {
    unit.attribute("translate") == "no"
      || (untranslatable.last ?? false) && unit.attribute("translate") != "yes"
  }

  /// - Parameter state: What is still to be done; `nil` for a segment that is translated.
  private func add(
    _ source: Segment, _ target: Segment?, identifier: String?, state: String?, notes: [Note],
    properties: [Property] = [], isProposal: Bool = false, at unit: XMLElement
  ) {
    let isEmpty = target.map { $0.text.squeezed.isEmpty && $0.codes.isEmpty } ?? true
    let isDone = state == nil && !(target?.text.squeezed.isEmpty ?? true)
    guard !source.text.squeezed.isEmpty,
      isProposal || parts.contains(isDone ? .translated : .untranslated)
    else {
      skip(unit)
      return
    }
    var variants = [Variant(language: self.source, segment: source)]
    if let target, !isEmpty { variants.append(Variant(language: self.target, segment: target)) }
    ready.append(
      TranslationUnit(
        identifier: identifier, variants: variants,
        properties: isDone
          ? properties : properties + [Property(name: "x-state", value: state ?? "new")],
        notes: notes))
  }

  private func skip(_ unit: XMLElement) {
    reader.warn(
      "untranslated", at: unit.offset,
      "found a unit that is not translated, or not to be; it was not taken",
      identifier: unit.attribute("id"))
  }
}
