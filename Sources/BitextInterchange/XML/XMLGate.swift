/// Looks at UTF-8 before libxml2 does, in one pass.
///
/// It catches what cannot be caught in a SAX callback: the duplicate check of libxml2 is quadratic in
/// the attributes of a tag, its own size limits have no useful message, and control characters and
/// unknown entities stop it for good. It says up to where the parser may be fed: never half a tag, half
/// a reference or a DOCTYPE. In lenient mode it also says what to feed instead.
struct XMLGate {
  /// What the caller has to do next.
  enum Step {
    /// Feed everything before this index; then come back with more bytes.
    case feed(upTo: Int)
    /// Feed what is before the range, then the replacement; go on behind the range.
    case replace(Range<Int>, with: [UInt8], finding: XMLFault?)
    /// Feed what is before the index of the fault, and stop.
    case fault(XMLFault)
  }

  private enum State {
    case text
    case tag
    case quoted
    case comment
    case instruction
    case cdata
  }

  /// The next byte to look at.
  private(set) var index = 0
  /// What the XML declaration says, once it was passed.
  private(set) var declaration: Declaration?

  /// What an XML declaration says.
  struct Declaration {
    let version: String
    /// Where it stands, and whether white space stands before it.
    let offset: Int
  }

  private let limits: ReadOptions.Limits
  private let isLenient: Bool
  private let classes: [UInt8]
  private var state = State.text
  /// Where the token began that is being looked at.
  private var tokenStart = 0
  private var attributes = 0
  private var quote: UInt8 = 0
  private var nameStart = 0
  private var hasTag = false
  private var hasDoctype = false
  private var hasOnlySpace = true

  private static let special: UInt8 = 1
  private static let control: UInt8 = 2
  private static let wide: UInt8 = 4

  init(limits: ReadOptions.Limits, isLenient: Bool) {
    self.limits = limits
    self.isLenient = isLenient
    var classes = [UInt8](repeating: 0, count: 256)
    for byte in 0..<0x20 where byte != 0x09 && byte != 0x0A && byte != 0x0D {
      classes[byte] = Self.control
    }
    classes[0xEF] = Self.wide
    for byte in "<&".utf8 { classes[Int(byte)] = Self.special }
    self.classes = classes
  }

  /// Where the tag or the run of text began that may not be complete yet.
  var start: Int { state == .text ? index : min(tokenStart, index) }

  /// Says that the bytes before `count` are gone.
  mutating func drop(_ count: Int) {
    index -= count
    tokenStart -= count
    nameStart -= count
  }

  /// Forgets everything and goes on at an index, as between two elements.
  mutating func restart(at index: Int) {
    self.index = index
    tokenStart = index
    state = .text
    hasTag = true
    hasOnlySpace = false
  }

  /// Goes on behind the part that was replaced.
  mutating func skip(to index: Int) {
    self.index = index
    if state == .text { tokenStart = index }
  }

  /// Looks on.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 that ends at the boundary of a scalar.
  ///   - base: The offset of the first byte in the input, for faults.
  ///   - isAtEnd: Whether nothing comes after them.
  mutating func step(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step {
    let count = bytes.count
    while true {
      switch state {
      case .text:
        let table = self.classes
        let classes = table.span
        var i = index
        while i < count {
          if classes[Int(bytes[i])] != 0 { break }
          i &+= 1
        }
        if hasOnlySpace, !Self.isSpace(bytes, index..<i) { hasOnlySpace = false }
        index = i
        if i - tokenStart > limits.textBytes {
          return .fault(
            XMLFault(
              code: "text-too-long", offset: base + i,
              message: "found a text of more than \(limits.textBytes) bytes, expected less"))
        }
        if i == count { return .feed(upTo: count) }
        if bytes[i] == UInt8(ascii: "<") {
          if let step = open(bytes, base: base, isAtEnd: isAtEnd) { return step }
        } else if let step = irregular(bytes, base: base, isAtEnd: isAtEnd, knowsReferences: true) {
          return step
        }
      case .tag:
        if let step = tag(bytes, base: base, isAtEnd: isAtEnd) { return step }
      case .quoted:
        if let step = value(bytes, base: base, isAtEnd: isAtEnd) { return step }
      case .comment:
        if let step = opaque(bytes, base: base, isAtEnd: isAtEnd, until: "-->") { return step }
      case .instruction:
        if let step = opaque(bytes, base: base, isAtEnd: isAtEnd, until: "?>") { return step }
      case .cdata:
        if let step = opaque(bytes, base: base, isAtEnd: isAtEnd, until: "]]>") { return step }
      }
    }
  }

  // MARK: Tokens

  /// Finds out what a `<` opens.
  private mutating func open(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step? {
    let i = index
    let left = bytes.count - i
    if left < 10, !isAtEnd { return .feed(upTo: i) }
    tokenStart = i
    if Self.matches(bytes, at: i, "<!--") {
      state = .comment
      index = i + 4
    } else if Self.matches(bytes, at: i, "<![CDATA[") {
      state = .cdata
      index = i + 9
    } else if Self.matches(bytes, at: i, "<!DOCTYPE") || Self.matches(bytes, at: i, "<!doctype") {
      return doctype(bytes, base: base, isAtEnd: isAtEnd)
    } else if Self.matches(bytes, at: i, "<?") {
      if hasOnlySpace, !hasTag, Self.matches(bytes, at: i, "<?xml"), left > 5,
        Self.isSpace(bytes[i + 5])
      {
        return declaration(bytes, base: base, isAtEnd: isAtEnd)
      }
      state = .instruction
      index = i + 2
    } else {
      // A `<` that opens nothing is left to the parser, which knows best what it expected.
      guard left > 1, Self.mayBeginName(bytes[i + 1]) || bytes[i + 1] == UInt8(ascii: "/") else {
        index = i + 1
        tokenStart = i + 1
        hasOnlySpace = false
        return nil
      }
      state = .tag
      hasTag = true
      attributes = 0
      index = i + 1
      nameStart = i + 1
    }
    hasOnlySpace = false
    return nil
  }

  private mutating func tag(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step? {
    var i = index
    while i < bytes.count {
      let byte = bytes[i]
      if byte == UInt8(ascii: ">") {
        index = i + 1
        tokenStart = i + 1
        state = .text
        return nil
      }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        attributes += 1
        if attributes > limits.attributes {
          return .fault(
            XMLFault(
              code: "attributes", offset: base + tokenStart,
              message: "found more than \(limits.attributes) attributes on one element, "
                + "expected fewer"))
        }
        quote = byte
        state = .quoted
        index = i + 1
        nameStart = i + 1
        return nil
      }
      if byte == UInt8(ascii: "<") {
        index = i
        return .fault(
          XMLFault(
            code: "tag", offset: base + i,
            message:
              "found \"<\" inside the tag \(Self.excerpt(bytes, tokenStart..<i)), expected \">\""))
      }
      if Self.isSpace(byte) || byte == UInt8(ascii: "=") {
        nameStart = i + 1
      } else if i - nameStart > limits.nameBytes {
        return .fault(
          XMLFault(
            code: "name", offset: base + nameStart,
            message: "found a name of more than \(limits.nameBytes) bytes, expected a shorter one"))
      }
      if byte < 0x20 || byte == 0xEF, classes[Int(byte)] != 0 {
        index = i
        if let step = irregular(bytes, base: base, isAtEnd: isAtEnd, knowsReferences: false) {
          return step
        }
        i = index
        continue
      }
      i += 1
    }
    index = i
    return incomplete(bytes, base: base, isAtEnd: isAtEnd, what: "a tag")
  }

  private mutating func value(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step? {
    var i = index
    while i < bytes.count {
      let byte = bytes[i]
      if byte == quote {
        index = i + 1
        nameStart = i + 1
        state = .tag
        return nil
      }
      if classes[Int(byte)] != 0 {
        index = i
        if byte == UInt8(ascii: "<") {
          return .fault(
            XMLFault(
              code: "attribute", offset: base + i,
              message: "found \"<\" in the value of an attribute; expected the closing "
                + (quote == UInt8(ascii: "'") ? "\"'\"" : "'\"'") + ", or &lt;"))
        }
        if let step = irregular(bytes, base: base, isAtEnd: isAtEnd, knowsReferences: true) {
          // What comes before the reference is part of a tag that is not complete.
          if case .feed = step { return .feed(upTo: min(tokenStart, i)) }
          return step
        }
        i = index
        continue
      }
      i &+= 1
    }
    index = i
    return incomplete(bytes, base: base, isAtEnd: isAtEnd, what: "an attribute")
  }

  private func incomplete(
    _ bytes: Span<UInt8>, base: Int, isAtEnd: Bool, what: String
  ) -> Step {
    if index - tokenStart > limits.tagBytes {
      return .fault(
        XMLFault(
          code: "tag-too-long", offset: base + tokenStart,
          message: "found \(what) of more than \(limits.tagBytes) bytes, expected a shorter one"))
    }
    if isAtEnd {
      return .fault(
        XMLFault(
          code: "truncated", offset: base + bytes.count,
          message: "found the end of the file inside the tag "
            + "\(Self.excerpt(bytes, max(0, tokenStart)..<bytes.count)), expected \">\""))
    }
    return .feed(upTo: max(0, tokenStart))
  }

  /// A part in which only its end has a meaning.
  private mutating func opaque(
    _ bytes: Span<UInt8>, base: Int, isAtEnd: Bool, until end: StaticString
  ) -> Step? {
    let length = end.utf8CodeUnitCount
    var i = index
    while i < bytes.count {
      let byte = bytes[i]
      if byte == UInt8(ascii: ">"), i - tokenStart >= length,
        Self.matches(bytes, at: i - length + 1, end), i - length + 1 >= minimumEnd
      {
        index = i + 1
        tokenStart = i + 1
        state = .text
        return nil
      }
      if classes[Int(byte)] & (Self.control | Self.wide) != 0 {
        index = i
        if let step = irregular(bytes, base: base, isAtEnd: isAtEnd, knowsReferences: false) {
          return step
        }
        i = index
        continue
      }
      i &+= 1
    }
    index = i
    if i - tokenStart > limits.textBytes {
      return .fault(
        XMLFault(
          code: "text-too-long", offset: base + max(0, tokenStart),
          message: "found a part of more than \(limits.textBytes) bytes, expected a shorter one"))
    }
    if isAtEnd { return .feed(upTo: bytes.count) }
    return .feed(upTo: max(0, tokenStart))
  }

  /// The first index at which the end of a comment, a PI or a CDATA section may begin.
  private var minimumEnd: Int {
    switch state {
    case .comment: tokenStart + 4
    case .cdata: tokenStart + 9
    default: tokenStart + 2
    }
  }

  /// Swallows the XML declaration: the parser gets UTF-8 and no label.
  private mutating func declaration(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step {
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
  private mutating func doctype(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step {
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

  // MARK: Characters

  /// Judges the byte at `index`; moves on when there is nothing wrong with it.
  private mutating func irregular(
    _ bytes: Span<UInt8>, base: Int, isAtEnd: Bool, knowsReferences: Bool
  ) -> Step? {
    let i = index
    let byte = bytes[i]
    if byte == UInt8(ascii: "&"), knowsReferences {
      return reference(bytes, base: base, isAtEnd: isAtEnd)
    }
    if byte == 0xEF {
      if i + 2 < bytes.count, bytes[i + 1] == 0xBF, bytes[i + 2] >= 0xBE {
        let name = bytes[i + 2] == 0xBE ? "U+FFFE" : "U+FFFF"
        return illegal(i..<(i + 3), base: base, name: "the character \(name)")
      }
      index = i + 1
      return nil
    }
    if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D {
      return illegal(
        i..<(i + 1), base: base, name: "the control character \(Self.codePoint(UInt32(byte)))")
    }
    index = i + 1
    return nil
  }

  private func illegal(_ range: Range<Int>, base: Int, name: String) -> Step {
    let fault = XMLFault(
      code: "control-character", offset: base + range.lowerBound,
      message: "found \(name), which XML does not allow"
        + (isLenient ? "; it was left out" : ", expected text"))
    return isLenient ? .replace(range, with: [], finding: fault) : .fault(fault)
  }

  /// Judges the reference at `index`.
  private mutating func reference(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step? {
    let i = index
    var end = i + 1
    while end < bytes.count, end - i < 64, Self.isInReference(bytes[end], first: end == i + 1) {
      end += 1
    }
    if end == bytes.count, !isAtEnd { return .feed(upTo: i) }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ";"), end > i + 1 else {
      let fault = XMLFault(
        code: "ampersand", offset: base + i,
        message: "found \"&\" that opens no reference, expected &amp;"
          + (isLenient ? "; it was read as one" : ""))
      return isLenient
        ? .replace(i..<(i + 1), with: Array("&amp;".utf8), finding: fault) : .fault(fault)
    }
    end += 1
    if bytes[i + 1] == UInt8(ascii: "#") {
      return characterReference(bytes, i..<end, base: base, isAtEnd: isAtEnd)
    }
    let name = Self.string(bytes, (i + 1)..<(end - 1))
    if ["amp", "lt", "gt", "quot", "apos"].contains(name) {
      index = end
      return nil
    }
    let value = HTMLEntities.character(named: name)
    let advice =
      value.map { $0.unicodeScalars.map { "&#\($0.value);" }.joined() }
      ?? "&amp;, or the character itself"
    if isLenient {
      // An unknown name is kept as it stands: the text says what its author saw.
      let fault = XMLFault(
        code: "entity", offset: base + i,
        message: "found \"&\(name);\", which XML does not define, expected \(advice)"
          + (value == nil ? "; it was kept as text" : "; it was read as that character"))
      return .replace(
        i..<end, with: value.map { Array($0.utf8) } ?? Array("&amp;\(name);".utf8), finding: fault)
    }
    return .fault(
      XMLFault(
        code: "entity", offset: base + i,
        message: "found \"&\(name);\", which XML does not define, expected \(advice)"
          + (hasDoctype ? " (a DOCTYPE is never obeyed)" : "")))
  }

  private mutating func characterReference(
    _ bytes: Span<UInt8>, _ range: Range<Int>, base: Int, isAtEnd: Bool
  ) -> Step? {
    let text = Self.string(bytes, range)
    let value = Self.number(bytes, range)
    if let value, let scalar = Unicode.Scalar(value), Self.isAllowed(scalar) {
      index = range.upperBound
      return nil
    }
    if isLenient, let value, value & 0xFFFF_FC00 == 0xD800 {
      var end = range.upperBound
      while end < bytes.count, end - range.upperBound < 12, bytes[end] != UInt8(ascii: ";") {
        end += 1
      }
      if end == bytes.count, !isAtEnd { return .feed(upTo: range.lowerBound) }
      if end < bytes.count, let low = Self.number(bytes, range.upperBound..<(end + 1)),
        low & 0xFFFF_FC00 == 0xDC00,
        let scalar = Unicode.Scalar(0x10000 + ((value & 0x3FF) << 10 | (low & 0x3FF)))
      {
        let fault = XMLFault(
          code: "surrogate", offset: base + range.lowerBound,
          message:
            "found a character written as the surrogates \(Self.string(bytes, range.lowerBound..<(end + 1))),"
            + " expected &#\(scalar.value);; the two were joined")
        return .replace(
          range.lowerBound..<(end + 1), with: Array(String(Character(scalar)).utf8), finding: fault)
      }
    }
    let isSurrogate = value.map { $0 & 0xFFFF_F800 == 0xD800 } ?? false
    let action = isSurrogate ? "; U+FFFD was put in its place" : "; it was left out"
    let fault = XMLFault(
      code: "control-character", offset: base + range.lowerBound,
      message: "found \"\(text.excerpt)\", which stands for no character of XML"
        + (isLenient ? action : ", expected text"))
    return isLenient
      ? .replace(range, with: isSurrogate ? [0xEF, 0xBF, 0xBD] : [], finding: fault) : .fault(fault)
  }

  /// The number of a character reference; `nil` when it has none or is beyond Unicode.
  private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    var i = range.lowerBound + 2
    guard range.count > 3, bytes[range.lowerBound] == UInt8(ascii: "&"),
      bytes[range.lowerBound + 1] == UInt8(ascii: "#")
    else { return nil }
    let isHexadecimal = bytes[i] == UInt8(ascii: "x")
    if isHexadecimal { i += 1 }
    var value: UInt32 = 0
    guard i < range.upperBound - 1 else { return nil }
    while i < range.upperBound - 1 {
      let byte = bytes[i]
      let digit: UInt32
      switch byte {
      case 0x30...0x39: digit = UInt32(byte - 0x30)
      case 0x41...0x46 where isHexadecimal: digit = UInt32(byte - 0x41 + 10)
      case 0x61...0x66 where isHexadecimal: digit = UInt32(byte - 0x61 + 10)
      default: return nil
      }
      value = value * (isHexadecimal ? 16 : 10) + digit
      if value > 0x10FFFF { return nil }
      i += 1
    }
    return value
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return value >= 0x20
      ? value != 0xFFFE && value != 0xFFFF : value == 9 || value == 10 || value == 13
  }

  private static func isInReference(_ byte: UInt8, first: Bool) -> Bool {
    switch byte {
    case 0x30...0x39: !first
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0x80...0xFF: true
    case UInt8(ascii: "#"): first
    case 0x2D, 0x2E: !first
    default: false
    }
  }

  private static func mayBeginName(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte == 0x3A
      || byte >= 0x80
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func isSpace(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for i in range where !isSpace(bytes[i]) { return false }
    return true
  }

  private static func matches(_ bytes: Span<UInt8>, at index: Int, _ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= 0, index + length <= bytes.count else { return false }
    // The literal lives as long as the program and is read inside its length.
    let start = unsafe text.utf8Start
    for i in 0..<length where unsafe bytes[index + i] != start[i] { return false }
    return true
  }

  private static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for i in range { copy.append(bytes[i]) }
    return String(decoding: copy, as: UTF8.self)
  }

  private static func excerpt(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    let start = max(0, range.lowerBound)
    return "\"" + string(bytes, start..<min(range.upperBound, start + 160)).excerpt + "\""
  }

  private static func codePoint(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
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
