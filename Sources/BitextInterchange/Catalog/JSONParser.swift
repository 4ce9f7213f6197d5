/// Reads JSON without losing how it was written.
///
/// Source: RFC 8259.
struct JSONParser {
  /// What is wrong, at a byte of the text.
  struct Failure: Error {
    let offset: Int
    let message: String
  }

  private let bytes: [UInt8]
  private let maximumDepth: Int
  private var index = 0
  private var depth = 0
  /// Names that stand twice in one object, with their places.
  private(set) var repeated: [(name: String, offset: Int)] = []

  /// - Parameter maximumDepth: How deep values may lie inside each other.
  init(_ bytes: [UInt8], maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  /// Reads the one value that the text holds.
  mutating func document() throws(Failure) -> JSONValue {
    skipSpace()
    let value = try self.value()
    skipSpace()
    guard index == bytes.count else {
      throw failure("found \(shown) behind the end of the JSON, expected nothing")
    }
    return value
  }

  private mutating func value() throws(Failure) -> JSONValue {
    guard index < bytes.count else { throw failure("found the end of the file, expected a value") }
    let start = index
    switch bytes[index] {
    case UInt8(ascii: "{"):
      let members = try object()
      return JSONValue(.object(members), range: start..<index)
    case UInt8(ascii: "["):
      let values = try array()
      return JSONValue(.array(values), range: start..<index)
    case 0x22:
      let raw = try string()
      return JSONValue(.string(raw), range: start..<index)
    default:
      let raw = try literal()
      return JSONValue(.literal(raw), range: start..<index)
    }
  }

  private mutating func object() throws(Failure) -> [JSONValue.Member] {
    try enter()
    defer { depth -= 1 }
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    index += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      let offset = index
      guard index < bytes.count, bytes[index] == 0x22 else {
        throw failure("found \(shown), expected a name in quotes")
      }
      let name = try string()
      if !names.insert(name).inserted { repeated.append((name, offset)) }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("found \(shown), expected \":\"") }
      skipSpace()
      members.append(JSONValue.Member(rawName: name, value: try value(), offset: offset))
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else {
        throw failure("found \(shown), expected \",\" or \"}\"")
      }
    }
  }

  private mutating func array() throws(Failure) -> [JSONValue] {
    try enter()
    defer { depth -= 1 }
    var values: [JSONValue] = []
    index += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return values }
    while true {
      skipSpace()
      values.append(try value())
      skipSpace()
      if take(UInt8(ascii: "]")) { return values }
      guard take(UInt8(ascii: ",")) else {
        throw failure("found \(shown), expected \",\" or \"]\"")
      }
    }
  }

  /// What stands between two quotes.
  private mutating func string() throws(Failure) -> String {
    let open = index
    index += 1
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case 0x22:
        index += 1
        return String(decoding: bytes[start..<(index - 1)], as: UTF8.self)
      case 0x5C: try escape()
      case 0..<0x20:
        throw failure("found a control character inside a string, expected its escape")
      default: index += 1
      }
    }
    index = open
    throw failure("found a string that is never closed, expected \"\\\"\"")
  }

  private mutating func escape() throws(Failure) {
    guard index + 1 < bytes.count else { throw failure("found the end of the file in a string") }
    switch bytes[index + 1] {
    case 0x22, 0x5C, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 2
    case UInt8(ascii: "u"):
      guard index + 6 <= bytes.count,
        bytes[(index + 2)..<(index + 6)].allSatisfy({ Self.isHexadecimal($0) })
      else { throw failure("found \(shown), expected \\u and four hexadecimal digits") }
      index += 6
    default: throw failure("found the escape \(shown), which JSON does not have")
    }
  }

  private mutating func literal() throws(Failure) -> String {
    let start = index
    while index < bytes.count, Self.isLiteral(bytes[index]) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard ["true", "false", "null"].contains(text) || Self.isNumber(bytes[start..<index]) else {
      index = start
      throw failure("found \(shown), expected a value")
    }
    return text
  }

  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func digits() -> Int {
      let count = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == 0x30
    let whole = digits()
    guard whole > 0, !startsWithZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func isLiteral(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == 0x2B || byte == 0x2D || byte == 0x2E
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  private mutating func enter() throws(Failure) {
    depth += 1
    if depth > maximumDepth {
      throw failure("found values inside each other more than \(maximumDepth) deep, expected fewer")
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
  }

  /// What stands here, as it can be shown.
  private var shown: String {
    guard index < bytes.count else { return "the end of the file" }
    var text = String(decoding: bytes[index..<min(bytes.count, index + 20)], as: UTF8.self)
    if text.last == "\u{FFFD}" { text.removeLast() }
    return "\"\(text.excerpt)\""
  }

  private func failure(_ message: String) -> Failure {
    Failure(offset: index, message: message)
  }
}
