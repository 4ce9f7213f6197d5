public import BitextCore

/// What is wrong with a translation lexicon or with the text it should be made from.
public struct LexiconError: Fault, Hashable {
  /// The kind of fault.
  public struct Code: RawRepresentable, Sendable, Hashable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file cannot be read or written.
    public static let unreadable = Code(rawValue: "unreadable")
    /// The file is something else.
    public static let notALexicon = Code(rawValue: "notALexicon")
    /// The file was written by a later version.
    public static let unsupportedVersion = Code(rawValue: "unsupportedVersion")
    /// The file is a lexicon, but some of its bytes are missing or changed.
    public static let damaged = Code(rawValue: "damaged")
    /// The contents do not fit the format.
    public static let tooLarge = Code(rawValue: "tooLarge")
    /// The text to make a lexicon from holds nothing to learn.
    public static let nothingToLearn = Code(rawValue: "nothingToLearn")
    /// A line of an input is not what its format asks for.
    public static let badLine = Code(rawValue: "badLine")
    /// The input is for other languages than those asked for.
    public static let wrongLanguages = Code(rawValue: "wrongLanguages")
  }

  /// The kind of fault.
  public let code: Code
  /// The file; `nil` when the bytes came from elsewhere.
  public let path: String?
  /// The byte at which a lexicon file is damaged, or the line of a text (from 1).
  public let position: Int?
  /// What was found, and what was expected: one line.
  public let message: String

  public init(_ code: Code, path: String? = nil, position: Int? = nil, _ message: String) {
    self.code = code
    self.path = path
    self.position = position
    self.message = message
  }
}

extension LexiconError {
  /// Whose turn it is.
  public var kind: FaultKind {
    switch code {
    case .unreadable: .noInput
    case .wrongLanguages: .usage
    default: .badData
    }
  }

  /// The file, and the line where the fault is in a text.
  public var place: String? {
    guard let path else { return nil }
    if code == .badLine, let position { return "\(path):\(position)" }
    return path
  }
}
