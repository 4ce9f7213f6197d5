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

  @Option(help: "tsv, csv or jsonl.")
  var format = TermsFormat.tsv

  @Option(help: "At most so many entries.")
  var limit: Int?

  @Option(help: "Only terms with so many occurrences in the first language.")
  var minimumCount = 1

  @Option(help: "accepted: only what is sure; all: candidates, too.")
  var status = StatusFilter.all

  @Option(help: "A lexicon: default, none or a file; may be repeated.")
  var lexicon: [String] = []

  @Option(name: .shortAndLong, help: "Where to write (default: standard output).")
  var output = "-"

  @Flag(help: .hidden)
  var features = false

  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit is below zero") }
    if minimumCount < 1 { throw ValidationError("--minimum-count is below one") }
  }

  func run() async throws {
    let read = try documents.read(files)
    let languages = read.map(\.language)
    let lexicons: [any LexicalEvidence] = []
    let lines = read.map { $0.document.text.lines }
    let count = lines.map(\.count).min() ?? 0
    let units = (0..<count).map { index in
      TranslationUnit(variants: zip(languages, lines).map { Variant($0, $1[index]) })
    }
    if features {
      let found = TermExtractor(languages: languages, lexicons: lexicons).explain(units)
      print(TermExtractor.featureNames.joined(separator: "\t"))
      for row in found {
        print((row.surfaces + row.values.map { "\($0)" }).joined(separator: "\t"))
      }
      return
    }
    var options = TermExtractor.Options()
    options.minimumCount = minimumCount
    var concepts = TermExtractor(languages: languages, lexicons: lexicons, options: options)
      .extract(
        from: units)
    if status == .accepted { concepts.removeAll { $0.status != .accepted } }
    if let limit { concepts = Array(concepts.prefix(limit)) }
    let file = try OutputFile(output)
    for line in try format.lines(concepts, languages: languages) { try file.write(line + "\n") }
    try file.finish()
  }
}

enum StatusFilter: String, ExpressibleByArgument, CaseIterable {
  case accepted
  case all
}

enum TermsFormat: String, ExpressibleByArgument, CaseIterable {
  case tsv
  case csv
  case jsonl

  func lines(_ concepts: [ExtractedConcept], languages: [LanguageTag]) throws -> [String] {
    switch self {
    case .tsv, .csv:
      let header = languages.map(\.identifier) + ["score", "count", "status"]
      let rows = concepts.map { concept in
        languages.map { concept.terms[$0]?.text ?? "" } + [
          Self.score(concept.score), "\(concept.count)", concept.status.rawValue,
        ]
      }
      return ([header] + rows).map { row in
        self == .tsv
          ? row.map(Self.escapedForTSV).joined(separator: "\t")
          : row.map(Self.quotedForCSV).joined(separator: ",")
      }
    case .jsonl:
      return try concepts.map { concept in
        String(try JSONLines.encode(ConceptRecord(concept)).dropLast())
      }
    }
  }

  /// Three decimals, rounded down, so that the order of the rows shows.
  static func score(_ score: MatchScore) -> String {
    let thousandths = Int((score.fraction * 1000).rounded(.down))
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }

  private static func escapedForTSV(_ cell: String) -> String {
    var escaped = ""
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "\t": escaped += "\\t"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
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
      terms[language.identifier] = TermRecord(text: term.text, count: term.count, name: term.isName)
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
