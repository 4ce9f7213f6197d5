public import ArgumentParser
public import Bitext

extension FileFormat: ExpressibleByArgument {}

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

  @OptionGroup var verbosity: VerbosityOptions

  func run() throws {
    let options = ReadOptions(
      mode: lenient ? .lenient : .strict, encoding: encoding, languages: languages?.tags ?? [])
    let reader = try TMXReader(.file(input), options: options) { diagnostic in
      if diagnostic.severity == .warning, verbosity.quiet { return }
      Diagnostics.line(diagnostic.description)
    }
    // The header is known once the first unit is; nothing is created for a file that is refused.
    var unit = try reader.next()
    let file = try OutputFile(output)
    var writer = try TMXWriter(to: file, name: output, header: reader.header)
    while let next = unit {
      try writer.write(next)
      unit = try reader.next()
    }
    try writer.finish()
    try file.finish()
    if lenient {
      let summary = reader.summary
      Diagnostics.line(
        "\(input): read \(summary.read + summary.rejected), written \(summary.read), rejected \(summary.rejected)"
      )
    }
  }
}
