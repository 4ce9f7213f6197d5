/// Where the tags of a well-formed document stand.
///
/// The parser says what a document means, this says at which bytes: a change must not touch anything else.
struct XMLOutline {
  /// One element.
  struct Element {
    /// Its start tag, or all of it when it is empty and has no end tag.
    let startTag: Range<Int>
    /// Its end tag; empty, behind the start tag, when there is none.
    var endTag: Range<Int>
    /// Whether it is written `<name/>`.
    let isSelfClosed: Bool

    /// All of it.
    var range: Range<Int> { startTag.lowerBound..<endTag.upperBound }
    /// What stands inside.
    var content: Range<Int> { startTag.upperBound..<endTag.lowerBound }
  }

  private let bytes: [UInt8]
  private var elements: [Int: Element] = [:]

  /// - Parameter bytes: A well-formed document in UTF-8.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var open: [Int] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      if starts("<!--", index) {
        index = end(of: "-->", from: index + 4)
      } else if starts("<![CDATA[", index) {
        index = end(of: "]]>", from: index + 9)
      } else if starts("<?", index) {
        index = end(of: "?>", from: index + 2)
      } else if starts("<!", index) {
        index = endOfDeclaration(from: index)
      } else {
        let end = endOfTag(from: index)
        if starts("</", index) {
          if let start = open.popLast() { elements[start]?.endTag = index..<end }
        } else {
          let isSelfClosed = end >= 2 && bytes[end - 2] == UInt8(ascii: "/")
          elements[index] = Element(
            startTag: index..<end, endTag: end..<end, isSelfClosed: isSelfClosed)
          if !isSelfClosed { open.append(index) }
        }
        index = end
      }
    }
  }

  /// The element whose tag begins at a byte.
  func element(at offset: Int) -> Element? { elements[offset] }

  /// The text at a range.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The line break and the white space before a byte, when there is nothing else on its line.
  func indentation(before offset: Int) -> String {
    var start = offset
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    guard start > 0, bytes[start - 1] == 0x0A else { return "" }
    start -= 1
    if start > 0, bytes[start - 1] == 0x0D { start -= 1 }
    return text(start..<offset)
  }

  /// A start tag with an attribute set: changed where it is there, else added.
  static func tag(_ tag: String, setting name: String, to value: String) -> String {
    var rest = Substring(tag)
    while let found = rest.firstRange(of: name) {
      let before = rest[..<found.lowerBound].last
      let behind = rest[found.upperBound...].drop { $0.isWhitespace }
      if before?.isWhitespace ?? false, behind.first == "=" {
        let quoted = behind.dropFirst().drop { $0.isWhitespace }
        if let quote = quoted.first, quote == "\"" || quote == "'",
          let close = quoted.dropFirst().firstIndex(of: quote)
        {
          return tag[..<quoted.index(after: quoted.startIndex)] + value + tag[close...]
        }
      }
      rest = rest[found.upperBound...]
    }
    let isSelfClosed = tag.hasSuffix("/>")
    let body = tag.dropLast(isSelfClosed ? 2 : 1)
    let trimmed = String(body.reversed().drop { $0.isWhitespace }.reversed())
    return trimmed + " \(name)=\"\(value)\"" + (isSelfClosed ? "/>" : ">")
  }

  private func starts(_ text: StaticString, _ index: Int) -> Bool {
    bytes[index...].starts(with: text.description.utf8)
  }

  private func end(of text: StaticString, from start: Int) -> Int {
    let signs = Array(text.description.utf8)
    var index = start
    while index + signs.count <= bytes.count {
      if bytes[index] == signs[0], bytes[index..<(index + signs.count)].elementsEqual(signs) {
        return index + signs.count
      }
      index += 1
    }
    return bytes.count
  }

  private func endOfTag(from start: Int) -> Int {
    var index = start + 1
    var quote: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index + 1
      }
      index += 1
    }
    return bytes.count
  }

  private func endOfDeclaration(from start: Int) -> Int {
    var index = start
    var depth = 0
    var quote: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == UInt8(ascii: "[") {
        depth += 1
      } else if byte == UInt8(ascii: "]") {
        depth -= 1
      } else if byte == UInt8(ascii: ">"), depth <= 0 {
        return index + 1
      }
      index += 1
    }
    return bytes.count
  }
}
