/// Loads that answer `nil` where the span ends, in place of a trap.
///
/// This is the only place where a lexicon reads raw memory. Why it is safe: each function compares
/// the whole range with `byteCount` before it loads, `RawSpan` checks the range once more, loads are
/// byte by byte (so alignment does not matter), and each pattern of bits is a valid integer.
extension RawSpan {
  @inline(__always)
  func byte(at offset: Int) -> UInt8? {
    guard offset >= 0, offset < byteCount else { return nil }
    return unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  func uint16(at offset: Int) -> UInt16? {
    guard offset >= 0, offset <= byteCount - 2 else { return nil }
    return UInt16(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  @inline(__always)
  func uint32(at offset: Int) -> UInt32? {
    guard offset >= 0, offset <= byteCount - 4 else { return nil }
    return UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  @inline(__always)
  func uint64(at offset: Int) -> UInt64? {
    guard offset >= 0, offset <= byteCount - 8 else { return nil }
    return UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Reads an unsigned LEB128 number of at most 32 bits and moves `offset` behind it; `nil` when it
  /// does not end before `end` or is longer.
  @inline(__always)
  func varint(at offset: inout Int, before end: Int) -> Int? {
    var value = 0
    var shift = 0
    while offset < end, let next = byte(at: offset), shift <= 28 {
      offset += 1
      value |= Int(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}
