internal import ArgumentParser
internal import Bitext
internal import Foundation

struct MemoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory",
    abstract: "Keeps translations and finds them again.",
    discussion: """
      A memory is a directory. Several programs may use it; one of them writes at a time. Imports,
      removals and other changes of many units are runs, which undo takes back.

      Examples:
        bitext memory import my.memory talk.tmx
        bitext memory lookup my.memory --from en --to zh "The blue house is big"
        bitext memory concordance my.memory --language zh 数字
      """,
    subcommands: [
      MemoryCreateCommand.self, MemoryImportCommand.self, MemoryAddCommand.self,
      MemoryLookupCommand.self, MemoryConcordanceCommand.self, MemoryExportCommand.self,
      MemoryStatsCommand.self, MemoryUseCommand.self, MemoryDedupeCommand.self,
      MemoryMergeCommand.self, MemoryPivotCommand.self, MemoryRemoveCommand.self,
      MemoryUndoCommand.self, MemoryBackupCommand.self, MemoryVerifyCommand.self,
      MemoryCompactCommand.self,
    ],
    aliases: ["tm"])

  /// Opens the memory at a path that must hold one.
  static func open(_ path: String, isReadOnly: Bool = false) throws -> TranslationMemory {
    try TranslationMemory(
      at: URL(fileURLWithPath: path),
      options: MemoryOpenOptions(existence: .mustExist, isReadOnly: isReadOnly))
  }
}

struct MemoryCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Makes an empty memory.",
    discussion: "Example:\n  bitext memory create my.memory")

  @OptionGroup var location: MemoryLocation

  func run() throws {
    _ = try TranslationMemory(
      at: URL(fileURLWithPath: location.path), options: MemoryOpenOptions(existence: .mustBeNew))
  }
}

struct MemoryAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Saves one translation.",
    discussion: """
      Example:
        bitext memory add my.memory --source en "Save the file" --target zh 保存文件
      """)

  @OptionGroup var location: MemoryLocation

  @Option(parsing: .upToNextOption, help: "The language of the source, and the source.")
  var source: [String]

  @Option(parsing: .upToNextOption, help: "The language of the translation, and the translation.")
  var target: [String]

  @Option(help: MemoryImportCommand.ruleHelp)
  var rule = SaveRule.keepNewest

  @OptionGroup var context: ContextOptions

  @Option(help: "Who made it.")
  var author: String?

  func run() throws {
    let now = Timestamp(secondsSince1970: Int64(Date().timeIntervalSince1970))
    let from = try variant(source, "--source")
    let to = try variant(target, "--target")
    guard from.language != to.language else {
      throw UsageError("--source and --target are both \(from.language), expected two languages")
    }
    var properties: [Property] = []
    for (name, value) in [
      ("prev", context.previous), ("next", context.next), ("id", context.key),
    ] {
      if let value { properties.append(Property(name: name, value: value)) }
    }
    let unit = TranslationUnit(
      sourceLanguage: from.language, variants: [from, to],
      provenance: Provenance(created: now, createdBy: author), properties: properties)
    try location.openOrCreate().save([unit], rule: rule, recordedAs: "add")
  }

  private func variant(_ words: [String], _ option: String) throws -> Variant {
    guard words.count == 2 else {
      throw UsageError(
        "\(option) is a language and a text, found \(words.count) argument\(words.count == 1 ? "" : "s")"
      )
    }
    guard let language = LanguageTag(argument: words[0]) else {
      throw UsageError("\"\(words[0])\" is no language that is known, expected a tag such as zh")
    }
    return Variant(language, words[1])
  }
}

struct MemoryStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Says what a memory holds.",
    discussion: "Example:\n  bitext memory stats my.memory --jsonl")

  @OptionGroup var location: MemoryLocation

  @Flag(help: "Answer one JSON object.")
  var jsonl = false

  private struct Answer: Encodable {
    struct Bytes: Encodable {
      let database: Int
      let index: Int
    }
    struct Run: Encodable {
      let run: Int64
      let kind: String
      let started: String?
      let undoneBy: Int64?
      let name: String
      let rule: String
      let durable: Int
      let read: Int
      let added: Int
      let updated: Int
      let unchanged: Int
      let rejected: Int
      let finished: Bool
    }
    let units: Int
    let variants: [String: Int]
    let bytes: Bytes
    let segments: Int
    let tail: Int
    let concepts: Int
    let runs: [Run]
  }

  func run() throws {
    let memory = try location.open()
    let statistics = try memory.statistics()
    let file = URL(fileURLWithPath: location.path).appendingPathComponent(
      SQLiteStore.databaseName
    ).path
    let size = [file, file + "-wal"].reduce(0) { sum, name in
      sum + ((try? FileManager.default.attributesOfItem(atPath: name)[.size] as? Int) ?? 0)
    }
    let index = memory.indexSize()
    if jsonl {
      let answer = Answer(
        units: statistics.units,
        variants: Dictionary(
          statistics.variants.map { ($0.tag.identifier, $0.count) }, uniquingKeysWith: +),
        bytes: .init(database: size, index: index.bytes), segments: index.files,
        tail: max(
          0, statistics.variants.reduce(0) { $0 + $1.count } - index.entries),
        concepts: statistics.concepts,
        runs: statistics.runs.map {
          .init(
            run: $0.id, kind: $0.kind.rawValue, started: $0.started?.asWritten,
            undoneBy: $0.undoneBy, name: $0.name, rule: $0.rule.rawValue, durable: $0.offset,
            read: $0.report.read,
            added: $0.report.added, updated: $0.report.updated, unchanged: $0.report.unchanged,
            rejected: $0.report.rejected, finished: $0.isFinished)
        })
      print(try JSONLines.encode(answer), terminator: "")
      return
    }
    print("units       \(statistics.units)")
    for language in statistics.variants { print("  \(language.tag)  \(language.count)") }
    print("concepts    \(statistics.concepts)")
    print("database    \(size) bytes")
    print("index       \(index.bytes) bytes in \(index.files) files")
    for run in statistics.runs {
      let report = run.report
      print(
        "run \(run.id)  \(run.kind.rawValue)  \(run.name): read \(report.read), added \(report.added), "
          + "updated \(report.updated), unchanged \(report.unchanged), rejected \(report.rejected)"
          + (run.undoneBy.map { "; undone by run \($0)" } ?? "")
          + (run.isFinished
            ? "" : "; not finished, the same command goes on behind unit \(run.offset)"))
    }
  }
}

struct MemoryVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Checks every page of a memory; one line a fault.",
    discussion: "Example:\n  bitext memory verify my.memory")

  @OptionGroup var location: MemoryLocation

  @Flag(help: "Answer JSON objects, one a fault.")
  var jsonl = false

  private struct Answer: Encodable {
    let fault: String
  }

  func run() throws {
    let faults = try location.open().verify()
    for fault in faults {
      if jsonl {
        print(try JSONLines.encode(Answer(fault: fault)), terminator: "")
      } else {
        print("\(location.path): \(fault)")
      }
    }
    if !faults.isEmpty { throw ExitCode(ExitStatus.problems.rawValue) }
  }
}

struct MemoryCompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact", abstract: "Gives unused room back to the disk.",
    discussion: "Example:\n  bitext memory compact my.memory")

  @OptionGroup var location: MemoryLocation

  func run() throws { try location.open().compact() }
}
