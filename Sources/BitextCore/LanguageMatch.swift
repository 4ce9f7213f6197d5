/// How well one language may stand for another.
///
/// A file says `zh_CN`, a translator asks for `zh-Hans`: four levels, best last, say whether the one may be
/// used for the other. Two scripts of a language never stand for each other, above all not the two
/// Chinese ones; a script that is not written is the usual one of the region.
///
///     LanguageMatch("zh-CN", "zh-Hans")   // .sameScript
///     LanguageMatch("es", "es-MX")        // .regionMissing
///     LanguageMatch("zh-CN", "zh-TW")     // nil
///
/// Source: the likely subtags of Unicode's CLDR, for the languages that are written in several scripts.
public enum LanguageMatch: Int, Sendable, Hashable, CaseIterable, Comparable {
  /// The same language of two regions: `es-MX` and `es-ES`. Only for those who ask for it.
  case otherRegion
  /// One of the two names no region: `es` and `es-ES`.
  case regionMissing
  /// The same language in the same script, otherwise spelled: `zh-CN`, `zh-SG` and `zh-Hans`.
  case sameScript
  /// The same tag.
  case exact

  /// How well two languages match; `nil` when neither may stand for the other.
  ///
  /// - Complexity: O(length of the tags).
  public init?(_ left: LanguageTag, _ right: LanguageTag) {
    if left == right {
      self = .exact
      return
    }
    let language = Self.language(of: left)
    guard language == Self.language(of: right), !["x", "i", "und"].contains(language) else {
      return nil
    }
    let (leftRegion, rightRegion) = (left.region, right.region)
    let leftScript = left.script ?? Self.usualScript(of: language, in: leftRegion)
    let rightScript = right.script ?? Self.usualScript(of: language, in: rightRegion)
    if let leftScript, let rightScript, leftScript != rightScript { return nil }
    if leftRegion == rightRegion || Self.isToldByScript(language) {
      self = .sameScript
    } else if leftRegion == nil || rightRegion == nil {
      self = .regionMissing
    } else {
      self = .otherRegion
    }
  }

  public static func < (left: LanguageMatch, right: LanguageMatch) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The language among those present that matches best; the first of equals.
  ///
  /// - Parameter least: What is not good enough is not answered.
  /// - Returns: `nil` when none is good enough.
  public static func best(
    for asked: LanguageTag, among present: [LanguageTag],
    atLeast least: LanguageMatch = .regionMissing
  ) -> LanguageTag? {
    var best: (tag: LanguageTag, level: LanguageMatch)?
    for tag in present {
      guard let level = LanguageMatch(asked, tag), level >= least else { continue }
      if best.map({ level > $0.level }) ?? true { best = (tag, level) }
    }
    return best?.tag
  }

  /// Whether `stored` may stand for `asked` without asking: the same script, and no second region.
  public static func isAnswer(asked: LanguageTag, stored: LanguageTag) -> Bool {
    LanguageMatch(asked, stored).map { $0 >= .regionMissing } ?? false
  }

  /// The points that it costs to use `stored` where `asked` was asked for; `nil` when it may not.
  ///
  /// A tag without a region stands for all regions: `es` for `es-MX` and back cost nothing. Another
  /// region costs one point.
  public static func points(asked: LanguageTag, stored: LanguageTag) -> Int? {
    guard LanguageMatch(asked, stored) != nil else { return nil }
    if let left = asked.region, let right = stored.region, left != right { return 1 }
    return 0
  }

  /// The primary subtag, by its present name.
  private static func language(of tag: LanguageTag) -> String {
    switch tag.language {
    case "cmn": "zh"
    case "iw": "he"
    case "in": "id"
    case "ji": "yi"
    case "mo": "ro"
    case "no": "nb"
    case "tl": "fil"
    case let language: language
    }
  }

  /// Whether regions of the language differ in their script above all.
  private static func isToldByScript(_ language: String) -> Bool {
    language == "zh" || language == "yue"
  }

  /// The script that a language is usually written in; `nil` where there is only one to think of.
  private static func usualScript(of language: String, in region: String?) -> String? {
    let region = region ?? ""
    switch language {
    case "zh":
      return [
        "AU", "BN", "GB", "GF", "HK", "ID", "MO", "PA", "PF", "PH", "SR", "TH", "TW", "US", "VN",
      ].contains(region) ? "Hant" : "Hans"
    case "yue": return region == "CN" ? "Hans" : "Hant"
    case "sr": return ["ME", "RO", "TR"].contains(region) ? "Latn" : "Cyrl"
    case "az": return region == "RU" ? "Cyrl" : ["IQ", "IR"].contains(region) ? "Arab" : "Latn"
    case "uz": return region == "CN" ? "Cyrl" : region == "AF" ? "Arab" : "Latn"
    case "kk": return ["AF", "CN", "IR", "MN"].contains(region) ? "Arab" : "Cyrl"
    case "ky": return region == "CN" ? "Arab" : region == "TR" ? "Latn" : "Cyrl"
    case "mn": return region == "CN" ? "Mong" : "Cyrl"
    case "pa": return region == "PK" ? "Arab" : "Guru"
    case "sd": return region == "IN" ? "Deva" : "Arab"
    case "ku": return region == "LB" ? "Arab" : "Latn"
    case "ha": return ["CM", "SD"].contains(region) ? "Arab" : "Latn"
    case "bs", "hr", "en", "es", "fr", "de", "it", "pt", "ms", "id", "vi", "tr": return "Latn"
    default: return nil
    }
  }
}
