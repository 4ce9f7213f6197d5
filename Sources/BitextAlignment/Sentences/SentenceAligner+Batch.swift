public import BitextCore
internal import Foundation
internal import Synchronization

extension SentenceAligner {
  /// Aligns documents on all cores and tells how far it has come.
  ///
  /// With `Learning.batch` the documents teach each other words and are searched in turn; otherwise each is
  /// a task of its own. The result does not depend on the number of cores.
  ///
  /// - Parameters:
  ///   - batch: For each document its text in each language, in the order of `languages`.
  ///   - guidance: What is known of each document; empty when nothing is known of any.
  ///   - progress: Is given the share that is done, ascending to 1; called by one task at a time.
  /// - Returns: One alignment a document, in their order.
  /// - Throws: `CancellationError` when the task is cancelled, within about a tenth of a second.
  public func align(
    batch: [[SegmentedText]], guidance: [AlignmentGuidance?] = [],
    progress: @escaping @Sendable (Double) -> Void
  ) async throws(CancellationError) -> [Alignment] {
    checkBatch(batch, guidance)
    let pairs = languages.count * (languages.count - 1) / 2
    let counter = ProgressCounter(documents: batch.count, searches: pairs * 6, report: progress)
    if options.learning == .batch || batch.count <= 1 {
      let alignments = try AlignmentRun(
        self, documents: batch, guidance: guidance, isCancelled: { Task.isCancelled },
        didSearch: { counter.step($0) }
      ).align()
      counter.finish()
      return alignments
    }
    let workers = min(batch.count, max(1, ProcessInfo.processInfo.activeProcessorCount))
    do {
      let found = try await withThrowingTaskGroup(of: (Int, Alignment).self) { group in
        var next = 0
        func start() {
          let number = next
          next += 1
          group.addTask {
            let alignment = try AlignmentRun(
              self, documents: [batch[number]],
              guidance: guidance.isEmpty ? [] : [guidance[number]],
              isCancelled: { Task.isCancelled }, didSearch: { _ in counter.step(number) }
            ).align()[0]
            counter.finish(number)
            return (number, alignment)
          }
        }
        while next < workers { start() }
        var found = [Alignment?](repeating: nil, count: batch.count)
        while let (number, alignment) = try await group.next() {
          found[number] = alignment
          if next < batch.count { start() }
        }
        return found
      }
      return found.compactMap(\.self)
    } catch {
      // A run throws nothing else.
      throw CancellationError()
    }
  }

  /// Aligns one document under guidance: what it states holds, the rest is aligned around it.
  ///
  /// - Parameters:
  ///   - texts: The document in each language, in the order of `languages`.
  ///   - guidance: Anchors, units and vectors.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Precondition: The guidance was made for the numbers of sentences of these texts.
  public func align(
    _ texts: [SegmentedText], guidance: AlignmentGuidance
  ) throws(CancellationError) -> Alignment {
    checkBatch([texts], [guidance])
    return try AlignmentRun(
      self, documents: [texts], guidance: [guidance], isCancelled: { Task.isCancelled }
    ).align()[0]
  }

  /// Aligns a document again and keeps what a person has put right.
  ///
  ///     // Unit 7 was corrected, units 0 to 6 are right: align the rest around them.
  ///     let better = try aligner.realign(texts, keeping: Array(corrected.units[0...7]))
  ///
  /// - Parameters:
  ///   - texts: The document in each language, in the order of `languages`.
  ///   - units: Units that stay as they are, in any order; their confidence will be 1.
  ///   - anchors: Sentences that belong together, one a language.
  /// - Throws: `GuidanceError` when the units contradict each other or do not fit the texts, and
  ///   `CancellationError`.
  public func realign(
    _ texts: [SegmentedText], keeping units: [AlignedUnit], anchors: [[Int]] = []
  ) throws -> Alignment {
    let statements =
      units.map { AlignmentGuidance.Statement.unit($0.ranges) }
      + anchors.map { AlignmentGuidance.Statement.anchor($0) }
    return try align(
      texts,
      guidance: try AlignmentGuidance(statements, sentenceCounts: texts.map(\.sentences.count)))
  }

  private func checkBatch(_ batch: [[SegmentedText]], _ guidance: [AlignmentGuidance?]) {
    precondition(
      guidance.isEmpty || guidance.count == batch.count, "guidance for each document or for none")
    for (number, texts) in batch.enumerated() {
      precondition(texts.count == languages.count, "one text a language, in their order")
      if !guidance.isEmpty, let known = guidance[number] {
        precondition(
          known.sentenceCounts == texts.map(\.sentences.count),
          "the guidance was made for texts of other lengths")
      }
    }
  }
}

/// How far a batch has come. Documents may be searched by several tasks.
private final class ProgressCounter: Sendable {
  private struct State {
    /// The share of each document that is done, and their sum.
    var shares: [Double]
    var sum = 0.0
    /// How many documents are not done.
    var open: Int
    var last = 0.0

    mutating func set(_ document: Int, _ share: Double) {
      sum += share - shares[document]
      if share == 1, shares[document] < 1 { open -= 1 }
      shares[document] = share
    }
  }
  private let state: Mutex<State>
  private let most: Int
  private let report: @Sendable (Double) -> Void

  /// - Parameter searches: The largest number of searches a document; fewer jump ahead at its end.
  init(documents: Int, searches: Int, report: @escaping @Sendable (Double) -> Void) {
    state = Mutex(State(shares: [Double](repeating: 0, count: documents), open: documents))
    most = searches
    self.report = report
  }

  func step(_ document: Int) {
    update { $0.set(document, min($0.shares[document] + 1 / Double(most), 0.99)) }
  }

  func finish(_ document: Int) { update { $0.set(document, 1) } }

  func finish() { update { for document in $0.shares.indices { $0.set(document, 1) } } }

  private func update(_ change: (inout State) -> Void) {
    state.withLock { state in
      change(&state)
      let count = Double(max(state.shares.count, 1))
      let share = state.open == 0 ? 1 : min(state.sum / count, 0.999)
      guard share > state.last else { return }
      state.last = share
      report(share)
    }
  }
}
