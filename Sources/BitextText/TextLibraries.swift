internal import BitextICU

/// The Unicode library below this module.
public enum TextLibraries {
  /// The version of ICU, such as `72.1`.
  public static var icuVersion: String { ICULibrary.version }
  /// The version of Unicode that it implements, such as `15.0`.
  public static var unicodeVersion: String { ICULibrary.unicodeVersion }
}
