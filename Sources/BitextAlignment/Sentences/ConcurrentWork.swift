internal import Dispatch
internal import Synchronization

/// Runs independent pieces of work on all cores.
///
/// What the pieces are must not depend on the number of cores; then the results do not either.
///
/// - Parameters:
///   - count: The number of pieces.
///   - isCancelled: Whether to stop; is asked on all threads and knows the answer on the caller's, which
///     works too.
///   - work: Does one piece; is given a check for cancellation that knows the answer on all threads.
/// - Returns: The results, in the order of the pieces.
func concurrently<Value: Sendable>(
  _ count: Int, isCancelled: @escaping @Sendable () -> Bool,
  _ work: @Sendable (Int, @escaping @Sendable () -> Bool) throws(CancellationError) -> Value
) throws(CancellationError) -> [Value] {
  guard count > 1 else { return count == 1 ? [try work(0, isCancelled)] : [] }
  let flag = StopFlag()
  let results = Mutex([Value?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let mustStop: @Sendable () -> Bool = {
      if isCancelled() { flag.isSet.store(true, ordering: .relaxed) }
      return flag.isSet.load(ordering: .relaxed)
    }
    guard !mustStop() else { return }
    do throws(CancellationError) {
      let value = try work(index, mustStop)
      results.withLock { $0[index] = value }
    } catch {
      flag.isSet.store(true, ordering: .relaxed)
    }
  }
  let values = results.withLock { $0.compactMap(\.self) }
  guard values.count == count else { throw CancellationError() }
  return values
}

/// Whether the pieces of some work are to stop.
private final class StopFlag: Sendable {
  let isSet = Atomic<Bool>(false)
}
