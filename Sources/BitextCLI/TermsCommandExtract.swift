internal import ArgumentParser
internal import Bitext

struct TermsExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Extracts a glossary from parallel texts, best entries first.",
    discussion: """
      Examples:
        bitext terms extract talk.en.txt talk.zh.txt talk.es.txt
        bitext terms extract en.txt es.txt --segmented --status accepted --format csv
        bitext terms extract talk.en.txt
      """)

  @Argument(help: "Texts that translate each other; one text alone gives its own candidates.")
  var files: [String]

  @OptionGroup var documents: DocumentOptions

  @Flag(help: "Each line is a sentence.")
  var segmented = false

  @Option(help: "tsv, csv, tmx, tbx or jsonl.")
  var format = TermsFormat.tsv

  @Option(help: "At most so many entries.")
  var limit: Int?

  @Option(help: "Only terms with so many occurrences in the first language.")
  var minimumCount = 1

  @Option(help: "accepted: only what is sure; all: candidates, too.")
  var status = StatusFilter.all

  @Option(help: "A lexicon: default, none or a file; may be repeated.")
  var lexicon: [String] = []

  @Option(help: "A glossary of known concepts, which are not proposed again; several times.")
  var glossary: [String] = []

  @Option(name: .shortAndLong, help: "Where to write (default: standard output).")
  var output = "-"

  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit is below zero") }
    if minimumCount < 1 { throw ValidationError("--minimum-count is below one") }
  }

  func run() async throws {
    let read = try documents.read(files)
    let texts = read.map { document, language in
      segmented
        ? SegmentedText(language: language, lines: document.text)
        : SegmentedText(language: language, document: document.text)
    }
    let languages = texts.map(\.language)
    let file = try OutputFile(output)
    let concepts =
      texts.count == 1 ? candidates(of: texts[0]) : try concepts(of: texts, languages)
    let kept = limit.map { Array(concepts.prefix($0)) } ?? concepts
    try format.write(kept, languages: languages, to: file)
    try file.finish()
  }

  /// The units of texts that translate each other, and who finds their terms.
  private func extraction(
    of texts: [SegmentedText], _ languages: [LanguageTag]
  ) throws -> (units: [TranslationUnit], extractor: TermExtractor, known: KnownConcepts) {
    let knowledge = try KnowledgeResources(
      lexicons: lexicon.isEmpty ? ["default"] : lexicon, glossaries: glossary
    ).knowledge
    var alignment = SentenceAligner.Options()
    alignment.lexicons = knowledge.lexicons
    alignment.glossaries = knowledge.glossaries
    let aligned = try SentenceAligner(languages, options: alignment).align(texts)
    var options = TermExtractor.Options()
    options.minimumCount = minimumCount
    let extractor = TermExtractor(
      languages: languages, lexicons: knowledge.lexicons, models: knowledge.linkModels,
      options: options)
    let known = try glossary.flatMap { try Knowledge.glossary($0) }
    return (aligned.translationUnits(of: texts), extractor, KnownConcepts(known))
  }

  /// The concepts of texts that translate each other, best first.
  private func concepts(
    of texts: [SegmentedText], _ languages: [LanguageTag]
  ) throws -> [ExtractedConcept] {
    let (units, extractor, known) = try extraction(of: texts, languages)
    return extractor.extract(from: units).filter {
      (status == .all || $0.status == .accepted) && !known.contains($0)
    }
  }

  /// The candidates of one text alone.
  private func candidates(of text: SegmentedText) -> [ExtractedConcept] {
    TermCandidateFinder(language: text.language).candidates(in: text).filter {
      $0.count >= minimumCount && (status == .all || $0.status == .accepted)
    }.map { proposal in
      ExtractedConcept(
        terms: [
          text.language: ExtractedTerm(
            text: proposal.text, count: proposal.count, isName: proposal.isName)
        ], score: proposal.score, count: proposal.count, status: proposal.status,
        evidence: TermEvidence(
          units: [], linkScore: 0, dice: 0, isName: proposal.isName, likeness: 0))
    }
  }
}

enum StatusFilter: String, ExpressibleByArgument, CaseIterable {
  case accepted
  case all
}

enum TermsFormat: String, ExpressibleByArgument, CaseIterable {
  case tsv
  case csv
  case tmx
  case tbx
  case jsonl

  func write(
    _ concepts: [ExtractedConcept], languages: [LanguageTag], to file: OutputFile
  ) throws {
    switch self {
    case .tmx:
      let header = TMXHeader(sourceLanguage: languages[0], segmentType: .phrase)
      var writer = try TMXWriter(to: file, name: file.path, header: header)
      for entry in Self.entries(concepts, languages) { try writer.write(TranslationUnit(entry)) }
      try writer.finish()
    case .tbx:
      var writer = TBXWriter(to: file)
      for entry in Self.entries(concepts, languages) { try writer.write(TranslationUnit(entry)) }
      try writer.finish()
    case .tsv, .csv, .jsonl:
      try file.write(try lines(concepts, languages: languages).joined())
    }
  }

  private static func entries(
    _ concepts: [ExtractedConcept], _ languages: [LanguageTag]
  ) -> [ConceptEntry] {
    concepts.enumerated().map {
      ConceptEntry($1, identifier: "c\($0 + 1)", languages: languages)
    }
  }

  private func lines(
    _ concepts: [ExtractedConcept], languages: [LanguageTag]
  ) throws -> [String] {
    switch self {
    case .tmx, .tbx: return []
    case .tsv, .csv:
      let header = languages.map(\.identifier) + ["score", "count", "status"]
      let rows = concepts.map { concept in
        languages.map { concept.terms[$0]?.text ?? "" } + [
          TableCell.decimal(concept.score.fraction), "\(concept.count)", concept.status.rawValue,
        ]
      }
      return ([header] + rows).map { row in
        self == .tsv
          ? row.map(TableCell.escapedForTSV).joined(separator: "\t") + "\n"
          : row.map(Self.quotedForCSV).joined(separator: ",") + "\r\n"
      }
    case .jsonl:
      return try concepts.map { concept in
        try JSONLines.encode(ConceptRecord(concept))
      }
    }
  }

  private static func quotedForCSV(_ cell: String) -> String {
    guard cell.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else {
      return cell
    }
    var quoted = "\""
    for scalar in cell.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if scalar == "\"" { quoted += "\"" }
    }
    return quoted + "\""
  }
}

/// An extracted concept as JSON.
private struct ConceptRecord: Encodable {
  struct TermRecord: Encodable {
    let text: String
    let count: Int
    let name: Bool
    let variants: [String]
  }
  struct EvidenceRecord: Encodable {
    let units: [Int]
    let linkScore: Double
    let dice: Double
    let likeness: Double
  }
  let terms: [String: TermRecord]
  let score: Double
  let count: Int
  let status: String
  let evidence: EvidenceRecord

  init(_ concept: ExtractedConcept) {
    func rounded(_ value: Double) -> Double { (value * 1000).rounded(.down) / 1000 }
    var terms: [String: TermRecord] = [:]
    for (language, term) in concept.terms {
      terms[language.identifier] = TermRecord(
        text: term.text, count: term.count, name: term.isName, variants: term.variants)
    }
    self.terms = terms
    score = rounded(concept.score.fraction)
    count = concept.count
    status = concept.status.rawValue
    evidence = EvidenceRecord(
      units: concept.evidence.units, linkScore: rounded(concept.evidence.linkScore),
      dice: rounded(concept.evidence.dice), likeness: rounded(concept.evidence.likeness))
  }
}
