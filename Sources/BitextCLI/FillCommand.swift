internal import ArgumentParser
internal import Bitext

struct FillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fill",
    abstract: "Fills the empty targets of a bilingual file from a memory, marked for review.",
    discussion: """
      Reads XLIFF, PO or a String Catalog and writes it with translations in its empty targets.
      Everything else stays as it is, byte for byte.

      Examples:
        bitext fill app.xliff --memory my.memory -o app.xliff
        bitext fill Localizable.xcstrings --memory my.memory --to es -o Localizable.xcstrings
      """)

  @Argument(help: "XLIFF, PO or .xcstrings; - is standard input.")
  var file: String

  @Option(help: "The directory of the memory.")
  var memory: String

  @Option(help: "The least score in percent, from 1 to 102; 100 takes only equal texts.")
  var threshold = 75

  @Option(help: "The language of the texts, where the file does not say.")
  var from: LanguageTag?

  @Option(help: "The language to fill in, where the file does not say; a String Catalog needs it.")
  var to: LanguageTag?

  @Option(help: "The format of the file, where it is not recognised.")
  var format: FileFormat?

  @Option(help: "The encoding of the file, such as UTF-16LE (default: what the file says).")
  var encoding: String?

  @Option(name: [.customShort("o"), .customLong("output")], help: "Write to a file.")
  var output = "-"

  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    guard (1...102).contains(threshold) else {
      throw ValidationError("--threshold is from 1 to 102, found \(threshold)")
    }
  }

  func run() throws {
    var options = MemoryFiller.Options()
    options.threshold = threshold
    if let to {
      options.languages = [from ?? "en", to]
    } else if let from {
      options.languages = [from]
    }
    options.encoding = encoding
    options.format = format
    let memory = try MemoryCommand.open(memory, isReadOnly: true)
    let outcome = try MemoryFiller(memory, options: options).fill(
      .file(file),
      report: { diagnostic in
        if !verbosity.quiet { Diagnostics.line(diagnostic.description) }
      })
    let file = try OutputFile(output)
    try file.write(outcome.bytes)
    try file.finish()
    if !verbosity.quiet {
      Diagnostics.line("\(self.file): filled \(outcome.filled) of \(outcome.open) empty targets")
    }
  }
}
