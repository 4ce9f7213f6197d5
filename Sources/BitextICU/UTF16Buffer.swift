/// Reusable UTF-16 scratch for one text, and the way back from its units to UTF-8 offsets.
///
/// UTF-16 exists only here: a text is transcoded once, ICU runs over it, and the boundaries that it
/// finds are mapped back while they are counted.
package struct UTF16Buffer: Sendable {
  /// The code units of the text that was loaded last.
  package private(set) var units: [UInt16] = []

  package init() {}

  /// Replaces the content with `utf8`, which must be well-formed.
  package mutating func load(_ utf8: Span<UInt8>) {
    units.removeAll(keepingCapacity: true)
    units.reserveCapacity(utf8.count)
    var index = 0
    let count = utf8.count
    while index < count {
      let byte = utf8[index]
      if byte < 0x80 {
        units.append(UInt16(byte))
        index += 1
      } else if byte < 0xE0 {
        units.append(UInt16(byte & 0x1F) << 6 | UInt16(utf8[index + 1] & 0x3F))
        index += 2
      } else if byte < 0xF0 {
        units.append(
          UInt16(byte & 0x0F) << 12 | UInt16(utf8[index + 1] & 0x3F) << 6
            | UInt16(utf8[index + 2] & 0x3F))
        index += 3
      } else {
        let scalar =
          UInt32(byte & 0x07) << 18 | UInt32(utf8[index + 1] & 0x3F) << 12
          | UInt32(utf8[index + 2] & 0x3F) << 6 | UInt32(utf8[index + 3] & 0x3F)
        units.append(UInt16(0xD7C0 + (scalar >> 10)))
        units.append(UInt16(0xDC00 + (scalar & 0x3FF)))
        index += 4
      }
    }
  }

  /// Replaces the content with a text.
  package mutating func load(_ text: String) {
    load(text.utf8Span.span)
  }

  /// The number of UTF-8 bytes that the units in `range` take. The range must not cut a pair.
  package func utf8Count(_ range: Range<Int>) -> Int {
    Self.utf8Count(units[range])
  }

  /// The number of UTF-8 bytes that some units take.
  package static func utf8Count(_ units: ArraySlice<UInt16>) -> Int {
    var bytes = 0
    for unit in units {
      if unit < 0x80 {
        bytes += 1
      } else if unit < 0x800 || (0xD800...0xDFFF).contains(unit) {
        bytes += 2
      } else {
        bytes += 3
      }
    }
    return bytes
  }
}
