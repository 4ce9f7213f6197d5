internal import BitextCore

/// Finds out what a file is: by its content first, then by its name.
enum FormatRecognizer {
  /// The format of an input.
  ///
  /// - Throws: `InterchangeError` when the name says another format than the content, or neither says any.
  static func format(of bytes: InputBytes) throws(InterchangeError) -> FileFormat {
    let sample = try bytes.peek(8192)
    let named = FileFormat(fileName: bytes.name)
    guard let found = format(of: sample) else {
      if let named {
        // Headerless tables and documents do not say what they are.
        if named == .text, text(of: sample).utf8.contains(0x09) { return .omegat }
        return named
      }
      if sample.isEmpty {
        throw failure(bytes.name, "found an empty file, expected a known format")
      }
      let start = text(of: sample)
      if start.drop(while: \.isWhitespace).first == "<" { return .tmx }
      if start.utf8.contains(0x09) { return .tsv }
      throw failure(
        bytes.name, "found a file of no known format, expected one, or the name of its format")
    }
    if let named, family(named) != family(found.format), family(named) != .document,
      family(named) != .table || family(found.format) != .document
    {
      throw failure(
        bytes.name, "found \(found.name), expected \(display(named)) as the file's name says")
    }
    // Error pages are saved under any name: only its own says that a page is wanted.
    if found.format == .html, named == nil {
      throw failure(
        bytes.name,
        "found \(found.name), expected a file of translations, or a name such as page.html")
    }
    return found.format
  }

  private enum Family { case tmx, tbx, xliff, table, po, catalog, document }

  private static func family(_ format: FileFormat) -> Family {
    switch format {
    case .tmx: .tmx
    case .tbx, .tbxDCT, .tbx2: .tbx
    case .xliff, .xliff2: .xliff
    case .csv, .tsv, .utx, .omegat: .table
    case .po: .po
    case .xcstrings: .catalog
    case .text, .markdown, .html, .srt: .document
    }
  }

  static func display(_ format: FileFormat) -> String {
    switch format {
    case .tmx: "TMX"
    case .tbx, .tbxDCT, .tbx2: "TBX"
    case .xliff, .xliff2: "XLIFF"
    case .csv, .tsv: "a table"
    case .utx: "UTX"
    case .omegat: "an OmegaT glossary"
    case .po: "PO"
    case .xcstrings: "a String Catalog"
    case .text: "text"
    case .markdown: "Markdown"
    case .html: "HTML"
    case .srt: "subtitles"
    }
  }

  private static func failure(_ file: String, _ message: String) -> InterchangeError {
    InterchangeError(
      kind: .badData,
      diagnostic: Diagnostic(
        severity: .error, code: "format", file: file, position: .start, message: message))
  }

  /// What the first bytes of a file are sure signs of.
  private static func format(of sample: [UInt8]) -> (format: FileFormat, name: String)? {
    let start = text(of: sample)
    let body = start.drop { $0.isWhitespace }
    if body.first == "<" {
      guard let root = rootTag(body) else { return nil }
      let name = root.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
      let local = name.split(separator: ":").last.map(String.init) ?? ""
      switch local.lowercased() {
      case "tmx": return (.tmx, "TMX")
      case "martif": return (.tbx2, "TBX 2")
      case "tbx":
        let isDCT = XMLGate.pseudoAttribute("style", in: String(root))?.lowercased() == "dct"
        return (isDCT ? .tbxDCT : .tbx, "TBX 3")
      case "xliff":
        let version = XMLGate.pseudoAttribute("version", in: String(root)) ?? ""
        return version.hasPrefix("2")
          ? (.xliff2, "XLIFF \(version.excerpt)") : (.xliff, "XLIFF \(version.excerpt)")
      case "html": return (.html, "an HTML page")
      default: return nil
      }
    }
    if body.hasPrefix("WEBVTT") || (body.first == "1" && start.contains("-->")) {
      return (.srt, "subtitles")
    }
    if body.hasPrefix("#UTX") { return (.utx, "UTX") }
    if body.first == "{", body.contains("\"sourceLanguage\"") {
      return (.xcstrings, "a String Catalog")
    }
    let lines = start.split(whereSeparator: \.isNewline)
    if lines.contains(where: { $0.hasPrefix("msgid \"") }),
      lines.contains(where: { $0.hasPrefix("msgstr") })
    {
      return (.po, "PO")
    }
    return nil
  }

  /// The ASCII of a sample in any encoding that leaves ASCII alone or widens it.
  private static func text(of sample: [UInt8]) -> String {
    String(decoding: sample.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
  }

  /// What stands between `<` and `>` of the first element.
  private static func rootTag(_ text: Substring) -> Substring? {
    var rest = text
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      if rest.hasPrefix("?") || rest.hasPrefix("!--") {
        guard let end = rest.firstRange(of: rest.hasPrefix("?") ? "?>" : "-->") else { return nil }
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("!") {
        if rest.lowercased().hasPrefix("!doctype html") { return "html" }
        // The end of a DOCTYPE, which may hold declarations.
        var depth = 0
        guard
          let end = rest.firstIndex(where: { character in
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            return character == ">" && depth <= 0
          })
        else { return nil }
        rest = rest[rest.index(after: end)...]
      } else {
        return rest.firstIndex(of: ">").map { rest[..<$0] } ?? rest
      }
    }
    return nil
  }
}
