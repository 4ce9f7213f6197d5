internal import Bitext

/// Data that are not as a command needs them.
struct DataError: Fault {
  let message: String
  let place: String?
  var kind: FaultKind { .badData }

  init(_ message: String, place: String?) {
    self.message = message
    self.place = place
  }
}

extension String {
  /// The lines of a text; a final line break adds none. A carriage return before a line feed is not
  /// part of the line.
  var lines: [String] {
    var lines = split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(
      String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
