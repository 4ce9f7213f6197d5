internal import ArgumentParser

@main
struct BitextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bitext",
    abstract: "Turns parallel translations into knowledge a translator can trust.",
    version: "0.1.0",
    subcommands: [])
}
