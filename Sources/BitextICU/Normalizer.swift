internal import CBitextICU

/// One of ICU's normalization forms (UAX #15).
@safe
package struct Normalizer: @unchecked Sendable {
  // The instance is owned by ICU, immutable and shared by all threads (unorm2.h): sending it is safe.

  /// The forms.
  package enum Form: Int32, Sendable {
    case nfc = 0
    case nfd = 1
    case nfkc = 2
    case nfkd = 3
    case nfkcCasefold = 4
  }

  private let handle: OpaquePointer

  package init(_ form: Form) throws(ICUError) {
    let found = try unsafe icu("unorm2_getInstance") {
      unsafe bt_normalizer_get(form.rawValue, &$0)
    }
    guard let found = unsafe found else { throw ICUError(function: "unorm2_getInstance", code: 7) }
    unsafe handle = found
  }

  /// Returns the normalized form of the units.
  package func normalize(_ units: [UInt16]) -> [UInt16] {
    var capacity = units.count + units.count / 2 + 16
    while true {
      var status: Int32 = 0
      var needed: Int32 = 0
      let result = unsafe [UInt16](unsafeUninitializedCapacity: capacity) { out, count in
        needed = unsafe units.withUnsafeBufferPointer { text in
          unsafe bt_normalize(
            handle, text.baseAddress ?? UnsafePointer(out.baseAddress!), Int32(units.count),
            out.baseAddress!, Int32(capacity), &status)
        }
        count = status > 0 ? 0 : Int(needed)
      }
      if status <= 0 { return result }
      // Only the size of the output can be wrong here; the text itself is well-formed UTF-16.
      capacity = max(Int(needed), capacity * 2)
    }
  }

  /// The length of the longest prefix that is certainly in normal form.
  package func spanQuickCheckYes(_ units: [UInt16]) -> Int {
    var status: Int32 = 0
    return unsafe units.withUnsafeBufferPointer { text in
      guard let start = text.baseAddress else { return 0 }
      return Int(unsafe bt_normalizer_span_yes(handle, start, Int32(text.count), &status))
    }
  }

  /// Whether the text before and from `scalar` on can be normalized apart.
  package func hasBoundary(before scalar: Unicode.Scalar) -> Bool {
    unsafe bt_normalizer_has_boundary_before(handle, Int32(bitPattern: scalar.value)) != 0
  }
}

extension Normalizer {
  /// Returns the normalized form of a text. ASCII is in every form but the case-folded one.
  package func normalize(_ text: String) -> String {
    var buffer = UTF16Buffer()
    buffer.load(text)
    if spanQuickCheckYes(buffer.units) == buffer.units.count { return text }
    return String(decoding: normalize(buffer.units), as: UTF16.self)
  }
}
