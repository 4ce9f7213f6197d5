internal import ArgumentParser
internal import Bitext

struct LinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Links the words of sentences with the words of their translations.",
    discussion: """
      Line n of the one file translates line n of the other. Examples:
        bitext link en.txt es.txt --languages en,es
        bitext link en.txt zh.txt --languages en,zh --tokenized --train more.tsv --format jsonl
      """)

  @Argument(help: "Two files, a sentence a line.")
  var files: [String] = []

  @OptionGroup var documents: DocumentOptions

  @Flag(help: "Words are separated by single spaces.")
  var tokenized = false

  @Option(help: "A lexicon: default, none or a file; may be repeated.")
  var lexicon: [String] = []

  @Option(help: "Two columns of raw text in the order of --languages, linked jointly.")
  var train: String?

  @Option(help: "How the two directions become one set of links.")
  var symmetrize = LinkRule.posterior

  @Option(help: "pharaoh: i-j pairs, from 0; jsonl: links with their confidence.")
  var format = LinkFormat.pharaoh

  @Flag(help: #"Read {"id":1,"texts":{"en":"…","es":"…"}} a line from standard input."#)
  var jsonl = false

  @Option(help: "What to do with a bad record: continue or fail.")
  var onError = OnError.continue

  @OptionGroup var verbosity: VerbosityOptions

  func run() async throws {
    if jsonl {
      try await filter()
    } else {
      try linkFiles()
    }
  }

  private func linkFiles() throws {
    guard files.count == 2 else {
      throw UsageError("found \(files.count) files, expected two")
    }
    let read = try documents.read(files)
    let lines = read.map { $0.document.text.lines }
    guard lines[0].count == lines[1].count else {
      throw DataError(
        "\(files[0]) has \(lines[0].count) lines, \(files[1]) has \(lines[1].count)",
        place: files[1])
    }
    let cutters = read.map { WordCutter(language: $0.language, isTokenized: tokenized) }
    let linker = try Linker(
      lexicon, languages: read.map(\.language), rule: symmetrize.rule)
    var corpus = LinkCorpus()
    let pairs = zip(lines[0], lines[1]).map { source, target in
      [cutters[0].words(in: source), cutters[1].words(in: target)]
    }
    for pair in pairs { corpus.append(source: pair[0], target: pair[1]) }
    if !verbosity.quiet {
      for pair in corpus.cutPairs {
        Diagnostics.warn(
          "more than \(LinkCorpus.maximumWords) words on a side, linked in parts",
          place: "\(files[0]):\(pair + 1)")
      }
    }
    if let train {
      try addTraining(train, languages: read.map(\.language), to: &corpus)
    }
    let output = try OutputFile("-")
    for (index, links) in linker.links(of: corpus, words: pairs).enumerated() {
      switch format {
      case .pharaoh:
        try output.write(
          links.map { "\($0.source)-\($0.target)" }.joined(separator: " ") + "\n")
      case .jsonl:
        try output.write(
          try JSONLines.encode(NumberedLinks(id: index + 1, links: links.map(LinkRecord.init))))
      }
    }
    try output.finish()
  }

  private func addTraining(
    _ file: String, languages: [LanguageTag], to corpus: inout LinkCorpus
  ) throws {
    let document = try TextDocument(contentsOf: file, encoding: documents.encoding)
    let cutters = languages.map { WordCutter(language: $0, isTokenized: false) }
    for (index, line) in document.text.lines.enumerated() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count == 2 else {
        throw DataError(
          "found \(columns.count) columns, expected two", place: "\(file):\(index + 1)")
      }
      corpus.appendTraining(
        source: cutters[0].words(in: String(columns[0])),
        target: cutters[1].words(in: String(columns[1])))
    }
  }

  private func filter() async throws {
    guard files.isEmpty else { throw UsageError("--jsonl reads standard input, not files") }
    guard let languages = documents.languages?.tags, languages.count == 2,
      languages[0] != languages[1]
    else { throw UsageError("--jsonl needs --languages with two languages, such as en,zh") }
    let cutters = languages.map { WordCutter(language: $0, isTokenized: tokenized) }
    let linker = try Linker(lexicon, languages: languages, rule: symmetrize.rule)
    try await JSONLines(onError: onError).filter(LinkRequest.self) { request in
      let texts = try languages.map { language in
        guard let text = request.texts.first(where: { LanguageTag($0.key) == language })?.value
        else {
          throw DataError("\"texts\" has no \"\(language)\"", place: nil)
        }
        return text
      }
      let words = zip(cutters, texts).map { $0.words(in: $1) }
      var corpus = LinkCorpus()
      corpus.append(source: words[0], target: words[1])
      return LinkReply(
        links: linker.links(of: corpus, words: [words])[0].map(LinkRecord.init))
    }
  }
}

/// Links pairs with what is known of their languages.
private struct Linker: Sendable {
  private let lexicons: CombinedEvidence
  private let model: LinkModel?
  private let languages: [LanguageTag]
  private let rule: LinkSymmetrization
  private let attachments: [LinkAttachment]

  /// - Parameter names: `default`, `none` or files; none of them for `default`.
  init(_ names: [String], languages: [LanguageTag], rule: LinkSymmetrization) throws {
    let knowledge = try KnowledgeResources(
      lexicons: names.isEmpty ? ["default"] : names, glossaries: []
    ).knowledge
    lexicons = CombinedEvidence(knowledge.lexicons)
    model = knowledge.linkModel(from: languages[0], to: languages[1])
    self.languages = languages
    self.rule = rule
    attachments = languages.map(LinkAttachment.init(language:))
  }

  /// The links of the wanted pairs, whose words are given again.
  func links(of corpus: LinkCorpus, words: [[[String]]]) -> [[WordLink]] {
    let priors = corpus.priors(from: lexicons, source: languages[0], target: languages[1])
    let posteriors = WordAligner().posteriors(of: corpus, priors: priors, model: model)
    return zip(posteriors, words).map { posterior, words in
      posterior.links(
        by: rule, source: (words[0], attachments[0]), target: (words[1], attachments[1]))
    }
  }
}

/// The rules of symmetrisation, as the command line names them.
enum LinkRule: String, ExpressibleByArgument, CaseIterable {
  case posterior
  case intersection
  case growDiagonal = "grow-diag"
  case growDiagonalFinalAnd = "grow-diag-final-and"

  var rule: LinkSymmetrization {
    switch self {
    case .posterior: .standard
    case .intersection: .intersection
    case .growDiagonal: .growDiagonal
    case .growDiagonalFinalAnd: .growDiagonalFinalAnd
    }
  }
}

enum LinkFormat: String, ExpressibleByArgument, CaseIterable {
  case pharaoh
  case jsonl
}

/// Cuts a line by spaces or by the rules of its language.
private struct WordCutter: Sendable {
  private let tokenizer: LinkTokenizer
  private let isTokenized: Bool

  init(language: LanguageTag, isTokenized: Bool) {
    tokenizer = LinkTokenizer(language: language)
    self.isTokenized = isTokenized
  }

  func words(in line: String) -> [String] {
    isTokenized ? line.split(separator: " ").map(String.init) : tokenizer.words(in: line)
  }
}

private struct LinkRequest: Decodable, Sendable {
  let texts: [String: String]
}

private struct LinkReply: Encodable, Sendable {
  let links: [LinkRecord]
}

private struct NumberedLinks: Encodable {
  let id: Int
  let links: [LinkRecord]
}

/// `[i, j, confidence]`
private struct LinkRecord: Encodable, Sendable {
  let link: WordLink

  init(_ link: WordLink) { self.link = link }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(link.source)
    try container.encode(link.target)
    try container.encode((link.confidence.probability * 1000).rounded() / 1000)
  }
}
