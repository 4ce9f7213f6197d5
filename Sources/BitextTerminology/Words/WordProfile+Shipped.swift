public import BitextCore
internal import Foundation

extension WordProfile {
  /// The profile that is shipped with the library; one that knows nothing where there is none.
  ///
  /// - Complexity: O(size of the table): some 20 ms. Read it once and keep it.
  public static func shipped(for language: LanguageTag) -> WordProfile {
    guard ["en", "es", "zh"].contains(language.language),
      let file = Bundle.module.url(
        forResource: "words.\(language.language)", withExtension: "tsv", subdirectory: "Resources"),
      let table = try? String(contentsOf: file, encoding: .utf8)
    else { return WordProfile(language: language) }
    return WordProfile(language: language, table: table)
  }
}
