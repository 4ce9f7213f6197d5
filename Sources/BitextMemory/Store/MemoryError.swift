public import BitextCore

/// Why a memory cannot do what it was asked.
public struct MemoryError: Fault, Sendable, Hashable {
  /// The kinds of failure. More may come.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The name of the kind.
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is nothing at the path.
    public static let notFound = Code(rawValue: "notFound")
    /// What is at the path is no memory.
    public static let notAMemory = Code(rawValue: "notAMemory")
    /// The memory was written by a newer Bitext.
    public static let newerFormat = Code(rawValue: "newerFormat")
    /// The memory, or the place for it, cannot be written.
    public static let readOnly = Code(rawValue: "readOnly")
    /// The memory cannot be created or opened there.
    public static let cannotOpen = Code(rawValue: "cannotOpen")
    /// Another program is writing to it.
    public static let busy = Code(rawValue: "busy")
    /// There is no room left on the disk.
    public static let diskFull = Code(rawValue: "diskFull")
    /// The operating system failed to read or write.
    public static let inputOutput = Code(rawValue: "inputOutput")
    /// The file is damaged.
    public static let damaged = Code(rawValue: "damaged")
    /// What was to be saved is no translation unit.
    public static let invalidUnit = Code(rawValue: "invalidUnit")
    /// The query cannot be answered as it is.
    public static let invalidQuery = Code(rawValue: "invalidQuery")
    /// The memory has no run of this number.
    public static let noSuchRun = Code(rawValue: "noSuchRun")
    /// The run was taken back before.
    public static let alreadyUndone = Code(rawValue: "alreadyUndone")
    /// SQLite failed in a way that has no name here.
    public static let store = Code(rawValue: "store")
  }

  /// The kind of failure.
  public let code: Code
  /// The path of the memory; empty for a memory that has none.
  public let path: String
  /// What was found and what was expected, on one line.
  public let message: String
  /// For ``Code/busy``, who may hold the memory, such as `process 4711 (bitext)`; `nil` when nobody
  /// could tell.
  public let holder: String?

  public init(_ code: Code, path: String = "", message: String, holder: String? = nil) {
    self.holder = holder
    self.code = code
    self.path = path
    self.message = message
  }

  public var place: String? { path.isEmpty ? nil : path }

  public var kind: FaultKind {
    switch code {
    case .invalidQuery, .noSuchRun, .alreadyUndone: .usage
    case .notFound: .noInput
    case .readOnly, .cannotOpen: .cannotCreate
    case .busy, .diskFull, .inputOutput, .store: .inputOutput
    default: .badData
    }
  }
}
