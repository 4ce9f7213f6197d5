/// A value of JSON that remembers how it was written and where.
///
/// Strings and numbers are kept as they stand in the file, so that what nobody changes is written back as
/// it was: members in their order, escapes and digits as they were spelled.
struct JSONValue: Sendable, Hashable {
  /// What the value is.
  indirect enum Content: Sendable, Hashable {
    case object([Member])
    case array([JSONValue])
    /// What stands between the quotes, with its escapes.
    case string(String)
    /// A number, `true`, `false` or `null`, as written.
    case literal(String)
  }

  /// A name and its value.
  struct Member: Sendable, Hashable {
    /// The name, with its escapes.
    var rawName: String
    var value: JSONValue
    /// Where the name begins, in bytes of the file.
    var offset: Int

    /// The name, without escapes.
    var name: String { JSONValue.unescaped(rawName) }
  }

  var content: Content
  /// Where it stands in the file, in bytes; empty for a value that was made.
  var range: Range<Int>

  init(_ content: Content, range: Range<Int> = 0..<0) {
    self.content = content
    self.range = range
  }

  /// A string that was not read.
  init(text: String) { self.init(.string(Self.escaped(text))) }

  /// The members, when it is an object.
  var members: [Member]? { if case .object(let members) = content { members } else { nil } }

  /// The text, when it is a string.
  var text: String? { if case .string(let raw) = content { Self.unescaped(raw) } else { nil } }

  /// The value of the first member of a name.
  subscript(name: String) -> JSONValue? {
    guard let members else { return nil }
    return members.first { $0.rawName == name || $0.name == name }?.value
  }

  /// Resolves the escapes of a string; half a surrogate pair becomes U+FFFD.
  static func unescaped(_ raw: String) -> String {
    guard raw.utf8.contains(UInt8(ascii: "\\")) else { return raw }
    let bytes = Array(raw.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    func unit(at place: Int) -> UInt32? {
      guard place + 6 <= bytes.count, bytes[place] == 0x5C, bytes[place + 1] == UInt8(ascii: "u")
      else { return nil }
      return UInt32(String(decoding: bytes[(place + 2)..<(place + 6)], as: UTF8.self), radix: 16)
    }
    while index < bytes.count {
      guard bytes[index] == 0x5C, index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      if let high = unit(at: index) {
        index += 6
        var value = high
        if high & 0xFC00 == 0xD800, let low = unit(at: index), low & 0xFC00 == 0xDC00 {
          value = 0x10000 + ((high & 0x3FF) << 10 | (low & 0x3FF))
          index += 6
        }
        result += String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case let other: result.append(other)
      }
      index += 2
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A string as Xcode escapes it: quotes, backslashes and control characters, and no slash.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
