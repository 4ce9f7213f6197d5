internal import BitextICU

/// What this module stands on: the Unicode library, and the Chinese lexicon.
public enum TextLibraries {
  /// The version of ICU, such as `72.1`.
  public static var icuVersion: String { ICULibrary.version }
  /// The version of Unicode that it implements, such as `15.0`.
  public static var unicodeVersion: String { ICULibrary.unicodeVersion }

  /// Where the lexicon lies by which Chinese words are cut; `nil` where it is missing.
  public static var chineseLexiconPath: String? {
    ResourceLocator.path(of: ChineseLexicon.fileName, in: "BitextText")
  }

  /// Why Chinese words are cut by ICU instead of by the lexicon; `nil` when the lexicon is in use.
  public static var chineseLexiconFault: String? {
    if ChineseLexicon.standard != nil { return nil }
    guard let path = chineseLexiconPath else {
      return "the lexicon \(ChineseLexicon.fileName) is missing"
    }
    return "the lexicon \(path) is damaged or of another version"
  }

  /// Whether the lexicon is there and every byte of it as it was written.
  ///
  /// - Complexity: O(size of the lexicon): reads all of it.
  public static var isChineseLexiconIntact: Bool { ChineseLexicon.standard?.isIntact ?? false }
}
