import Testing

@Suite struct `Usage` {
  @Test(arguments: [
    [], ["align"], ["align", "one.txt"], ["frobnicate"], ["align", "--nonsense", "a", "b"],
    ["segment", "--language", "qq"], ["normalize", "--form", "nfx", "--language", "en"],
    ["memory", "lookup", "m", "--from", "en"], ["terms", "extract", "--limit", "many", "a", "b"],
  ])
  func `mistakes end in exit code 64 and one line`(_ arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    if arguments.isEmpty {
      // Without a command the program shows its help.
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("USAGE"))
    } else {
      #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
      #expect(outcome.errorLines.count == 1, "\(arguments): \(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test(arguments: [
    "segment", "normalize", "align", "terms extract", "memory lookup", "memory import", "convert",
    "doctor",
  ])
  func `help stands at every level, with an example`(_ command: String) throws {
    let outcome = try Program.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Example"), "\(command)")
  }

  @Test func `version and installation are told`() throws {
    #expect(try Program.run(["--version"]).output.hasPrefix("0."))
    let doctor = try Program.run(["doctor"])
    #expect(doctor.status == 0)
    #expect(doctor.output.contains("ICU"))
  }
}
