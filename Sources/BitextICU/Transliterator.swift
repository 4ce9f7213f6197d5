internal import CBitextICU

/// One of ICU's transliterators.
@safe
package struct Transliterator: ~Copyable {
  private let handle: OpaquePointer

  /// - Parameter id: Its name, such as `Han-Latin`.
  package init(_ id: String) throws(ICUError) {
    let units = Array(id.utf16)
    var status: Int32 = 0
    let opened = unsafe units.withUnsafeBufferPointer { text in
      unsafe bt_transliterator_open(text.baseAddress, Int32(text.count), &status)
    }
    guard status <= 0, let opened = unsafe opened else {
      throw ICUError(function: "utrans_openU", code: max(status, 1))
    }
    unsafe handle = opened
  }

  deinit { unsafe bt_transliterator_close(handle) }

  /// Returns the text in the other script; `nil` when it would be more than six times as long.
  package func transliterate(_ text: String) -> String? {
    let units = Array(text.utf16)
    let capacity = units.count * 6 + 64
    var buffer = units + [UInt16](repeating: 0, count: capacity - units.count)
    var status: Int32 = 0
    let length = unsafe buffer.withUnsafeMutableBufferPointer { out in
      unsafe bt_transliterate(
        handle, out.baseAddress!, Int32(units.count), Int32(capacity), &status)
    }
    guard status <= 0, length >= 0, Int(length) <= capacity else { return nil }
    return String(decoding: buffer[..<Int(length)], as: UTF16.self)
  }
}
