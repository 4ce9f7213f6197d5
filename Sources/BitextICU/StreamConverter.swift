internal import CBitextICU

/// One of ICU's character encodings, for bytes that come in pieces.
@safe
package struct StreamConverter: ~Copyable {
  private let handle: OpaquePointer
  private var units: [UInt16] = []
  /// A high surrogate whose other half comes with the next piece.
  private var pendingSurrogate: UInt16?

  private static let capacity = 1 << 14

  /// What a call of `decode` met.
  package enum Outcome: Sendable, Hashable {
    /// Everything was converted.
    case done
    /// Bytes that are not of the encoding; `used` bytes of the piece were taken, they included.
    case malformed(bytes: [UInt8], used: Int)
  }

  /// - Parameter name: Any name or alias that ICU knows.
  package init(_ name: String) throws(ICUError) {
    let opened = try unsafe icu("ucnv_open") { unsafe bt_converter_open(name, &$0) }
    guard let opened = unsafe opened else { throw ICUError(function: "ucnv_open", code: 1) }
    unsafe handle = opened
  }

  deinit { unsafe bt_converter_close(handle) }

  /// The name that ICU gives an encoding; `nil` when it knows none of that name.
  package static func canonicalName(_ name: String) -> String? {
    guard let found = unsafe bt_converter_canonical_name(name) else { return nil }
    return unsafe String(cString: found)
  }

  /// Converts `bytes` from `start` on and appends them as UTF-8.
  ///
  /// - Parameter isLast: Whether the input ends with this piece.
  package mutating func decode(
    _ bytes: [UInt8], from start: Int, isLast: Bool, into output: inout [UInt8]
  ) -> Outcome {
    var offset = start
    while true {
      var used: Int32 = 0
      var status: Int32 = 0
      let piece = min(bytes.count - offset, 1 << 20)
      let flush: Int32 = isLast && offset + piece == bytes.count ? 1 : 0
      // ICU writes at most `capacity` units and says how many.
      units = unsafe [UInt16](unsafeUninitializedCapacity: Self.capacity) { out, count in
        count = unsafe bytes.withUnsafeBufferPointer { source in
          Int(
            unsafe bt_converter_to_utf16(
              handle, source.baseAddress.map { unsafe $0 + offset }, Int32(piece), &used,
              out.baseAddress, Int32(Self.capacity), flush, &status))
        }
      }
      append(to: &output)
      offset += Int(used)
      if status > 0 {
        let invalid = unsafe [UInt8](unsafeUninitializedCapacity: 32) { out, count in
          count = Int(unsafe bt_converter_invalid_bytes(handle, out.baseAddress, 32))
        }
        return .malformed(bytes: invalid, used: offset - start)
      }
      if offset >= bytes.count, units.count < Self.capacity { return .done }
    }
  }

  /// Appends the units as UTF-8. ICU gives well-formed UTF-16, but may cut a pair between two calls.
  private mutating func append(to output: inout [UInt8]) {
    output.reserveCapacity(output.count + units.count * 3)
    for unit in units {
      if let high = pendingSurrogate {
        pendingSurrogate = nil
        if unit & 0xFC00 == 0xDC00 {
          let scalar = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
          output.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
          output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 12 & 0x3F)))
          output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 6 & 0x3F)))
          output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar & 0x3F)))
          continue
        }
        output += [0xEF, 0xBF, 0xBD]
      }
      if unit < 0x80 {
        output.append(UInt8(truncatingIfNeeded: unit))
      } else if unit < 0x800 {
        output.append(UInt8(truncatingIfNeeded: 0xC0 | unit >> 6))
        output.append(UInt8(truncatingIfNeeded: 0x80 | (unit & 0x3F)))
      } else if unit & 0xFC00 == 0xD800 {
        pendingSurrogate = unit
      } else if unit & 0xFC00 == 0xDC00 {
        output += [0xEF, 0xBF, 0xBD]
      } else {
        output.append(UInt8(truncatingIfNeeded: 0xE0 | unit >> 12))
        output.append(UInt8(truncatingIfNeeded: 0x80 | (unit >> 6 & 0x3F)))
        output.append(UInt8(truncatingIfNeeded: 0x80 | (unit & 0x3F)))
      }
    }
  }
}
