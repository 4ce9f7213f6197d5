public import BitextCore

/// Reads bilingual files: XLIFF 1.0 to 1.2 and 2.0 to 2.1, and what is built on them (SDLXLIFF, MQXLIFF).
///
/// A unit is what a memory should take: source and target that are translated. Left out, and counted in one
/// warning, are units without a target, with a target that needs work, or that are not to be translated. Where
/// both sides are cut into segments, each pair of segments is a unit. Foreign elements are ignored.
///
/// Source: XLIFF 1.2 (OASIS 2008), XLIFF 2.1 (OASIS 2018).
public final class XLIFFReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public private(set) var unitPosition = TextPosition.start

  private let reader: XMLUnitReader
  private let languages: [LanguageTag]
  private let keepsUntranslated: Bool
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
    keepsUntranslated = options.keepsUntranslated
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
        unitPosition = reader.xml.position(of: element.offset)
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
    let isLocked =
      unit.attribute("translate") == "no"
      || (untranslatable.last ?? false) && unit.attribute("translate") != "yes"
    let notes = unit.elements("note").map {
      Note($0.text.trimmingWhitespace, language: $0.language)
    }.filter { !$0.text.isEmpty }
    let identifier = unit.attribute("resname") ?? unit.attribute("id")
    guard let target = unit.first("target"), !isLocked else {
      if keepsUntranslated, !isLocked {
        add(
          XLIFFSegments.segment(source, isVersion2: false), Segment(""), identifier: identifier,
          notes: notes, at: unit)
      } else {
        skip(unit)
      }
      return
    }
    let state = target.attribute("state") ?? ""
    if state.hasPrefix("needs") || state == "new", !keepsUntranslated {
      skip(unit)
      return
    }
    let left = XLIFFSegments.segments(unit.first("seg-source") ?? source)
    let right = XLIFFSegments.segments(target)
    var pairs: [(XMLElement, XMLElement, String?)] = []
    if !left.isEmpty, !right.isEmpty {
      for piece in left {
        guard let match = right.first(where: { $0.attribute("mid") == piece.attribute("mid") })
        else {
          continue
        }
        pairs.append((piece, match, piece.attribute("mid")))
      }
    } else {
      pairs = [(source, target, nil)]
    }
    for (source, target, mid) in pairs {
      add(
        XLIFFSegments.segment(source, isVersion2: false),
        XLIFFSegments.segment(target, isVersion2: false),
        identifier: pairs.count > 1
          ? [identifier, mid].compactMap(\.self).joined(separator: "-") : identifier,
        notes: notes, at: unit)
    }
  }

  // MARK: XLIFF 2

  private func version2(_ unit: XMLElement) {
    let isLocked =
      unit.attribute("translate") == "no"
      || (untranslatable.last ?? false) && unit.attribute("translate") != "yes"
    let segments = unit.elements("segment")
    let notes = (unit.first("notes")?.elements("note") ?? []).map {
      Note($0.text.trimmingWhitespace)
    }.filter { !$0.text.isEmpty }
    var data: [String: String] = [:]
    for entry in unit.first("originalData")?.elements("data") ?? [] {
      if let id = entry.attribute("id"), data[id] == nil { data[id] = entry.text }
    }
    let identifier = unit.attribute("name") ?? unit.attribute("id")
    for (number, segment) in segments.enumerated() {
      let target = segment.first("target")
      guard !isLocked, let source = segment.first("source"), target?.attribute("order") == nil,
        target != nil && segment.attribute("state") != "initial" || keepsUntranslated
      else {
        skip(unit)
        continue
      }
      add(
        XLIFFSegments.segment(source, isVersion2: true, data: data),
        target.map { XLIFFSegments.segment($0, isVersion2: true, data: data) } ?? Segment(""),
        identifier: segments.count > 1
          ? "\(identifier ?? "")-\(segment.attribute("id") ?? "\(number + 1)")" : identifier,
        notes: notes, at: unit)
    }
  }

  private func add(
    _ source: Segment, _ target: Segment, identifier: String?, notes: [Note], at unit: XMLElement
  ) {
    if source.text.squeezed.isEmpty || target.text.squeezed.isEmpty && !keepsUntranslated {
      skip(unit)
      return
    }
    ready.append(
      TranslationUnit(
        identifier: identifier,
        variants: [
          Variant(language: self.source, segment: source),
          Variant(language: self.target, segment: target),
        ], notes: notes))
  }

  private func skip(_ unit: XMLElement) {
    reader.warn(
      "untranslated", at: unit.offset,
      "found a unit that is not translated, or not to be; it was not taken",
      identifier: unit.attribute("id"))
  }
}

/// What stands inside a source or a target.
enum XLIFFSegments {
  /// The segments that XLIFF 1 marks in it, in order.
  static func segments(_ element: XMLElement) -> [XMLElement] {
    var found: [XMLElement] = []
    for child in element.elements {
      if child.name.local == "mrk", child.attribute("mtype") == "seg" {
        found.append(child)
      } else {
        found += segments(child)
      }
    }
    return found
  }

  /// Readable text and codes.
  static func segment(
    _ element: XMLElement, isVersion2: Bool, data: [String: String] = [:]
  ) -> Segment {
    var text = ""
    var codes: [InlineCode] = []
    collect(element, &text, &codes, isVersion2: isVersion2, data: data)
    return Segment(text, codes: codes)
  }

  /// The names of our codes carry the format that they come from.
  static let prefix1 = "xlf:"
  static let prefix2 = "xlf2:"

  private static func collect(
    _ element: XMLElement, _ text: inout String, _ codes: inout [InlineCode], isVersion2: Bool,
    data: [String: String]
  ) {
    for child in element.children {
      switch child {
      case .text(let piece): text += piece
      case .element(let inner):
        code(inner, &text, &codes, isVersion2: isVersion2, data: data)
      }
    }
  }

  private static func code(
    _ element: XMLElement, _ text: inout String, _ codes: inout [InlineCode], isVersion2: Bool,
    data: [String: String]
  ) {
    let local = element.name.local
    let name = (isVersion2 ? prefix2 : prefix1) + local
    func append(_ kind: InlineCode.Kind, reference: String = "dataRef", held: Bool = false) {
      var content: [InlineCode.Content] = []
      if held, !element.text.isEmpty { content = [.data(element.text)] }
      if let id = element.attribute(reference), let native = data[id], !native.isEmpty {
        content = [.data(native)]
      }
      codes.append(
        InlineCode(
          utf8Offset: text.utf8.count, kind: kind, name: name, attributes: element.attributes,
          content: content))
    }
    switch local {
    case "g", "pc":
      append(.open, reference: "dataRefStart")
      collect(element, &text, &codes, isVersion2: isVersion2, data: data)
      append(.close, reference: "dataRefEnd")
    case "bx", "sc": append(.open)
    case "ex", "ec": append(.close)
    case "x", "cp": append(.standalone)
    case "ph": append(.standalone, held: true)
    case "bpt": append(.open, held: true)
    case "ept": append(.close, held: true)
    case "it":
      append(element.attribute("pos") == "close" ? .isolatedClose : .isolatedOpen, held: true)
    case "sm", "em": break
    case "mrk":
      append(.highlightStart)
      collect(element, &text, &codes, isVersion2: isVersion2, data: data)
      codes.append(
        InlineCode(utf8Offset: text.utf8.count, kind: .highlightEnd, name: name))
    default:
      // A foreign element: its text is read, as other readers do.
      collect(element, &text, &codes, isVersion2: isVersion2, data: data)
    }
  }
}
