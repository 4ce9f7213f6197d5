public import BitextCore
internal import BitextICU

/// The forms that a text can be brought into for comparison. Stored text stays as it was given.
public enum NormalForm: String, Sendable, Hashable, CaseIterable {
  /// Unicode's composed form.
  case nfc
  /// Unicode's composed compatibility form.
  case nfkc
  /// The match key: equal apart from width, quotes, dashes, spaces, case and Han script variant.
  case match
  /// The search key: in English, Spanish and Chinese texts the match key without the accents of Spanish
  /// (ñ stays); in other languages the match key itself.
  case search
}

/// Brings texts of one language into one form.
///
/// A normalizer is a value: built once, then asked from any thread. NFC and NFKC are Unicode's (UAX
/// #15). The keys are our own, for comparing only:
/// 1. signs are unified: quotation marks, dashes, full stops of any width; `m²` becomes `m^2` and `2½`
///    becomes `2 1/2`, so that no number changes;
/// 2. NFKC_Casefold: case, width, ligatures, no invisible controls;
/// 3. white space becomes single spaces, none at the ends, and in Chinese none beside a Han character;
/// 4. in Chinese, traditional characters become simplified ones, one by one;
/// 5. in the search key, vowels lose their acute and diaeresis: *papá* is found by *papa*, *résumé* by
///    *resume*, *José* in a Chinese text by *Jose*. Not in other languages, where *schön* is not *schon*.
///
/// Every form is idempotent: the form of a form is the form.
public struct TextNormalizer: Sendable {
  /// The form.
  public let form: NormalForm
  /// The language of the texts.
  public let language: LanguageTag

  private let engine: Engine

  private enum Engine: Sendable {
    case unicode(UnicodeForm)
    case key(KeyFolding)
  }

  public init(_ form: NormalForm, language: LanguageTag) {
    self.form = form
    self.language = language
    switch form {
    case .nfc: engine = .unicode(.composed)
    case .nfkc: engine = .unicode(.compatibility)
    case .match, .search:
      engine = .key(
        KeyFolding(
          isChinese: language.language == "zh",
          dropsAccents: form == .search && Self.dropsAccents(language)))
    }
  }

  /// Whether readers of a language look for words without their acute and diaeresis.
  private static func dropsAccents(_ language: LanguageTag) -> Bool {
    ["en", "es", "zh"].contains(language.language)
  }

  /// Returns the text in the form of this normalizer.
  ///
  /// - Complexity: O(length of the text); a text that is in NFC or NFKC already is not copied.
  public func callAsFunction(_ text: String) -> String {
    switch engine {
    case .unicode(let form): form.isNormalized(text) ? text : form.normalized(text)
    case .key(let folding): folding.key(of: text)
    }
  }

  /// Returns the text in the form of this normalizer, with the way back to the original.
  ///
  /// - Complexity: O(length of the text).
  public func mapped(_ text: String) -> MappedText {
    switch engine {
    case .unicode(let form): form.mapped(text)
    case .key(let folding): folding.mapped(text)
    }
  }

  /// Whether the text is already in the form of this normalizer.
  ///
  /// - Complexity: O(length of the text).
  public func isNormalized(_ text: String) -> Bool {
    switch engine {
    case .unicode(let form): form.isNormalized(text)
    case .key(let folding): folding.key(of: text) == text
    }
  }
}
