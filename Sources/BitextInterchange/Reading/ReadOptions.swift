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
  /// What of a bilingual file becomes units.
  public var parts: Set<Part>
  /// How much of one thing is too much.
  public var limits: Limits
  /// A part of a bilingual file.
  public enum Part: String, Sendable, Hashable, CaseIterable {
    /// Segments that are translated, and not marked for work or review.
    case translated
    /// Segments that are not: without a target, new, fuzzy, to be reviewed. Their state stands in the prop
    /// `x-state`; a unit without a target has its source alone.
    case untranslated
    /// Proposals from memories: XLIFF's `alt-trans`, and `match` of its module Translation Candidates.
    case matches
    /// Terms of XLIFF's module Glossary.
    case glossary
  }

  public init(
    mode: Mode = .strict, encoding: String? = nil, languages: [LanguageTag] = [],
    parts: Set<Part> = [.translated], limits: Limits = Limits()
  ) {
    self.mode = mode
    self.encoding = encoding
    self.languages = languages
    self.parts = parts
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
