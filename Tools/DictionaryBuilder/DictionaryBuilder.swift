import BitextText
import Foundation

/// Builds `zh.words` from ICU's and jieba's word lists.
@main
enum DictionaryBuilder {
  /// What each word of a segmentation costs on top of its own cost.
  static let wordPenalty = 10
  /// jieba's rarer words are hardly any: with 1 instead of 4, PKU loses 1.8 F and MSR 1.3.
  static let minimumFrequency = 4.0
  /// Costs of jieba's words end here, so that any known word is cheaper than unknown characters.
  static let maximumCost = 250.0

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      print("usage: DictionaryBuilder cjdict.txt jieba_words.tsv zh.words")
      exit(64)
    }
    let purge = Purge()
    var builder = ChineseLexiconBuilder()
    var seen: Set<String> = []

    // ICU: word, tab, cost. Comments begin with # after any white space.
    for line in try lines(arguments[1]) {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let cost = Int(fields[1]) else { continue }
      let word = String(fields[0])
      guard ChineseLexiconBuilder.isSimplified(word) else { continue }
      seen.insert(word)
      if isHan(word), purge.keeps(word) { builder.add(word, cost: cost) }
    }

    // jieba: word, tab, frequency. The total of all frequencies stands in the first line.
    let words = try lines(arguments[2])
    guard let total = words.first?.split(separator: " ").last.flatMap({ Double($0) }) else {
      print("\(arguments[2]):1: expected the total frequency at the end of the first line")
      exit(65)
    }
    for line in words.dropFirst() {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let frequency = Double(fields[1]), frequency >= minimumFrequency
      else { continue }
      let word = String(fields[0])
      guard !seen.contains(word), ChineseLexiconBuilder.isSimplified(word), isHan(word),
        purge.keeps(word)
      else { continue }
      let cost = min(maximumCost, (-10 * log(frequency / total)).rounded())
      builder.add(word, cost: Int(cost))
    }

    let file = builder.build(wordPenalty: wordPenalty)
    try Data(file).write(to: URL(fileURLWithPath: arguments[3]), options: .atomic)
    print("\(arguments[3]): \(builder.count) words, \(file.count) bytes")
  }

  private static func lines(_ path: String) throws -> [Substring] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter {
      !$0.drop(while: { $0 == " " || $0 == "\u{FEFF}" }).hasPrefix("# ") || $0.contains("total")
    }
  }

  private static func isHan(_ word: String) -> Bool {
    word.unicodeScalars.allSatisfy {
      (0x3400..<0xA000).contains($0.value) || $0.value == 0x3007 || $0.value == 0x3005
    }
  }
}
