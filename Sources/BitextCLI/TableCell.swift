/// How values are written into the cells of a table.
enum TableCell {
  /// A number in `0...1` with three decimals, rounded down, so that only what is whole reads 1.000.
  static func decimal(_ fraction: Double) -> String {
    let thousandths = Int((fraction * 1000).rounded(.down))
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// A text for TSV: tabs and line breaks as `\t`, `\n` and `\r`.
  static func escapedForTSV(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": escaped += "\\t"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
