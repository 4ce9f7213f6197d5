public import BitextCore

/// What a TMX file says about itself, in its own order.
public struct TMXHeader: Sendable, Hashable {
  /// The attributes of the root element but its version: namespaces, for files that use them.
  public var rootAttributes: [Attribute]
  /// The attributes of the header.
  public var attributes: [Attribute]
  /// Remarks, in order.
  public var notes: [Note]
  /// Named values, in order.
  public var properties: [Property]
  /// Characters that the file's makers defined for themselves.
  public var userEncodings: [UserEncoding]

  /// TMX's `ude`: characters outside Unicode, and what stands for them.
  public struct UserEncoding: Sendable, Hashable {
    /// Its attributes: `name`, `base`.
    public var attributes: [Attribute]
    /// The attributes of each `map`: `unicode`, `code`, `ent`, `subst`.
    public var maps: [[Attribute]]

    public init(attributes: [Attribute], maps: [[Attribute]]) {
      self.attributes = attributes
      self.maps = maps
    }
  }

  public init(
    rootAttributes: [Attribute] = [], attributes: [Attribute], notes: [Note] = [],
    properties: [Property] = [], userEncodings: [UserEncoding] = []
  ) {
    self.rootAttributes = rootAttributes
    self.attributes = attributes
    self.notes = notes
    self.properties = properties
    self.userEncodings = userEncodings
  }

  /// The header of a new file.
  ///
  /// - Parameters:
  ///   - sourceLanguage: What the units were written in; importers ignore or refuse "any".
  ///   - segmentType: `sentence` for a memory, `phrase` for a glossary.
  ///   - tool: The version of the program that writes.
  public init(
    sourceLanguage: LanguageTag, segmentType: SegmentType = .sentence, toolVersion: String = "0.1.0"
  ) {
    self.init(attributes: [
      Attribute(name: "creationtool", value: "Bitext"),
      Attribute(name: "creationtoolversion", value: toolVersion),
      Attribute(name: "segtype", value: segmentType.rawValue),
      Attribute(name: "o-tmf", value: "Bitext"),
      Attribute(name: "adminlang", value: "en"),
      Attribute(name: "srclang", value: sourceLanguage.identifier),
      Attribute(name: "datatype", value: "plaintext"),
    ])
  }

  /// What a segment is.
  public enum SegmentType: String, Sendable, Hashable, CaseIterable {
    case block
    case paragraph
    case sentence
    case phrase
  }

  /// The value of an attribute; `nil` when it is not there.
  public subscript(name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The language that units are in first, unless they say otherwise; `nil` for `*all*` and nonsense.
  public var sourceLanguage: LanguageTag? {
    self["srclang"].flatMap { LanguageTag($0) }
  }
}
