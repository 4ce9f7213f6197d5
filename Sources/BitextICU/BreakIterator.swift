internal import CBitextICU

/// ICU's boundaries of characters, words, lines and sentences (UAX #29, UAX #14).
///
/// One owner holds the handle and closes it. An iterator is used by one task at a time: clone it for
/// another (under 1 µs; opening costs 2–7 µs).
@safe
package struct BreakIterator: ~Copyable {
  /// What to find the boundaries of.
  package enum Unit: Int32, Sendable {
    case character = 0
    case word = 1
    case line = 2
    case sentence = 3
  }

  private let handle: OpaquePointer

  /// - Parameter locale: An ICU locale or BCP 47 tag.
  package init(_ unit: Unit, locale: String) throws(ICUError) {
    let opened = try unsafe icu("ubrk_open") { unsafe bt_break_open(unit.rawValue, locale, &$0) }
    guard let opened = unsafe opened else { throw ICUError(function: "ubrk_open", code: 7) }
    unsafe handle = opened
  }

  private init(handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  /// An iterator of the same kind, for another task.
  package func clone() throws(ICUError) -> BreakIterator {
    let copy = try unsafe icu("ubrk_clone") { unsafe bt_break_clone(handle, &$0) }
    guard let copy = unsafe copy else { throw ICUError(function: "ubrk_clone", code: 7) }
    return unsafe BreakIterator(handle: copy)
  }

  deinit { unsafe bt_break_close(handle) }

  /// Calls `body` with each boundary after the start of the text, in UTF-16 units, and ICU's rule
  /// status there; the last one is the end of the text.
  package func forEachBoundary(
    in buffer: UTF16Buffer, _ body: (_ utf16Offset: Int, _ ruleStatus: Int32) -> Void
  ) throws(ICUError) {
    var status: Int32 = 0
    let count = Int32(buffer.units.count)
    unsafe buffer.units.withUnsafeBufferPointer { units in
      guard let start = units.baseAddress else { return }
      unsafe bt_break_set_text(handle, start, count, &status)
      guard status <= 0 else { return }
      while true {
        let boundary = unsafe bt_break_next(handle)
        if boundary < 0 { break }
        body(Int(boundary), unsafe bt_break_rule_status(handle))
      }
      // ICU keeps a pointer to the text; let go of it before the buffer ends.
      var reset: Int32 = 0
      unsafe bt_break_set_text(handle, start, 0, &reset)
    }
    if status > 0 { throw ICUError(function: "ubrk_setText", code: status) }
  }
}
