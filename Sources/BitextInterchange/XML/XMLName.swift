/// A name as it stands in a document.
struct XMLName {
  /// The name without its prefix.
  let local: String
  /// The prefix; empty when there is none.
  let prefix: String
  /// The namespace; empty when there is none.
  let namespace: String

  /// The name as it was written.
  var qualified: String { prefix.isEmpty ? local : "\(prefix):\(local)" }

  /// Whether a text is a name that XML allows: what a program puts into a model need not be one.
  ///
  /// Source: XML 1.0, fifth edition, production 5.
  static func isWritable(_ text: String) -> Bool {
    var isFirst = true
    for scalar in text.unicodeScalars {
      let isGood: Bool
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0x5F: isGood = true
      case 0x3A, 0x30...0x39, 0x2D, 0x2E, 0xB7, 0x300...0x36F, 0x203F...0x2040: isGood = !isFirst
      case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D,
        0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
        0x10000...0xEFFFF:
        isGood = true
      default: isGood = false
      }
      guard isGood else { return false }
      isFirst = false
    }
    return !isFirst
  }

  /// The name, or what comes nearest to it.
  static func writable(_ text: String) -> String {
    if isWritable(text) { return text }
    let cleaned = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { isWritable("x" + String($0)) ? $0 : "_" }))
    return isWritable(cleaned) ? cleaned : "x" + cleaned
  }
}
