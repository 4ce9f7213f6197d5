/// An error at a door of the library: something outside it was not as it has to be.
///
/// Each door throws a type of its own (`DocumentError`, `TMXError`, `MemoryError` …). What they share
/// is that they can be shown to a person on one line and sorted by whose turn it is.
public protocol Fault: Error, CustomStringConvertible {
  /// What kind of fault it is.
  var kind: FaultKind { get }
  /// Where it is: a file, with line and column where they are known (`a.tmx:3:17`).
  var place: String? { get }
  /// What was found and what was expected, on one line.
  var message: String { get }
}

extension Fault {
  /// `PLACE: error: MESSAGE`, on one line.
  public var description: String {
    if let place { "\(place): error: \(message)" } else { "error: \(message)" }
  }
}

/// Whose turn it is when something went wrong.
public enum FaultKind: Sendable, Hashable, CaseIterable {
  /// The question makes no sense: an unknown language, one language twice.
  case usage
  /// The data are not what they should be.
  case badData
  /// The input is not there or cannot be read.
  case noInput
  /// The output cannot be created.
  case cannotCreate
  /// Reading or writing failed half way: a full disk, a lost connection.
  case inputOutput
}
