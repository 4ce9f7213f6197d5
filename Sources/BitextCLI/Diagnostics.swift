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

  /// Shows a line as it is.
  static func line(_ text: String) {
    let oneLine = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    try? FileHandle.standardError.write(contentsOf: Data((oneLine + "\n").utf8))
  }
}
