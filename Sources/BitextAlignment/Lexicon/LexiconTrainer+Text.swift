extension LexiconTrainer {
  /// Adds line-aligned text: a line holds a segment of the first language, a tab, and its translation.
  ///
  /// - Parameters:
  ///   - text: The lines; blank ones are skipped.
  ///   - weight: How often each pair counts.
  /// - Returns: The lines that do not hold exactly two columns, both with text.
  public mutating func add(tabSeparated text: String, weight: Float = 1) async -> [RejectedLine] {
    var rejected: [RejectedLine] = []
    var pairs: [(first: String, second: String)] = []
    for (number, line) in NumberedLines(text) {
      let columns = line.utf8.split(separator: 0x09, omittingEmptySubsequences: false)
      guard columns.count == 2, !columns[0].isEmpty, !columns[1].isEmpty else {
        rejected.append(
          RejectedLine(
            line: number,
            reason: columns.count == 2
              ? "found an empty column, expected a segment and its translation"
              : "found \(columns.count) columns, expected a segment, a tab and its translation"))
        continue
      }
      pairs.append((String(Substring(columns[0])), String(Substring(columns[1]))))
    }
    await add(pairs, weight: weight)
    return rejected
  }
}
