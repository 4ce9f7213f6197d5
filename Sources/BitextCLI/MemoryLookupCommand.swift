internal import ArgumentParser
internal import Bitext
internal import Foundation

struct MemoryLookupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup",
    abstract: "Finds how a text, or one like it, was translated.",
    discussion: """
      Examples:
        bitext memory lookup my.memory --from en --to zh "The blue house is big"
        bitext memory lookup my.memory --from es --to en --jsonl < questions.jsonl
      """)

  @Argument(help: "The directory of the memory.")
  var path: String

  @Option(help: "The language of the text.")
  var from: LanguageTag

  @Option(help: "The language of the translation.")
  var to: LanguageTag

  @Option(help: "The least text score, in percent, from 1 to 100; judged before penalties.")
  var threshold = 70

  @Option(help: "The largest number of matches.")
  var limit = 5

  @Option(help: "The text before it; an empty one is the start of the document.")
  var previous: String?

  @Option(help: "The text after it; an empty one is the end of the document.")
  var next: String?

  @Option(help: "The key of the place that it stands in.")
  var key: String?

  @Option(help: "none, default, or a JSON file of points such as {\"case\":0,\"number\":5}.")
  var penalties = "default"

  @Flag(
    inversion: .prefixedNo,
    help: "Where there is room, add stored texts that stand as a whole inside the text.")
  var fragments = true

  @Flag(help: "Show how the stored text becomes the query.")
  var explain = false

  @Flag(help: "With --jsonl, say how long each look-up took.")
  var timings = false

  @Flag(help: "Answer JSON objects, one a line: {\"id\":1,\"text\":\"…\",\"previous\":\"…\"}.")
  var jsonl = false

  @Option(help: "With --jsonl, what to do with a record that is bad: continue or fail.")
  var onError = OnError.continue

  @Argument(help: "The text.")
  var text: String?

  func validate() throws {
    guard (1...100).contains(threshold) else {
      throw ValidationError("--threshold is from 1 to 100, found \(threshold)")
    }
    guard limit >= 1 else { throw ValidationError("--limit is 1 or more, found \(limit)") }
    if jsonl, text != nil {
      throw ValidationError("--jsonl reads standard input, found a text as well")
    }
    if !jsonl, text == nil { throw ValidationError("expected a text to look up") }
  }

  func run() async throws {
    let table = try PenaltyFile.table(penalties)
    let memory = try MemoryCommand.open(path)
    let options = MatchOptions(
      threshold: threshold, limit: limit, penalties: table, includesFragments: fragments)
    let (from, to, explain, timings) = (from, to, explain, timings)
    try memory.prepare(for: from)
    defer { for repair in memory.takeIndexRepairs() { Diagnostics.line("\(path)/\(repair)") } }
    if let text {
      let query = MatchQuery(
        Segment(text), from: from, to: to, previous: previous, next: next, key: key)
      for match in try memory.matches(for: query, options: options) { show(match, text) }
      return
    }
    let (previous, next, key) = (previous, next, key)
    try await JSONLines(onError: onError).filter(Record.self) { record in
      let query = MatchQuery(
        Segment(record.text), from: from, to: to, previous: record.previous ?? previous,
        next: record.next ?? next, key: record.key ?? key)
      let start = ContinuousClock.now
      let matches = try memory.matches(for: query, options: options)
      let duration = (ContinuousClock.now - start).components
      let microseconds = Double(duration.seconds) * 1e6 + Double(duration.attoseconds) * 1e-12
      return Answer(
        matches: matches.map { MatchAnswer($0, query: record.text, explains: explain) },
        microseconds: timings ? (microseconds * 10).rounded() / 10 : nil)
    }
  }

  private struct Record: Decodable, Sendable {
    let text: String
    let previous: String?
    let next: String?
    let key: String?
  }

  private struct Answer: Encodable {
    let matches: [MatchAnswer]
    let microseconds: Double?
  }

  private func show(_ match: Match, _ query: String) {
    var line = "\(match.score) %  \(match.kind.rawValue)  unit \(match.unit)"
    if match.kind == .fuzzy { line += "  text \(match.textScore) %" }
    for penalty in match.penalties { line += "  \(penalty.reason.rawValue) −\(penalty.points)" }
    if let range = match.queryRange { line += "  for \"\(query[range])\"" }
    print(line)
    print("  \(match.sourceLanguage)  \(match.source.text)")
    if explain, match.kind == .fuzzy { print("      \(match.changes(query: query))") }
    print("  \(match.targetLanguage)  \(match.target.text)")
    for substitution in match.substitutions {
      print("      \(substitution.stored) → \(substitution.replacement)")
    }
  }
}

/// A match as JSON.
private struct MatchAnswer: Encodable {
  struct PenaltyAnswer: Encodable {
    let reason: String
    let points: Int
  }
  struct SubstitutionAnswer: Encodable {
    let stored: String
    let replacement: String
    let utf8: [UInt32]
  }
  struct EditAnswer: Encodable {
    let kind: String
    let source: [UInt32]
    let query: [UInt32]
  }

  let unit: Int64
  let score: Int
  let textScore: Int
  let characterScore: Int?
  let kind: String
  let queryRange: [UInt32]?
  let penalties: [PenaltyAnswer]
  let source: String
  let target: String
  let substitutions: [SubstitutionAnswer]?
  let changed: String?
  let edits: [EditAnswer]?

  init(_ match: Match, query: String, explains: Bool) {
    unit = match.unit
    score = match.score
    textScore = match.textScore
    characterScore = match.characterScore
    queryRange = match.queryRange.map { [$0.start, $0.end] }
    kind = match.kind.rawValue
    penalties = match.penalties.map { .init(reason: $0.reason.rawValue, points: $0.points) }
    source = match.source.text
    target = match.target.text
    substitutions =
      match.substitutions.isEmpty
      ? nil
      : match.substitutions.map {
        .init(stored: $0.stored, replacement: $0.replacement, utf8: [$0.span.start, $0.span.end])
      }
    changed = explains && match.kind == .fuzzy ? match.changes(query: query) : nil
    edits =
      explains
      ? match.edits.filter { $0.kind != .keep }.map {
        .init(
          kind: $0.kind.rawValue, source: [$0.source.start, $0.source.end],
          query: [$0.query.start, $0.query.end])
      } : nil
  }
}

/// Reads `--penalties`.
private enum PenaltyFile {
  static func table(_ name: String) throws -> PenaltyTable {
    switch name {
    case "default": return .default
    case "none": return .none
    default: break
    }
    let document = try TextDocument(contentsOf: name)
    guard
      let points = try? JSONDecoder().decode([String: Int].self, from: Data(document.text.utf8))
    else {
      throw DataError(
        "found no JSON object of points, expected one such as {\"case\":0}", place: name)
    }
    var table = PenaltyTable.default
    for (reason, value) in points.sorted(by: { $0.key < $1.key }) {
      guard (0...100).contains(value) else {
        throw DataError("found \(value) points for \(reason), expected 0 to 100", place: name)
      }
      switch reason {
      case "case": table.letterCase = value
      case "width": table.width = value
      case "punctuation": table.punctuation = value
      case "whitespace": table.whitespace = value
      case "number": table.number = value
      case "substitutedNumber": table.substitutedNumber = value
      case "code": table.code = value
      case "multipleTranslations": table.multipleTranslations = value
      case "language": table.language = value
      default:
        throw DataError(
          "found the reason \"\(reason)\", expected one of "
            + (PenaltyReason.allCases.map(\.rawValue) + ["substitutedNumber"])
            .joined(separator: ", "), place: name)
      }
    }
    return table
  }
}
