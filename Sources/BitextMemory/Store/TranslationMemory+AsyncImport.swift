public import BitextCore
internal import Dispatch

/// How far an import has come.
public struct ImportProgress: Sendable, Hashable {
  /// Units that were read, with those that were durable before it began.
  public let read: Int
  /// Units of the content that are durable.
  public let durable: Int
}

extension TranslationMemory {
  /// Brings in a sequence of units while the calling task may do other things.
  ///
  /// Units are written in batches on threads of their own; the task waits without holding one. Many tasks
  /// may import at once; their batches take turns.
  ///
  /// - Parameters:
  ///   - units: The content, in its order.
  ///   - name: What it is called in the list of runs.
  ///   - digest: Identifies the content: an import that did not finish goes on behind its last durable
  ///     batch with the same digest and rule.
  ///   - isAtomic: One transaction for everything, however long; nothing is durable before the end.
  ///   - progress: Called after each batch, from the calling task.
  /// - Throws: `CancellationError` when the task is cancelled, what `units` throws, or a ``MemoryError``.
  ///   What was durable stays, in whole batches, as an unfinished run that can go on or be undone; with
  ///   `isAtomic` nothing stays.
  /// - Complexity: As ``MemoryImport``; two batches are held at most.
  public func importUnits<Units: AsyncSequence & Sendable>(
    _ units: Units, name: String, digest: String,
    options: MemoryImport.Options = MemoryImport.Options(), isAtomic: Bool = false,
    progress: (ImportProgress) -> Void = { _ in }
  ) async throws -> SaveReport where Units.Element == TranslationUnit {
    try Task.checkCancellation()
    if isAtomic {
      return try await importAtomically(units, name: name, options: options, progress: progress)
    }
    var run = try await onOwnThread { () throws(MemoryError) in
      try self.store.write { (writer) throws(MemoryError) in
        if let open = try writer.unfinishedRun(digest: digest, rule: options.rule) { return open }
        return try writer.begin(
          options.kind, name, digest: digest, rule: options.rule, header: options.header)
      }
    }
    var saver = UnitSaver(
      rule: options.rule, distinguishing: options.distinguishingProperties, report: run.report)
    var toSkip = run.offset
    var read = 0
    let follower = IndexFollower(of: self)
    var batches = BatchBuilder(options)
    func write(_ batch: [PreparedUnit], isLast: Bool) async throws {
      var next = run
      next.isFinished = isLast
      (run, saver) = try await onOwnThread { [store, next, saver] () throws(MemoryError) in
        try BatchWrite.write(batch, of: next, by: saver, to: store)
      }
      follower.advance()
      progress(ImportProgress(read: read, durable: run.offset))
    }
    for try await unit in units {
      try Task.checkCancellation()
      read += 1
      guard let batch = try batches.add(unit, skips: toSkip > 0) else {
        toSkip = max(0, toSkip - 1)
        continue
      }
      toSkip = max(0, toSkip - 1)
      try await write(batch, isLast: false)
    }
    try Task.checkCancellation()
    try await write(try batches.rest(), isLast: true)
    try await onOwnThread { () throws(MemoryError) in
      follower.finish()
      self.maintainIndex()
    }
    return run.report
  }

  private func importAtomically<Units: AsyncSequence & Sendable>(
    _ units: Units, name: String, options: MemoryImport.Options,
    progress: (ImportProgress) -> Void
  ) async throws -> SaveReport where Units.Element == TranslationUnit {
    let channel = BatchChannel()
    // A transaction belongs to one thread: it waits there for what the task reads.
    async let written = onOwnThread { [store] () throws(MemoryError) -> SaveReport in
      defer { channel.close() }
      return try store.write { (writer) throws(MemoryError) in
        var run = try writer.begin(
          options.kind, name, rule: options.rule, header: options.header)
        var saver = UnitSaver(
          rule: options.rule, distinguishing: options.distinguishingProperties)
        while true {
          switch channel.receive() {
          case .batch(let batch): try saver.save(batch, into: writer)
          case .end:
            try writer.end(&run, report: saver.report)
            return saver.report
          case .broken:
            throw MemoryError(.invalidUnit, message: "the import was broken off")
          }
        }
      }
    }
    do {
      var batches = BatchBuilder(options)
      var read = 0
      var isOpen = true
      for try await unit in units {
        try Task.checkCancellation()
        read += 1
        guard let batch = try batches.add(unit, skips: false) else { continue }
        isOpen = await channel.send(batch)
        if !isOpen { break }
        progress(ImportProgress(read: read, durable: 0))
      }
      try Task.checkCancellation()
      if isOpen { _ = await channel.send(try batches.rest()) }
      channel.finish(isWhole: true)
      let report = try await written
      try await onOwnThread { () throws(MemoryError) in self.indexNew() }
      progress(ImportProgress(read: read, durable: read))
      return report
    } catch {
      channel.finish(isWhole: false)
      // The transaction is taken back before anybody hears of it.
      _ = try? await written
      throw error
    }
  }

  /// Runs work that blocks on a thread that may block.
  private func onOwnThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws(MemoryError) -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        do throws(MemoryError) {
          continuation.resume(returning: try body())
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }
}

/// Collects units into batches.
private struct BatchBuilder {
  private let options: MemoryImport.Options
  private var context: OrderContext
  private var batch: [PreparedUnit] = []

  init(_ options: MemoryImport.Options) {
    self.options = options
    context = OrderContext(isUsed: options.takesContextFromOrder)
  }

  /// Takes a unit and gives the batch that it completes.
  ///
  /// - Parameter skips: Passes over the unit that is complete by this one; its text is context still.
  mutating func add(
    _ unit: TranslationUnit, skips: Bool
  ) throws(MemoryError) -> [PreparedUnit]? {
    guard let ready = context.add(unit), !skips else { return nil }
    batch.append(
      try PreparedUnit(ready.unit, context: ready.context, source: options.sourceLanguage))
    guard batch.count >= options.batch else { return nil }
    defer { batch = [] }
    return batch
  }

  /// What is left.
  mutating func rest() throws(MemoryError) -> [PreparedUnit] {
    if let ready = context.last() {
      batch.append(
        try PreparedUnit(ready.unit, context: ready.context, source: options.sourceLanguage))
    }
    defer { batch = [] }
    return batch
  }
}
