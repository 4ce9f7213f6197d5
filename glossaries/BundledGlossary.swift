internal import BitextText

/// A hand-made glossary that ships with the library, named by its file.
public struct BundledGlossary: Sendable, Hashable {
  /// The name, such as `digital-human-rights`.
  public let name: String

  /// Every bundled glossary, by name.
  public static let all = [
    BundledGlossary(name: "artificial-intelligence"),
    BundledGlossary(name: "digital-human-rights"),
    BundledGlossary(name: "international-organizations"),
    BundledGlossary(name: "localization"),
  ]

  /// The bundled glossary of this name; `nil` when there is none.
  public static func named(_ name: String) -> BundledGlossary? {
    all.first { $0.name == name }
  }

  /// The path of its TMX file; `nil` when the program was moved away from its resources.
  public var path: String? {
    ResourceLocator.path(of: "\(name).tmx", in: "BitextGlossaries")
  }
}
