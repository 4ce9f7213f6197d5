internal import ArgumentParser
internal import Bitext
internal import Foundation

struct TermsAcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Puts the terms of glossaries into the termbase beside a memory.",
    discussion: """
      Entries that say the same become one; entries that contradict each other both stay and are said on
      standard error. Extracted terms are accepted in the formats that terms extract writes, tbx and tmx.

      Examples:
        bitext terms extract en.txt zh.txt --format tbx > found.tbx && bitext terms accept my.memory found.tbx
        bitext terms accept my.memory digital-human-rights client.csv
      """)

  @Argument(help: "The directory of the memory; it is made when there is none.")
  var memory: String

  @Argument(help: "Glossaries: files, or names of those that come with Bitext.")
  var glossaries: [String] = []

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  func validate() throws {
    if glossaries.isEmpty { throw ValidationError("expected a glossary") }
  }

  func run() throws {
    let entries = try glossaries.map { try Knowledge.glossary($0) }
    let store =
      try dryRun
      ? MemoryCommand.open(memory) : TranslationMemory(at: URL(fileURLWithPath: memory))
    var termbase = try store.termbase()
    let known = Set(termbase.conflicts().map(\.message))
    for (name, list) in zip(glossaries, entries) {
      let report = dryRun ? termbase.merge(list) : try store.accept(list)
      if !dryRun { termbase = try store.termbase() }
      print(
        "\(name): read \(list.count), added \(report.added), merged \(report.merged), "
          + "unchanged \(report.unchanged)")
      if report.empty > 0 {
        Diagnostics.warn("\(report.empty) concepts have no term and were left out", place: name)
      }
      for renaming in report.renamed {
        Diagnostics.warn(
          "the name \(renaming.from) belongs to another concept; it is \(renaming.to) now",
          place: name)
      }
    }
    for conflict in termbase.conflicts()
    where conflict.kind != .incomplete && !known.contains(conflict.message) {
      Diagnostics.warn(conflict.message, place: memory)
    }
  }
}

struct TermsExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the termbase of a memory, or any glossary, as a file.",
    discussion: """
      Example:
        bitext terms export my.memory -o terms.tbx
      """)

  @Argument(help: "The directory of a memory, a file, or the name of a glossary.")
  var glossary: String

  @Option(name: .shortAndLong, help: "The file to write; - is standard output.")
  var output: String

  @Option(help: "The format, where the name does not say: tmx, tbx, tbx-dct, tbx2, csv, tsv.")
  var to: FileFormat?

  func run() throws {
    guard let format = to ?? FileFormat(fileName: output) else {
      throw UsageError("the format of \(output) is not known by its name; expected --to")
    }
    let writer = try GlossaryWriter(format: format)
    let concepts = try Knowledge.glossary(glossary)
    let file = try OutputFile(output)
    let losses = try writer.write(concepts, to: file)
    try file.finish()
    for line in losses.lines(format: format.rawValue) { Diagnostics.line(line) }
  }
}
