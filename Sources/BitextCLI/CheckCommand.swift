internal import ArgumentParser
internal import Bitext

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks translations: terms, numbers, codes, punctuation, consistency.",
    discussion: """
      Reads TMX, XLIFF, TSV, CSV and PO. Ends with 1 when there is an error or a warning, with 0 when
      there are only hints. A unit or a variant with the property x-bitext-ignore, or with a note that
      begins with "bitext-ignore:", is not checked for what these name (number.missing, number, *); the
      same property on a concept of the glossary silences its terms.

      Examples:
        bitext check talk.tmx --glossary digital-human-rights
        bitext check es.po --disable space --severity term.missing=error --format sarif
      """)

  @Argument(help: "The translations; - is standard input.")
  var file: String

  @Option(
    help: "A glossary: a file, a memory, or the name of one that comes with Bitext; repeatable.")
  var glossary: [String] = []

  @Option(help: "text, jsonl or sarif.")
  var format = ReportFormat.text

  @Option(help: "A check that is not made, or a family of checks (number); may be repeated.")
  var disable: [CheckNames] = []

  @Option(help: "A severity, such as term.missing=error; may be repeated.")
  var severity: [CheckSeverity] = []

  @Option(help: "Source and target languages, such as en,es, where the file does not say.")
  var languages: LanguageList?

  @Option(help: "The format of the input, where it is not recognised.")
  var from: FileFormat?

  @Option(help: "The encoding of the input, such as GB18030 (default: what the file says).")
  var encoding: String?

  @Flag(help: "Leave out what cannot be read, say so, and go on.")
  var lenient = false

  @Option(name: .shortAndLong, help: "The file for the report (default: standard output).")
  var output = "-"

  @OptionGroup var verbosity: VerbosityOptions

  func run() throws {
    var options = QualityOptions()
    for names in disable { options.disabled.formUnion(names.checks) }
    for grade in severity {
      for check in grade.checks { options.severities[check] = grade.severity }
    }
    var issues: [(file: String, issue: QualityIssue)] = []
    var concepts: [ConceptEntry] = []
    for name in glossary {
      let entries = try Knowledge.glossary(name)
      concepts += entries
      issues += QualityIssue.conflicts(of: Termbase(entries), options: options).map { (name, $0) }
    }
    var reading = ReadOptions(
      mode: lenient ? .lenient : .strict, encoding: encoding, languages: languages?.tags ?? [])
    reading.parts = [.translated, .untranslated]
    let input = try FormatReader.open(.file(file), format: from, options: reading) { diagnostic in
      if diagnostic.severity == .warning, verbosity.quiet { return }
      Diagnostics.line(diagnostic.description)
    }
    var unit = try input.reader.next()
    options.sourceLanguage =
      languages?.tags.first ?? (input.reader as? TMXReader)?.header?.sourceLanguage
    var checker = QualityChecker(glossary: concepts, options: options)
    var found: [QualityIssue] = []
    var number = 0
    while var next = unit {
      number += 1
      if next.variants.count == 1, let target = input.reader.targetLanguage {
        next.variants.append(Variant(language: target, segment: Segment("")))
      }
      found += checker.check(next, number: number, line: input.reader.unitPosition.line)
      unit = try input.reader.next()
    }
    found += checker.finish()
    for direction in checker.directions where !glossary.isEmpty && !direction.hasTerms {
      Diagnostics.warn(
        "found no terms from \(direction.source) to \(direction.target), only in "
          + "\(GlossaryNotes.languages(of: concepts)); terms are not checked there",
        place: glossary.joined(separator: ", "))
    }
    // What concerns the file as a whole stands with the unit that it was found in.
    let order = found.indices.sorted { (found[$0].unit, $0) < (found[$1].unit, $1) }
    issues += order.map { (file, found[$0]) }
    let report = try OutputFile(output)
    try format.write(issues, of: file, to: report)
    try report.finish()
    let bad = issues.count { $0.issue.severity > .hint }
    if !verbosity.quiet {
      Diagnostics.line(
        "\(file): \(number) units, \(count(.error, issues, "error")), "
          + "\(count(.warning, issues, "warning")), \(count(.hint, issues, "hint"))")
    }
    if bad > 0 { throw ExitCode(ExitStatus.problems.rawValue) }
  }

  private func count(
    _ severity: QualitySeverity, _ issues: [(file: String, issue: QualityIssue)], _ name: String
  ) -> String {
    let number = issues.count { $0.issue.severity == severity }
    return "\(number) \(name)\(number == 1 ? "" : "s")"
  }
}

/// Checks on the command line: one, or a family.
struct CheckNames: ExpressibleByArgument, Sendable {
  let checks: [QualityCheck]

  init?(argument: String) {
    checks = QualityCheck.named(argument)
    if checks.isEmpty { return nil }
  }

  static var allValueStrings: [String] { QualityCheck.allCases.map(\.rawValue) }
}

/// `ID=error|warning|hint`
struct CheckSeverity: ExpressibleByArgument, Sendable {
  let checks: [QualityCheck]
  let severity: QualitySeverity

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let severity = QualitySeverity(rawValue: String(parts[1])) else {
      return nil
    }
    checks = QualityCheck.named(String(parts[0]))
    self.severity = severity
    if checks.isEmpty { return nil }
  }
}

enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case jsonl
  case sarif

  func write(
    _ issues: [(file: String, issue: QualityIssue)], of file: String, to output: OutputFile
  ) throws {
    switch self {
    case .text:
      for (file, issue) in issues {
        let place = issue.line.map { "\(file):\($0)" } ?? file
        try output.write(
          "\(place): \(issue.severity.rawValue)[\(issue.check.rawValue)]: \(issue.message)\n")
      }
    case .jsonl:
      for (file, issue) in issues {
        try output.write(try JSONLines.encode(IssueRecord(issue, glossary: file)))
      }
    case .sarif:
      var files: [SARIFLog.File] = []
      var names: [String] = []
      for (name, _) in issues where !names.contains(name) { names.append(name) }
      for name in names {
        files.append(SARIFLog.File(name, issues: issues.filter { $0.file == name }.map(\.issue)))
      }
      try output.write(try JSONLines.encode(SARIFLog(files, version: BitextVersion.current)))
    }
  }
}

/// A finding as one JSON object.
private struct IssueRecord: Encodable {
  let check: String
  let severity: String
  let unit: Int?
  let identifier: String?
  let glossary: String?
  let line: Int?
  let language: String
  let utf8: [UInt32]
  let found: String
  let expected: [String]
  let message: String

  init(_ issue: QualityIssue, glossary file: String) {
    check = issue.check.rawValue
    severity = issue.severity.rawValue
    unit = issue.unit > 0 ? issue.unit : nil
    identifier = issue.identifier
    glossary = issue.unit > 0 ? nil : file
    line = issue.line
    language = issue.language.identifier
    utf8 = [issue.span.start, issue.span.end]
    found = issue.found
    expected = issue.expected
    message = issue.message
  }
}
