public import BitextCore

/// How to read a file.
public struct ReadOptions: Sendable, Hashable {
  /// What to do with data that are not as they should be.
  public enum Mode: Sendable, Hashable {
    /// Stop at the first fault.
    case strict
    /// Report the unit, leave it out and go on; repair what has only one reading.
    case lenient
  }

  /// What to do with data that are not as they should be.
  public var mode: Mode
  /// The encoding, as any name that ICU knows; `nil` for what the file says. A byte order mark wins.
  public var encoding: String?
  /// The languages of the columns, or source and target, where the format does not say.
  public var languages: [LanguageTag]
  /// How much of one thing is too much.
  public var limits: Limits
  /// Whether units come along that are not translated yet, with an empty target, and translations that
  /// still need work: for checks, not for a memory. What is not to be translated stays out.
  public var keepsUntranslated = false

  public init(
    mode: Mode = .strict, encoding: String? = nil, languages: [LanguageTag] = [],
    limits: Limits = Limits()
  ) {
    self.mode = mode
    self.encoding = encoding
    self.languages = languages
    self.limits = limits
  }

  /// Bounds that keep a hostile file from taking time and memory. Bytes are those of the UTF-8 form.
  public struct Limits: Sendable, Hashable {
    /// How deep elements may lie inside each other.
    public var depth = 256
    /// How many attributes one element may have.
    public var attributes = 256
    /// The bytes of one tag, and of one attribute value.
    public var tagBytes = 8 << 20
    /// The bytes of one run of text, and of one segment.
    public var textBytes = 16 << 20
    /// The bytes of a DOCTYPE.
    public var doctypeBytes = 64 << 10
    /// The bytes of one name.
    public var nameBytes = 1 << 10

    public init() {}
  }
}
