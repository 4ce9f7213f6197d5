/// Characters and references that XML does not have, or that only lenient mode repairs.
extension XMLGate {
  /// Judges the byte at `index`; moves on when there is nothing wrong with it.
  mutating func irregular(
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

  func illegal(_ range: Range<Int>, base: Int, name: String) -> Step {
    let fault = XMLFault(
      code: "control-character", offset: base + range.lowerBound,
      message: "found \(name), which XML does not allow"
        + (isLenient ? "; it was left out" : ", expected text"))
    return isLenient ? .replace(range, with: [], finding: fault) : .fault(fault)
  }

  /// Judges the reference at `index`.
  mutating func reference(_ bytes: Span<UInt8>, base: Int, isAtEnd: Bool) -> Step? {
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

  mutating func characterReference(
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
  static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
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

  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return value >= 0x20
      ? value != 0xFFFE && value != 0xFFFF : value == 9 || value == 10 || value == 13
  }

  static func isInReference(_ byte: UInt8, first: Bool) -> Bool {
    switch byte {
    case 0x30...0x39: !first
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0x80...0xFF: true
    case UInt8(ascii: "#"): first
    case 0x2D, 0x2E: !first
    default: false
    }
  }
}
