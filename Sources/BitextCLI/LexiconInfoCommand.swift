internal import ArgumentParser
internal import Bitext
internal import Foundation

struct LexiconInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Checks a lexicon and says what it holds and where it comes from.",
    discussion: "Example:\n  bitext lexicon info mine.btlex")

  @Argument(help: "The lexicon file.")
  var file: String

  @Flag(help: "One JSON object.")
  var jsonl = false

  @Option(help: "Show the translations of this word.")
  var word: String?

  func run() throws {
    let lexicon = try TranslationLexicon(contentsOf: URL(fileURLWithPath: file))
    try lexicon.verify()
    if lexicon.tokenizerVersion != AlignmentTokenizer.version {
      Diagnostics.warn(
        "made with version \(lexicon.tokenizerVersion) of the tokenizer, this program has "
          + "\(AlignmentTokenizer.version): some words may not be found", place: file)
    }
    let output = try OutputFile("-")
    if let word {
      for language in [lexicon.languages.first, lexicon.languages.second] {
        for found in lexicon.translations(of: word, from: language) {
          let probability = String(format: "%.4f", found.probability)
          try output.write("\(language)\t\(word)\t\(found.word)\t\(probability)\n")
        }
      }
    } else if jsonl {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      try output.write(
        String(decoding: encoder.encode(LexiconReport(lexicon)), as: UTF8.self) + "\n")
    } else {
      try output.write(LexiconReport(lexicon).text)
    }
    try output.finish()
  }
}

/// What `lexicon info` says.
private struct LexiconReport: Encodable {
  struct Source: Encodable {
    let name: String
    let version: String
    let licence: String
    let address: String
    let attribution: String
  }

  let languages: [String]
  let words: [Int]
  let entries: [Int]
  let segmentPairs: Int
  let baseForms: Bool
  let tokenizer: Int
  let bytes: Int
  let sources: [Source]

  init(_ lexicon: TranslationLexicon) {
    languages = [lexicon.languages.first.identifier, lexicon.languages.second.identifier]
    words = [lexicon.wordCounts.first, lexicon.wordCounts.second]
    let counts = lexicon.entryCounts()
    entries = [counts.forward, counts.backward]
    segmentPairs = lexicon.segmentPairs
    baseForms = lexicon.holdsBaseForms
    tokenizer = Int(lexicon.tokenizerVersion)
    bytes = lexicon.byteCount
    sources = lexicon.notices.map {
      Source(
        name: $0.name, version: $0.version, licence: $0.licence, address: $0.address,
        attribution: $0.attribution)
    }
  }

  var text: String {
    var lines = [
      "languages\t\(languages.joined(separator: " "))",
      "words\t\(words[0]) \(words[1])",
      "entries\t\(entries[0]) \(entries[1])",
      "segment pairs\t\(segmentPairs)",
      "base forms\t\(baseForms ? "yes" : "no")",
      "tokenizer\t\(tokenizer)",
      "bytes\t\(bytes)",
    ]
    for source in sources {
      let parts = [
        source.name, source.version, source.licence, source.address, source.attribution,
      ]
      lines.append("source\t" + parts.filter { !$0.isEmpty }.joined(separator: ", "))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
