internal import BitextAlignment
internal import BitextCore
internal import Foundation

/// Learns a model of word links from line-aligned text.
@main
enum LinkModelBuilder {
  /// Longer lines are lists and tables rather than sentences, and cost the square of their length.
  static let longestLine = 400

  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 5, let first = LanguageTag(arguments[0]),
      let second = LanguageTag(arguments[1])
    else {
      print("usage: LinkModelBuilder FIRST SECOND SOURCES.tsv OUT.btlex FILE.tsv…")
      exit(64)
    }
    let sources = try LexiconSource.list(text(of: arguments[2]), path: arguments[2])
    let cutters = [first, second].map(LinkTokenizer.init(language:))
    var corpus = LinkCorpus()
    var notices: [LexiconNotice] = []
    for file in arguments.dropFirst(4) {
      let name = URL(fileURLWithPath: file).lastPathComponent.prefix { $0 != "." }
      guard let source = sources.first(where: { $0.name == name }) else {
        print(
          "\(file): error: found a text of no source, expected one that is listed in \(arguments[2])"
        )
        exit(65)
      }
      if !notices.contains(source.notice) { notices.append(source.notice) }
      for (index, line) in try text(of: file).split(separator: "\n").enumerated() {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == 2 else {
          print("\(file):\(index + 1): error: found \(columns.count) columns, expected two")
          exit(65)
        }
        guard columns.allSatisfy({ $0.utf8.count < longestLine }) else { continue }
        corpus.append(
          source: cutters[0].words(in: String(columns[0])),
          target: cutters[1].words(in: String(columns[1])))
      }
    }
    let contents = LinkModelTrainer().contents(
      of: corpus, languages: LanguagePair(first, second), notices: notices)
    let bytes = try LexiconFile.bytes(of: contents)
    // Written beside and renamed: a program that has the old file open keeps it.
    try Data(bytes).write(to: URL(fileURLWithPath: arguments[3]), options: .atomic)
    print(
      "\(arguments[3]): \(corpus.count) pairs, \(contents.first.count) and "
        + "\(contents.second.count) keys, \(contents.entries.count) entries, \(bytes.count) bytes")
  }

  private static func text(of file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
  }
}
