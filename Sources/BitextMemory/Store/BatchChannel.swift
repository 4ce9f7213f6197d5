internal import Dispatch
internal import Synchronization

/// Hands batches from a task, which may not block, to a thread, which has to.
///
/// It holds two batches at most: a task that is faster waits.
final class BatchChannel: Sendable {
  /// What comes next.
  enum Step {
    /// Units to save.
    case batch([PreparedUnit])
    /// Everything was sent.
    case end
    /// Nothing more comes, and what came is not whole.
    case broken
  }

  private struct State {
    var batches: [[PreparedUnit]] = []
    /// The task that waits for room.
    var sender: CheckedContinuation<Void, Never>?
    var isWhole: Bool?
    var isClosed = false
  }

  private static let capacity = 2
  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)

  /// Sends a batch; returns, when there is room for the next one, whether anybody still receives.
  func send(_ batch: [PreparedUnit]) async -> Bool {
    await withCheckedContinuation { continuation in
      let hasRoom = state.withLock { state in
        if state.isClosed { return true }
        state.batches.append(batch)
        if state.batches.count < Self.capacity { return true }
        state.sender = continuation
        return false
      }
      filled.signal()
      if hasRoom { continuation.resume() }
    }
    return state.withLock { !$0.isClosed }
  }

  /// Says that nothing more comes; the first word counts.
  func finish(isWhole: Bool) {
    state.withLock { $0.isWhole = $0.isWhole ?? isWhole }
    filled.signal()
  }

  /// Waits for what comes next.
  func receive() -> Step {
    filled.wait()
    let (step, sender) = state.withLock { state -> (Step, CheckedContinuation<Void, Never>?) in
      // A task that gave up does not wait for what it sent to be saved first.
      if state.isWhole == false { return (.broken, nil) }
      guard !state.batches.isEmpty else { return (state.isWhole == true ? .end : .broken, nil) }
      let batch = state.batches.removeFirst()
      let sender = state.sender
      state.sender = nil
      return (.batch(batch), sender)
    }
    sender?.resume()
    return step
  }

  /// Says that nobody receives any more.
  func close() {
    let sender = state.withLock { state in
      state.isClosed = true
      let sender = state.sender
      state.sender = nil
      return sender
    }
    sender?.resume()
  }
}
