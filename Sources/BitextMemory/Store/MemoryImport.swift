public import BitextCore
internal import Dispatch
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

    /// - Precondition: `batch` is at least 1.
    public init(
      rule: SaveRule = .keepNewest, batch: Int = 10_000, takesContextFromOrder: Bool = false
    ) {
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
  private var run: ImportRun
  private var toSkip: Int
  private var waiting: [PreparedUnit] = []
  private let follower: IndexFollower
  /// The batch that is being written.
  private var underWay: BatchWrite?
  /// The unit whose neighbour is not known yet, and the text before it.
  private var held: (unit: TranslationUnit, previous: String)?
  private var previousText = ""

  init(
    _ memory: TranslationMemory, name: String, digest: String, options: Options
  ) throws(MemoryError) {
    self.memory = memory
    self.options = options
    follower = IndexFollower(of: memory)
    let run = try memory.store.write { (writer) throws(MemoryError) in
      if let open = try writer.unfinishedRun(digest: digest, rule: options.rule) { return open }
      var run = ImportRun(name: name, digest: digest, rule: options.rule)
      run.id = try writer.record(run)
      return run
    }
    self.run = run
    // The rejected ones are read, and counted, again.
    self.run.report.rejected = 0
    alreadyDurable = run.offset
    toSkip = run.offset
  }

  /// Takes the next unit of the content.
  ///
  /// - Returns: How many units of the content are durable by now, when this one completed a batch.
  ///   The batch itself is durable when the next one is complete, or at the end.
  /// - Throws: What went wrong with this unit, or with the batch before.
  public mutating func add(_ unit: TranslationUnit) throws(MemoryError) -> Int? {
    guard options.takesContextFromOrder else {
      return try append(unit, previous: nil, next: nil)
    }
    let text = Self.sourceText(of: unit)
    let complete = held
    held = (unit, previousText)
    previousText = text
    guard let complete else { return nil }
    return try append(complete.unit, previous: complete.previous, next: text)
  }

  /// Counts a unit that could not be read.
  public mutating func reject() { run.report.rejected += 1 }

  /// Saves what is left and closes the run.
  public consuming func finish() throws(MemoryError) -> SaveReport {
    if let held { _ = try append(held.unit, previous: held.previous, next: "") }
    try settle()
    run.isFinished = true
    commit()
    try settle()
    follower.finish()
    memory.maintainIndex()
    return run.report
  }

  deinit { _ = underWay?.wait() }

  private static func sourceText(of unit: TranslationUnit) -> String {
    let source = unit.sourceLanguage.flatMap { unit[$0] } ?? unit.variants.first
    return source?.segment.text ?? ""
  }

  private mutating func append(
    _ unit: TranslationUnit, previous: String?, next: String?
  ) throws(MemoryError) -> Int? {
    if toSkip > 0 {
      toSkip -= 1
      return nil
    }
    var context = ContextSignature(of: unit)
    if previous != nil, context.previous == ContextSignature.unknown,
      context.next == ContextSignature.unknown
    {
      let key = context.key
      context = ContextSignature(previous: previous, next: next)
      context.key = key
    }
    waiting.append(try PreparedUnit(unit, context: context))
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
    var written = try batch.wait().get()
    // Units may have been rejected meanwhile.
    written.report.rejected = run.report.rejected
    written.isFinished = run.isFinished
    run = written
    follower.advance()
  }

  /// Begins to write what waits. No batch may be under way.
  private mutating func commit() {
    underWay = BatchWrite(waiting, of: run, rule: options.rule, to: memory.store)
    waiting = []
  }
}

/// A batch that is written on a thread of its own.
private final class BatchWrite: Sendable {
  private let outcome = Mutex<Result<ImportRun, MemoryError>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  init(_ units: [PreparedUnit], of run: ImportRun, rule: SaveRule, to store: any MemoryStore) {
    DispatchQueue.global().async { [self] in
      let result: Result<ImportRun, MemoryError>
      do throws(MemoryError) {
        let written = try store.write { (writer) throws(MemoryError) in
          var next = run
          try UnitSaver.save(units, rule: rule, into: writer, &next.report)
          next.offset += units.count
          _ = try writer.record(next)
          return next
        }
        result = .success(written)
      } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
  }

  /// The run behind the batch; may be asked once.
  func wait() -> Result<ImportRun, MemoryError> {
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
  /// - Throws: What `next` throws, or a ``MemoryError``.
  public func saveAtomically(
    rule: SaveRule = .keepNewest, _ next: () throws -> TranslationUnit?
  ) throws -> SaveReport {
    var failure: (any Error)?
    defer { indexNew() }
    do {
      return try store.write { (writer) throws(MemoryError) in
        var report = SaveReport()
        while true {
          let unit: TranslationUnit?
          do {
            unit = try next()
          } catch {
            failure = error
            throw MemoryError(.invalidUnit, message: "the import was broken off")
          }
          guard let unit else { return report }
          try UnitSaver.save([try PreparedUnit(unit)], rule: rule, into: writer, &report)
        }
      }
    } catch {
      throw failure ?? error
    }
  }
}
