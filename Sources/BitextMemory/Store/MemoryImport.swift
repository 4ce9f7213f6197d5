public import BitextCore
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Brings a long sequence of units into a memory, batch by batch.
///
/// Each batch is one transaction, so a crash leaves whole batches; the same content, recognised by
/// its digest, goes on behind the last one. While a batch is written, on a thread of its own, the next
/// one can be read already; a session that is dropped waits for the batch that is under way.
///
///     var session = try memory.beginImport("memory.tmx", digest: digest)
///     while let unit = try reader.next() {
///       if let durable = try session.add(unit) { print("\(durable) units are safe") }
///     }
///     let report = try session.finish()
public struct MemoryImport: ~Copyable {
  /// How units are brought in.
  public struct Options: Sendable, Hashable {
    /// What happens to a unit whose source is there with another translation.
    public var rule: SaveRule
    /// Units in one transaction.
    public var batch: Int
    /// Takes the units before and after as the context of a unit that brings none: right for files
    /// whose units stand in the order of a text.
    public var takesContextFromOrder: Bool
    /// Units that differ in a property of one of these names live side by side, whatever the rule.
    public var distinguishingProperties: [String]
    /// The language of the source of units that name none; `nil` takes their first variant.
    public var sourceLanguage: LanguageTag?
    /// What the file says of itself, kept for the export.
    public var header: String?
    /// What the run is listed as.
    public var kind: ImportRun.Kind

    /// - Precondition: `batch` is at least 1.
    public init(
      rule: SaveRule = .keepNewest, batch: Int = 10_000, takesContextFromOrder: Bool = false,
      distinguishingProperties: [String] = [], sourceLanguage: LanguageTag? = nil,
      header: String? = nil, kind: ImportRun.Kind = .import
    ) {
      self.distinguishingProperties = distinguishingProperties
      self.sourceLanguage = sourceLanguage
      self.header = header
      self.kind = kind
      precondition(batch >= 1, "a batch of \(batch) units")
      self.rule = rule
      self.batch = batch
      self.takesContextFromOrder = takesContextFromOrder
    }
  }

  /// The units of the content that were durable before this session began; `add` passes over them.
  public let alreadyDurable: Int

  private let memory: TranslationMemory
  private let options: Options
  /// The number of the run, for undoing it.
  public var runNumber: Int64 { run.id }

  private var run: ImportRun
  private var saver: UnitSaver
  private var rejected = 0
  private var toSkip: Int
  private var waiting: [PreparedUnit] = []
  private let follower: IndexFollower
  /// The batch that is being written.
  private var underWay: BatchWrite?
  private var context: OrderContext

  init(
    _ memory: TranslationMemory, name: String, digest: String, options: Options
  ) throws(MemoryError) {
    self.memory = memory
    self.options = options
    context = OrderContext(isUsed: options.takesContextFromOrder)
    follower = IndexFollower(of: memory)
    var run = try memory.store.write { (writer) throws(MemoryError) in
      if let open = try writer.unfinishedRun(digest: digest, rule: options.rule) { return open }
      return try writer.begin(
        options.kind, name, digest: digest, rule: options.rule, header: options.header)
    }
    // The rejected ones are read, and counted, again.
    run.report.rejected = 0
    self.run = run
    saver = UnitSaver(
      rule: options.rule, distinguishing: options.distinguishingProperties, report: run.report)
    alreadyDurable = run.offset
    toSkip = run.offset
  }

  /// Takes the next unit of the content.
  ///
  /// - Returns: How many units of the content are durable by now, when this one completed a batch.
  ///   The batch itself is durable when the next one is complete, or at the end.
  /// - Throws: What went wrong with this unit, or with the batch before.
  public mutating func add(_ unit: TranslationUnit) throws(MemoryError) -> Int? {
    guard let ready = context.add(unit) else { return nil }
    return try append(
      try PreparedUnit(ready.unit, context: ready.context, source: options.sourceLanguage))
  }

  /// Counts a unit that could not be read.
  public mutating func reject() { rejected += 1 }

  /// Takes a unit whose source and context are known.
  public mutating func add(_ unit: PreparedUnit) throws(MemoryError) -> Int? { try append(unit) }

  /// Saves what is left and closes the run.
  public consuming func finish() throws(MemoryError) -> SaveReport {
    if let ready = context.last() {
      _ = try append(
        try PreparedUnit(ready.unit, context: ready.context, source: options.sourceLanguage))
    }
    try settle()
    run.isFinished = true
    for _ in 0..<rejected { saver.reject() }
    commit()
    try settle()
    follower.finish()
    memory.maintainIndex()
    return run.report
  }

  deinit { _ = underWay?.wait() }

  private mutating func append(_ unit: PreparedUnit) throws(MemoryError) -> Int? {
    if toSkip > 0 {
      toSkip -= 1
      return nil
    }
    waiting.append(unit)
    guard waiting.count >= options.batch else { return nil }
    try settle()
    let durable = run.offset
    commit()
    return durable > 0 ? durable : nil
  }

  /// Waits for the batch that is under way and takes its counts over.
  private mutating func settle() throws(MemoryError) {
    guard let batch = underWay else { return }
    underWay = nil
    (run, saver) = try batch.wait().get()
    follower.advance()
  }

  /// Begins to write what waits. No batch may be under way.
  private mutating func commit() {
    underWay = BatchWrite(waiting, of: run, by: saver, to: memory.store)
    waiting = []
  }
}

/// A batch that is written on a thread of its own.
final class BatchWrite: Sendable {
  typealias Outcome = Result<(run: ImportRun, saver: UnitSaver), MemoryError>

  private let outcome = Mutex<Outcome?>(nil)
  private let done = DispatchSemaphore(value: 0)

  init(_ units: [PreparedUnit], of run: ImportRun, by saver: UnitSaver, to store: any MemoryStore) {
    DispatchQueue.global().async { [self] in
      let result: Outcome
      do throws(MemoryError) {
        result = .success(try Self.write(units, of: run, by: saver, to: store))
      } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
  }

  /// Writes a batch in one transaction.
  static func write(
    _ units: [PreparedUnit], of run: ImportRun, by saver: UnitSaver, to store: any MemoryStore
  ) throws(MemoryError) -> (run: ImportRun, saver: UnitSaver) {
    try store.write { (writer) throws(MemoryError) in
      var (run, saver) = (run, saver)
      try writer.act(for: run.id)
      try saver.save(units, into: writer)
      run.offset += units.count
      run.report = saver.report
      _ = try writer.record(run)
      return (run, saver)
    }
  }

  /// The run behind the batch; may be asked once.
  func wait() -> Outcome {
    done.wait()
    return outcome.withLock { $0 }
      ?? .failure(MemoryError(.store, message: "a batch was lost, expected it to be written"))
  }
}

extension TranslationMemory {
  /// Begins to bring in a long sequence of units.
  ///
  /// - Parameters:
  ///   - name: What the content is called in the list of imports, such as the name of a file.
  ///   - digest: Identifies the content: an import that did not finish goes on with the same digest.
  public func beginImport(
    _ name: String, digest: String, options: MemoryImport.Options = MemoryImport.Options()
  ) throws(MemoryError) -> MemoryImport {
    try MemoryImport(self, name: name, digest: digest, options: options)
  }

  /// Saves all units that `next` gives in one transaction: all of them, or none when it throws.
  ///
  /// - Parameters:
  ///   - name: Records a run of this name, which can be undone; `nil` records none.
  ///   - isRehearsal: Takes everything back at the end; the report says what would have happened.
  ///   - rejected: Asked at the end for the number of units that could not be read.
  /// - Throws: What `next` throws, or a ``MemoryError``.
  public func saveAtomically(
    _ name: String? = nil, options: MemoryImport.Options = MemoryImport.Options(),
    isRehearsal: Bool = false, rejected: () -> Int = { 0 },
    _ next: () throws -> TranslationUnit?
  ) throws -> SaveReport {
    var failure: (any Error)?
    defer { indexNew() }
    do {
      return try store.write(isRehearsal: isRehearsal) { (writer) throws(MemoryError) in
        var saver = UnitSaver(
          rule: options.rule, distinguishing: options.distinguishingProperties)
        var run: ImportRun?
        if let name {
          run = try writer.begin(options.kind, name, rule: options.rule, header: options.header)
        }
        var context = OrderContext(isUsed: options.takesContextFromOrder)
        var batch: [PreparedUnit] = []
        var isAtEnd = false
        while !isAtEnd {
          do {
            if let unit = try next() {
              if let ready = context.add(unit) {
                batch.append(
                  try PreparedUnit(
                    ready.unit, context: ready.context, source: options.sourceLanguage))
              }
            } else {
              isAtEnd = true
            }
          } catch {
            failure = error
            throw MemoryError(.invalidUnit, message: "the import was broken off")
          }
          if isAtEnd, let ready = context.last() {
            batch.append(
              try PreparedUnit(ready.unit, context: ready.context, source: options.sourceLanguage))
          }
          if batch.count >= options.batch || isAtEnd {
            try saver.save(batch, into: writer)
            batch.removeAll(keepingCapacity: true)
          }
        }
        for _ in 0..<rejected() { saver.reject() }
        if var run { try writer.end(&run, report: saver.report) }
        return saver.report
      }
    } catch {
      throw failure ?? error
    }
  }
}

extension MemoryWriter {
  /// Records a run that acts from now on in this transaction.
  func begin(
    _ kind: ImportRun.Kind, _ name: String, digest: String = "", rule: SaveRule = .keepNewest,
    header: String? = nil
  ) throws(MemoryError) -> ImportRun {
    let now = Timestamp(secondsSince1970: Int64(Date().timeIntervalSince1970))
    var run = ImportRun(
      name: name, digest: digest, rule: rule, kind: kind, started: now, header: header)
    run.id = try record(run)
    try act(for: run.id)
    return run
  }

  /// Records that a run came to its end.
  func end(_ run: inout ImportRun, report: SaveReport) throws(MemoryError) {
    run.report = report
    run.offset = report.read
    run.isFinished = true
    _ = try record(run)
  }
}

/// Gives each unit the texts of its neighbours as context, where it brings none of its own.
struct OrderContext {
  let isUsed: Bool
  /// The unit whose neighbour is not known yet, and the text before it.
  private var held: (unit: TranslationUnit, previous: String)?
  private var previousText = ""

  init(isUsed: Bool) { self.isUsed = isUsed }

  typealias Ready = (unit: TranslationUnit, context: ContextSignature)

  /// Takes the next unit and gives the one that is complete by that.
  mutating func add(_ unit: TranslationUnit) -> Ready? {
    guard isUsed else { return (unit, ContextSignature(of: unit)) }
    let text = Self.sourceText(of: unit)
    let complete = held
    held = (unit, previousText)
    previousText = text
    return complete.map { Self.ready($0.unit, $0.previous, next: text) }
  }

  /// The last unit, whose next text is the end.
  mutating func last() -> Ready? {
    defer { held = nil }
    return held.map { Self.ready($0.unit, $0.previous, next: "") }
  }

  private static func ready(_ unit: TranslationUnit, _ previous: String, next: String) -> Ready {
    var context = ContextSignature(of: unit)
    if context.previous == ContextSignature.unknown, context.next == ContextSignature.unknown {
      let key = context.key
      context = ContextSignature(previous: previous, next: next)
      context.key = key
    }
    return (unit, context)
  }

  private static func sourceText(of unit: TranslationUnit) -> String {
    let source = unit.sourceLanguage.flatMap { unit[$0] } ?? unit.variants.first
    return source?.segment.text ?? ""
  }
}
