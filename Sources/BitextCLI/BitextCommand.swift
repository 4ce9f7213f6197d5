internal import ArgumentParser
internal import Bitext
internal import Foundation

struct BitextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bitext",
    abstract: "Turns parallel translations into knowledge a translator can trust.",
    discussion: """
      Example:
        bitext align talk.en.txt talk.zh.txt talk.es.txt --format tmx -o talk.tmx
      """,
    version: BitextVersion.current,
    subcommands: [
      AlignCommand.self,
      CheckCommand.self,
      ConvertCommand.self,
      FillCommand.self,
      LexiconCommand.self,
      LinkCommand.self,
      MemoryCommand.self,
      NormalizeCommand.self,
      SegmentCommand.self,
      TermsCommand.self,
      DoctorCommand.self,
    ])
}

/// The way in: runs the command and turns what it throws into a line and an exit code.
@main
enum Main {
  static func main() async {
    do {
      var command = try BitextCommand.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let fault as any Fault {
      Diagnostics.show(fault)
      exit(ExitStatus(fault.kind).rawValue)
    } catch let code as ExitCode {
      // A command that ran and found problems has said so itself.
      exit(code.rawValue)
    } catch {
      // Arguments that do not parse, a request for help, an exit code that a command asked for.
      let code = BitextCommand.exitCode(for: error)
      if code == .validationFailure {
        Diagnostics.line("bitext: error: \(BitextCommand.message(for: error)); see bitext --help")
        exit(ExitStatus.usage.rawValue)
      }
      if code == .failure {
        Diagnostics.line("bitext: error: \(BitextCommand.message(for: error))")
        exit(ExitStatus.bug.rawValue)
      }
      BitextCommand.exit(withError: error)
    }
  }
}
