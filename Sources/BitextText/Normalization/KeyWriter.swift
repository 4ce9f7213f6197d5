internal import BitextICU

/// Writes a key: unifies white space, folds Han characters, and keeps the map of offsets.
struct KeyWriter {
  private let isChinese: Bool
  private let records: Bool
  private let simplified: [UInt16]
  /// Filled up to `count`; always longer by what the rest of the source can need at most.
  private var output: [UInt8]
  private var count = 0
  private(set) var map = OffsetMap()

  /// White space was read and not yet written.
  private var hasPendingSpace = false
  /// The bytes of the source that it took.
  private var pendingCount = 0
  private var pendingIsPlain = false
  private var endsWithHan = false

  init(isChinese: Bool, records: Bool, capacity: Int) {
    self.isChinese = isChinese
    self.records = records
    simplified = isChinese ? HanVariants.standard.simplified : []
    output = [UInt8](repeating: 0, count: capacity + 16)
  }

  func text() -> String {
    String(decoding: output[..<count], as: UTF8.self)
  }

  /// Ends the text: white space at its end is dropped.
  mutating func finish() {
    if hasPendingSpace, records { map.replace(original: pendingCount, normalized: 0) }
    hasPendingSpace = false
    pendingCount = 0
  }

  // MARK: White space

  private mutating func addSpace(_ length: Int, isPlain: Bool) {
    pendingIsPlain = isPlain && !hasPendingSpace
    hasPendingSpace = true
    pendingCount += length
  }

  /// Writes or drops the white space before a scalar.
  private mutating func resolveSpace(beforeHan: Bool) {
    let isWritten = count > 0 && !(isChinese && (beforeHan || endsWithHan))
    if isWritten { output[count] = 0x20 }
    if records {
      if isWritten, pendingIsPlain, pendingCount == 1 {
        map.copy(1)
      } else {
        map.replace(original: pendingCount, normalized: isWritten ? 1 : 0)
      }
    }
    count += isWritten ? 1 : 0
    hasPendingSpace = false
    pendingCount = 0
  }

  // MARK: ASCII

  /// What an ASCII byte becomes: lower case, ' for the back-quote; 0x20 for white space.
  private static let asciiTable: [UInt8] = (0..<256).map { value in
    switch value {
    case 0x41...0x5A: UInt8(value + 32)
    case 0x60: 0x27
    case 0x09...0x0D: 0x20
    default: UInt8(value & 0x7F)
    }
  }

  /// Writes ASCII from `start` on, up to the last byte before something else, which may carry a mark.
  mutating func writeASCII(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let table = Self.asciiTable.span
    var index = start
    let total = bytes.count
    while index < total {
      let byte = bytes[index]
      if byte >= 0x80 { break }
      if index &+ 1 < total, bytes[index &+ 1] >= 0x80 { break }
      let folded = table[Int(byte)]
      if folded == 0x20 {
        addSpace(1, isPlain: byte == 0x20)
        index &+= 1
        continue
      }
      if hasPendingSpace { resolveSpace(beforeHan: false) }
      let runStart = index
      var place = count
      var target = output.mutableSpan
      index = Self.copyRun(bytes, from: index, table, into: &target, at: &place)
      count = place
      if records { map.copy(index - runStart) }
      endsWithHan = false
    }
    return index
  }

  /// Writes bytes that are not white space, with single spaces between them, one for one.
  private static func copyRun(
    _ bytes: Span<UInt8>, from start: Int, _ table: Span<UInt8>,
    into target: inout MutableSpan<UInt8>,
    at place: inout Int
  ) -> Int {
    var index = start
    let first = place
    // The last byte of ASCII is left to the caller when a mark may follow it.
    let limit = bytes.count &- 1
    while index < limit {
      let byte = bytes[index]
      let folded = table[Int(byte)]
      let next = bytes[index &+ 1]
      if (byte | next) >= 0x80 { break }
      // A space that is followed by another one, or is another white space, ends the run.
      if folded == 0x20, byte != 0x20 || table[Int(next)] == 0x20 { break }
      target[place] = folded
      place &+= 1
      index &+= 1
    }
    if index == limit, index >= start, bytes[index] < 0x80, table[Int(bytes[index])] != 0x20 {
      target[place] = table[Int(bytes[index])]
      place &+= 1
      index &+= 1
    }
    // A space at the end of the run waits for what follows.
    if place > first, target[place &- 1] == 0x20 {
      place &-= 1
      index &-= 1
    }
    return index
  }

  mutating func writeASCIIByte(_ byte: UInt8) {
    let folded = Self.asciiTable[Int(byte)]
    if folded == 0x20 {
      addSpace(1, isPlain: byte == 0x20)
      return
    }
    if hasPendingSpace { resolveSpace(beforeHan: false) }
    output[count] = folded
    count += 1
    if records { map.copy(1) }
    endsWithHan = false
  }

  // MARK: Everything else

  /// Writes a Han character of U+4E00 to U+9FFF.
  @inline(__always)
  mutating func writeHan(_ scalar: UInt32) {
    if hasPendingSpace { resolveSpace(beforeHan: true) }
    let written = isChinese ? UInt32(simplified[Int(scalar &- HanVariants.first)]) : scalar
    output[count] = UInt8(truncatingIfNeeded: 0xE0 | written &>> 12)
    output[count &+ 1] = UInt8(truncatingIfNeeded: 0x80 | written &>> 6 & 0x3F)
    output[count &+ 2] = UInt8(truncatingIfNeeded: 0x80 | written & 0x3F)
    count &+= 3
    if records { map.copy(3) }
    endsWithHan = true
  }

  /// Writes what the table has for one scalar.
  @inline(__always)
  mutating func write(
    _ table: FoldingTable, _ entry: FoldingTable.Entry, source: Span<UInt8>, range: Range<Int>
  ) {
    let start = Int(entry.start)
    write(
      table.pool.span.extracting(start..<(start + Int(entry.length))), source: source, range: range)
  }

  mutating func write(_ folded: [UInt8], source: Span<UInt8>, range: Range<Int>) {
    write(folded.span, source: source, range: range)
  }

  /// Writes what the bytes in `range` of the source were folded to.
  private mutating func write(_ folded: Span<UInt8>, source: Span<UInt8>, range: Range<Int>) {
    // Nothing is left of controls.
    if folded.isEmpty {
      if hasPendingSpace {
        pendingCount += range.count
      } else if records {
        map.replace(original: range.count, normalized: 0)
      }
      return
    }
    // Keep room for the rest of the source.
    let needed = count + folded.count + source.count - range.upperBound + 16
    if needed > output.count {
      output.append(contentsOf: repeatElement(0, count: needed - output.count + output.count / 2))
    }
    var index = 0
    var written = 0
    while index < folded.count {
      let (scalar, length) = KeyFolding.decode(folded, at: index)
      index += length
      if scalar == 0x20 || scalar &- 9 < 5 || scalar >= 0x85 && Self.isWhiteSpace(scalar) {
        if index == folded.count, written == 0 {
          addSpace(range.count, isPlain: false)  // nothing but white space
          return
        }
        addSpace(0, isPlain: false)
        continue
      }
      let isHan = Self.isHan(scalar)
      if hasPendingSpace, written == 0, pendingCount > 0 {
        resolveSpace(beforeHan: isHan)
      } else if hasPendingSpace {
        // White space that belongs to this piece: " 1/2".
        if count > 0, !(isChinese && (isHan || endsWithHan)) {
          output[count] = 0x20
          count += 1
          written += 1
        }
        hasPendingSpace = false
      }
      written += put(isChinese && isHan ? simplifiedForm(of: scalar) : scalar)
      endsWithHan = isHan
    }
    guard records else { return }
    if written == range.count, isCopied(length: written, from: source, range) {
      map.copy(written)
    } else {
      map.replace(original: range.count, normalized: written)
    }
  }

  /// Whether the piece is one scalar on both sides, of one length: then its bytes correspond.
  private func isCopied(length: Int, from source: Span<UInt8>, _ range: Range<Int>) -> Bool {
    Self.scalarLength(source[range.lowerBound]) == length
      && Self.scalarLength(output[count - length]) == length
  }

  private static func scalarLength(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  private func simplifiedForm(of scalar: UInt32) -> UInt32 {
    guard scalar >= HanVariants.first, scalar < HanVariants.end else { return scalar }
    return UInt32(simplified[Int(scalar - HanVariants.first)])
  }

  private mutating func put(_ scalar: UInt32) -> Int {
    let start = count
    switch scalar {
    case ..<0x80:
      output[count] = UInt8(scalar)
      count += 1
    case ..<0x800:
      output[count] = UInt8(0xC0 | scalar >> 6)
      output[count + 1] = UInt8(0x80 | scalar & 0x3F)
      count += 2
    case ..<0x10000:
      output[count] = UInt8(0xE0 | scalar >> 12)
      output[count + 1] = UInt8(0x80 | scalar >> 6 & 0x3F)
      output[count + 2] = UInt8(0x80 | scalar & 0x3F)
      count += 3
    default:
      output[count] = UInt8(0xF0 | scalar >> 18)
      output[count + 1] = UInt8(0x80 | scalar >> 12 & 0x3F)
      output[count + 2] = UInt8(0x80 | scalar >> 6 & 0x3F)
      output[count + 3] = UInt8(0x80 | scalar & 0x3F)
      count += 4
    }
    return count - start
  }

  private static func isWhiteSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// The Han script: unified and compatibility ideographs, 々, 〇.
  private static func isHan(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3005, 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
