internal import Dispatch
internal import Foundation

/// Ends a command in good order when the user stops it.
enum Interruption {
  /// Runs work as a task that an interrupt (Ctrl-C) or a request to end cancels. What it has not finished
  /// is taken back, then the program ends as the signal asks.
  static func cancelling(_ work: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task { try await work() }
    let sources = [SIGINT, SIGTERM].map { number in
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      return (number, source)
    }
    let result = await task.result
    for (number, source) in sources {
      source.cancel()
      _ = signal(number, SIG_DFL)
    }
    if case .failure(let error) = result, error is CancellationError {
      Diagnostics.line("bitext: stopped; nothing was written")
      exit(128 + SIGINT)
    }
    try result.get()
  }
}
