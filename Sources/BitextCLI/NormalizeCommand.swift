internal import ArgumentParser
internal import Bitext

struct NormalizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "normalize",
    abstract: "Brings a text into a normal form, or into a key for comparing.",
    discussion: """
      The keys are made line by line. Stored text never changes; a key is for comparing only.

      Examples:
        bitext normalize --language es --form nfc carta.txt
        echo '“Ｓｗｉｆｔ” 語言' | bitext normalize --language zh --form match
      """)

  @Option(help: "The language of the text, such as en, es or zh.")
  var language: LanguageTag

  @Option(help: "The form.")
  var form: Form

  @Flag(help: "Answer JSON objects, one a line: {\"id\":1,\"text\":\"…\"}.")
  var jsonl = false

  @Option(help: "With --jsonl, what to do with a record that is bad: continue or fail.")
  var onError = OnError.continue

  @Option(help: "The encoding of the text, such as GB18030 (default: UTF-8, or what a BOM says).")
  var encoding: String?

  @Flag(help: "Put U+FFFD in the place of bytes that are not of the encoding, and say how many.")
  var lenient = false

  @Option(name: .customShort("o"), help: "The file to write (default: standard output).")
  var output = "-"

  @Argument(help: "The text; - is standard input.")
  var file = "-"

  func run() async throws {
    let normalizer = form.normalizer(language)
    if jsonl {
      try await JSONLines(onError: onError).filter(Text.self) { Text(text: normalizer($0.text)) }
      return
    }
    let reader = try ParagraphReader(file, encoding: encoding, replacesMalformed: lenient)
    let result = try OutputFile(output)
    while let piece = try reader.next() {
      let end = piece.endsParagraph ? piece.text.endIndex : form.safeEnd(of: piece.text)
      let text = end == piece.text.endIndex ? piece.text : String(piece.text[..<end])
      if end < piece.text.endIndex { reader.giveBack(piece.text[end...]) }
      try result.write(form.isKey ? Self.keys(of: text, normalizer) : normalizer(text))
    }
    try result.finish()
    Diagnostics.warn(replacements: reader.replacementCount, in: file)
  }

  /// The key of each line, on a line of its own.
  private static func keys(of text: String, _ normalizer: (String) -> String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.map { normalizer(String($0)) + "\n" }.joined()
  }

  /// The forms that can be asked for.
  enum Form: String, ExpressibleByArgument, CaseIterable, Sendable {
    case nfc, nfkc, match, search
    /// The token key of the memory, its tokens separated by a space.
    case key

    /// Whether texts are taken line by line.
    var isKey: Bool { self != .nfc && self != .nfkc }

    /// Where a text that goes on can be cut so that the forms of both parts make up its form: after
    /// its last line feed.
    func safeEnd(of text: String) -> String.Index {
      let bytes = text.utf8
      return bytes.lastIndex(of: 0x0A).map { bytes.index(after: $0) } ?? text.startIndex
    }

    /// What brings a text into the form.
    func normalizer(_ language: LanguageTag) -> @Sendable (String) -> String {
      let form: NormalForm
      switch self {
      case .nfc: form = .nfc
      case .nfkc: form = .nfkc
      case .match: form = .match
      case .search: form = .search
      case .key: return { TokenKey($0).tokens.joined(separator: " ") }
      }
      let normalizer = TextNormalizer(form, language: language)
      return { normalizer($0) }
    }
  }

  private struct Text: Codable, Sendable {
    var text: String
  }
}
