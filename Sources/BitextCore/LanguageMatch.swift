/// Says whether one language may stand for another.
///
/// Sources: RFC 4647 (lookup by fall-back) and the likely subtags of UTS #35, here for those
/// languages only that are written in two scripts.
public enum LanguageMatch {
  /// How near two tags are, the nearest first.
  public enum Level: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// The very tag.
    case exact
    /// The same language in the same script, with regions that mean the same way of writing: `zh-CN`
    /// and `zh-Hans`, `zh-TW` and `zh-HK`.
    case sameScript
    /// One of the two names no region: `es` and `es-MX`.
    case openRegion
    /// Two regions: `es-MX` and `es-ES`, `en-GB` and `en-US`.
    case otherRegion
    /// The same language in another script: `zh-Hans` and `zh-Hant`. Never unless it was asked for.
    case otherScript

    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// How near `stored` is to `asked`; `nil` for two languages, and for private tags that differ.
  public static func level(asked: LanguageTag, stored: LanguageTag) -> Level? {
    if asked == stored { return .exact }
    guard asked.language == stored.language, asked.language != "x", asked.language != "i" else {
      return nil
    }
    if let left = script(of: asked), let right = script(of: stored), left != right {
      return .otherScript
    }
    if asked.language == "zh" { return .sameScript }
    if let left = asked.region, let right = stored.region {
      return left == right ? .sameScript : .otherRegion
    }
    return asked.region == stored.region ? .sameScript : .openRegion
  }

  /// Whether `stored` may stand for `asked` without a loss: the first three levels.
  public static func isAnswer(asked: LanguageTag, stored: LanguageTag) -> Bool {
    level(asked: asked, stored: stored).map { $0 <= .openRegion } ?? false
  }

  /// The points that it costs a match to use `stored` where `asked` was asked for; `nil` when it may not.
  ///
  /// Another region costs one point, for Chinese too; another script is not offered, and costs five
  /// points where it is allowed.
  public static func points(
    asked: LanguageTag, stored: LanguageTag, allowsOtherScript: Bool = false
  ) -> Int? {
    guard let level = level(asked: asked, stored: stored) else { return nil }
    switch level {
    case .exact, .openRegion: return 0
    case .sameScript:
      if let left = asked.region, let right = stored.region, left != right { return 1 }
      return 0
    case .otherRegion: return 1
    case .otherScript: return allowsOtherScript ? 5 : nil
    }
  }

  /// The script that a tag names, or that its language and region imply; `nil` where there is no doubt
  /// about it or nothing is known.
  private static func script(of tag: LanguageTag) -> String? {
    if let script = tag.script { return script }
    switch (tag.language, tag.region) {
    case ("zh", "TW"), ("zh", "HK"), ("zh", "MO"): return "Hant"
    case ("zh", _): return "Hans"
    case ("sr", "ME"): return "Latn"
    case ("sr", _): return "Cyrl"
    case ("pa", "PK"): return "Arab"
    case ("pa", _): return "Guru"
    case ("az", _), ("uz", _): return "Latn"
    case ("mn", "CN"): return "Mong"
    case ("mn", _): return "Cyrl"
    case ("en", _), ("es", _): return "Latn"
    default: return nil
    }
  }
}
