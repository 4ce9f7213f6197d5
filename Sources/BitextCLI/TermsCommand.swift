internal import ArgumentParser
internal import Bitext

struct TermsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "terms",
    abstract:
      "Extracts glossaries from parallel texts, keeps them, and finds their terms in a text.",
    subcommands: [
      TermsExtractCommand.self, TermsFindCommand.self, TermsAcceptCommand.self,
      TermsExportCommand.self,
    ])
}
