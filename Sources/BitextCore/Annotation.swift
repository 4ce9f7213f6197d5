/// A named value that a tool attached to a unit or a variant, such as TMX's `prop`.
public struct Property: Sendable, Hashable {
  /// The name, as written (`x-subjectField`); empty when the file gave none.
  public var name: String
  /// The value, as written.
  public var value: String
  /// The language of the value, where it is given.
  public var language: String?
  /// What else was written on it, in order: unknown attributes, an original encoding.
  public var attributes: [Attribute]

  public init(
    name: String, value: String, language: String? = nil, attributes: [Attribute] = []
  ) {
    self.name = name
    self.value = value
    self.language = language
    self.attributes = attributes
  }
}

/// A remark for people.
public struct Note: Sendable, Hashable {
  /// The remark.
  public var text: String
  /// The language of the remark, where it is given.
  public var language: String?
  /// What else was written on it, in order.
  public var attributes: [Attribute]

  public init(_ text: String, language: String? = nil, attributes: [Attribute] = []) {
    self.text = text
    self.language = language
    self.attributes = attributes
  }
}

/// A name and a value without further meaning to Bitext, kept so that nothing gets lost.
public struct Attribute: Sendable, Hashable {
  /// The name as written, with its prefix if it has one.
  public var name: String
  /// The value, unescaped.
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
