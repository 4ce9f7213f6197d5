internal import ArgumentParser
internal import Bitext
internal import Foundation

/// Which memory a command works on.
struct MemoryLocation: ParsableArguments {
  @Argument(help: "The directory of the memory.")
  var path: String

  /// Opens the memory, which must be there.
  func open(isReadOnly: Bool = false) throws -> TranslationMemory {
    try MemoryCommand.open(path, isReadOnly: isReadOnly)
  }

  /// Opens the memory, or makes one.
  func openOrCreate() throws -> TranslationMemory {
    try TranslationMemory(at: URL(fileURLWithPath: path))
  }
}

extension MemoryLocation {
  /// Says which of the languages nothing is stored in, as a mistake in a tag looks like an empty answer.
  func warn(of languages: [LanguageTag], in memory: TranslationMemory) throws {
    let stored = try memory.languages()
    for language in languages
    where !stored.contains(where: { LanguageMatch.points(asked: language, stored: $0) != nil }) {
      let known = stored.map(\.identifier).joined(separator: ", ")
      Diagnostics.warn(
        "nothing is stored in \(language)" + (known.isEmpty ? "" : ", expected one of \(known)"),
        place: path)
    }
  }
}

/// Where a text stands.
struct ContextOptions: ParsableArguments {
  @Option(help: "The text before it; an empty one is the start of the document.")
  var previous: String?

  @Option(help: "The text after it; an empty one is the end of the document.")
  var next: String?

  @Option(help: "The key of the place that it stands in.")
  var key: String?
}

/// Which units of a memory are meant.
struct UnitFilterOptions: ParsableArguments {
  @Option(help: "Only units that have one of these languages, such as es or en,zh.")
  var language: LanguageList?

  @Option(help: "Only units with these words in a text, whatever their case and width.")
  var text: String?

  @OptionGroup var metadata: MetadataOptions

  @Option(name: .customLong("run"), help: "Only units that this run added; see memory stats.")
  var addedByRun: Int64?

  func filter() throws -> MemoryFilter {
    var filter = try metadata.filter()
    filter.languages = language?.tags ?? []
    filter.text = text
    filter.run = addedByRun
    return filter
  }
}

/// Which units are meant, by what is known of them beside their texts.
struct MetadataOptions: ParsableArguments {
  @Option(help: "Only units that were made or changed on this day or later: 2026-01-31.")
  var since: String?

  @Option(help: "Only units with a date that were last changed before this day: 2026-01-31.")
  var before: String?

  @Option(help: "Only units with this property: NAME or NAME=VALUE; may be repeated.")
  var property: [String] = []

  @Option(help: "Only units that this person or program made or changed.")
  var author: String?

  func filter() throws -> MemoryFilter {
    MemoryFilter(
      since: try since.map(Self.instant), before: try before.map(Self.instant),
      properties: property.map { property in
        let parts = property.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return MemoryFilter.PropertyCondition(
          String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
      }, author: author)
  }

  private static func instant(_ text: String) throws -> Int64 {
    let spelling = text.count == 10 ? text + "T00:00:00Z" : text
    guard let instant = Timestamp(spelling).secondsSince1970 else {
      throw UsageError("\"\(text)\" is no date, expected one such as 2026-01-31")
    }
    return instant
  }
}

/// How a command that changes many units goes about it, and answers.
struct ChangeOptions: ParsableArguments {
  @Flag(help: "Change nothing; say what would happen.")
  var dryRun = false

  @Flag(help: "Answer one JSON object.")
  var jsonl = false

  private struct Answer: Encodable {
    let run: Int64?
    let added: Int
    let changed: Int
    let removed: Int
    let skipped: Int
    let dryRun: Bool
  }

  /// Says what was done.
  func show(_ change: MemoryChange) throws {
    for remark in change.remarks { Diagnostics.line(remark) }
    if jsonl {
      print(
        try JSONLines.encode(
          Answer(
            run: change.run, added: change.added, changed: change.changed,
            removed: change.removed, skipped: change.skipped, dryRun: dryRun)), terminator: "")
      return
    }
    let counts = "added \(change.added), changed \(change.changed), removed \(change.removed)"
    if dryRun {
      print("would have " + counts)
    } else if let run = change.run {
      print(counts + "; run \(run)")
    } else {
      print("nothing to do")
    }
  }
}
