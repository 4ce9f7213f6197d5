/// Formatting or a placeholder inside a segment.
///
/// A code takes no room in the readable text: it stands between two bytes of it.
public struct InlineCode: Sendable, Hashable {
  /// What the code does.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Opens a pair (`bpt`, `pc` start).
    case open
    /// Closes a pair (`ept`).
    case close
    /// Stands alone (`ph`, `x`).
    case standalone
    /// Opens a pair that closes in another segment (`it pos="begin"`).
    case isolatedOpen
    /// Closes a pair that opened in another segment (`it pos="end"`).
    case isolatedClose
    /// Begins a marked run of translatable text (`hi`).
    case highlightStart
    /// Ends a marked run of translatable text.
    case highlightEnd
    /// A code of unknown kind (`ut`, or an element of another format).
    case unknown
  }

  /// Where the code stands: a UTF-8 byte offset into the text of the segment.
  public var utf8Offset: Int
  /// What the code does.
  public var kind: Kind
  /// The name it was written with (`bpt`, `ph`, `g`), so that it can be written back.
  public var name: String
  /// Everything that was written on it, in order: `i`, `x`, `type` …
  public var attributes: [Attribute]
  /// What it holds: native code, and text to translate inside it (`sub`).
  public var content: [Content]

  /// A piece of what a code holds.
  public indirect enum Content: Sendable, Hashable {
    /// Native code, such as `<b>`.
    case data(String)
    /// A run inside the code with a name and attributes of its own, such as TMX's `sub`.
    case element(name: String, attributes: [Attribute], content: [Content])
  }

  public init(
    utf8Offset: Int, kind: Kind, name: String, attributes: [Attribute] = [],
    content: [Content] = []
  ) {
    self.utf8Offset = utf8Offset
    self.kind = kind
    self.name = name
    self.attributes = attributes
    self.content = content
  }
}
