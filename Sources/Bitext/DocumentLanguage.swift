public import BitextCore
internal import BitextText

/// Finds out in which language a document is written: given, from its file's name, or from its text.
public enum DocumentLanguage {
  /// Reads a tag that a user gave.
  ///
  /// - Throws: `LanguageError.unknown` when it is not a well-formed tag of a language that ICU knows.
  public static func tag(_ text: String) throws(LanguageError) -> LanguageTag {
    guard let tag = LanguageTag(text), KnownLanguages.contains(tag) else {
      throw .unknown(text)
    }
    return tag
  }

  /// The language that a file's name speaks of: `talk.zh.txt`, `zh.txt`, `talk_zh-Hant.txt`.
  public static func tag(fromFileName path: String) -> LanguageTag? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var parts = name.split(separator: ".").map(String.init)
    // The last part is the format's ending, unless it is all there is.
    if parts.count > 1 { parts.removeLast() }
    guard let last = parts.last else { return nil }
    if parts.count > 1 || !last.contains("_") {
      if let tag = known(last) { return tag }
    }
    for separator in ["_", "-"] {
      let pieces = last.split(separator: Character(separator)).map(String.init)
      for start in pieces.indices.dropFirst() {
        if let tag = known(pieces[start...].joined(separator: "-")) { return tag }
      }
    }
    return nil
  }

  /// The language of a document that nobody named: from the file's name, then from the text.
  ///
  /// - Throws: `LanguageError.unclear` when neither tells.
  public static func detect(file: String, text: String) throws(LanguageError) -> LanguageTag {
    if let tag = tag(fromFileName: file) { return tag }
    if let guess = LanguageIdentifier().identify(text), guess.confidence.probability >= 0.5 {
      return guess.language
    }
    throw .unclear(file: file)
  }

  /// A part of a name counts as a tag only in a usual spelling, so that `talk.new.txt` has none.
  private static func known(_ part: String) -> LanguageTag? {
    guard let tag = LanguageTag(part), KnownLanguages.contains(tag), tag.language.utf8.count == 2
    else { return nil }
    return tag
  }
}

/// Why the languages of documents are not clear.
public enum LanguageError: Fault, Sendable, Hashable {
  /// Not a tag, or of no language.
  case unknown(String)
  /// Neither name nor text tells.
  case unclear(file: String)
  /// Two documents in one language.
  case repeated(LanguageTag)
  /// Another number of languages than of documents.
  case count(languages: Int, documents: Int)

  public var kind: FaultKind { .usage }

  public var place: String? {
    if case .unclear(let file) = self { file } else { nil }
  }

  public var message: String {
    switch self {
    case .unknown(let text):
      "unknown language \"\(text)\", expected a BCP 47 tag such as en, zh, zh-Hant or es-MX"
    case .unclear:
      "neither the name nor the text tells the language, expected it to be named"
    case .repeated(let tag):
      "two texts are in the same language (\(tag)), expected each language once"
    case .count(let languages, let documents):
      "found \(languages) language\(languages == 1 ? "" : "s") for \(documents) texts, expected one for each"
    }
  }
}
