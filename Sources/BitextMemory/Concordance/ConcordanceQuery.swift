public import BitextCore

/// A question to a memory: where were these words used?
public struct ConcordanceQuery: Sendable, Hashable {
  /// How the words have to stand in a text.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// One after the other, whatever their case and width.
    case phrase
    /// All of them, in any order.
    case all
    /// One after the other; the last one may go on (`digi` finds `digital`).
    case prefix
    /// Exactly as they are written, case included. Every text with the phrase is read.
    case exact
    /// A regular expression in ICU's dialect, of the text as it is stored. No index helps: every text
    /// of the language is read.
    case pattern
  }

  /// Which texts are searched.
  public enum Side: String, Sendable, Hashable, CaseIterable {
    /// Those that others translate.
    case source
    /// Those that translate others.
    case target
    /// All of the language.
    case any
  }

  /// The words. A `*` behind the last one means ``Mode/prefix``.
  public var text: String
  /// The language of the texts that are searched.
  public var language: LanguageTag
  /// How the words have to stand.
  public var mode: Mode
  /// Which texts are searched.
  public var side: Side
  /// How many of the newest hits are passed over, for the pages after the first one.
  public var offset: Int
  /// The largest number of hits that are returned.
  public var limit: Int

  public init(
    _ text: String, language: LanguageTag, mode: Mode = .phrase, side: Side = .any,
    limit: Int = 100, offset: Int = 0
  ) {
    self.offset = offset
    self.text = text
    self.language = language
    self.mode = mode
    self.side = side
    self.limit = limit
  }
}

/// A text that holds the words, with its translations.
public struct ConcordanceHit: Sendable, Hashable {
  /// The number of the unit in its memory.
  public let unit: Int64
  /// The language of the text.
  public let language: LanguageTag
  /// The text.
  public let segment: Segment
  /// Where the words stand in it, in UTF-8 bytes, ascending.
  public let spans: [TextSpan]
  /// The other variants of the unit, in order.
  public let translations: [Translation]

  /// Another variant of the unit.
  public struct Translation: Sendable, Hashable {
    /// The language.
    public let language: LanguageTag
    /// The text.
    public let segment: Segment
    /// The bytes that translate the words, ascending; empty when nothing is known about it.
    public let marked: [TextSpan]
    /// How sure the marks are; `nil` without marks.
    public let confidence: Confidence?

    public init(
      language: LanguageTag, segment: Segment, marked: [TextSpan] = [],
      confidence: Confidence? = nil
    ) {
      self.language = language
      self.segment = segment
      self.marked = marked
      self.confidence = confidence
    }
  }
}

/// Some of the hits, and how many there are.
public struct ConcordancePage: Sendable, Hashable {
  /// The hits of this page, newest first.
  public let hits: [ConcordanceHit]
  /// The number of texts that hold the words.
  public let total: Int
}
