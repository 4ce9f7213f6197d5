public import BitextCore
internal import BitextICU

/// The languages that ICU has a name for.
public enum KnownLanguages {
  /// Whether the primary language subtag is registered, private or undetermined.
  public static func contains(_ tag: LanguageTag) -> Bool {
    let language = tag.language
    return language == "und" || language == "x"
      || ("qaa"..."qtz").contains(language)
        && language.utf8.count == 3
      || ICULocale.isKnownLanguage(language)
  }
}
