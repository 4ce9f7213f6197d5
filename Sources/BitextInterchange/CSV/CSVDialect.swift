/// How the cells of a table are told apart.
public struct CSVDialect: Sendable, Hashable {
  /// The character between two cells.
  public enum Delimiter: String, Sendable, Hashable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case bar = "|"

    /// The character as a byte.
    var byte: UInt8 { rawValue.utf8.first ?? 0 }
  }

  /// The character between two cells.
  public var delimiter: Delimiter
  /// Whether `"` around a cell lets it hold delimiters and line breaks (RFC 4180). Tab-separated files
  /// have `\t`, `\n` and `\\` for that instead.
  public var hasQuotes: Bool

  public init(delimiter: Delimiter, hasQuotes: Bool? = nil) {
    self.delimiter = delimiter
    self.hasQuotes = hasQuotes ?? (delimiter != .tab)
  }

  /// Comma-separated, with quotes.
  public static let csv = CSVDialect(delimiter: .comma)
  /// Tab-separated, with backslashes.
  public static let tsv = CSVDialect(delimiter: .tab)

  /// Finds the dialect of a table from its first rows.
  ///
  /// The delimiter is the one that cuts the rows into the same number of cells, more than one; a first
  /// row of language tags counts most. A table of one column has no delimiter: tab is answered.
  ///
  /// - Parameter isWhole: Whether `sample` is the whole file, so that its last row counts.
  static func sniff(_ sample: [UInt8], isWhole: Bool) -> CSVDialect {
    var best: (dialect: CSVDialect, score: Double) = (.tsv, 0)
    for delimiter in Delimiter.allCases {
      let dialect = CSVDialect(delimiter: delimiter)
      var rows = RowReader.rows(of: sample, dialect: dialect, limit: 21)
      if !isWhole, rows.count > 1 { rows.removeLast() }
      guard let first = rows.first, first.count > 1 else { continue }
      let same = Double(rows.filter { $0.count == first.count }.count) / Double(rows.count)
      let tags = first.filter { TableHeader.isLanguage($0) }.count
      let score = same + (tags > 1 ? 2 : tags == 1 ? 0.5 : 0) + (delimiter == .tab ? 0.25 : 0)
      if score > best.score, same > 0.5 { best = (dialect, score) }
    }
    return best.dialect
  }
}
