/// What stands before the first tag: declaration and DOCTYPE.
extension XMLGate {
  /// Swallows the XML declaration: the parser gets UTF-8 and no label.
  mutating func declaration(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step {
    var i = index
    while i + 1 < bytes.count {
      if bytes[i] == UInt8(ascii: "?"), bytes[i + 1] == UInt8(ascii: ">") {
        let text = Self.string(bytes, index..<(i + 2))
        declaration = Declaration(
          version: Self.pseudoAttribute("version", in: text) ?? "", offset: base + index)
        return .replace(index..<(i + 2), with: [], finding: nil)
      }
      i += 1
    }
    if isAtEnd || i - index > 1024 {
      return .fault(
        XMLFault(
          code: "declaration", offset: base + index,
          message: "found an XML declaration that does not end, expected \"?>\""))
    }
    return .feed(upTo: index)
  }

  /// Swallows a DOCTYPE. Nothing in it is ever opened or obeyed.
  mutating func doctype(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step {
    if hasTag || hasDoctype {
      return .fault(
        XMLFault(
          code: "doctype", offset: base + index,
          message: hasDoctype
            ? "found a second DOCTYPE, expected one"
            : "found a DOCTYPE, expected it before the first tag"))
    }
    var i = index + 9
    var quote: UInt8 = 0
    var isInSubset = false
    while i < bytes.count, i - index <= limits.doctypeBytes {
      let byte = bytes[i]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if isInSubset, Self.matches(bytes, at: i, "<!--") {
        i += 4
        while i < bytes.count, !Self.matches(bytes, at: i, "-->") { i += 1 }
        i += 2
      } else if isInSubset, Self.matches(bytes, at: i, "<?") {
        i += 2
        while i < bytes.count, !Self.matches(bytes, at: i, "?>") { i += 1 }
        i += 1
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "[") {
        isInSubset = true
      } else if byte == UInt8(ascii: "]") {
        isInSubset = false
      } else if byte == UInt8(ascii: ">"), !isInSubset {
        hasDoctype = true
        return .replace(index..<(i + 1), with: [], finding: nil)
      }
      i += 1
    }
    if i - index > limits.doctypeBytes {
      return .fault(
        XMLFault(
          code: "doctype", offset: base + index,
          message:
            "found a DOCTYPE of more than \(limits.doctypeBytes) bytes, expected a shorter one"))
    }
    if isAtEnd {
      return .fault(
        XMLFault(
          code: "truncated", offset: base + bytes.count,
          message: "found the end of the file inside a DOCTYPE, expected \">\""))
    }
    return .feed(upTo: index)
  }

  /// The value of `name="…"` inside a declaration.
  static func pseudoAttribute(_ name: String, in text: String) -> String? {
    guard let found = text.firstRange(of: name) else { return nil }
    var rest = text[found.upperBound...].drop { $0.isWhitespace }
    guard rest.first == "=" else { return nil }
    rest = rest.dropFirst().drop { $0.isWhitespace }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    let value = rest.dropFirst()
    guard let end = value.firstIndex(of: quote) else { return nil }
    return String(value[..<end])
  }
}
