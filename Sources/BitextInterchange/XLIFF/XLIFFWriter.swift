public import BitextCore

/// Writes bilingual files: XLIFF 1.2 or 2.0, one pair of languages.
public struct XLIFFWriter: UnitWriter {
  /// Which XLIFF is written.
  public enum Version: Sendable, Hashable, CaseIterable {
    case v12
    case v20
  }

  public private(set) var losses = LossReport()

  private let version: Version
  private let pair: TranslationDirection
  private var xml: XMLWriter
  private var number = 0
  private var hasBegun = false

  /// - Parameters:
  ///   - sink: Where the bytes go.
  ///   - pair: The languages; units without both are left out.
  public init(to sink: any ByteSink, version: Version, pair: TranslationDirection) {
    self.version = version
    self.pair = pair
    xml = XMLWriter(to: sink)
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    begin()
    guard let (source, target) = pair.pick(unit, &losses) else { return }
    number += 1
    losses.add(
      "properties", unit.properties.count + source.properties.count + target.properties.count)
    losses.add(
      "dates and authors",
      [unit.provenance, source.provenance, target.provenance].filter { $0 != Provenance() }.count)
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
        "  <file original=\"bitext\" source-language=\"\(pair.source.identifier)\" target-language=\"\(pair.target.identifier)\" datatype=\"plaintext\">\n    <body>\n"
      )
    case .v20:
      xml.raw(
        "<xliff version=\"2.0\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" srcLang=\"\(pair.source.identifier)\" trgLang=\"\(pair.target.identifier)\">\n  <file id=\"f1\">\n"
      )
    }
  }

  // MARK: XLIFF 1.2

  private mutating func version1(
    _ unit: TranslationUnit, _ source: Variant, _ target: Variant
  ) throws(XMLWriter.UnwritableCharacter) {
    xml.raw("      <trans-unit id=\"\(number)\"")
    if let identifier = unit.identifier { try xml.attribute("resname", identifier) }
    xml.raw(" xml:space=\"preserve\">\n        <source")
    try xml.attribute("xml:lang", source.language.identifier)
    xml.raw(">")
    try content(source.segment, data: nil)
    xml.raw("</source>\n        <target")
    try xml.attribute("xml:lang", target.language.identifier)
    xml.raw(" state=\"translated\">")
    try content(target.segment, data: nil)
    xml.raw("</target>\n")
    for note in unit.notes + source.notes + target.notes {
      xml.raw("        <note>")
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
    let data = NativeData([source.segment, target.segment])
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
    try content(source.segment, data: data)
    xml.raw("</source>\n        <target>")
    try content(target.segment, data: data)
    xml.raw("</target>\n      </segment>\n    </unit>\n")
  }

  // MARK: Codes

  /// The native codes of a unit, each once.
  private struct NativeData {
    var texts: [String] = []

    init(_ segments: [Segment]) {
      for code in segments.flatMap(\.codes) {
        let text = code.nativeText
        if !text.isEmpty, !texts.contains(text) { texts.append(text) }
      }
    }

    func reference(_ code: InlineCode) -> String? {
      texts.firstIndex(of: code.nativeText).map { "d\($0 + 1)" }
    }
  }

  /// Writes text and codes; `data` is there in XLIFF 2.
  private mutating func content(
    _ segment: Segment, data: NativeData?
  ) throws(XMLWriter.UnwritableCharacter) {
    let utf8 = segment.text.utf8
    var index = utf8.startIndex
    var offset = 0
    var open: [(key: String, id: Int)] = []
    var marks = 0
    let pairs = CodePairs(segment.codes)
    for (place, code) in segment.codes.enumerated() {
      if code.utf8Offset > offset {
        let end = utf8.index(index, offsetBy: code.utf8Offset - offset)
        try xml.text(String(segment.text[index..<end]))
        index = end
        offset = code.utf8Offset
      }
      let id = place + 1
      let native = code.nativeText
      let reference = data?.reference(code).map { " dataRef=\"\($0)\"" } ?? ""
      switch code.kind {
      case .highlightStart:
        marks += 1
        open.append((code.name, id))
        xml.raw(data == nil ? "<mrk mtype=\"x-mark\">" : "<mrk id=\"m\(id)\" type=\"bitext:mark\">")
      case .highlightEnd:
        if !open.isEmpty {
          open.removeLast()
          xml.raw("</mrk>")
        }
      case .open:
        if let data {
          _ = data
          xml.raw(
            "<sc id=\"\(id)\"\(reference)\(pairs.partner[place] == nil ? " isolated=\"yes\"" : "")/>"
          )
        } else if pairs.partner[place] != nil {
          xml.raw("<bpt id=\"\(id)\">")
          try xml.text(native)
          xml.raw("</bpt>")
        } else {
          try isolated(id, "open", native)
        }
      case .close:
        if let start = pairs.partner[place] {
          if data != nil {
            xml.raw("<ec startRef=\"\(start + 1)\"\(reference)/>")
          } else {
            xml.raw("<ept id=\"\(start + 1)\">")
            try xml.text(native)
            xml.raw("</ept>")
          }
        } else if data != nil {
          xml.raw("<ec id=\"\(id)\" isolated=\"yes\"\(reference)/>")
        } else {
          try isolated(id, "close", native)
        }
      case .isolatedOpen:
        if data != nil {
          xml.raw("<sc id=\"\(id)\" isolated=\"yes\"\(reference)/>")
        } else {
          try isolated(id, "open", native)
        }
      case .isolatedClose:
        if data != nil {
          xml.raw("<ec id=\"\(id)\" isolated=\"yes\"\(reference)/>")
        } else {
          try isolated(id, "close", native)
        }
      case .standalone, .unknown:
        if data != nil {
          xml.raw("<ph id=\"\(id)\"\(reference)/>")
        } else {
          xml.raw("<ph id=\"\(id)\">")
          try xml.text(native)
          xml.raw("</ph>")
        }
      }
    }
    try xml.text(String(segment.text[index...]))
    for _ in open { xml.raw("</mrk>") }
  }

  private mutating func isolated(
    _ id: Int, _ position: String, _ native: String
  ) throws(XMLWriter.UnwritableCharacter) {
    xml.raw("<it id=\"\(id)\" pos=\"\(position)\">")
    try xml.text(native)
    xml.raw("</it>")
  }
}

/// Which opening code belongs to which closing one.
struct CodePairs {
  /// For a code by its place, the place of its partner.
  private(set) var partner: [Int: Int] = [:]

  init(_ codes: [InlineCode]) {
    var open: [(place: Int, key: String?, name: String)] = []
    for (place, code) in codes.enumerated() {
      let key = Self.key(code)
      if code.kind == .open {
        open.append((place, key, code.name))
      } else if code.kind == .close {
        let match =
          key != nil ? open.lastIndex { $0.key == key } : open.indices.last
        if let match {
          let start = open.remove(at: match).place
          partner[start] = place
          partner[place] = start
        }
      }
    }
  }

  /// What pairs two codes: TMX's `i`, or the names that XLIFF gives a pair.
  private static func key(_ code: InlineCode) -> String? {
    for name in ["i", "rid", "startRef", "id"] {
      if let value = code.attributes.first(where: { $0.name == name })?.value { return value }
    }
    return nil
  }
}

extension InlineCode {
  /// The native code that it stands for, with what is nested in it.
  var nativeText: String { Self.data(content) }

  private static func data(_ content: [Content]) -> String {
    content.map { piece in
      switch piece {
      case .data(let text): text
      case .element(_, _, let inner): data(inner)
      }
    }.joined()
  }
}

/// The two languages of a bilingual file.
public struct TranslationDirection: Sendable, Hashable {
  /// The language that was translated.
  public let source: LanguageTag
  /// The language of the translation.
  public let target: LanguageTag

  public init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }

  /// The variants of the two languages; `nil` when one is not there, which is counted as a loss.
  func pick(_ unit: TranslationUnit, _ losses: inout LossReport) -> (Variant, Variant)? {
    let source = unit.variants.first { $0.language == self.source }
    // A pair of one language is two variants of it.
    let target =
      self.source == self.target
      ? unit.variants.filter { $0.language == self.target }.dropFirst().first
      : unit.variants.first { $0.language == self.target }
    guard let source, let target else {
      losses.add("units without both languages")
      return nil
    }
    losses.add("further variants", unit.variants.count - 2)
    return (source, target)
  }
}
