public import BitextCore
internal import BitextText
internal import Foundation

extension WordProfile {
  /// The profile that is shipped with the library; one that knows nothing where there is none, or where
  /// the program was moved away from its resources.
  ///
  /// - Complexity: O(size of the table): some 20 ms. Read it once and keep it.
  public static func shipped(for language: LanguageTag) -> WordProfile {
    let file = "Resources/words.\(language.language).tsv"
    guard ["en", "es", "zh"].contains(language.language),
      let path = ResourceLocator.path(of: file, in: "BitextTerminology"),
      let table = try? String(contentsOfFile: path, encoding: .utf8)
    else { return WordProfile(language: language) }
    return WordProfile(language: language, table: table)
  }
}
