internal import ArgumentParser
internal import Bitext
internal import Foundation

struct MemoryExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the units of a memory into a file, which is whole or not there.",
    discussion: """
      With --language only the variants in these languages are written. XLIFF, PO and UTX hold two
      languages: the first two of --language, or those of the first unit.

      Examples:
        bitext memory export my.memory -o all.tmx
        bitext memory export my.memory -o spanish.csv --language es --since 2026-01-01
        bitext memory export my.memory -o spanish.xlf --language en,es
        bitext memory export my.memory -o acme.tmx --property x-client=ACME
      """)

  @OptionGroup var location: MemoryLocation

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file to write; its name says the format. - is standard output, in TMX.")
  var output: String

  @OptionGroup var filter: UnitFilterOptions

  @Flag(help: "Leave out units that the format cannot hold, say so, and go on.")
  var lenient = false

  func run() throws {
    let filter = try filter.filter()
    let format = output == "-" ? .tmx : FileFormat(fileName: output)
    guard let format else {
      throw UsageError(
        "the format of \(output) is not known, expected .tmx, .csv, .tsv, .tbx, .xlf, .po or .utx")
    }
    let memory = try location.open()
    let file = try OutputFile(output)
    let report = try memory.export(
      to: file, name: output, format: format, where: filter,
      reject: lenient ? { Diagnostics.show($0) } : nil)
    try file.finish()
    if let pair = report.pair, report.skipped > 0 {
      Diagnostics.line(
        "\(report.skipped) units do not have both \(pair.source) and \(pair.target)")
    }
    if report.written == 0, !filter.isEmpty {
      Diagnostics.warn("no unit fulfils the conditions", place: location.path)
    }
    for line in report.losses.lines(format: format.rawValue) { Diagnostics.line(line) }
  }
}
