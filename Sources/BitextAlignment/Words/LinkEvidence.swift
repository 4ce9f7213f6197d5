/// What a corpus says of its own words before anything is linked: equal numbers, equal spellings and
/// marks that stand for each other.
enum LinkEvidence {
  /// The pseudo-count of two words with the same digits, or of two equal marks.
  static let certain: Float = 15
  /// The pseudo-count of two words of the Latin script with the same key: names and cognates.
  static let spelling: Float = 10

  /// The priors of a corpus, in the order of its source words.
  static func priors(of corpus: LinkCorpus) -> [LinkPrior] {
    var targetsByDigits: [String: [Int]] = [:]
    var targetsByMark: [String: [Int]] = [:]
    for (number, key) in corpus.target.keys.enumerated().dropFirst() {
      if let digits = digits(of: key) { targetsByDigits[digits, default: []].append(number) }
      if let mark = mark(of: key) { targetsByMark[mark, default: []].append(number) }
    }
    var priors: [LinkPrior] = []
    for key in corpus.source.keys.dropFirst() {
      func add(_ targets: [Int], _ count: Float) {
        for target in targets {
          priors.append(LinkPrior(source: key, target: corpus.target.keys[target], count: count))
        }
      }
      if let digits = digits(of: key) {
        add(targetsByDigits[digits] ?? [], certain)
      } else if let mark = mark(of: key) {
        add(targetsByMark[mark] ?? [], certain)
      } else if key.utf8.count >= 3, corpus.target.numbers[key] != nil {
        priors.append(LinkPrior(source: key, target: key, count: spelling))
      }
    }
    return priors
  }

  /// The digits of a word that has some, without leading zeros and separators: `22日` gives `22`.
  static func digits(of key: String) -> String? {
    let digits = key.utf8.filter { (0x30...0x39).contains($0) }
    guard !digits.isEmpty else { return nil }
    let significant = digits.drop { $0 == 0x30 }
    return significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
  }

  /// The mark that a punctuation mark stands for in any language; `nil` for words.
  static func mark(of key: String) -> String? {
    switch key {
    case ".", "。", "．": "."
    case ",", "，", "、": ","
    case "?", "？": "?"
    case "!", "！": "!"
    case ":", "：": ":"
    case ";", "；": ";"
    case "(", "（", "-lrb-": "("
    case ")", "）", "-rrb-": ")"
    case "\"", "“", "”", "«", "»", "``", "''", "「", "」": "\""
    case "-", "–", "—", "--", "——": "-"
    case "%", "％": "%"
    case "...", "…", "……": "…"
    default: nil
    }
  }
}
