/// Finds letters that a regular expression cannot match without.
///
/// Most exceptions name an abbreviation, `\bDr\.\s`, that most texts do not hold. Whoever knows that
/// `Dr` must occur need not run the pattern at all. The answer errs on the safe side: whatever is not
/// certain is no literal.
enum RequiredLiteral {
  /// The longest run of ASCII letters and digits that stands in every match; empty when none is certain.
  static func longest(in pattern: String) -> [UInt8] {
    let bytes = Array(pattern.utf8)
    // Alternatives, flags and quotations may make anything optional.
    if bytes.contains(UInt8(ascii: "|")) { return [] }
    for index in bytes.indices.dropLast() {
      if bytes[index] == 0x28, bytes[index + 1] == 0x3F { return [] }  // (?
      if bytes[index] == 0x5C, bytes[index + 1] == 0x51 { return [] }  // \Q
    }
    var best: [UInt8] = []
    var run: [UInt8] = []
    var depth = 0
    var index = 0
    func close(_ run: inout [UInt8], _ best: inout [UInt8]) {
      if run.count > best.count { best = run }
      run = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 0x5C:  // an escape is one item of its own
        close(&run, &best)
        index += 1
        // \p{…}, \x{…}, \uHHHH: skip what belongs to it.
        if index + 1 < bytes.count, bytes[index + 1] == 0x7B {
          while index < bytes.count, bytes[index] != 0x7D { index += 1 }
        } else if index < bytes.count, [0x75, 0x78, 0x55, 0x30, 0x63].contains(bytes[index]) {
          return []
        }
      case 0x5B:  // a set: skip to its end, nested sets included
        close(&run, &best)
        var nesting = 0
        while index < bytes.count {
          if bytes[index] == 0x5C {
            index += 1
          } else if bytes[index] == 0x5B {
            nesting += 1
          } else if bytes[index] == 0x5D {
            nesting -= 1
            if nesting == 0 { break }
          }
          index += 1
        }
      case 0x28:
        close(&run, &best)
        depth += 1
      case 0x29:
        close(&run, &best)
        depth -= 1
      case 0x3F, 0x2A, 0x7B:  // ? * { make the item before them optional
        if !run.isEmpty { run.removeLast() }
        close(&run, &best)
        if byte == 0x7B { while index < bytes.count, bytes[index] != 0x7D { index += 1 } }
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
        // Inside a group nothing is certain: the group may be optional.
        if depth == 0 { run.append(byte) }
      default: close(&run, &best)
      }
      index += 1
    }
    close(&run, &best)
    return best
  }
}

/// Tells whether short runs of bytes occur in a text.
struct LiteralFinder {
  private let bytes: [UInt8]
  /// Where each pair of bytes occurs at all: one bit a pair.
  private var pairs = [UInt64](repeating: 0, count: 1024)

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.count > 1 else { return }
    for index in 1..<bytes.count {
      let pair = Int(bytes[index - 1]) << 8 | Int(bytes[index])
      pairs[pair >> 6] |= 1 << UInt64(pair & 63)
    }
  }

  func contains(_ literal: [UInt8]) -> Bool {
    guard let first = literal.first else { return true }
    for index in literal.indices.dropFirst() {
      let pair = Int(literal[index - 1]) << 8 | Int(literal[index])
      if pairs[pair >> 6] & 1 << UInt64(pair & 63) == 0 { return false }
    }
    guard literal.count != 2 else { return true }
    let last = bytes.count - literal.count
    guard last >= 0 else { return false }
    var start = 0
    while start <= last {
      if bytes[start] == first {
        var length = 1
        while length < literal.count, bytes[start + length] == literal[length] { length += 1 }
        if length == literal.count { return true }
      }
      start += 1
    }
    return false
  }
}
