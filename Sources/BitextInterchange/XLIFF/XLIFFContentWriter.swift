internal import BitextCore

/// Writes what stands inside a source or a target: text and codes.
enum XLIFFContentWriter {
  /// The native codes of a unit of XLIFF 2, each once.
  struct NativeData {
    private(set) var texts: [String] = []

    init(_ segments: [Segment]) {
      for code in segments.flatMap(\.codes) {
        let text = code.nativeText
        if !text.isEmpty, !texts.contains(text) { texts.append(text) }
      }
    }

    func reference(_ code: InlineCode) -> String? {
      texts.firstIndex(of: code.nativeText).map { "d\($0 + 1)" }
    }
  }

  /// Writes a segment; `data` is there in XLIFF 2.
  static func write(
    _ segment: Segment, data: NativeData?, to xml: inout XMLWriter
  ) throws(XMLWriter.UnwritableCharacter) {
    guard !segment.codes.isEmpty else {
      try xml.text(segment.text)
      return
    }
    let utf8 = segment.text.utf8
    var index = utf8.startIndex
    var offset = 0
    var marks = 0
    let pairs = CodePairs(segment.codes)
    for (place, code) in segment.codes.enumerated() {
      if code.utf8Offset > offset {
        let end = utf8.index(index, offsetBy: code.utf8Offset - offset)
        try xml.text(String(segment.text[index..<end]))
        index = end
        offset = code.utf8Offset
      }
      switch code.kind {
      case .highlightStart:
        marks += 1
        xml.raw(
          data == nil ? "<mrk mtype=\"x-mark\">" : "<mrk id=\"m\(place + 1)\" type=\"bitext:mark\">"
        )
      case .highlightEnd:
        if marks > 0 {
          marks -= 1
          xml.raw("</mrk>")
        }
      default:
        if let data {
          version2(code, place, pairs.partner[place], data, &xml)
        } else {
          try version1(code, place, pairs.partner[place], &xml)
        }
      }
    }
    try xml.text(String(segment.text[index...]))
    for _ in 0..<marks { xml.raw("</mrk>") }
  }

  /// A code of XLIFF 1: its native text stands inside.
  private static func version1(
    _ code: InlineCode, _ place: Int, _ partner: Int?, _ xml: inout XMLWriter
  ) throws(XMLWriter.UnwritableCharacter) {
    let id = place + 1
    let (name, attributes): (String, String) =
      switch code.kind {
      case .open where partner != nil: ("bpt", "id=\"\(id)\"")
      case .close where partner != nil: ("ept", "id=\"\((partner ?? 0) + 1)\"")
      case .open, .isolatedOpen: ("it", "id=\"\(id)\" pos=\"open\"")
      case .close, .isolatedClose: ("it", "id=\"\(id)\" pos=\"close\"")
      default: ("ph", "id=\"\(id)\"")
      }
    xml.raw("<\(name) \(attributes)>")
    try xml.text(code.nativeText)
    xml.raw("</\(name)>")
  }

  /// A code of XLIFF 2: its native text stands in the unit's data.
  private static func version2(
    _ code: InlineCode, _ place: Int, _ partner: Int?, _ data: NativeData, _ xml: inout XMLWriter
  ) {
    let id = place + 1
    let reference = data.reference(code).map { " dataRef=\"\($0)\"" } ?? ""
    switch code.kind {
    case .open:
      xml.raw("<sc id=\"\(id)\"\(reference)\(partner == nil ? " isolated=\"yes\"" : "")/>")
    case .close:
      if let partner {
        xml.raw("<ec startRef=\"\(partner + 1)\"\(reference)/>")
      } else {
        xml.raw("<ec id=\"\(id)\" isolated=\"yes\"\(reference)/>")
      }
    case .isolatedOpen: xml.raw("<sc id=\"\(id)\" isolated=\"yes\"\(reference)/>")
    case .isolatedClose: xml.raw("<ec id=\"\(id)\" isolated=\"yes\"\(reference)/>")
    default: xml.raw("<ph id=\"\(id)\"\(reference)/>")
    }
  }
}
