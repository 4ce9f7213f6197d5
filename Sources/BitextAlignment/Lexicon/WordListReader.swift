internal import BitextCore

/// Reads word lists: a pair of words or short phrases a line.
///
/// Each pair is taken as likely to 30 % in both directions unless the list says otherwise.
struct WordListReader {
  let format: LexiconImporter.Format
  let languages: LanguagePair

  private static let probability: Float = 0.3

  func read(_ text: String, notices: [LexiconNotice]) -> LexiconImporter.Result {
    var pairs = WordPairs(languages: languages)
    var rejected: [RejectedLine] = []
    for (number, line) in NumberedLines(text) {
      if line.hasPrefix("#"), format != .hunalign { continue }
      switch pair(line) {
      case .failure(let fault):
        rejected.append(RejectedLine(line: number, reason: fault.reason))
      case .success(let pair):
        if let reason = pairs.add(pair.first, pair.second, probability: pair.probability) {
          rejected.append(RejectedLine(line: number, reason: reason))
        }
      }
    }
    return LexiconImporter.Result(
      contents: pairs.contents(notices: notices), rejected: rejected, read: pairs.count)
  }

  private struct Pair {
    let first: Substring
    let second: Substring
    let probability: Float
  }

  private struct Fault: Error {
    let reason: String
  }

  private func pair(_ line: Substring) -> Swift.Result<Pair, Fault> {
    if format == .hunalign {
      // The translation comes first: hunalign's dictionaries are written from target to source.
      let sides = line.split(separator: "@", omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        return .failure(
          Fault(reason: "found \(sides.count - 1) signs @, expected `translation @ word`"))
      }
      return .success(Pair(first: sides[1], second: sides[0], probability: Self.probability))
    }
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard columns.count == 2 || (columns.count == 3 && format == .tsv) else {
      return .failure(
        Fault(
          reason: "found \(columns.count) columns, expected word, translation"
            + (format == .tsv ? " and perhaps a probability" : "")))
    }
    var probability = Self.probability
    if columns.count == 3 {
      guard let given = Float(columns[2]), given > 0, given <= 1 else {
        return .failure(
          Fault(reason: "found probability \"\(columns[2])\", expected a number in 0...1"))
      }
      probability = given
    }
    return .success(Pair(first: columns[0], second: columns[1], probability: probability))
  }
}
