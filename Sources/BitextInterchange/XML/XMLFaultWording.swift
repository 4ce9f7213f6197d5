/// Says in our own words what libxml2 found; its own are not ours to promise.
enum XMLFaultWording {
  /// Builds the fault for one of libxml2's codes (`xmlParserErrors`), or one of the wall's.
  ///
  /// - Parameters:
  ///   - before: What stands before the place, for the names of tags.
  ///   - behind: What stands at the place.
  static func fault(
    code: Int32, words: String, offset: Int, limits: ReadOptions.Limits, before: [UInt8],
    behind: [UInt8]
  ) -> XMLFault {
    let next = shown(behind)
    let quoted = quotedWords(words)
    switch code {
    case -1:
      return XMLFault(
        code: "depth", offset: offset - distance(to: "<", in: before),
        message: "found elements inside each other more than \(limits.depth) deep, expected fewer")
    case -2:
      return XMLFault(code: "memory", offset: offset, message: "there is not enough memory")
    case 4:
      return XMLFault(
        code: "not-xml", offset: offset, message: "found \(next), expected \"<\", the start of XML")
    case 5:
      return XMLFault(
        code: "after-root", offset: offset,
        message: "found \(next) after the end of the document, expected nothing")
    case 76:
      let open = quoted.open.map { "</\($0)>" } ?? "another end tag"
      let found = quoted.found.map { "</\($0)>" } ?? next
      return XMLFault(
        code: "mismatch", offset: offset - distance(to: "<", in: before),
        message: "found \(found), expected \(open)")
    case 77:
      return XMLFault(
        code: "truncated", offset: offset,
        message: "found the end of the file, expected the end tag of an open element")
    case 42:
      return XMLFault(
        code: "attribute-twice", offset: offset,
        message: "found an attribute twice (\(words.excerpt)), expected it once")
    case 68:
      return XMLFault(
        code: "tag", offset: offset - distance(to: "<", in: before),
        message: "found \"<\" that opens no tag, expected &lt;")
    case 39, 40, 41, 65:
      return XMLFault(
        code: "attribute", offset: offset,
        message: "found \(next) in a tag, expected an attribute as name=\"value\" after white space"
      )
    case 73:
      return XMLFault(
        code: "tag", offset: offset, message: "found \(next) in a tag, expected \">\"")
    case 62:
      return XMLFault(
        code: "cdata", offset: offset, message: "found \"]]>\" outside CDATA, expected ]]&gt;")
    default:
      return XMLFault(
        code: "xml-\(code)", offset: offset,
        message: "found \(next), which is not well-formed XML (\(words.excerpt))")
    }
  }

  /// How far back the last byte of a kind stands; 0 when it is not there.
  private static func distance(to byte: Unicode.Scalar, in before: [UInt8]) -> Int {
    before.lastIndex(of: UInt8(ascii: byte)).map { before.count - $0 } ?? 0
  }

  /// What stands at a place, as it can be shown.
  private static func shown(_ bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "the end of the file" }
    var text = String(decoding: bytes.prefix(20), as: UTF8.self)
    if bytes.count > 20, text.last == "\u{FFFD}" { text.removeLast() }
    return "\"\(text.excerpt)\""
  }

  /// The names in libxml2's `Opening and ending tag mismatch: seg line 4 and tu`.
  private static func quotedWords(_ words: String) -> (open: String?, found: String?) {
    guard let colon = words.firstRange(of: "mismatch: ") else { return (nil, nil) }
    let parts = words[colon.upperBound...].split(separator: " ").map(String.init)
    guard parts.count >= 2 else { return (nil, nil) }
    return (parts.first, parts.last)
  }
}
