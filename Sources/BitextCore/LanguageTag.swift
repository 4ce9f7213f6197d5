/// A language, as a BCP 47 tag in its usual spelling: `en`, `es-MX`, `zh-Hant`.
///
/// Two tags are equal when their subtags are, whatever case or separator they were written in.
/// Whether two *different* tags may stand for each other (`zh-CN` for `zh-Hans`) is a question of
/// matching, not of equality; see `LanguageMatch`.
///
/// Source: RFC 5646. Only well-formedness is checked here, since the registry of subtags grows.
public struct LanguageTag: Sendable, Hashable {
  /// The tag in canonical case: language lower, script title, region upper, `-` between subtags.
  public let identifier: String

  /// Reads a tag; `_` and any case are accepted. `nil` when `text` is not a well-formed tag.
  public init?(_ text: String) {
    var subtags: [String] = []
    for part in text.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "-" || $0 == "_" })
    {
      guard (1...8).contains(part.utf8.count), part.utf8.allSatisfy(Self.isAlphanumeric) else {
        return nil
      }
      subtags.append(part.lowercased())
    }
    guard let first = subtags.first,
      (2...3).contains(first.utf8.count) || first == "x" || first == "i",
      first.utf8.allSatisfy(Self.isLetter)
    else { return nil }
    if first == "x" || first == "i" {
      guard subtags.count > 1 else { return nil }
    }
    // Tags that many tools still write for the two Chinese scripts.
    if first == "zh", subtags.count > 1 {
      if subtags[1] == "chs" { subtags[1] = "hans" }
      if subtags[1] == "cht" { subtags[1] = "hant" }
    }
    var inExtension = first == "x"
    for index in subtags.indices.dropFirst() where !inExtension {
      let subtag = subtags[index]
      if subtag.utf8.count == 1 {
        inExtension = true
      } else if subtag.utf8.count == 4, index == 1, subtag.utf8.allSatisfy(Self.isLetter) {
        subtags[index] = subtag.prefix(1).uppercased() + subtag.dropFirst()
      } else if subtag.utf8.count == 2, index <= 2, subtag.utf8.allSatisfy(Self.isLetter) {
        subtags[index] = subtag.uppercased()
      }
    }
    identifier = subtags.joined(separator: "-")
  }

  /// The primary language subtag: `zh` of `zh-Hant-TW`.
  public var language: String {
    String(identifier.prefix { $0 != "-" })
  }

  /// The script subtag: `Hant` of `zh-Hant-TW`; `nil` when none is written.
  public var script: String? {
    let subtags = identifier.split(separator: "-")
    guard subtags.count > 1, subtags[1].utf8.count == 4, subtags[1].utf8.allSatisfy(Self.isLetter)
    else { return nil }
    return String(subtags[1])
  }

  /// The region subtag: `TW` of `zh-Hant-TW`, `419` of `es-419`; `nil` when none is written.
  public var region: String? {
    let subtags = identifier.split(separator: "-")
    for subtag in subtags.dropFirst().prefix(2) {
      if subtag.utf8.count == 2 && subtag.utf8.allSatisfy(Self.isLetter) { return String(subtag) }
      if subtag.utf8.count == 3 && subtag.utf8.allSatisfy({ (48...57).contains($0) }) {
        return String(subtag)
      }
      if subtag.utf8.count == 1 { return nil }
    }
    return nil
  }

  /// A language that is not known.
  public static let undetermined: LanguageTag = "und"

  private static func isLetter(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 0x20) && byte < 128
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || (48...57).contains(byte)
  }
}

extension LanguageTag: ExpressibleByStringLiteral {
  /// - Precondition: The literal is a well-formed tag.
  public init(stringLiteral value: String) {
    guard let tag = LanguageTag(value) else {
      preconditionFailure("\"\(value)\" is not a well-formed BCP 47 language tag")
    }
    self = tag
  }
}

extension LanguageTag: CustomStringConvertible {
  public var description: String { identifier }
}

extension LanguageTag: Comparable {
  /// Tags are ordered by their spelling.
  public static func < (left: LanguageTag, right: LanguageTag) -> Bool {
    left.identifier < right.identifier
  }
}
