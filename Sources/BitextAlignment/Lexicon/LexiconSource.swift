/// A source of training text: its notice, and how much it counts.
public struct LexiconSource: Sendable, Hashable {
  /// The name that its files begin with: `tatoeba` for `tatoeba.en-es.tsv`.
  public var name: String { notice.name }
  /// How often each of its pairs counts.
  public let weight: Float
  /// Where it comes from and under which terms.
  public let notice: LexiconNotice

  /// Reads a list of sources: name, weight, version, licence, address and attribution, separated by
  /// tabs; lines that begin with `#` are comments.
  ///
  /// - Throws: `LexiconError.Code.badLine` at the first line that is something else.
  public static func list(_ text: String, path: String? = nil) throws(LexiconError) -> [Self] {
    var sources: [LexiconSource] = []
    for (number, line) in NumberedLines(text) where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 6 else {
        throw LexiconError(
          .badLine, path: path, position: number,
          "found \(columns.count) columns, expected 6: name, weight, version, licence, address, "
            + "attribution")
      }
      guard let weight = Float(columns[1]), weight > 0, weight <= 1000 else {
        throw LexiconError(
          .badLine, path: path, position: number,
          "found weight \"\(columns[1])\", expected a positive number up to 1000")
      }
      sources.append(
        LexiconSource(
          weight: weight,
          notice: LexiconNotice(
            name: columns[0], version: columns[2], licence: columns[3], address: columns[4],
            attribution: columns[5])))
    }
    return sources
  }
}
