internal import CBitextICU

/// A failure that ICU reported.
package struct ICUError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The function that failed.
  package let function: String
  /// ICU's status code, above zero.
  package let code: Int32

  package init(function: String, code: Int32) {
    self.function = function
    self.code = code
  }

  package var description: String {
    "\(function) failed with \(unsafe String(cString: bt_error_name(code)))"
  }
}

/// Calls ICU and turns a failing status into an error.
@inline(__always)
func icu<Result>(
  _ function: StaticString, _ body: (inout Int32) -> Result
) throws(ICUError) -> Result {
  var status: Int32 = 0
  let result = body(&status)
  if status > 0 { throw ICUError(function: function.description, code: status) }
  return result
}

/// The versions of the ICU that this process runs with.
package enum ICULibrary {
  /// ICU's own version, such as `72.1`.
  package static var version: String { unsafe String(cString: bt_icu_version()) }
  /// The version of Unicode that it implements, such as `15.0`.
  package static var unicodeVersion: String { unsafe String(cString: bt_unicode_version()) }
}
