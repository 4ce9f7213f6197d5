public import ArgumentParser
public import Bitext
internal import Foundation

struct LexiconImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Makes a lexicon of a dictionary.",
    discussion: """
      Example:
        bitext lexicon import cedict.txt --languages zh,en --format cedict -o cedict.btlex
      """)

  @Argument(help: "The dictionaries.")
  var files: [String]

  @OptionGroup var pair: LexiconLanguages

  @Option(help: "cedict, hunalign, freedict or tsv (default: by the file).")
  var format: LexiconImporter.Format?

  @Option(help: "Where the dictionary comes from and under which terms.")
  var notice: String?

  @Option(help: "The licence of the dictionary, as an SPDX identifier.")
  var licence: String?

  @Option(name: [.customShort("o"), .customLong("output")], help: "The lexicon file to write.")
  var output: String

  @OptionGroup var verbosity: VerbosityOptions

  func run() throws {
    let languages = try pair.pair()
    var parts: [LexiconContents] = []
    for file in files {
      let text = try TextDocument(contentsOf: file).text
      let importer = try LexiconImporter(
        format ?? LexiconImporter.Format(of: text, named: file), languages: languages)
      let name = String(file.split(separator: "/").last ?? "")
      let result = importer.read(
        text,
        notices: [
          LexiconNotice(name: name, licence: licence ?? "", attribution: notice ?? "")
        ])
      LexiconOutput.show(result.rejected, of: file, quiet: verbosity.quiet)
      guard result.read > 0 else {
        throw LexiconError(
          .nothingToLearn, path: file,
          "found no line in the format \(importer.format.rawValue)")
      }
      parts.append(result.contents)
    }
    try LexiconOutput.write(LexiconContents(merging: parts, languages: languages), to: output)
  }
}

extension LexiconImporter.Format: ExpressibleByArgument {}
