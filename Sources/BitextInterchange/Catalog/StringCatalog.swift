internal import BitextCore

/// Apple's String Catalog as a tree that loses nothing.
struct StringCatalog {
  /// The file, decoded.
  let bytes: [UInt8]
  let root: JSONValue
  /// The language of the texts in the code.
  let sourceLanguage: LanguageTag

  /// One text of a catalog, or one of its variations.
  struct Entry {
    /// The name of the string; also its source text where nothing else is said.
    let key: String
    /// Where the name stands, in bytes of the file.
    let offset: Int
    let comment: String?
    let isTranslatable: Bool
    /// The languages that are there, in their order.
    let localizations: [JSONValue.Member]
  }

  /// A text at the end of a path of variations.
  struct Leaf {
    /// Names of variations such as `plural.one`; empty for a text without any.
    let path: [String]
    let state: String
    let value: String
    /// The object `{ "state" : …, "value" : … }`.
    let unit: JSONValue
  }

  /// Reads a catalog.
  ///
  /// - Parameter bytes: The decoded file.
  init(
    _ bytes: [UInt8], file: String, limits: ReadOptions.Limits, reporter: Reporter
  ) throws(InterchangeError) {
    func failure(_ code: String, _ offset: Int, _ message: String) -> InterchangeError {
      InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: code, file: file,
          position: TextPosition(of: offset, in: bytes.span), message: message))
    }
    var parser = JSONParser(bytes, maximumDepth: limits.depth)
    do {
      root = try parser.document()
    } catch {
      throw failure("json", error.offset, error.message)
    }
    for (name, offset) in parser.repeated {
      reporter.warn(
        code: "name-twice", about: "", at: TextPosition(of: offset, in: bytes.span),
        "found the name \"\(name.excerpt)\" twice in one object, expected it once; both were kept")
    }
    self.bytes = bytes
    guard root["strings"]?.members != nil else {
      throw failure(
        "catalog", root.range.lowerBound,
        "found JSON without an object \"strings\", expected a String Catalog")
    }
    let written = root["sourceLanguage"]?.text
    guard let written, let tag = LanguageTag(written) else {
      throw failure(
        "language", root["sourceLanguage"]?.range.lowerBound ?? root.range.lowerBound,
        written.map { "found the source language \"\($0.excerpt)\", expected a tag such as en" }
          ?? "found no \"sourceLanguage\", expected a tag such as en")
    }
    sourceLanguage = tag
  }

  /// The strings, in their order.
  var entries: [Entry] {
    (root["strings"]?.members ?? []).map { member in
      let isTranslatable =
        member.value["shouldTranslate"].map { value in
          if case .literal("false") = value.content { false } else { true }
        } ?? true
      return Entry(
        key: member.name, offset: member.offset, comment: member.value["comment"]?.text,
        isTranslatable: isTranslatable,
        localizations: member.value["localizations"]?.members ?? [])
    }
  }

  /// All texts of one localization, in their order.
  static func leaves(_ localization: JSONValue) -> [Leaf] {
    var leaves: [Leaf] = []
    collect(localization, [], &leaves)
    return leaves
  }

  private static func collect(_ value: JSONValue, _ path: [String], _ leaves: inout [Leaf]) {
    for member in value.members ?? [] {
      switch member.name {
      case "stringUnit":
        guard let text = member.value["value"]?.text else { continue }
        leaves.append(
          Leaf(
            path: path, state: member.value["state"]?.text ?? "new", value: text,
            unit: member.value))
      case "variations":
        for kind in member.value.members ?? [] {
          for form in kind.value.members ?? [] {
            collect(form.value, path + [kind.name, form.name], &leaves)
          }
        }
      case "substitutions":
        for substitution in member.value.members ?? [] {
          collect(substitution.value, path + ["substitutions", substitution.name], &leaves)
        }
      default: break
      }
    }
  }

  /// What stands between a key and its path in the ids of Apple's XLIFF.
  static let pathSeparator = "|==|"

  /// The name of a text: the key, with the path of its variation as Apple's XLIFF has it.
  static func identifier(_ key: String, _ path: [String]) -> String {
    path.isEmpty ? key : key + pathSeparator + path.joined(separator: ".")
  }

  /// The key and the path of a name.
  static func parts(_ identifier: String) -> (key: String, path: [String]) {
    guard let range = identifier.firstRange(of: pathSeparator) else { return (identifier, []) }
    return (
      String(identifier[..<range.lowerBound]),
      identifier[range.upperBound...].split(separator: ".").map(String.init)
    )
  }

  /// The text of the source that a path of a translation belongs to: the same variation, else that of
  /// the category `other`, else the plain text.
  static func source(_ path: [String], among leaves: [Leaf]) -> Leaf? {
    if let same = leaves.first(where: { $0.path == path }) { return same }
    var general = path
    for index in general.indices where index > 0 && general[index - 1] == "plural" {
      general[index] = "other"
    }
    if let other = leaves.first(where: { $0.path == general }) { return other }
    return path.first == "substitutions" ? nil : leaves.first { $0.path.isEmpty }
  }
}
