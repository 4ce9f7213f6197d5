internal import ArgumentParser
internal import Bitext
internal import Foundation

struct MemoryDedupeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedupe",
    abstract: "Joins units that say the same in the same context.",
    discussion: """
      The first one stays, with the earliest making, the latest change, the sum of the uses, and all
      properties and remarks.

      Example:
        bitext memory dedupe my.memory --dry-run
      """)

  @OptionGroup var location: MemoryLocation

  @Flag(help: "Join them wherever they stood.")
  var ignoreContext = false

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try change.show(
      location.open().dedupe(ignoresContext: ignoreContext, isRehearsal: change.dryRun))
  }
}

struct MemoryMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Brings the units of other memories into a memory.",
    discussion: """
      The others are not changed. A tuid that stands for another source gets the name of the other
      memory in front.

      Examples:
        bitext memory merge my.memory colleague.memory
        bitext memory merge my.memory a.memory b.memory --rule addAll --dry-run
      """)

  @OptionGroup var location: MemoryLocation

  @Argument(help: "The memories that are read.")
  var others: [String]

  @Option(help: MemoryImportCommand.ruleHelp)
  var rule = SaveRule.keepNewest

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let own = URL(fileURLWithPath: location.path).resolvingSymlinksInPath().path
    for other in others
    where URL(fileURLWithPath: other).resolvingSymlinksInPath().path == own {
      throw UsageError("\(other) is the memory itself, expected another one")
    }
    // All are opened before anything is changed.
    let opened = try others.map { try MemoryCommand.open($0, isReadOnly: true) }
    let memory = try location.open()
    for (other, name) in zip(opened, others) {
      let (done, report) = try memory.merge(
        other, name: URL(fileURLWithPath: name).lastPathComponent, rule: rule,
        isRehearsal: change.dryRun)
      if !change.jsonl {
        print(
          "\(name): read \(report.read), added \(report.added), updated \(report.updated), "
            + "unchanged \(report.unchanged)")
      }
      try change.show(done)
    }
  }
}

struct MemoryPivotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pivot",
    abstract: "Makes units of two languages from units that share a third one.",
    discussion: """
      The texts of the third language have to be equal. What is made carries the property x-pivot, is
      unapproved, and costs points in a look-up.

      Example:
        bitext memory pivot my.memory --from zh --through en --to es --dry-run
      """)

  @OptionGroup var location: MemoryLocation

  @Option(help: "The language of the new sources.")
  var from: LanguageTag

  @Option(help: "The language that both have.")
  var through: LanguageTag

  @Option(help: "The language of the new translations.")
  var to: LanguageTag

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try change.show(
      location.open().pivot(from: from, through: through, to: to, isRehearsal: change.dryRun))
  }
}

struct MemoryRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Takes out the units that fulfil all conditions; undo brings them back.",
    discussion: """
      At least one condition is needed; --all takes out everything.

      Examples:
        bitext memory remove my.memory --property x-client=ACME --before 2020-01-01 --dry-run
        bitext memory remove my.memory --language es --text "leviatán digital"
        bitext memory remove my.memory --run 3
      """)

  @OptionGroup var location: MemoryLocation

  @OptionGroup var filter: UnitFilterOptions

  @Flag(help: "Take out only the variants in the languages of --language.")
  var onlyVariants = false

  @Flag(help: "Take out all units.")
  var all = false

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let filter = try filter.filter()
    guard filter.isEmpty == all else {
      throw UsageError(
        all
          ? "--all stands with a condition, expected it alone"
          : "found no condition, expected one such as --language es, or --all")
    }
    if onlyVariants, filter.languages.isEmpty {
      throw UsageError("--only-variants without --language, expected the languages to take out")
    }
    try change.show(
      location.open().remove(
        where: filter, onlyVariants: onlyVariants, isRehearsal: change.dryRun))
  }
}

struct MemoryUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Takes back what an import or another run did.",
    discussion: """
      Units that the run added end; those that it changed or took out are what they were. What something
      else changed since stays. The number of a run is in memory stats; undo is a run, too.

      Example:
        bitext memory undo my.memory 3 --dry-run
      """)

  @OptionGroup var location: MemoryLocation

  @Argument(help: "The number of the run.")
  var number: Int64

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try change.show(location.open().undo(run: number, isRehearsal: change.dryRun))
  }
}

struct MemoryBackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies a memory, while others may use it, to a new place.",
    discussion: """
      The copy is whole or not there. Copying the directory by other means while somebody writes gives a
      damaged one.

      Example:
        bitext memory backup my.memory my-copy.memory
      """)

  @OptionGroup var location: MemoryLocation

  @Argument(help: "The directory of the copy; there must be nothing yet.")
  var target: String

  @Flag(help: "Copy nothing; say what would happen.")
  var dryRun = false

  func run() throws {
    let memory = try location.open(isReadOnly: true)
    let size = try memory.statistics().databaseBytes
    if dryRun {
      guard !FileManager.default.fileExists(atPath: target) else {
        throw MemoryError(
          .cannotOpen, path: target, message: "something is there already, expected a new path")
      }
      print("would have copied \(size) bytes")
      return
    }
    try memory.backUp(to: target)
    print("copied \(size) bytes")
  }
}

struct MemoryUseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use",
    abstract: "Counts that translations were used.",
    discussion: "Example:\n  bitext memory use my.memory 12 17")

  @OptionGroup var location: MemoryLocation

  @Argument(help: "The numbers of the units, as lookup gives them.")
  var units: [Int64]

  func run() throws {
    let now = Timestamp(secondsSince1970: Int64(Date().timeIntervalSince1970))
    let missing = try location.open().noteUse(of: units, at: now)
    if !missing.isEmpty {
      let numbers = missing.map { "\($0)" }.joined(separator: ", ")
      throw DataError("found no unit \(numbers), expected numbers of units", place: location.path)
    }
  }
}
