/// Tells formats apart by their root element.
enum RootElement {
  /// What a file with this root is, in words for a message.
  static func format(of name: XMLName) -> String? {
    switch name.local.lowercased() {
    case "tmx": "TMX"
    case "xliff": "XLIFF"
    case "martif": "TBX 2"
    case "tbx": "TBX 3"
    case "html": "an HTML page"
    case "srx": "SRX"
    case "ts": "a Qt translation file"
    case "resources": "an Android resource file"
    default: nil
    }
  }
}
