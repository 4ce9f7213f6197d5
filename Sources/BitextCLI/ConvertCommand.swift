public import ArgumentParser
public import Bitext

extension FileFormat: ExpressibleByArgument {}
extension FileConverter.Synonyms: ExpressibleByArgument {}
extension ReadOptions.Part: ExpressibleByArgument {}

extension WriterProfile: ExpressibleByArgument {
  public init?(argument: String) {
    guard let profile = WriterProfile.named(argument) else { return nil }
    self = profile
  }

  public var defaultValueDescription: String { name }
  public static var allValueStrings: [String] { all.map(\.name) }
}

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turns a file of any supported format into any other.",
    discussion: """
      Formats are recognised by content, then by name. What the target format cannot hold is said on
      standard error.

      Example:
        bitext convert glossary.tbx glossary.tmx
        bitext convert memory.tmx.gz clean.tmx --lenient
        bitext convert memory.tmx for-memoq.tmx --profile memoq
        bitext convert report.html report.md
      """)

  @Argument(help: "The file to read; - is standard input. It may be compressed with gzip.")
  var input: String

  @Argument(help: "The file to write; - is standard output.")
  var output: String

  @Option(help: "The format of the input, where it is not recognised.")
  var from: FileFormat?

  @Option(help: "The format of the output, where its name does not say.")
  var to: FileFormat?

  @Flag(help: "Leave out what is wrong, say so, and go on.")
  var lenient = false

  @Option(help: "Source and target languages, such as en,es, where the file does not say.")
  var languages: LanguageList?

  @Option(help: "The encoding of the input, such as GB18030 (default: what the file says).")
  var encoding: String?

  @Option(
    help: "Several terms of one language: repeat in one unit, split into units, or the first alone."
  )
  var synonyms = FileConverter.Synonyms.repeat

  @Option(
    help:
      "The habits of the tool that will read the output: \(WriterProfile.all.map(\.name).joined(separator: ", "))."
  )
  var profile = WriterProfile.plain

  @Option(
    help:
      "Take more of a bilingual file than what is translated: untranslated, matches or glossary; several times."
  )
  var include: [ReadOptions.Part] = []

  @Flag(help: "Begin a table with a byte order mark, for Excel.")
  var bom = false

  @Flag(help: "Guard cells that a spreadsheet would run as a formula.")
  var guardFormulas = false

  @OptionGroup var verbosity: VerbosityOptions

  func run() throws {
    guard let format = to ?? FileFormat(fileName: output) else {
      throw UsageError("the format of \(output) is not known by its name; expected --to")
    }
    let converter = FileConverter(
      format: format, inputFormat: from,
      reading: ReadOptions(
        mode: lenient ? .lenient : .strict, encoding: encoding, languages: languages?.tags ?? [],
        parts: Set([.translated] + include)),
      synonyms: synonyms,
      table: CSVWriter.Options(hasByteOrderMark: bom, guardsFormulas: guardFormulas),
      profile: profile)
    let (outcome, file) = try converter.convert(
      .file(input),
      report: { diagnostic in
        if diagnostic.severity == .warning, verbosity.quiet { return }
        Diagnostics.line(diagnostic.description)
      },
      to: { () throws(DocumentError) in try OutputFile(output) })
    try file.finish()
    for line in outcome.losses.lines(format: format.rawValue) { Diagnostics.line(line) }
    if lenient {
      let summary = outcome.summary
      Diagnostics.line(
        "\(input): read \(summary.read + summary.rejected), written \(outcome.written), "
          + "rejected \(summary.rejected)")
    }
  }
}
