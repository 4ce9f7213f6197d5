/// Writes JSON as Xcode lays it out: two spaces, `"name" : value`, a blank line in what is empty.
enum JSONLayout {
  /// Appends a value.
  ///
  /// - Parameter depth: How many levels of indentation its own lines begin with.
  static func append(_ value: JSONValue, to output: inout [UInt8], depth: Int = 0) {
    switch value.content {
    case .string(let raw):
      output.append(0x22)
      output += raw.utf8
      output.append(0x22)
    case .literal(let raw): output += raw.utf8
    case .array(let values):
      open("[", values.isEmpty, &output, depth)
      for (index, inner) in values.enumerated() {
        line(index, &output, depth)
        append(inner, to: &output, depth: depth + 1)
      }
      close("]", &output, depth)
    case .object(let members):
      open("{", members.isEmpty, &output, depth)
      for (index, member) in members.enumerated() {
        line(index, &output, depth)
        output.append(0x22)
        output += member.rawName.utf8
        output += "\" : ".utf8
        append(member.value, to: &output, depth: depth + 1)
      }
      close("}", &output, depth)
    }
  }

  /// A value as text.
  static func text(_ value: JSONValue, depth: Int = 0) -> String {
    var output: [UInt8] = []
    append(value, to: &output, depth: depth)
    return String(decoding: output, as: UTF8.self)
  }

  private static func open(
    _ sign: StaticString, _ isEmpty: Bool, _ output: inout [UInt8], _ depth: Int
  ) {
    output += sign.description.utf8
    if isEmpty { output.append(0x0A) }
  }

  private static func line(_ index: Int, _ output: inout [UInt8], _ depth: Int) {
    if index > 0 { output.append(UInt8(ascii: ",")) }
    output.append(0x0A)
    indent(depth + 1, &output)
  }

  private static func close(_ sign: StaticString, _ output: inout [UInt8], _ depth: Int) {
    output.append(0x0A)
    indent(depth, &output)
    output += sign.description.utf8
  }

  private static func indent(_ depth: Int, _ output: inout [UInt8]) {
    output.append(contentsOf: repeatElement(0x20, count: 2 * depth))
  }
}

/// The order in which Xcode sorts the names of a catalog: without case, numbers by their value.
enum CatalogOrder {
  /// Whether the first name stands before the second.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (a, b) = (parts(left), parts(right))
    for (x, y) in zip(a, b) where x != y { return x < y }
    if a.count != b.count { return a.count < b.count }
    return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
  }

  /// Letters without case, and whole numbers as one part.
  private static func parts(_ text: String) -> [Part] {
    var parts: [Part] = []
    var digits = ""
    func flush() {
      guard !digits.isEmpty else { return }
      let value = digits.drop { $0 == "0" }
      parts.append(Part(rank: 0, length: value.utf8.count, text: String(value)))
      digits = ""
    }
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        flush()
        parts.append(Part(rank: 1, length: 0, text: character.lowercased()))
      }
    }
    flush()
    return parts
  }

  private struct Part: Equatable, Comparable {
    /// Numbers stand before letters, but behind the signs before `0`.
    let rank: Int
    let length: Int
    let text: String

    static func < (left: Part, right: Part) -> Bool {
      if left.rank == 0, right.rank == 0 {
        return left.length != right.length ? left.length < right.length : left.text < right.text
      }
      let first = left.rank == 0 ? "0" : left.text
      let second = right.rank == 0 ? "0" : right.text
      return first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
    }
  }
}
