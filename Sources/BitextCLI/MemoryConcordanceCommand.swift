public import ArgumentParser
public import Bitext

extension ConcordanceQuery.Side: ExpressibleByArgument {}
extension ConcordanceQuery.Mode: ExpressibleByArgument {}

struct MemoryConcordanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "concordance",
    abstract: "Shows where words were used, and how they were translated.",
    discussion: """
      Examples:
        bitext memory concordance my.memory --language en "digital leviathan"
        bitext memory concordance my.memory --language zh 利维坦 --limit 20
        bitext memory concordance my.memory --language es "privaci*"
      """)

  @OptionGroup var location: MemoryLocation

  @Option(help: "The language of the words.")
  var language: LanguageTag

  @Option(help: "source looks only into texts that others translate; any into all of the language.")
  var side = ConcordanceQuery.Side.any

  @Option(help: "phrase, all (in any order), prefix (the last word may go on) or exact.")
  var mode = ConcordanceQuery.Mode.phrase

  @Option(help: "The largest number of hits; the total is counted in any case.")
  var limit = 100

  @Flag(
    help: "Answer one JSON object; without QUERY, one for each record {\"id\":1,\"text\":\"…\"}.")
  var jsonl = false

  @Option(help: "With --jsonl, what to do with a record that is bad: continue or fail.")
  var onError = OnError.continue

  @Argument(help: "The words.")
  var query: String?

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit is 0 or more, found \(limit)") }
    if query == nil, !jsonl { throw ValidationError("expected words to look for") }
  }

  func run() async throws {
    let memory = try location.open()
    try location.warn(of: [language], in: memory)
    let (language, mode, side, limit) = (language, mode, side, limit)
    @Sendable func ask(_ text: String) throws -> ConcordancePage {
      try memory.concordance(
        ConcordanceQuery(text, language: language, mode: mode, side: side, limit: limit))
    }
    guard let query else {
      try await JSONLines(onError: onError).filter(Record.self) { Answer(try ask($0.text)) }
      return
    }
    let page = try ask(query)
    if jsonl {
      print(try JSONLines.encode(Answer(page)), terminator: "")
      return
    }
    for hit in page.hits {
      print("unit \(hit.unit)")
      print("  \(hit.language)  \(Self.mark(hit.segment.text, hit.spans))")
      for translation in hit.translations {
        print(
          "  \(translation.language)  \(Self.mark(translation.segment.text, translation.marked))")
      }
    }
    print(
      page.total > page.hits.count ? "\(page.hits.count) of \(page.total)" : "\(page.total) found")
  }

  private struct Record: Decodable, Sendable {
    let text: String
  }

  /// Puts brackets around what was looked for.
  private static func mark(_ text: String, _ spans: [TextSpan]) -> String {
    var marked = ""
    var end: UInt32 = 0
    for span in spans where span.start >= end {
      marked += text[TextSpan(start: end, end: span.start)] + "[" + text[span] + "]"
      end = span.end
    }
    return marked + text[TextSpan(start: end, end: UInt32(text.utf8.count))]
  }

  private struct Answer: Encodable {
    struct Hit: Encodable {
      let unit: Int64
      let language: String
      let text: String
      let utf8: [[UInt32]]
      let translations: [Translation]
    }
    struct Translation: Encodable {
      let language: String
      let text: String
      let marked: [[UInt32]]
      let confidence: Double?
    }
    let hits: [Hit]
    let total: Int

    init(_ page: ConcordancePage) {
      total = page.total
      hits = page.hits.map { hit in
        Hit(
          unit: hit.unit, language: hit.language.identifier, text: hit.segment.text,
          utf8: hit.spans.map { [$0.start, $0.end] },
          translations: hit.translations.map {
            Translation(
              language: $0.language.identifier, text: $0.segment.text,
              marked: $0.marked.map { [$0.start, $0.end] }, confidence: $0.confidence?.probability)
          })
      }
    }
  }
}
