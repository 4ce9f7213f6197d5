internal import CBitextICU

/// The names of countries, languages, months, numbers … in one language, from ICU's locale data.
@safe
package struct NameList: ~Copyable {
  /// What has names.
  package enum Kind: Int32, Sendable, CaseIterable {
    case region = 0
    case language = 1
    case script = 2
    case currency = 3
    case month = 4
    case weekday = 5
    case era = 6
    case unit = 7
    case number = 8
    case ordinal = 9
  }

  private let handle: OpaquePointer
  private static let capacity = 256

  /// - Parameter locale: A tag such as `es` or `zh_Hant`.
  package init(locale: String) throws(ICUError) {
    let opened = try unsafe icu("uldn_openForContext") { unsafe bt_names_open(locale, &$0) }
    guard let opened = unsafe opened else {
      throw ICUError(function: "uldn_openForContext", code: 7)
    }
    unsafe handle = opened
  }

  deinit { unsafe bt_names_close(handle) }

  /// The number of things of a kind, the same for every language: the same index means the same.
  package func count(_ kind: Kind) -> Int { Int(unsafe bt_names_count(handle, kind.rawValue)) }

  /// The number that a spelled number or ordinal stands for.
  package func value(_ kind: Kind, _ index: Int) -> Int64 {
    bt_names_value(kind.rawValue, Int32(index))
  }

  /// The forms of a name (singular, plural, gender), each once; none where the language has no name.
  package func names(_ kind: Kind, _ index: Int) -> [String] {
    var found: [String] = []
    for form in 0..<bt_names_forms(kind.rawValue) {
      // The call writes at most `capacity` units and says how many.
      let units = unsafe [UInt16](unsafeUninitializedCapacity: Self.capacity) { out, count in
        count = Int(
          unsafe bt_names_get(
            handle, kind.rawValue, Int32(index), form, out.baseAddress!, Int32(Self.capacity)))
      }
      guard !units.isEmpty else { continue }
      let name = String(decoding: units, as: UTF16.self)
      if !found.contains(name) { found.append(name) }
    }
    return found
  }
}
