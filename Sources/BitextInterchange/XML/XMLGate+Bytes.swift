/// Small questions about bytes.
extension XMLGate {
  static func mayBeginName(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte == 0x3A
      || byte >= 0x80
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  static func isSpace(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for i in range where !isSpace(bytes[i]) { return false }
    return true
  }

  static func matches(_ bytes: Span<UInt8>, at index: Int, _ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= 0, index + length <= bytes.count else { return false }
    // The literal lives as long as the program and is read inside its length.
    let start = unsafe text.utf8Start
    for i in 0..<length where unsafe bytes[index + i] != start[i] { return false }
    return true
  }

  static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for i in range { copy.append(bytes[i]) }
    return String(decoding: copy, as: UTF8.self)
  }

  static func excerpt(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    let start = max(0, range.lowerBound)
    return "\"" + string(bytes, start..<min(range.upperBound, start + 160)).excerpt + "\""
  }

  static func codePoint(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
