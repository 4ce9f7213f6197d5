internal import Foundation

/// Counts the tables of words that term extraction reads.
@main
enum WordTableBuilder {
  /// The texts in their order: file and column.
  private static let english = [
    ("tatoeba.en-es", 0), ("tatoeba-manythings.en-zh", 0), ("tico19.en-es", 0), ("pydocs.en-es", 0),
    ("bible.en-es", 0), ("libreoffice-help.en-es", 0), ("react-docs.en-es", 0),
    ("cataclysm-dda-data.en-es", 0), ("gnome-app-help.en-es", 0), ("gnome-user-docs.en-es", 0),
    ("tldr.en-es", 0), ("fastapi-docs.en-zh", 0), ("unciv.en-zh", 0),
  ]
  private static let spanish = [
    ("tatoeba.en-es", 1), ("tico19.en-es", 1), ("pydocs.en-es", 1), ("bible.en-es", 1),
    ("libreoffice-help.en-es", 1), ("react-docs.en-es", 1), ("cataclysm-dda-data.en-es", 1),
    ("gnome-app-help.en-es", 1), ("gnome-user-docs.en-es", 1), ("tldr.en-es", 1),
    ("unciv.en-es", 1),
  ]

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      print("usage: WordTableBuilder TEXTS cedict.txt OUT")
      exit(64)
    }
    let out = URL(fileURLWithPath: arguments[3])
    var nouns = NounShares()
    for (language, texts, least) in [("en", english, 4), ("es", spanish, 5)] {
      var counts = WordCounts(isSpanish: language == "es")
      for (name, column) in texts {
        let file = URL(fileURLWithPath: arguments[1]).appendingPathComponent("\(name).tsv")
        try eachLine(of: file) { line in
          let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
          if columns.count > column { counts.add(String(columns[column])) }
        }
      }
      let endings = counts.endings()
      let words = counts.shares(endings)
      var table = "#total\t\(counts.total)\n"
      for (text, share, word) in words where word.count >= least {
        let capitals = ninths(Double(word.capitals) / Double(word.count))
        table +=
          "\(text)\t\(ninths(share))\t\(word.count)" + (capitals == 0 ? "" : "\t\(capitals)") + "\n"
      }
      for (ending, share) in endings.sorted(by: { inOrder($0.key, $1.key) }) {
        table += "\(ending)\t\(ninths(share))\n"
      }
      try write(table, to: out.appendingPathComponent("words.\(language).tsv"))
      if language == "en" { nouns = NounShares(words.map { ($0.text, $0.share) }, endings) }
    }
    var chinese = ChineseWords(nouns)
    try eachLine(of: URL(fileURLWithPath: arguments[2])) { chinese.add($0) }
    var table = "#total\t0\n"
    for (word, share) in chinese.seldomNouns where word.unicodeScalars.count <= 3 {
      table += "\(word)\t\(ninths(share))\n"
    }
    for name in chinese.names where name.unicodeScalars.count <= 7 { table += "+\(name)\n" }
    try write(table, to: out.appendingPathComponent("words.zh.tsv"))
  }

  static func ninths(_ share: Double) -> Int { Int((9 * share).rounded(.toNearestOrEven)) }

  static func inOrder(_ a: String, _ b: String) -> Bool {
    a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
  }

  private static func eachLine(of file: URL, _ body: (String) -> Void) throws {
    let bytes = [UInt8](try Data(contentsOf: file))
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      body(String(decoding: line, as: UTF8.self))
    }
  }

  private static func write(_ table: String, to file: URL) throws {
    try Data(table.utf8).write(to: file, options: .atomic)
    print("\(file.lastPathComponent): \(table.utf8.count { $0 == 0x0A }) lines")
  }
}
