/// A line of an input that could not be read and was left out.
public struct RejectedLine: Sendable, Hashable {
  /// Its number, from 1.
  public let line: Int
  /// What was found and what was expected, on one line.
  public let reason: String

  /// Names a line and its fault.
  public init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}

/// The lines of a text with their numbers, from 1; blank ones are left out.
struct NumberedLines: Sequence, IteratorProtocol {
  private var rest: Substring.UTF8View
  private var number = 0

  init(_ text: String) {
    rest = text.utf8[...]
  }

  mutating func next() -> (number: Int, line: Substring)? {
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A)
      var line = rest[..<(end ?? rest.endIndex)]
      rest = end.map { rest[rest.index(after: $0)...] } ?? rest[rest.endIndex...]
      number += 1
      if line.last == 0x0D { line = line.dropLast() }
      if line.contains(where: { $0 != 0x20 && $0 != 0x09 }) { return (number, Substring(line)) }
    }
    return nil
  }
}
