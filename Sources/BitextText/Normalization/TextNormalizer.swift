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
  /// The search key: the match key without Spanish accents (ñ stays).
  case search
}

/// Brings texts of one language into one form.
///
/// A normalizer is a value: built once, then asked from any thread.
public struct TextNormalizer: Sendable {
  /// The form.
  public let form: NormalForm
  /// The language of the texts.
  public let language: LanguageTag

  public init(_ form: NormalForm, language: LanguageTag) {
    self.form = form
    self.language = language
  }

  /// Returns the text in the form of this normalizer.
  ///
  /// - Complexity: O(length of the text).
  public func callAsFunction(_ text: String) -> String {
    let icuForm: Normalizer.Form =
      switch form {
      case .nfc: .nfc
      case .nfkc: .nfkc
      case .match, .search: .nfkcCasefold
      }
    guard let normalizer = try? Normalizer(icuForm) else { return text }
    return normalizer.normalize(text)
  }
}
