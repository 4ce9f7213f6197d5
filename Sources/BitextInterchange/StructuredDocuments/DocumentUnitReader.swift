public import BitextCore
internal import BitextText

/// Reads a document as units of one language: a block a unit.
///
/// The kind of a block that is no plain paragraph stands in the prop `x-block` (`heading 2`, `list item`), by
/// which `DocumentWriter` writes it back. The language is the first that the options name, else the one
/// that the page declares, else the one that its text is written in.
public final class DocumentUnitReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public private(set) var unitPosition = TextPosition.start

  /// The name of the prop.
  static let kindProperty = "x-block"

  private let document: StructuredDocument
  private let language: LanguageTag
  private var index = 0

  init(
    _ source: InputBytes, format: FileFormat, options: ReadOptions,
    report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    document = try StructuredDocument(source, format: format, options: options, report: report)
    let text = String(document.text.prefix(4_000))
    let found =
      options.languages.first ?? document.language
      ?? LanguageIdentifier().identify(text).flatMap {
        $0.confidence.probability >= 0.5 ? $0.language : nil
      }
    if found == nil, !document.blocks.isEmpty {
      Reporter(file: source.name, report: report).send(
        .warning, code: "language", at: .start,
        "found no language, expected it to be named; it was read as und")
    }
    language = found ?? .undetermined
  }

  public func next() throws(InterchangeError) -> TranslationUnit? {
    guard index < document.blocks.count else { return nil }
    let block = document.blocks[index]
    index += 1
    summary.read += 1
    return TranslationUnit(
      sourceLanguage: language, variants: [Variant(language, block.text)],
      properties: block.kind == .paragraph
        ? [] : [Property(name: Self.kindProperty, value: block.kind.name)])
  }
}
