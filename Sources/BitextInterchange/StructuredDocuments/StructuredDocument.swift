public import BitextCore
internal import BitextText

/// The text of a Markdown, HTML or subtitle file: its blocks in reading order, without markup and code.
///
///     let document = try StructuredDocument(.file("report.md"))
///     let sentences = SegmentedText(language: "en", document: document.text)
///
/// A block never goes on in the next one: between two blocks of `text` is a blank line, which always ends
/// a sentence and a paragraph, so that structure anchors an alignment.
public struct StructuredDocument: Sendable, Hashable {
  /// A piece of text that stands by itself.
  public struct Block: Sendable, Hashable {
    /// What the block is.
    public let kind: Kind
    /// The readable text, on one line; in plain text the line breaks stay.
    public let text: String
    /// The lines of the decoded file that it comes from, in UTF-8 bytes; `nil` where the format does not
    /// tell (HTML).
    public let span: Range<Int>?

    public init(_ kind: Kind, _ text: String, span: Range<Int>? = nil) {
      self.kind = kind
      self.text = text
      self.span = span
    }
  }

  /// What a block is.
  public enum Kind: Sendable, Hashable {
    /// The title of the document.
    case title
    /// A heading, 1 to 6.
    case heading(Int)
    case paragraph
    case listItem
    case quote
    /// A cell of a table.
    case cell
    /// A caption under a figure or a table.
    case caption
    /// What is said in subtitles, from one pause to the next.
    case cue

    /// The kind as a word: `heading 2`, `list item`.
    public var name: String {
      switch self {
      case .title: "title"
      case .heading(let level): "heading \(level)"
      case .paragraph: "paragraph"
      case .listItem: "list item"
      case .quote: "quote"
      case .cell: "cell"
      case .caption: "caption"
      case .cue: "cue"
      }
    }

    /// Reads the word for a kind.
    public init?(name: String) {
      let known: [Kind] =
        [.title, .paragraph, .listItem, .quote, .cell, .caption, .cue]
        + (1...6).map { .heading($0) }
      guard let kind = known.first(where: { $0.name == name }) else { return nil }
      self = kind
    }
  }

  /// The file, as it was named.
  public let file: String
  /// The format that was read.
  public let format: FileFormat
  /// The blocks, in reading order.
  public let blocks: [Block]
  /// The language that the file says it is in.
  public let language: LanguageTag?

  /// The text of all blocks, a blank line between two of them.
  public var text: String { blocks.map(\.text).joined(separator: "\n\n") }

  /// The formats of documents.
  public static let formats: [FileFormat] = [.text, .markdown, .html, .srt]

  /// Reads a document; its format is known by its name, or else by its content.
  ///
  /// - Parameter format: The format, where nobody is to be asked.
  /// - Throws: `InterchangeError` when there is no such file, or it is not text, or not a document.
  public init(
    _ source: InputSource, format: FileFormat? = nil, options: ReadOptions = ReadOptions(),
    report: ((Diagnostic) -> Void)? = nil
  ) throws(InterchangeError) {
    let bytes = try InputBytes(source)
    let found: FileFormat
    if let format { found = format } else { found = try FormatRecognizer.format(of: bytes) }
    try self.init(bytes, format: found, options: options, report: report)
  }

  init(
    _ source: InputBytes, format: FileFormat, options: ReadOptions,
    report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    guard Self.formats.contains(format) else {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "format", file: source.name, position: .start,
          message:
            "found \(FormatRecognizer.display(format)), expected a document: text, Markdown, "
            + "HTML or subtitles"))
    }
    let reporter = Reporter(file: source.name, report: report)
    let whole = try WholeText(
      source, options: options, reporter: reporter,
      label: format == .html ? HTMLBlocks.label : { _ in nil })
    reporter.finish()
    file = source.name
    self.format = format
    switch format {
    case .html:
      var reader = try HTMLBlocks(file: source.name, limits: options.limits)
      blocks = try reader.blocks(of: Array(whole.text.utf8))
      language = reader.language
    case .markdown:
      var reader = MarkdownBlocks(file: source.name, limits: options.limits)
      blocks = try reader.blocks(of: whole.text)
      language = nil
    case .srt:
      blocks = SubtitleBlocks.blocks(of: whole.text)
      language = nil
    default:
      blocks = Self.paragraphs(of: whole.text)
      language = nil
    }
  }

  /// The paragraphs of a plain text, as they stand.
  private static func paragraphs(of text: String) -> [Block] {
    var blocks: [Block] = []
    var lines: [Substring] = []
    var start = 0
    var offset = 0
    func flush(_ end: Int) {
      guard !lines.isEmpty else { return }
      blocks.append(Block(.paragraph, lines.joined(separator: "\n"), span: start..<end))
      lines = []
    }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) {
        flush(offset)
      } else {
        if lines.isEmpty { start = offset }
        lines.append(line)
      }
      offset = text.utf8.distance(from: text.startIndex, to: line.endIndex)
    }
    flush(text.utf8.count)
    return blocks
  }
}

/// Joins the lines of one block.
enum BlockText {
  /// The text with runs of white space as one space, and none at the ends. Between two ideographs a line
  /// break stands for nothing.
  static func joined(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var hasSpace = false
    var hasBreak = false
    for scalar in text.unicodeScalars {
      if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{C}" {
        hasSpace = true
        if scalar == "\n" || scalar == "\r" { hasBreak = true }
        continue
      }
      if hasSpace, let last = result.last {
        if !(hasBreak && isIdeographic(last) && isIdeographic(scalar)) { result.append(" ") }
      }
      hasSpace = false
      hasBreak = false
      result.append(scalar)
    }
    return String(result)
  }

  /// Whether a character is of a script that is written without spaces.
  private static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x20000...0x3FFFF, 0x2014,
      0x2018...0x201D,
      0x2026:
      true
    default: false
    }
  }
}
