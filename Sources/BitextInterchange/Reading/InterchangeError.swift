public import BitextCore

/// Why a file was not read or written.
public struct InterchangeError: Fault, Sendable, Hashable {
  /// Whose turn it is.
  public let kind: FaultKind
  /// What went wrong, and where.
  public let diagnostic: Diagnostic

  public init(kind: FaultKind, diagnostic: Diagnostic) {
    self.kind = kind
    self.diagnostic = diagnostic
  }

  /// The same fault at this door.
  init(_ error: DocumentError) {
    let position: TextPosition? =
      switch error.reason {
      case .notUTF8(_, let at), .binary(let at): at
      default: nil
      }
    self.init(
      kind: error.kind,
      diagnostic: Diagnostic(
        severity: .error, code: "file", file: error.file, position: position,
        message: error.message))
  }

  public var place: String? { diagnostic.place }
  public var message: String { diagnostic.messageWithUnit }
}
