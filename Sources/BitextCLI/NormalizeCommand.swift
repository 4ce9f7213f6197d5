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
    let document = try TextDocument(contentsOf: file, encoding: encoding, allowsNUL: true)
    let result = try OutputFile(output)
    if form.isKey {
      var lines = document.text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last == "" { lines.removeLast() }
      for line in lines { try result.write(normalizer(String(line)) + "\n") }
    } else {
      try result.write(normalizer(document.text))
    }
    try result.finish()
  }

  /// The forms that can be asked for.
  enum Form: String, ExpressibleByArgument, CaseIterable, Sendable {
    case nfc, nfkc, match, search
    /// The token key of the memory, its tokens separated by a space.
    case key

    /// Whether texts are taken line by line.
    var isKey: Bool { self != .nfc && self != .nfkc }

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
