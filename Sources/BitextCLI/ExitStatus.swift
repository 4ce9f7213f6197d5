internal import Bitext

/// How the program ends.
enum ExitStatus: Int32 {
  case good = 0
  /// The command ran and found problems.
  case problems = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case bug = 70
  case cannotCreate = 73
  case inputOutput = 74

  init(_ kind: FaultKind) {
    self =
      switch kind {
      case .usage: .usage
      case .badData: .badData
      case .noInput: .noInput
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      }
  }
}

/// A mistake in how a command was called, found after the arguments were parsed.
struct UsageError: Fault {
  let message: String
  var kind: FaultKind { .usage }
  var place: String? { nil }

  init(_ message: String) {
    self.message = message
  }
}
