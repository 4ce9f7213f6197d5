internal import CBitextICU

/// A compiled regular expression in ICU's dialect, for patterns that users write.
///
/// Patterns are hostile input: each match is bounded in time and memory, and a pattern that exceeds
/// its bounds fails instead of running on. The bounds count the matcher's steps, so that they are the
/// same on every machine.
@safe
package final class RegularExpression: @unchecked Sendable {
  // The handle is compiled once and never searched with: each search clones it first. A clone shares
  // the immutable pattern, whose references ICU counts atomically (uregex.h, uregex_clone).

  /// Why a pattern is not a regular expression.
  package struct SyntaxError: Error, Sendable, Hashable {
    /// ICU's name of the error, without `U_REGEX_`.
    package let reason: String
    /// Where in the pattern, in UTF-16 units; `nil` when ICU does not say.
    package let offset: Int?
  }

  /// The bounds of one match.
  package struct Limits: Sendable, Hashable {
    /// Thousands of steps of the matcher, about a millisecond each at worst.
    package var time: Int32 = 50
    /// Bytes of backtracking memory.
    package var stack: Int32 = 1 << 20

    package init() {}
  }

  private let handle: OpaquePointer
  private let limits: Limits

  /// Compiles a pattern.
  package init(
    _ pattern: String, ignoresCase: Bool = false, limits: Limits = Limits()
  ) throws(SyntaxError) {
    var buffer = UTF16Buffer()
    // ICU refuses an empty pattern; this one matches the same.
    buffer.load(pattern.isEmpty ? "(?:)" : pattern)
    let length = Int32(buffer.units.count)
    let flags = ignoresCase ? Int32(BT_REGEX_CASE_INSENSITIVE) : 0
    var status: Int32 = 0
    var offset: Int32 = -1
    let opened = unsafe buffer.units.withUnsafeBufferPointer { units -> OpaquePointer? in
      // ICU copies the pattern.
      guard let start = units.baseAddress else { return nil }
      return unsafe bt_regex_open(start, length, flags, &offset, &status)
    }
    guard let opened = unsafe opened else {
      let name = unsafe String(cString: bt_error_name(status))
      throw SyntaxError(
        reason: name.hasPrefix("U_REGEX_") ? String(name.dropFirst(8)) : name,
        offset: offset < 0 ? nil : Int(offset))
    }
    unsafe handle = opened
    self.limits = limits
  }

  deinit { unsafe bt_regex_close(handle) }

  /// Whether the whole text matches; a match that exceeds its bounds does not.
  package func matches(_ text: String) -> Bool {
    var buffer = UTF16Buffer()
    buffer.load(text)
    var found = false
    try? unsafe search(in: buffer) { matcher, _ throws(ICUError) in
      var status: Int32 = 0
      found = unsafe bt_regex_matches(matcher, &status) != 0
    }
    return found
  }

  /// Calls `body` with each match, overlapping ones included: the search goes on one character after
  /// the start of the match before.
  ///
  /// - Parameter body: Takes the start and the end of the match in UTF-16 units.
  /// - Throws: `ICUError` when a match exceeds its bounds.
  package func forEachOverlappingMatch(
    in buffer: UTF16Buffer, _ body: (_ start: Int, _ end: Int) -> Void
  ) throws(ICUError) {
    try unsafe search(in: buffer) { matcher, count throws(ICUError) in
      var from: Int32 = 0
      var start: Int32 = 0
      var end: Int32 = 0
      while from <= count {
        var status: Int32 = 0
        let isFound = unsafe bt_regex_find(matcher, from, &start, &end, &status) != 0
        if status > 0 { throw ICUError(function: "uregex_find", code: status) }
        if !isFound { return }
        body(Int(start), Int(end))
        from = start + 1
        if from < count, buffer.units[Int(from)] & 0xFC00 == 0xDC00 { from += 1 }
      }
    }
  }

  /// Runs `body` on a matcher over the buffer, which is closed before the buffer ends.
  private func search(
    in buffer: UTF16Buffer, _ body: (OpaquePointer, Int32) throws(ICUError) -> Void
  ) throws(ICUError) {
    let cloned = try unsafe icu("uregex_clone") { unsafe bt_regex_clone(handle, &$0) }
    guard let matcher = unsafe cloned else { throw ICUError(function: "uregex_clone", code: 7) }
    defer { unsafe bt_regex_close(matcher) }
    var status: Int32 = 0
    unsafe bt_regex_set_limits(matcher, limits.time, limits.stack, &status)
    if status > 0 { throw ICUError(function: "uregex_setTimeLimit", code: status) }
    let count = Int32(buffer.units.count)
    var failure: ICUError?
    let units = buffer.units.isEmpty ? [0] : buffer.units
    unsafe units.withUnsafeBufferPointer { units in
      guard let start = units.baseAddress else { return }
      unsafe bt_regex_set_text(matcher, start, count, &status)
      guard status <= 0 else { return }
      do throws(ICUError) {
        try unsafe body(matcher, count)
      } catch {
        failure = error
      }
    }
    if status > 0 { throw ICUError(function: "uregex_setText", code: status) }
    if let failure { throw failure }
  }
}
