internal import ArgumentParser
internal import Bitext
internal import Foundation

struct MemoryLookupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup",
    abstract: "Finds how a text, or one like it, was translated.",
    discussion: """
      Several memories are asked together with --with; of equal matches the one of the memory that is
      named first comes first. Conditions leave out other units, or, with --filter-penalty, let them
      count less.

      Examples:
        bitext memory lookup my.memory --from en --to zh "The blue house is big"
        bitext memory lookup my.memory --from es --to en --jsonl < questions.jsonl
        bitext memory lookup my.memory --with client.memory --with old.memory:5 --from en --to es Save
        bitext memory lookup my.memory --from en --to zh --property x-client=ACME --filter-penalty 2 Save
      """)

  @OptionGroup var location: MemoryLocation

  @Option(
    name: .customLong("with"),
    help: "Another memory to ask, with the points that its matches lose: PATH or PATH:POINTS.")
  var others: [MemberArgument] = []

  @Option(help: "The language of the text.")
  var from: LanguageTag

  @Option(help: "The language of the translation.")
  var to: LanguageTag

  @Option(help: "The least text score, in percent, from 1 to 100; judged before penalties.")
  var threshold = 70

  @Option(help: "The largest number of matches.")
  var limit = 5

  @OptionGroup var context: ContextOptions

  @OptionGroup var metadata: MetadataOptions

  @Option(
    help:
      "Points that a unit loses that does not fulfil the conditions; without it, it is left out.")
  var filterPenalty: Int?

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
    if let filterPenalty, !(0...100).contains(filterPenalty) {
      throw ValidationError("--filter-penalty is from 0 to 100, found \(filterPenalty)")
    }
    guard limit >= 1 else { throw ValidationError("--limit is 1 or more, found \(limit)") }
    guard from != to else {
      throw ValidationError(
        "--from and --to are the same language (\(from)), expected two languages")
    }
    if jsonl, text != nil {
      throw ValidationError("--jsonl reads standard input, found a text as well")
    }
    if !jsonl, text == nil { throw ValidationError("expected a text to look up") }
  }

  func run() async throws {
    let table = try PenaltyFile(penalties)
    let memory = try location.open()
    try location.warn(of: [from, to], in: memory)
    let options = MatchOptions(
      threshold: threshold, limit: limit, penalties: table.texts, includesFragments: fragments)
    let collection = MemoryCollection(
      [.init(memory, name: location.path)]
        + (try others.map {
          .init(
            try MemoryCommand.open($0.path, isReadOnly: false), name: $0.path, penalty: $0.points)
        }))
    let conditions = MemoryCollection.Conditions(
      filter: try metadata.filter(), filterPenalty: filterPenalty, provenance: table.provenance)
    let (from, to, explain, timings) = (from, to, explain, timings)
    for member in collection.members { try member.memory.prepare(for: from) }
    defer {
      for member in collection.members {
        for repair in member.memory.takeIndexRepairs() {
          Diagnostics.line("\(member.name)/\(repair)")
        }
      }
    }
    if let text {
      let query = MatchQuery(
        Segment(text), from: from, to: to, previous: context.previous, next: context.next,
        key: context.key)
      for match in try collection.matches(for: query, options: options, conditions: conditions) {
        show(match, of: collection, text)
      }
      return
    }
    let (previous, next, key) = (context.previous, context.next, context.key)
    try await JSONLines(onError: onError).filter(Record.self) { record in
      let query = MatchQuery(
        Segment(record.text), from: from, to: to, previous: record.previous ?? previous,
        next: record.next ?? next, key: record.key ?? key)
      let start = ContinuousClock.now
      let matches = try collection.matches(for: query, options: options, conditions: conditions)
      let duration = (ContinuousClock.now - start).components
      let microseconds = Double(duration.seconds) * 1e6 + Double(duration.attoseconds) * 1e-12
      return Answer(
        matches: matches.map { found in
          MatchAnswer(
            found.match, query: record.text, explains: explain,
            memory: collection.members.count > 1 ? collection.members[found.member].name : nil)
        },
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

  private func show(
    _ found: MemoryCollection.MemberMatch, of collection: MemoryCollection, _ query: String
  ) {
    let match = found.match
    var line = "\(match.score) %  \(match.kind.rawValue)  unit \(match.unit)"
    if collection.members.count > 1 { line += " of \(collection.members[found.member].name)" }
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
  let memory: String?

  init(_ match: Match, query: String, explains: Bool, memory: String?) {
    self.memory = memory
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

/// A memory of `--with`: `PATH` or `PATH:POINTS`.
struct MemberArgument: ExpressibleByArgument, Sendable {
  let path: String
  let points: Int

  init?(argument: String) {
    guard let colon = argument.lastIndex(of: ":"),
      let points = Int(argument[argument.index(after: colon)...])
    else {
      guard !argument.isEmpty else { return nil }
      path = argument
      self.points = 0
      return
    }
    guard (0...100).contains(points), colon > argument.startIndex else { return nil }
    path = String(argument[..<colon])
    self.points = points
  }
}

/// Reads `--penalties`.
private struct PenaltyFile {
  var texts = PenaltyTable.default
  var provenance = ProvenancePenalties()

  init(_ name: String) throws {
    switch name {
    case "default": return
    case "none":
      texts = .none
      provenance = .none
      return
    default: break
    }
    let document = try TextDocument(contentsOf: name)
    guard
      let points = try? JSONDecoder().decode([String: Int].self, from: Data(document.text.utf8))
    else {
      throw DataError(
        "found no JSON object of points, expected one such as {\"case\":0}", place: name)
    }
    for (reason, value) in points.sorted(by: { $0.key < $1.key }) {
      guard (0...100).contains(value) else {
        throw DataError("found \(value) points for \(reason), expected 0 to 100", place: name)
      }
      switch reason {
      case "case": texts.letterCase = value
      case "width": texts.width = value
      case "punctuation": texts.punctuation = value
      case "whitespace": texts.whitespace = value
      case "number": texts.number = value
      case "substitutedNumber": texts.substitutedNumber = value
      case "code": texts.code = value
      case "multipleTranslations": texts.multipleTranslations = value
      case "language": texts.language = value
      case "alignment": provenance.alignment = value
      case "machineTranslation": provenance.machineTranslation = value
      case "status": provenance.status = value
      case "pivot": provenance.pivot = value
      default:
        let known = PenaltyReason.allCases.filter { ![.memory, .filter].contains($0) }
        throw DataError(
          "found the reason \"\(reason)\", expected one of "
            + (known.map(\.rawValue) + ["substitutedNumber"]).joined(separator: ", "), place: name)
      }
    }
  }
}
