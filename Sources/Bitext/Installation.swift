internal import BitextInterchange
internal import BitextText

/// The version of the library.
public enum BitextVersion {
  /// As semantic versioning has it.
  public static let current = "0.1.0"
}

/// What the running program is made of.
public enum Installation {
  /// One fact about the installation.
  public struct Fact: Sendable, Hashable {
    /// What it is about.
    public let name: String
    /// What holds.
    public let value: String
  }

  /// The facts, in a fixed order: versions first, then resources.
  public static func report() -> [Fact] {
    [
      Fact(name: "bitext", value: BitextVersion.current),
      Fact(name: "ICU", value: TextLibraries.icuVersion),
      Fact(name: "Unicode", value: TextLibraries.unicodeVersion),
      Fact(name: "libxml2", value: FormatLibraries.libxml2Version),
    ]
  }
}
