internal import ArgumentParser
internal import Bitext
internal import Foundation

struct MemoryExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the units of a memory into a file.",
    discussion: """
      Examples:
        bitext memory export my.memory -o all.tmx
        bitext memory export my.memory -o spanish.csv --language es --since 2026-01-01
      """)

  @Argument(help: "The directory of the memory.")
  var path: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file to write; its name says the format. - is standard output, in TMX.")
  var output: String

  @Option(help: "Only units that have one of these languages, and only those languages.")
  var language: LanguageList?

  @Option(help: "Only units that were made or changed on this day or later: 2026-01-31.")
  var since: String?

  @Option(help: "Only units with this property: NAME or NAME=VALUE.")
  var property: String?

  @Flag(help: "Leave out units that the format cannot hold, say so, and go on.")
  var lenient = false

  func run() throws {
    var filter = MemoryFilter(languages: language?.tags ?? [])
    if let since {
      let spelling = since.count == 10 ? since + "T00:00:00Z" : since
      guard let instant = Timestamp(spelling).secondsSince1970 else {
        throw UsageError("\"\(since)\" is no date, expected one such as 2026-01-31")
      }
      filter.since = instant
    }
    if let property {
      let parts = property.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      filter.propertyName = String(parts[0])
      filter.propertyValue = parts.count > 1 ? String(parts[1]) : nil
    }
    let format = output == "-" ? .tmx : FileFormat(fileName: output)
    guard let format, [.tmx, .csv, .tsv].contains(format) else {
      throw UsageError("the format of \(output) is not known, expected .tmx, .csv or .tsv")
    }
    let memory = try MemoryCommand.open(path)
    var source: LanguageTag?
    try memory.forEachUnit(where: filter) { unit in
      source = unit.sourceLanguage ?? unit.variants.first?.language
      return false
    }
    let file = try OutputFile(output)
    var writer: any UnitWriter =
      switch format {
      case .csv: CSVWriter(to: file)
      case .tsv: CSVWriter(to: file, options: CSVWriter.Options(dialect: .tsv))
      default:
        try TMXWriter(
          to: file, name: output, header: TMXHeader(sourceLanguage: source ?? "en"))
      }
    var failure: (any Error)?
    try memory.forEachUnit(where: filter) { unit in
      do {
        try writer.write(unit)
      } catch {
        if lenient, let fault = error as? InterchangeError, fault.kind == .badData {
          Diagnostics.show(fault)
        } else {
          failure = error
          return false
        }
      }
      return true
    }
    if let failure { throw failure }
    try writer.finish()
    try file.finish()
    for line in writer.losses.lines(format: format.rawValue) { Diagnostics.line(line) }
  }
}
