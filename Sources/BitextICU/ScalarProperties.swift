internal import CBitextICU

/// Properties of Unicode scalars as ICU knows them.
package enum ScalarProperties {
  /// The general category, as ICU's `UCharCategory`.
  package static func category(of scalar: Unicode.Scalar) -> Int32 {
    bt_char_type(Int32(bitPattern: scalar.value))
  }

  /// The value of a decimal digit in any script; `nil` for everything else.
  package static func digitValue(of scalar: Unicode.Scalar) -> Int? {
    let value = bt_char_digit_value(Int32(bitPattern: scalar.value))
    return value < 0 ? nil : Int(value)
  }

  /// The script, as ICU's `UScriptCode`.
  package static func script(of scalar: Unicode.Scalar) -> Int32 {
    bt_char_script(Int32(bitPattern: scalar.value))
  }
}

/// What ICU knows about languages.
package enum ICULocale {
  /// Whether the primary language subtag is one that ICU knows (`en`, not `qq`).
  package static func isKnownLanguage(_ language: String) -> Bool {
    unsafe bt_locale_language_is_known(language) != 0
  }

  /// The tag with its most likely script and region added: `zh-TW` gives `zh_Hant_TW`.
  package static func maximized(_ tag: String) -> String {
    let capacity = 160
    var status: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
      let length = unsafe out.withMemoryRebound(to: CChar.self) { text in
        unsafe bt_locale_maximize(tag, text.baseAddress!, Int32(capacity), &status)
      }
      count = status > 0 ? 0 : min(capacity, Int(length))
    }
    return bytes.isEmpty ? tag : String(decoding: bytes, as: UTF8.self)
  }
}
