public import BitextCore

/// Says whether one language may stand for another in a look-up.
public enum LanguageMatch {
  /// The points that it costs to use `stored` where `asked` was asked for; `nil` when it may not.
  ///
  /// A tag without a region stands for all regions: `es` for `es-MX` and back cost nothing. Another
  /// region costs one point. A script that is not written is the usual one of the region, so `zh`,
  /// `zh-CN` and `zh-Hans` are one; the two Chinese scripts never stand for each other.
  public static func points(asked: LanguageTag, stored: LanguageTag) -> Int? {
    if asked == stored { return 0 }
    guard asked.language == stored.language, asked.language != "x", asked.language != "i" else {
      return nil
    }
    if let left = script(of: asked), let right = script(of: stored), left != right { return nil }
    if let left = asked.region, let right = stored.region, left != right { return 1 }
    return 0
  }

  /// The script that a tag names or, for Chinese, implies.
  private static func script(of tag: LanguageTag) -> String? {
    if let script = tag.script { return script }
    guard tag.language == "zh" else { return nil }
    switch tag.region {
    case "TW", "HK", "MO": return "Hant"
    default: return "Hans"
    }
  }
}
