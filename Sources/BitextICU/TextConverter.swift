internal import CBitextICU

/// One of ICU's character encodings, for texts that are read whole.
@safe
package struct TextConverter: ~Copyable {
  private let handle: OpaquePointer

  /// Bytes that are not of the encoding.
  package struct Malformed: Error {
    /// The bytes.
    package let bytes: [UInt8]
    /// Their offset in the input.
    package let byteOffset: Int
  }

  /// - Parameter name: Any name or alias that ICU knows.
  package init(_ name: String) throws(ICUError) {
    let opened = try unsafe icu("ucnv_open") { unsafe bt_converter_open(name, &$0) }
    guard let opened = unsafe opened else { throw ICUError(function: "ucnv_open", code: 1) }
    unsafe handle = opened
  }

  deinit { unsafe bt_converter_close(handle) }

  /// Converts all bytes from `start` on.
  ///
  /// - Parameter replacesMalformed: Bytes that are not of the encoding become U+FFFD.
  /// - Returns: The text, and how many times U+FFFD was put in.
  package func decode(
    _ bytes: [UInt8], from start: Int, replacesMalformed: Bool = false
  ) throws(Malformed) -> (text: String, replacements: Int) {
    var units: [UInt16] = []
    var replacements = 0
    units.reserveCapacity(bytes.count)
    let capacity = 1 << 16
    var offset = start
    while true {
      let piece = min(bytes.count - offset, 1 << 16)
      var used: Int32 = 0
      var status: Int32 = 0
      let isLast = offset + piece == bytes.count
      // Each call writes at most `capacity` units and says how many.
      let converted = unsafe [UInt16](unsafeUninitializedCapacity: capacity) { out, count in
        count = unsafe bytes.withUnsafeBufferPointer { source in
          Int(
            unsafe bt_converter_to_utf16(
              handle, source.baseAddress.map { unsafe $0 + offset }, Int32(piece), &used,
              out.baseAddress, Int32(capacity), isLast ? 1 : 0, &status))
        }
      }
      units += converted
      offset += Int(used)
      if status > 0 {
        let invalid = unsafe [UInt8](unsafeUninitializedCapacity: 32) { out, count in
          count = Int(unsafe bt_converter_invalid_bytes(handle, out.baseAddress, 32))
        }
        guard replacesMalformed else {
          throw Malformed(bytes: invalid, byteOffset: max(start, offset - invalid.count))
        }
        units.append(0xFFFD)
        replacements += 1
        if offset >= bytes.count { break }
        continue
      }
      if offset >= bytes.count, converted.count < capacity { break }
    }
    return (String(decoding: units, as: UTF16.self), replacements)
  }
}
