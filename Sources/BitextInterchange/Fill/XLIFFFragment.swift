internal import BitextCore

/// Writes a translation with the codes of its source.
enum XLIFFFragment {
  /// The content of a target.
  ///
  /// The codes of a translation come from another file; each stands for the source's code of the same
  /// name and number, or else of the same kind in the same place. When they do not all find one, the text is
  /// written without codes, for the reviewer to set.
  static func text(_ translation: Segment, like source: Segment) -> String {
    guard let codes = matched(translation.codes, with: source.codes) else {
      return escaped(translation.text[...])
    }
    var result = ""
    let utf8 = translation.text.utf8
    var index = utf8.startIndex
    var offset = 0
    for (place, code) in zip(translation.codes, codes) {
      let end = utf8.index(index, offsetBy: place.utf8Offset - offset)
      result += escaped(translation.text[index..<end])
      index = end
      offset = place.utf8Offset
      result += markup(code)
    }
    return result + escaped(translation.text[index...])
  }

  /// The source's codes in the order of the translation; `nil` when the two have not the same.
  private static func matched(_ codes: [InlineCode], with own: [InlineCode]) -> [InlineCode]? {
    guard codes.count == own.count else { return nil }
    var left = Array(own.indices)
    var result: [InlineCode] = []
    for code in codes {
      let found =
        left.first {
          own[$0].name == code.name && own[$0].kind == code.kind
            && own[$0].attributes == code.attributes
        }
        ?? left.first { own[$0].kind == code.kind }
      guard let found else { return nil }
      left.removeAll { $0 == found }
      result.append(own[found])
    }
    // Elements must close what they opened last.
    var open: [String] = []
    for code in result where isPaired(code) {
      if code.kind == .open || code.kind == .highlightStart {
        open.append(identity(code))
      } else if open.popLast() != identity(code) {
        return nil
      }
    }
    return open.isEmpty ? result : nil
  }

  private static func identity(_ code: InlineCode) -> String {
    code.name == "xlf:mrk" || code.name == "xlf2:mrk"
      ? code.name : code.name + (code.attributes.first { $0.name == "id" }?.value ?? "")
  }

  /// Whether the code is an element with text inside.
  private static func isPaired(_ code: InlineCode) -> Bool {
    ["xlf:g", "xlf2:pc", "xlf:mrk", "xlf2:mrk"].contains(code.name)
  }

  private static func markup(_ code: InlineCode) -> String {
    let name = code.name.split(separator: ":").last.map(String.init) ?? code.name
    let attributes = code.attributes.map { " \($0.name)=\"\(attribute($0.value))\"" }.joined()
    if isPaired(code) {
      return code.kind == .open || code.kind == .highlightStart
        ? "<\(name)\(attributes)>" : "</\(name)>"
    }
    let held = code.name.hasPrefix("xlf2:") ? "" : code.nativeText
    return held.isEmpty
      ? "<\(name)\(attributes)/>" : "<\(name)\(attributes)>\(escaped(held[...]))</\(name)>"
  }

  /// A value as it may stand between quotes.
  static func attribute(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "\"": result += "&quot;"
      case "\t": result += "&#9;"
      case "\n": result += "&#10;"
      case "\r": result += "&#13;"
      default: if isWritable(scalar) { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  private static func escaped(_ text: Substring) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\r": result += "&#13;"
      default: if isWritable(scalar) { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  private static func isWritable(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20
      ? scalar.value != 0xFFFE && scalar.value != 0xFFFF : scalar == "\t" || scalar == "\n"
  }
}
