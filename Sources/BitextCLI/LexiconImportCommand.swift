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
        bitext lexicon import deu-eng.tei --languages de,en -o de-en.btlex
        bitext lexicon import terms.tbx --languages en,es -o terms.btlex
      """)

  @Argument(help: "The dictionaries.")
  var files: [String]

  @OptionGroup var pair: LexiconLanguages

  @Option(help: "cedict, hunalign, freedict, tsv, tmx or tbx (default: by the file).")
  var format: DictionaryImporter.Format?

  @Option(help: "Where the dictionary comes from and under which terms.")
  var notice: String?

  @Option(help: "The licence of the dictionary, as an SPDX identifier.")
  var licence: String?

  @Option(name: [.customShort("o"), .customLong("output")], help: "The lexicon file to write.")
  var output: String

  @OptionGroup var verbosity: VerbosityOptions

  func run() throws {
    let languages = try pair.pair()
    let importer = try DictionaryImporter(languages: languages, format: format)
    var parts: [LexiconContents] = []
    for file in files {
      let name = String(file.split(separator: "/").last ?? "")
      let result = try importer.read(
        file,
        notices: [
          LexiconNotice(name: name, licence: licence ?? "", attribution: notice ?? "")
        ])
      LexiconOutput.show(result.rejected, of: file, quiet: verbosity.quiet)
      parts.append(result.contents)
    }
    try LexiconOutput.write(LexiconContents(merging: parts, languages: languages), to: output)
  }
}

extension DictionaryImporter.Format: ExpressibleByArgument {}
