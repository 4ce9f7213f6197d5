internal import ArgumentParser
internal import Bitext
internal import Foundation

struct LexiconCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon",
    abstract: "Makes and describes translation lexicons.",
    discussion: """
      Example:
        bitext lexicon train memory.tsv --languages en,es -o mine.btlex
        bitext align a.en.txt a.es.txt --lexicon default --lexicon mine.btlex
      """,
    subcommands: [
      LexiconTrainCommand.self, LexiconImportCommand.self, LexiconInfoCommand.self,
    ])
}

/// The two languages of a lexicon on the command line.
struct LexiconLanguages: ParsableArguments {
  @Option(help: "The two languages, in the order of the columns, such as en,zh.")
  var languages: LanguageList

  func pair() throws -> LanguagePair {
    guard languages.tags.count == 2 else {
      throw UsageError("found \(languages.tags.count) languages, expected two, such as en,zh")
    }
    guard languages.tags[0].language != languages.tags[1].language else {
      throw UsageError("found \(languages.tags[0]) twice, expected two languages")
    }
    return LanguagePair(languages.tags[0], languages.tags[1])
  }
}

/// What the commands that write a lexicon share.
enum LexiconOutput {
  static func write(_ contents: LexiconContents, to path: String) throws {
    let output = try OutputFile(path)
    try output.write(try LexiconFile.bytes(of: contents))
    try output.finish()
  }

  /// Shows the first lines that were left out, and how many there were.
  static func show(_ rejected: [RejectedLine], of file: String, quiet: Bool) {
    guard !quiet else { return }
    for line in rejected.prefix(20) {
      Diagnostics.warn("\(line.reason); left out", place: "\(file):\(line.line)")
    }
    if rejected.count > 20 {
      Diagnostics.warn("\(rejected.count - 20) more lines were left out", place: file)
    }
  }
}
