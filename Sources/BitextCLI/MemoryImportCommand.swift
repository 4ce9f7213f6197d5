public import ArgumentParser
public import Bitext
internal import Foundation

extension SaveRule: ExpressibleByArgument {}

struct MemoryImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Brings the units of files into a memory.",
    discussion: """
      A file is read to its end before anything is written, so a fault in it changes nothing; with
      --lenient what is wrong is left out. A batch is one transaction. An import that was broken off
      goes on where it stopped when the same command is given again. Two translations of one text in
      one file are both kept; --rule decides against what was there before. The memory is made when there
      is none.

      Examples:
        bitext memory import my.memory talk.tmx
        bitext memory import my.memory huge.tmx.gz --batch 50000 --jsonl
        bitext memory import my.memory clients.tmx --keep-by x-client
      """)

  static let ruleHelp: ArgumentHelp = """
    What happens to another translation of the same text in the same context that was there before: \
    \(SaveRule.allCases.map(\.rawValue).joined(separator: ", ")).
    """

  @OptionGroup var location: MemoryLocation

  @Argument(help: "TMX or tables; - is standard input.")
  var files: [String]

  @Flag(help: "Leave out what is wrong, say so, and go on.")
  var lenient = false

  @Option(help: Self.ruleHelp)
  var rule = SaveRule.keepNewest

  @Option(help: "Units that differ in this property live side by side; may be repeated.")
  var keepBy: [String] = []

  @Option(help: "order takes the units before and after as the context of a unit; or none.")
  var context = ContextSource.none

  @Option(help: "Units in one transaction.")
  var batch = 10_000

  @Flag(help: "All units of a file in one transaction.")
  var atomic = false

  @Option(help: "The format of the files, where it is not recognised.")
  var format: FileFormat?

  @Option(help: "Source and target languages, such as en,es, where the file does not say.")
  var languages: LanguageList?

  @Option(help: "The encoding of the files, such as GB18030 (default: what the file says).")
  var encoding: String?

  @Flag(help: "Answer JSON objects: what is durable after each batch, and the counts at the end.")
  var jsonl = false

  @OptionGroup var verbosity: VerbosityOptions

  /// Where context comes from that a file does not give.
  enum ContextSource: String, ExpressibleByArgument, CaseIterable {
    case order, none
  }

  private struct Committed: Encodable {
    let committed: Int
  }

  private struct Summary: Encodable {
    let read: Int
    let added: Int
    let updated: Int
    let unchanged: Int
    let rejected: Int
    let seconds: Double
  }

  func validate() throws {
    guard batch >= 1 else { throw ValidationError("--batch is 1 or more, found \(batch)") }
    guard !files.isEmpty else { throw ValidationError("expected a file to import") }
  }

  func run() throws {
    let start = ContinuousClock.now
    var total = SaveReport()
    var memory: TranslationMemory?
    for file in files {
      let content = try ImportedFile(file)
      defer { content.remove() }
      if !lenient {
        // A fault must be known before anything is written, and must not leave an empty memory.
        let reader = try open(content, isSilent: true)
        while try reader.next() != nil {}
      }
      let target = try memory ?? location.openOrCreate()
      memory = target
      total = total + (try bring(content, into: target))
    }
    let duration = ContinuousClock.now - start
    let seconds =
      Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    if jsonl {
      say(
        try JSONLines.encode(
          Summary(
            read: total.read, added: total.added, updated: total.updated,
            unchanged: total.unchanged, rejected: total.rejected,
            seconds: (seconds * 1000).rounded() / 1000)))
    } else {
      say(
        "read \(total.read), added \(total.added), updated \(total.updated), "
          + "unchanged \(total.unchanged), rejected \(total.rejected)\n")
    }
  }

  private func open(_ content: ImportedFile, isSilent: Bool) throws -> any UnitReader {
    let options = ReadOptions(
      mode: lenient ? .lenient : .strict, encoding: encoding, languages: languages?.tags ?? [])
    return try FormatReader.open(.file(content.path), format: format, options: options) {
      diagnostic in
      if isSilent || diagnostic.severity == .warning && verbosity.quiet { return }
      Diagnostics.line(diagnostic.description)
    }.reader
  }

  private func bring(
    _ content: ImportedFile, into memory: TranslationMemory
  ) throws -> SaveReport {
    let reader = try open(content, isSilent: false)
    var first = try reader.next()
    let header = (reader as? TMXReader)?.header
    let options = MemoryImport.Options(
      rule: rule, batch: batch, takesContextFromOrder: context == .order,
      distinguishingProperties: keepBy, sourceLanguage: header?.sourceLanguage,
      header: header?.stored)
    func next() throws -> TranslationUnit? {
      if let unit = first {
        first = nil
        return unit
      }
      return try reader.next()
    }
    if atomic {
      let report = try memory.saveAtomically(
        content.name, options: options, rejected: { reader.summary.rejected }, next)
      if jsonl { say(try JSONLines.encode(Committed(committed: report.read))) }
      return report
    }
    var session = try memory.beginImport(
      content.name, digest: try content.digest(), options: options)
    if session.alreadyDurable > 0, !verbosity.quiet {
      Diagnostics.line("\(content.name): going on behind unit \(session.alreadyDurable)")
    }
    while let unit = try next() {
      if let durable = try session.add(unit), jsonl {
        say(try JSONLines.encode(Committed(committed: durable)))
      }
    }
    for _ in 0..<reader.summary.rejected { session.reject() }
    let read = reader.summary.read
    let report = try session.finish()
    if jsonl { say(try JSONLines.encode(Committed(committed: read))) }
    return report
  }

  /// Writes at once: what was acknowledged has to reach whoever waits for it.
  private func say(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }
}

/// A file to import; standard input is kept beside it, since it is read twice.
private struct ImportedFile {
  let name: String
  let path: String
  private let isTemporary: Bool

  init(_ file: String) throws {
    name = file
    guard file == "-" else {
      path = file
      isTemporary = false
      return
    }
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "bitext-import-\(UUID().uuidString)")
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
      throw MemoryError(
        .inputOutput, path: url.path, message: "cannot keep standard input, expected room for it")
    }
    path = url.path
    isTemporary = true
    let handle = try FileHandle(forWritingTo: url)
    while true {
      let piece = FileHandle.standardInput.availableData
      if piece.isEmpty { break }
      try handle.write(contentsOf: piece)
    }
    try handle.close()
  }

  func remove() {
    if isTemporary { try? FileManager.default.removeItem(atPath: path) }
  }

  /// The hash of the hashes of each megabyte, and the size.
  func digest() throws -> String {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    var hashes: [UInt8] = []
    var size = 0
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
      size += piece.count
      var hash = XXH64.hash(Array(piece).span)
      for _ in 0..<8 {
        hashes.append(UInt8(truncatingIfNeeded: hash))
        hash >>= 8
      }
    }
    return "xxh64:\(String(XXH64.hash(hashes.span), radix: 16)):\(size)"
  }
}
