extension TranslationMemory {
  /// The matches for many queries, in their order, found on all cores.
  ///
  /// Every 64 queries are answered from one state of the memory; what others save meanwhile may be seen by
  /// those after them.
  ///
  /// - Throws: A ``MemoryError``, or `CancellationError` when the task is cancelled.
  public func matchesOnAllCores(
    for queries: [MatchQuery], options: MatchOptions = MatchOptions()
  ) async throws -> [[Match]] {
    let size = 64
    return try await withThrowingTaskGroup(of: (Int, [[Match]]).self) { group in
      for start in stride(from: 0, to: queries.count, by: size) {
        group.addTask {
          try Task.checkCancellation()
          let batch = Array(queries[start..<min(queries.count, start + size)])
          return (start, try self.matches(for: batch, options: options))
        }
      }
      var answers = [[Match]](repeating: [], count: queries.count)
      for try await (start, found) in group {
        for (offset, matches) in found.enumerated() { answers[start + offset] = matches }
      }
      return answers
    }
  }
}
