/// Tells the frequent characters that only one of the two Chinese scripts writes.
///
/// Characters that the other script uses in another sense (后, 里, 台) belong to neither.
public enum HanScript {
  /// Whether only traditional Chinese writes the character with this code point.
  public static func isTraditional(_ scalar: UInt32) -> Bool {
    scalar >= 0x3400 && ScriptCensus.traditionalOnly.contains(scalar)
  }

  /// Whether only simplified Chinese writes the character with this code point.
  public static func isSimplified(_ scalar: UInt32) -> Bool {
    scalar >= 0x3400 && ScriptCensus.simplifiedOnly.contains(scalar)
  }
}
