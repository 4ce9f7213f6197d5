internal import ArgumentParser
internal import Bitext
internal import Foundation

struct LexiconTrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Learns a lexicon from line-aligned text or from memories.",
    discussion: """
      Each line of a table holds a segment of the first language, a tab, and its translation. TMX, XLIFF
      and PO are read by their units.

      Examples:
        bitext lexicon train europarl.tsv --languages en,es -o mine.btlex
        bitext lexicon train mine.tmx --languages en,es --notice "My translations" -o mine.btlex
      """)

  @Argument(help: "Line-aligned text, two columns separated by a tab; TMX, XLIFF or PO.")
  var files: [String]

  @OptionGroup var pair: LexiconLanguages

  @Option(help: "Words that occur less often are left out.")
  var minimumCount = 2

  @Option(help: "Rounds over the text.")
  var iterations = 6

  @Option(help: "Entries expected to occur less often than this in the text are dropped.")
  var minimumExpectedCount = 0.6

  @Option(help: "Entries with a lower probability are dropped.")
  var minimumProbability = 0.002

  @Option(help: "How strongly links keep to the diagonal in the last rounds, 0 for not at all.")
  var tension = LexiconTrainer.Options().tension

  @Option(help: "The pseudo-count of a pair of words; 0 for plain relative frequencies.")
  var prior = LexiconTrainer.Options().prior

  @Option(help: "How far both directions must agree in the last rounds: 0 to 1.")
  var agreement = LexiconTrainer.Options().agreement

  @Option(
    help: """
      A list of sources: name, weight, version, licence, address, attribution, separated by tabs. \
      A file belongs to the source that its name begins with, up to the first dot.
      """)
  var sources: String?

  @Option(help: "Where the texts come from and under which terms.")
  var notice: String?

  @Option(help: "The licence of the texts, as an SPDX identifier.")
  var licence: String?

  @Option(name: [.customShort("o"), .customLong("output")], help: "The lexicon file to write.")
  var output: String

  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    guard minimumCount >= 1 else {
      throw ValidationError("--minimum-count: found \(minimumCount), expected 1 or more")
    }
    guard (1...100).contains(iterations) else {
      throw ValidationError("--iterations: found \(iterations), expected 1 to 100")
    }
    try Self.check("minimum-expected-count", minimumExpectedCount, in: 0...1e9)
    try Self.check("minimum-probability", minimumProbability, in: 0...1)
    try Self.check("tension", tension, in: 0...100)
    try Self.check("agreement", agreement, in: 0...1)
    try Self.check("prior", prior, in: 0...1000)
  }

  private static func check(
    _ name: String, _ value: Double, in range: ClosedRange<Double>
  ) throws {
    guard range.contains(value) else {
      throw ValidationError(
        "--\(name): found \(value), expected \(range.lowerBound) to \(range.upperBound)")
    }
  }

  func run() async throws {
    try await Interruption.cancelling { [self] in try await train() }
  }

  private func train() async throws {
    let languages = try pair.pair()
    let sources = try sources.map {
      try LexiconSource.list(TextDocument(contentsOf: $0).text, path: $0)
    }
    var options = LexiconTrainer.Options()
    options.minimumCount = minimumCount
    options.iterations = iterations
    options.minimumExpectedCount = minimumExpectedCount
    options.minimumProbability = minimumProbability
    options.tension = tension
    options.prior = prior
    options.agreement = agreement
    var trainer = LexiconTrainer(languages: languages, options: options)
    let progress = LexiconProgress(quiet: verbosity.quiet)
    for file in files {
      progress.show("reading \(file)")
      let source = try sources.map { try Self.source(of: file, among: $0) }
      let rejected = try await trainer.add(contentsOf: file, weight: source?.weight ?? 1)
      progress.clear()
      LexiconOutput.show(rejected, of: file, quiet: verbosity.quiet)
      if let source { trainer.add(source.notice) }
    }
    if notice != nil || licence != nil {
      let names = files.map { String($0.split(separator: "/").last ?? "") }
      trainer.add(
        LexiconNotice(
          name: names.joined(separator: ", "), licence: licence ?? "", attribution: notice ?? ""))
    }
    let contents = try await trainer.train { step in
      switch step {
      case .collecting: progress.show("collecting pairs of words")
      case .round(let round, let rounds): progress.show("round \(round) of \(rounds)")
      case .choosing: progress.show("choosing entries")
      }
    }
    progress.clear()
    try LexiconOutput.write(contents, to: output)
  }

  private static func source(of file: String, among sources: [LexiconSource]) throws
    -> LexiconSource
  {
    let name = file.split(separator: "/").last?.prefix { $0 != "." } ?? ""
    guard let source = sources.first(where: { $0.name == name }) else {
      throw UsageError("\(file): found no source \"\(name)\" in the list of sources")
    }
    return source
  }
}

/// One line on a terminal that says what is being done; silence elsewhere.
struct LexiconProgress: Sendable {
  private let isShown: Bool

  init(quiet: Bool) {
    isShown = !quiet && isatty(STDERR_FILENO) == 1
  }

  func show(_ text: String) {
    guard isShown else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  func clear() {
    show("")
  }
}
