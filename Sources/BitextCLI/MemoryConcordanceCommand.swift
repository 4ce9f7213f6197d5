public import ArgumentParser
public import Bitext

extension ConcordanceQuery.Side: ExpressibleByArgument {}
extension ConcordanceQuery.Mode: ExpressibleByArgument {}

struct MemoryConcordanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "concordance",
    abstract: "Shows where words were used, and how they were translated.",
    discussion: """
      The newest come first. Brackets mark the words, and what translates them where lexicons know it.

      Examples:
        bitext memory concordance my.memory --language en "digital leviathan"
        bitext memory concordance my.memory --language zh 利维坦 --limit 20
        bitext memory concordance my.memory --language es "privaci*"
        bitext memory concordance my.memory --language en --mode pattern "colou?r"
        bitext memory concordance my.memory --language zh 数字 --limit 20 --offset 20
        bitext memory concordance my.memory --language en privacy --glossary digital-human-rights
      """)

  @OptionGroup var location: MemoryLocation

  @Option(help: "The language of the words.")
  var language: LanguageTag

  @Option(
    help:
      "source: texts that others translate; target: texts that translate others; any: all of the language."
  )
  var side = ConcordanceQuery.Side.any

  @Option(
    help:
      "phrase, all (in any order), prefix (the last word may go on), exact (as written), or pattern: a regular expression, for which every text is read."
  )
  var mode = ConcordanceQuery.Mode.phrase

  @Option(help: "The largest number of hits; the total is counted in any case.")
  var limit = 100

  @Option(help: "How many hits to pass over, for the next page.")
  var offset = 0

  @Option(help: "What marks translations: default, none or a lexicon file; may be repeated.")
  var lexicon: [String] = []

  @Option(
    help: "A glossary whose terms mark translations first; a file, a memory or a name; repeatable.")
  var glossary: [String] = []

  @Flag(
    help: "Answer one JSON object; without QUERY, one for each record {\"id\":1,\"text\":\"…\"}.")
  var jsonl = false

  @Option(help: "With --jsonl, what to do with a record that is bad: continue or fail.")
  var onError = OnError.continue

  @Argument(help: "The words.")
  var query: String?

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit is 0 or more, found \(limit)") }
    guard offset >= 0 else { throw ValidationError("--offset is 0 or more, found \(offset)") }
    if query == nil, !jsonl { throw ValidationError("expected words to look for") }
  }

  func run() async throws {
    let memory = try location.open()
    try location.warn(of: [language], in: memory)
    let (language, mode, side, limit, offset) = (language, mode, side, limit, offset)
    let resources = try KnowledgeResources(
      lexicons: lexicon.isEmpty ? ["default"] : lexicon, glossaries: glossary)
    var marker: (any TranslationMarker)? =
      lexicon == ["none"] && glossary.isEmpty ? nil : LexiconMarker(resources.knowledge)
    if !glossary.isEmpty {
      marker = GlossaryMarker(
        try glossary.flatMap { try Knowledge.glossary($0) },
        otherwise: lexicon == ["none"] ? nil : marker)
    }
    let chosen = marker
    @Sendable func ask(_ text: String) throws -> ConcordancePage {
      try memory.concordance(
        ConcordanceQuery(
          text, language: language, mode: mode, side: side, limit: limit, offset: offset),
        marker: chosen)
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
      page.total > page.hits.count
        ? "\(page.hits.count) of \(page.total)" + (offset > 0 ? " after \(offset)" : "")
        : "\(page.total) found")
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
              marked: $0.marked.map { [$0.start, $0.end] },
              confidence: $0.confidence.map { ($0.probability * 1000).rounded() / 1000 })
          })
      }
    }
  }
}
