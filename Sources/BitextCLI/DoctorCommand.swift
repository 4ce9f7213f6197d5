internal import ArgumentParser
internal import Bitext

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Says what is installed and where resources are.",
    discussion: "Example:\n  bitext doctor")

  func run() throws {
    let output = try OutputFile("-")
    let report = Installation.report()
    for line in report {
      try output.write("\(line.name)\t\(line.value)\n")
    }
    try output.finish()
    if report.contains(where: { !$0.isGood }) { throw ExitCode(ExitStatus.problems.rawValue) }
  }
}
