public import BitextCore

/// Why statements about an alignment cannot be followed.
public struct GuidanceError: Fault, Sendable, Hashable {
  /// The kinds of faults; more may come.
  public struct Code: RawRepresentable, Sendable, Hashable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A line of a file is no statement.
    public static let badLine = Code(rawValue: "badLine")
    /// A statement does not name one sentence for each text.
    public static let wrongNumber = Code(rawValue: "wrongNumber")
    /// A statement names a sentence that is not there.
    public static let outOfRange = Code(rawValue: "outOfRange")
    /// Two statements stand in another order in one text than in another.
    public static let crossing = Code(rawValue: "crossing")
    /// Two statements claim the same sentence for different units.
    public static let contradiction = Code(rawValue: "contradiction")
  }

  /// The kind of fault.
  public let code: Code
  /// The number of the statement, from 0.
  public let statement: Int
  /// The text of the statement that is wrong, from 0; `nil` when it is the whole statement.
  public let field: Int?
  /// What was found, and what was expected: one line.
  public let message: String
  /// The place in a file, `FILE:LINE:COLUMN`; `nil` when the statements came from elsewhere.
  public internal(set) var place: String?

  public var kind: FaultKind { .badData }

  init(
    _ code: Code, statement: Int, field: Int? = nil, place: String? = nil, _ message: String
  ) {
    self.code = code
    self.statement = statement
    self.field = field
    self.place = place
    self.message = message
  }
}
