internal import Bitext
internal import Foundation

/// What goes to standard error, one line a message.
enum Diagnostics {
  /// Shows an error: `PLACE: error: MESSAGE`, or `bitext: error: MESSAGE` where there is no place.
  static func show(_ fault: some Fault) {
    line("\(fault.place ?? "bitext"): error: \(fault.message)")
  }

  /// Shows something that does not stop the command.
  static func warn(_ message: String, place: String? = nil) {
    line("\(place ?? "bitext"): warning: \(message)")
  }

  /// Says how many malformed sequences a lenient reading replaced, if any.
  static func warn(replacements count: Int, in file: String) {
    guard count > 0 else { return }
    let what = count == 1 ? "1 malformed sequence" : "\(count) malformed sequences"
    warn(
      "found \(what), put U+FFFD in \(count == 1 ? "its" : "their") place",
      place: file == "-" ? "standard input" : file)
  }

  /// Shows a line as it is.
  static func line(_ text: String) {
    let oneLine = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    try? FileHandle.standardError.write(contentsOf: Data((oneLine + "\n").utf8))
  }
}
