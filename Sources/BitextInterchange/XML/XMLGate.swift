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
  var index = 0
  /// What the XML declaration says, once it was passed.
  var declaration: Declaration?

  /// What an XML declaration says.
  struct Declaration {
    let version: String
    /// Where it stands, and whether white space stands before it.
    let offset: Int
  }

  let limits: ReadOptions.Limits
  let isLenient: Bool
  private let classes: [UInt8]
  /// Bytes that mean something inside a tag.
  private let tagClasses: [UInt8]
  private var state = State.text
  /// Where the token began that is being looked at.
  private var tokenStart = 0
  private var attributes = 0
  private var quote: UInt8 = 0
  private var nameStart = 0
  var hasTag = false
  var hasDoctype = false
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
    for byte in "<>\"'= \t\r\n".utf8 { classes[Int(byte)] = Self.special }
    classes[0x26] = 0
    tagClasses = classes
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
    let second = left > 1 ? bytes[i + 1] : 0
    if second == UInt8(ascii: "/") || Self.mayBeginName(second) {
      state = .tag
      hasTag = true
      attributes = 0
      index = i + 1
      nameStart = i + 1
      hasOnlySpace = false
      return nil
    }
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
      index = i + 1
      tokenStart = i + 1
    }
    hasOnlySpace = false
    return nil
  }

  private mutating func tag(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step? {
    let table = self.tagClasses
    let classes = table.span
    var i = index
    while i < bytes.count {
      let byte = bytes[i]
      if classes[Int(byte)] == 0 {
        i &+= 1
        continue
      }
      // Names end at one of these bytes, so that is where their length is judged.
      if i - nameStart > limits.nameBytes { return longName(base: base) }
      switch byte {
      case UInt8(ascii: ">"):
        index = i + 1
        tokenStart = i + 1
        state = .text
        return nil
      case 0x22, 0x27:
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
      case UInt8(ascii: "<"):
        index = i
        return .fault(
          XMLFault(
            code: "tag", offset: base + i,
            message:
              "found \"<\" inside the tag \(Self.excerpt(bytes, tokenStart..<i)), expected \">\""))
      case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: "="):
        nameStart = i + 1
        i &+= 1
      default:
        index = i
        if let step = irregular(bytes, base: base, isAtEnd: isAtEnd, knowsReferences: false) {
          return step
        }
        i = index
      }
    }
    if i - nameStart > limits.nameBytes { return longName(base: base) }
    index = i
    return incomplete(bytes, base: base, isAtEnd: isAtEnd, what: "a tag")
  }

  private func longName(base: Int) -> Step {
    .fault(
      XMLFault(
        code: "name", offset: base + nameStart,
        message: "found a name of more than \(limits.nameBytes) bytes, expected a shorter one"))
  }

  private mutating func value(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step? {
    let table = self.classes
    let classes = table.span
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
}
