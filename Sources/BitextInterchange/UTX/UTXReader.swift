public import BitextCore

/// Reads UTX glossaries.
///
/// Source: UTX 1.11 specification, AAMT.
public final class UTXReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public var unitPosition: TextPosition { units.position }

  private var units = HeldUnits()

  /// Reads a file.
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
    let reporter = Reporter(file: source.name, report: report)
    let text = try WholeText(source, options: options, reporter: reporter, label: { _ in nil })
    var languages: [LanguageTag] = options.languages
    var columns = ["src", "tgt", "src:pos"]
    var hasHeader = false
    for (number, line) in text.lines.enumerated() {
      let position = TextPosition(line: number + 1, column: 1, byteOffset: 0)
      if line.hasPrefix("#") {
        let content = String(line.dropFirst())
        if content.hasPrefix("UTX") {
          hasHeader = true
          let fields = content.split(separator: ";").map { String($0).trimmingWhitespace }
          let pair = (fields.dropFirst().first ?? "").split(separator: "/").compactMap {
            LanguageTag(String($0).trimmingWhitespace)
          }
          if languages.isEmpty { languages = pair }
        } else if content.contains("\t") {
          columns = content.split(separator: "\t", omittingEmptySubsequences: false)
            .map { String($0).trimmingWhitespace }
        }
        continue
      }
      if line.allSatisfy(\.isWhitespace) { continue }
      guard hasHeader, let first = languages.first else {
        throw Self.failure(
          source.name, "header", position,
          "found a row, expected a line \"#UTX …; en/es; …\" before it")
      }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count <= columns.count else {
        let error = Self.failure(
          source.name, "row", position,
          "found a row of \(cells.count) cells, expected \(columns.count) as in the header")
        guard options.mode == .lenient else { throw error }
        reporter.send(.error, code: "row", at: position, error.diagnostic.message)
        summary.rejected += 1
        continue
      }
      if let unit = Self.unit(
        cells, columns, first, languages.dropFirst().first ?? .undetermined)
      {
        units.append(unit, at: position)
      }
    }
    reporter.finish()
  }

  public func next() throws(InterchangeError) -> TranslationUnit? {
    guard let unit = units.next() else { return nil }
    summary.read += 1
    return unit
  }

  private static func unit(
    _ cells: [String], _ columns: [String], _ source: LanguageTag, _ target: LanguageTag
  ) -> TranslationUnit? {
    var left: Variant?
    var right: Variant?
    var properties: [Property] = []
    var leftProperties: [Property] = []
    var rightProperties: [Property] = []
    var notes: [Note] = []
    var identifier: String?
    for (column, cell) in zip(columns, cells) where !cell.isEmpty && cell != "-" {
      switch column.lowercased() {
      case "src": left = Variant(source, cell)
      case "tgt": right = Variant(target, cell)
      case "src:pos":
        leftProperties.append(Property(name: GlossaryProperty.partOfSpeech, value: cell))
      case "tgt:pos":
        rightProperties.append(Property(name: GlossaryProperty.partOfSpeech, value: cell))
      case "term status":
        rightProperties.append(Property(name: GlossaryProperty.status, value: cell))
      case "concept id": identifier = cell
      case "comment", "note": notes.append(Note(cell))
      default:
        if column.hasPrefix("src:") {
          leftProperties.append(Property(name: "x-" + column.dropFirst(4), value: cell))
        } else if column.hasPrefix("tgt:") {
          rightProperties.append(Property(name: "x-" + column.dropFirst(4), value: cell))
        } else {
          properties.append(Property(name: "x-" + column, value: cell))
        }
      }
    }
    left?.properties = leftProperties
    right?.properties = rightProperties
    let variants = [left, right].compactMap(\.self)
    guard !variants.isEmpty else { return nil }
    return TranslationUnit(
      identifier: identifier, variants: variants, properties: properties, notes: notes)
  }

  private static func failure(
    _ file: String, _ code: String, _ position: TextPosition, _ message: String
  ) -> InterchangeError {
    InterchangeError(
      kind: .badData,
      diagnostic: Diagnostic(
        severity: .error, code: code, file: file, position: position, message: message))
  }
}
