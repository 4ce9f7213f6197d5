/// Something that takes the bytes of a file that is being written.
public protocol ByteSink: AnyObject {
  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(DocumentError)
}

extension OutputFile: ByteSink {}

/// A file in memory.
public final class MemorySink: ByteSink {
  /// What was written.
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public func write(_ bytes: [UInt8]) throws(DocumentError) { self.bytes += bytes }

  /// What was written, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Writes XML as UTF-8 with LF, piece by piece; the bytes depend on what is written alone.
struct XMLWriter {
  /// A character that XML cannot carry.
  struct UnwritableCharacter: Error {
    let scalar: Unicode.Scalar

    /// Its name, such as `U+001F`.
    var name: String {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
  }

  private let sink: any ByteSink
  private var buffer: [UInt8] = []
  /// Where the buffer may be cut back to: everything before is final.
  private var checkpoint = 0

  private static let flushSize = 1 << 16

  init(to sink: any ByteSink) {
    self.sink = sink
    buffer.reserveCapacity(Self.flushSize * 2)
  }

  /// Appends markup that is known to be right.
  mutating func raw(_ text: StaticString) {
    // The literal lives as long as the program.
    text.withUTF8Buffer { unsafe buffer.append(contentsOf: $0) }
  }

  /// Appends markup that was made from checked names.
  mutating func raw(_ text: String) {
    let bytes = text.utf8Span.span
    copy(bytes, 0..<bytes.count)
  }

  /// Appends markup between two bytes that no XML has, for whoever reads it next.
  mutating func enclosed(in mark: UInt8, _ markup: String) {
    buffer.append(mark)
    buffer.append(contentsOf: markup.utf8)
    buffer.append(mark)
  }

  /// Appends a tag of a checked name.
  mutating func tag(_ open: StaticString, _ name: String, _ close: StaticString = "") {
    raw(open)
    raw(name)
    raw(close)
  }

  /// Appends text; white space stands as it is.
  mutating func text(_ text: String) throws(UnwritableCharacter) {
    try append(text, inAttribute: false)
  }

  /// Appends a part of a text.
  mutating func text(_ text: Substring) throws(UnwritableCharacter) {
    try append(text.utf8Span.span, inAttribute: false)
  }

  /// Appends ` name="value"`.
  mutating func attribute(_ name: String, _ value: String) throws(UnwritableCharacter) {
    buffer.append(0x20)
    raw(name)
    buffer.append(0x3D)
    buffer.append(0x22)
    try append(value, inAttribute: true)
    buffer.append(0x22)
  }

  /// Appends a value behind its name, which is markup such as ` tuid="`, and the closing quote.
  mutating func quoted(
    _ markup: StaticString, _ value: String
  ) throws(UnwritableCharacter) {
    raw(markup)
    try append(value, inAttribute: true)
    buffer.append(0x22)
  }

  /// Says that everything so far stands.
  mutating func commit() throws(DocumentError) {
    if buffer.count >= Self.flushSize {
      try sink.write(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
    checkpoint = buffer.count
  }

  /// Takes back everything since the last `commit()`.
  mutating func rollBack() {
    buffer.removeLast(buffer.count - checkpoint)
  }

  /// Hands everything to the sink.
  mutating func flush() throws(DocumentError) {
    try sink.write(buffer)
    buffer.removeAll(keepingCapacity: true)
    checkpoint = 0
  }

  /// Bytes that need a second look: 1 everywhere, 2 in attributes only.
  private static let classes: [UInt8] = {
    var classes = [UInt8](repeating: 0, count: 256)
    for byte in 0..<0x20 { classes[byte] = 1 }
    classes[0x09] = 2
    classes[0x0A] = 2
    for byte in "&<>".utf8 { classes[Int(byte)] = 1 }
    classes[0x22] = 2
    classes[0xEF] = 1
    return classes
  }()

  private mutating func append(
    _ text: String, inAttribute: Bool
  ) throws(UnwritableCharacter) {
    try append(text.utf8Span.span, inAttribute: inAttribute)
  }

  /// Appends text run by run: what needs no escape is copied at once.
  private mutating func append(
    _ bytes: Span<UInt8>, inAttribute: Bool
  ) throws(UnwritableCharacter) {
    let table = Self.classes
    let classes = table.span
    let harmless: UInt8 = inAttribute ? 0 : 2
    var start = 0
    var index = 0
    while index < bytes.count {
      let kind = classes[Int(bytes[index])]
      if kind == 0 || kind == harmless {
        index &+= 1
        continue
      }
      copy(bytes, start..<index)
      start = index
      if let escape = try Self.escape(bytes, at: index) {
        raw(escape)
        start = index + 1
      }
      index &+= 1
    }
    copy(bytes, start..<bytes.count)
  }

  private mutating func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    // One copy instead of a walk: 5 % of an export. The buffer takes all bytes before the call returns.
    unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
  }

  /// What stands for a byte that may not stand for itself; `nil` when it may after all.
  private static func escape(
    _ bytes: Span<UInt8>, at index: Int
  ) throws(UnwritableCharacter) -> StaticString? {
    switch bytes[index] {
    case UInt8(ascii: "&"): return "&amp;"
    case UInt8(ascii: "<"): return "&lt;"
    case UInt8(ascii: ">"): return "&gt;"
    case 0x0D: return "&#13;"
    case 0x22: return "&quot;"
    case 0x09: return "&#9;"
    case 0x0A: return "&#10;"
    case 0xEF:
      if index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
        throw UnwritableCharacter(scalar: bytes[index + 2] == 0xBE ? "\u{FFFE}" : "\u{FFFF}")
      }
      return nil
    default: throw UnwritableCharacter(scalar: Unicode.Scalar(bytes[index]))
    }
  }
}
