public import BitextCore
internal import BitextICU

/// What things are called in a language: countries, languages, scripts, currencies, months, weekdays,
/// eras, units, numbers and ordinals in words.
///
/// The names are those of the Unicode Common Locale Data Repository that ICU carries, so two lists make a
/// small dictionary of any two languages that ICU knows.
public struct LocaleNames: Sendable {
  /// A thing and its names.
  public struct Entry: Sendable, Hashable {
    /// The same number in the list of every language.
    public let item: Int
    /// The forms of its name (singular, plural, gender), each once; never empty.
    public let names: [String]
    /// The value of a number; `nil` for everything else.
    public let number: Int64?
  }

  /// The language.
  public let language: LanguageTag
  /// The things that have a name, in ascending order of their numbers.
  public let entries: [Entry]

  /// Reads the names of a language; none when ICU has no data for it.
  ///
  /// - Complexity: About 2,000 names and 5 ms.
  public init(language: LanguageTag) {
    self.language = language
    guard let list = try? NameList(locale: Self.locale(of: language)) else {
      entries = []
      return
    }
    var entries: [Entry] = []
    var item = 0
    for kind in NameList.Kind.allCases {
      for index in 0..<list.count(kind) {
        let names = list.names(kind, index).map(Self.withoutSoftHyphens)
        if !names.isEmpty {
          entries.append(
            Entry(
              item: item, names: names, number: kind == .number ? list.value(kind, index) : nil))
        }
        item += 1
      }
    }
    self.entries = entries
  }

  /// The language, with the script where it is not the usual one. What differs from region to region is
  /// left out: only whole lists can be told from those of another language.
  private static func locale(of language: LanguageTag) -> String {
    let usual = ICULocale.maximized(language.language).split(separator: "_")
    let actual = ICULocale.maximized(language.identifier).split(separator: "_")
    guard actual.count > 1, usual.count > 1, actual[1] != usual[1] else {
      return language.language
    }
    return "\(language.language)_\(actual[1])"
  }

  private static func withoutSoftHyphens(_ name: String) -> String {
    guard name.unicodeScalars.contains("\u{AD}") else { return name }
    return String(String.UnicodeScalarView(name.unicodeScalars.filter { $0 != "\u{AD}" }))
  }
}
