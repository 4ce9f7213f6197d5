public import BitextCore

/// Fills the empty targets of a bilingual file: XLIFF, PO or a String Catalog.
///
///     let filler = TargetFiller(languages: ["en", "es"])
///     let filled = try filler.fill(.file("app.xliff")) { target in lookUp(target) }
///     try OutputFile("app.xliff").write(filled.bytes)
///
/// What is filled is marked for review: `state="needs-review-translation"` in XLIFF 1.2, `state="initial"`
/// with a sub-state in XLIFF 2, `fuzzy` in PO, `needs_review` in a catalog. Everything else stays as it is,
/// byte for byte: the answer is the file with insertions.
public struct TargetFiller: Sendable {
  /// The source and the target language, where the file does not say. A String Catalog holds many: its target
  /// is the last.
  public var languages: [LanguageTag]
  /// The encoding of the file; `nil` for what it says.
  public var encoding: String?
  /// The format; `nil` to find it out.
  public var format: FileFormat?

  public init(
    languages: [LanguageTag] = [], encoding: String? = nil, format: FileFormat? = nil
  ) {
    self.languages = languages
    self.encoding = encoding
    self.format = format
  }

  /// What became of a file.
  public struct Outcome: Sendable, Hashable {
    /// The file, with what was found.
    public let bytes: [UInt8]
    /// How many texts had no translation.
    public let open: Int
    /// How many of them have one now.
    public let filled: Int
  }

  /// Fills a file.
  ///
  /// - Parameters:
  ///   - report: Is told of warnings.
  ///   - answer: Gives the translation of a text, or `nil` to leave it empty.
  /// - Throws: `InterchangeError` when the file is not what it should be, or what `answer` throws.
  /// - Complexity: O(length of the file) besides the answers.
  public func fill(
    _ source: InputSource, report: ((Diagnostic) -> Void)? = nil,
    answer: (OpenTarget) throws -> Segment?
  ) throws -> Outcome {
    let original = try Self.allBytes(source)
    let found: FileFormat
    if let format {
      found = format
    } else {
      found = try FormatRecognizer.format(of: InputBytes(.bytes(original, name: source.name)))
    }
    let input = InputSource.bytes(original, name: source.name)
    let options = ReadOptions(encoding: encoding, languages: languages)
    let text: FilledText
    let groups: [OpenGroup]
    switch found {
    case .xliff, .xliff2:
      text = try FilledText(
        original, source.name, options, label: XMLEventReader.label, report: report)
      groups = try XLIFFTargets(text.bytes, name: source.name, options: options, report: report)
        .groups
    case .po:
      text = try FilledText(original, source.name, options, label: POReader.charset, report: report)
      groups = try POTargets(text.bytes, name: source.name, options: options, report: report).groups
    case .xcstrings:
      text = try FilledText(original, source.name, options, label: { _ in nil }, report: report)
      groups = try CatalogTargets(text.bytes, name: source.name, options: options, report: report)
        .groups
    default:
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "format", file: input.name, position: .start,
          message:
            "found \(FormatRecognizer.display(found)), expected XLIFF, PO or a String Catalog"))
    }
    var edits: [TextEdit] = []
    var open = 0
    var filled = 0
    for group in groups {
      let answers = try group.targets.map { try answer($0) }
      open += answers.count
      filled += answers.filter { $0 != nil }.count
      if answers.contains(where: { $0 != nil }) { edits += group.edits(answers) }
    }
    return Outcome(bytes: try text.edited(edits), open: open, filled: filled)
  }

  private static func allBytes(_ source: InputSource) throws(InterchangeError) -> [UInt8] {
    let input = try InputBytes(source)
    var bytes: [UInt8] = []
    while true {
      let piece = try input.next()
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }
}

/// A file on its way from its encoding to UTF-8 and back.
struct FilledText {
  /// The text in UTF-8, without a byte order mark.
  let bytes: [UInt8]
  private let original: [UInt8]
  private let mark: Int
  private let encoding: String
  private let name: String

  init(
    _ original: [UInt8], _ name: String, _ options: ReadOptions, label: ([UInt8]) -> String?,
    report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    let decoder = try InputDecoder(
      InputBytes(.bytes(original, name: name)), options: options, label: label)
    var decoded: [UInt8] = []
    while try decoder.decode(into: &decoded) {}
    if let finding = decoder.findings.first(where: \.isFatal) {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: finding.code, file: name,
          position: TextPosition(of: min(finding.offset, decoded.count), in: decoded.span),
          message: finding.message))
    }
    bytes = decoded
    self.original = original
    self.name = name
    encoding = decoder.encoding
    mark = Self.lengthOfMark(original, encoding)
  }

  /// The file with changes, in its own encoding.
  func edited(_ edits: [TextEdit]) throws(InterchangeError) -> [UInt8] {
    if edits.isEmpty { return original }
    let changed = TextEdit.apply(edits, to: bytes)
    switch encoding {
    case "UTF-8", "US-ASCII": return original[..<mark] + changed
    case "UTF-16LE", "UTF-16BE", "UTF-16":
      let isLittle = encoding == "UTF-16LE" || original.starts(with: [0xFF, 0xFE])
      var result = Array(original[..<mark])
      result.reserveCapacity(changed.count * 2)
      for unit in String(decoding: changed, as: UTF8.self).utf16 {
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
        result += isLittle ? [low, high] : [high, low]
      }
      return result
    default:
      // Another encoding may lack the characters of the translation.
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "encoding", file: name, position: .start,
          message: "found the encoding \(encoding), expected UTF-8 or UTF-16 to fill in"))
    }
  }

  private static func lengthOfMark(_ bytes: [UInt8], _ encoding: String) -> Int {
    if encoding == "UTF-8" { return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
    return bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) ? 2 : 0
  }
}
