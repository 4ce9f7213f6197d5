internal import Foundation
internal import Synchronization

/// One line on a terminal that shows how far long work has come; silence elsewhere.
///
/// It appears after half a second, so that short work shows nothing.
final class ProgressBar: Sendable {
  private struct State {
    var shown = -1
  }
  private let state = Mutex(State())
  private let start = ContinuousClock.now
  private let label: String
  private let isShown: Bool

  private static let width = 40

  init(_ label: String, quiet: Bool) {
    self.label = label
    isShown = !quiet && isatty(STDERR_FILENO) == 1
  }

  /// Shows a share of the work, in `0...1`.
  func show(_ share: Double) {
    guard isShown, ContinuousClock.now - start > .milliseconds(500) else { return }
    state.withLock { state in
      let percent = Int(share * 100)
      guard percent > state.shown else { return }
      state.shown = percent
      let filled = Int(share * Double(Self.width))
      Self.write(
        "\r\u{1B}[K\(label) [" + String(repeating: "=", count: filled)
          + String(repeating: " ", count: Self.width - filled) + "] \(percent) %")
    }
  }

  /// Shows what is being done where no share is known.
  func show(_ text: String) {
    guard isShown else { return }
    state.withLock { state in
      state.shown = max(state.shown, 0)
      Self.write("\r\u{1B}[K\(text)")
    }
  }

  /// Takes the line away.
  func clear() {
    guard isShown else { return }
    state.withLock { state in
      if state.shown >= 0 { Self.write("\r\u{1B}[K") }
      state.shown = -1
    }
  }

  private static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
