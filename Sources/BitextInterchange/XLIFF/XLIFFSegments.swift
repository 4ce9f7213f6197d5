internal import BitextCore

/// What stands inside a source or a target.
enum XLIFFSegments {
  /// The segments that XLIFF 1 marks in it, in order.
  static func segments(_ element: XMLElement) -> [XMLElement] {
    var found: [XMLElement] = []
    for child in element.elements {
      if child.name.local == "mrk", child.attribute("mtype") == "seg" {
        found.append(child)
      } else {
        found += segments(child)
      }
    }
    return found
  }

  /// Readable text and codes.
  static func segment(
    _ element: XMLElement, isVersion2: Bool, data: [String: String] = [:]
  ) -> Segment {
    var text = ""
    var codes: [InlineCode] = []
    collect(element, &text, &codes, isVersion2: isVersion2, data: data)
    return Segment(text, codes: codes)
  }

  /// The names of our codes carry the format that they come from.
  static let prefix1 = "xlf:"
  static let prefix2 = "xlf2:"

  private static func collect(
    _ element: XMLElement, _ text: inout String, _ codes: inout [InlineCode], isVersion2: Bool,
    data: [String: String]
  ) {
    for child in element.children {
      switch child {
      case .text(let piece): text += piece
      case .element(let inner):
        code(inner, &text, &codes, isVersion2: isVersion2, data: data)
      }
    }
  }

  private static func code(
    _ element: XMLElement, _ text: inout String, _ codes: inout [InlineCode], isVersion2: Bool,
    data: [String: String]
  ) {
    let local = element.name.local
    let name = (isVersion2 ? prefix2 : prefix1) + local
    func append(_ kind: InlineCode.Kind, reference: String = "dataRef", held: Bool = false) {
      var content: [InlineCode.Content] = []
      if held, !element.text.isEmpty { content = [.data(element.text)] }
      if let id = element.attribute(reference), let native = data[id], !native.isEmpty {
        content = [.data(native)]
      }
      codes.append(
        InlineCode(
          utf8Offset: text.utf8.count, kind: kind, name: name, attributes: element.attributes,
          content: content))
    }
    switch local {
    case "g", "pc":
      append(.open, reference: "dataRefStart")
      collect(element, &text, &codes, isVersion2: isVersion2, data: data)
      append(.close, reference: "dataRefEnd")
    case "bx", "sc": append(.open)
    case "ex", "ec": append(.close)
    case "x", "cp": append(.standalone)
    case "ph": append(.standalone, held: true)
    case "bpt": append(.open, held: true)
    case "ept": append(.close, held: true)
    case "it":
      append(element.attribute("pos") == "close" ? .isolatedClose : .isolatedOpen, held: true)
    case "sm", "em": break
    case "mrk":
      append(.highlightStart)
      collect(element, &text, &codes, isVersion2: isVersion2, data: data)
      codes.append(
        InlineCode(utf8Offset: text.utf8.count, kind: .highlightEnd, name: name))
    default:
      // A foreign element: its text is read, as other readers do.
      collect(element, &text, &codes, isVersion2: isVersion2, data: data)
    }
  }
}
