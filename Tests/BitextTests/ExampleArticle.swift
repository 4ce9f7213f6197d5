import Bitext
import Foundation

/// The trilingual article in `Examples/` with its hand-made gold.
struct ExampleArticle {
  static let languages: [LanguageTag] = ["en", "zh", "es"]

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/digital-human-rights")

  /// The raw texts, in the order of the languages.
  let texts: [String]
  /// The gold sentences of each text.
  let sentences: [[String]]
  /// The gold units: sentence indexes a language.
  let units: [[[Int]]]

  init() throws {
    texts = try Self.languages.map { try Self.read("\($0).txt") }
    sentences = try Self.languages.map { language in
      try Self.read("\(language).sentences.txt").split(separator: "\n").map(String.init)
    }
    units = try Self.read("units.gold.tsv").split(separator: "\n").dropFirst().map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { cell in
        cell.split(separator: ",").compactMap { Int($0) }
      }
    }
  }

  private static func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }
}
