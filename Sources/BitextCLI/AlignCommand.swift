public import ArgumentParser
public import Bitext
internal import Foundation

/// How alignments are written.
enum AlignmentFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case table, tsv, beads, tmx, jsonl, html
}

extension SentenceAligner.Profile: ExpressibleByArgument {}
extension SentenceAligner.Learning: ExpressibleByArgument {}

struct AlignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Finds which sentences of two or more parallel texts translate each other.",
    discussion: """
      Examples:
        bitext align talk.en.txt talk.zh.txt talk.es.txt
        bitext align a.txt b.txt --languages de,fr --segmented --format beads
        bitext align talk.en.txt talk.zh.txt --format html -o talk.html
        bitext align talk.en.txt talk.es.txt --memory my.memory --anchors right.beads

      A file of anchors holds statements that must hold, one a line, with indexes from 0: `12 TAB 9`
      says that these sentences belong together, `[3, 4]:[2]` that exactly these are a unit.
      """)

  @Argument(help: "The texts, one a language; - is standard input.")
  var files: [String] = []

  @OptionGroup var documents: DocumentOptions

  @Flag(help: "One sentence a line, as they stand; an empty line is an empty sentence.")
  var segmented = false

  @Option(help: "table, tsv, beads, tmx, jsonl or html (default: table).")
  var format: AlignmentFormat?

  @Option(help: "default, none or a lexicon file; may be given several times.")
  var lexicon: [String] = []

  @Option(help: "A glossary: a file, or the name of one that comes with bitext; several times.")
  var glossary: [String] = []

  @Option(help: "A memory whose translations teach words; kept beside it until it changes.")
  var memory: String?

  @Option(help: "Sentences that belong together: a file with lines `i TAB j`, or beads.")
  var anchors: String?

  @Option(help: "Learn words from nothing, from each document, or from all records together.")
  var learn = SentenceAligner.Learning.document

  @Option(help: "general, or literary for texts that join and split sentences freely.")
  var profile = SentenceAligner.Profile.general

  @Option(name: .customLong("minimum-confidence"), help: "Leave out units below, from 0 to 1.")
  var minimumConfidence = 0.0

  @Flag(help: "Read records from standard input: {\"id\":…,\"texts\":{\"en\":…,\"zh\":…}}.")
  var jsonl = false

  @Option(name: .customLong("on-error"), help: "What a bad record does: continue or fail.")
  var onError = OnError.continue

  @Option(name: [.customShort("o"), .customLong("output")], help: "Write to a file.")
  var output = "-"

  @OptionGroup var verbosity: VerbosityOptions

  @OptionGroup(visibility: .hidden) var tuning: AlignmentTuningOptions

  func validate() throws {
    guard (0...1).contains(minimumConfidence) else {
      throw ValidationError("--minimum-confidence is from 0 to 1, found \(minimumConfidence)")
    }
    if jsonl {
      guard files.isEmpty else {
        throw ValidationError("--jsonl reads standard input, found \(files.count) files as well")
      }
      if anchors != nil { throw ValidationError("--anchors is for two texts or more, not --jsonl") }
      if memory != nil, documents.languages == nil {
        throw ValidationError("--memory needs --languages when records are read")
      }
    } else if files.count < 2 {
      throw ValidationError("expected two texts or more, found \(files.count)")
    }
    if format == .beads, !jsonl, files.count != 2 {
      throw ValidationError("--format beads is for two texts, found \(files.count)")
    }
  }

  func run() async throws {
    try await Interruption.cancelling { [self] in try await align() }
  }

  private func align() async throws {
    var resources = try KnowledgeResources(
      lexicons: lexicon.isEmpty ? ["default"] : lexicon, glossaries: glossary)
    if jsonl {
      try await resources.add(
        memory: memory, languages: documents.languages?.tags ?? [], quiet: verbosity.quiet)
      try await AlignmentFilter(command: self, resources: resources).run()
      return
    }
    let read = try documents.read(files)
    let file = try OutputFile(output)
    let texts = read.map { text(of: $0.document.text, in: $0.language) }
    for (source, text) in zip(read, texts) where text.sentences.isEmpty {
      Diagnostics.warn("found no sentence", place: source.document.file)
    }
    let guidance = try anchors.map { path in
      try GuidanceFile.read(
        TextDocument(contentsOf: path).text, file: path,
        sentenceCounts: texts.map(\.sentences.count))
    }
    try await resources.add(
      memory: memory, languages: texts.map(\.language), quiet: verbosity.quiet)
    let aligner = SentenceAligner(texts.map(\.language), options: try options(resources))
    let progress = ProgressBar("aligning", quiet: verbosity.quiet)
    let alignment = try await aligner.align(
      batch: [texts], guidance: guidance.map { [$0] } ?? [], progress: { progress.show($0) })[0]
    progress.clear()
    warn(of: alignment, names: read.map(\.document.file))
    let writer = AlignmentWriter(
      format: format ?? .table, minimumConfidence: Confidence(minimumConfidence))
    try writer.write(alignment, of: texts, to: file)
    try file.finish()
  }

  /// The options of the aligner.
  func options(_ resources: KnowledgeResources) throws -> SentenceAligner.Options {
    var options = SentenceAligner.Options()
    options.profile = profile
    options.learning = learn
    options.lexicons = resources.knowledge.lexicons
    options.glossaries = resources.knowledge.glossaries
    options.tuning = try tuning.tuning()
    return options
  }

  /// A document cut into sentences, or taken line by line.
  func text(of text: String, in language: LanguageTag) -> SegmentedText {
    segmented
      ? SegmentedText(language: language, lines: text)
      : SegmentedText(language: language, document: text)
  }

  /// Says on standard error what a reader of the result should know.
  ///
  /// - Parameter names: The files, in the order of the texts; empty for a record.
  func warn(of alignment: Alignment, names: [String]) {
    guard !verbosity.quiet else { return }
    let report = alignment.report
    if !report.exchangedLanguages.isEmpty {
      let evidence = report.exchangedLanguages.map { found in
        let name = names.isEmpty ? "the text" : names[found.text]
        let confidence = TableCell.decimal(found.confidence.probability)
        return "\(name) is given as \(found.given) and reads as \(found.found) (\(confidence))"
      }
      Diagnostics.warn(
        "the texts seem to be in each other's language: " + evidence.joined(separator: ", "))
    }
    let isEmpty = alignment.units.allSatisfy { unit in unit.ranges.count { !$0.isEmpty } < 2 }
    if !report.looksLikeTranslation, !isEmpty {
      Diagnostics.warn(
        "these texts do not look like translations of each other: mean confidence "
          + TableCell.decimal(report.meanConfidence))
    }
    if verbosity.verbose {
      Diagnostics.line(
        "units \(alignment.units.count), passes \(report.passes), anchors \(report.anchors), "
          + "searched \(report.searched), words known \(report.lexiconCoverage), "
          + "word evidence \(report.wordEvidence), "
          + "mean confidence \(report.meanConfidence)")
      for lexicon in report.lexicons {
        Diagnostics.line("\(lexicon.name): \(lexicon.known) of \(lexicon.words) words known")
      }
    }
  }
}
