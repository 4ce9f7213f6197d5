public import BitextCore
internal import Foundation

/// What is known of the single words of a language: how common they are, how often they are nouns, and
/// which are names.
///
/// The noun share of a word was learned from the company that it keeps in ordinary text ("the X of"
/// against "to X", "very X"); words that were not seen take the share of their ending. For Chinese it
/// comes from what the word means in English.
public struct WordProfile: Sendable {
  /// The language.
  public let language: LanguageTag
  /// The number of words in the text that was counted; 0 when nothing was.
  public let total: Double
  private let entries: [String: Entry]
  private let endings: [String: Float]
  private let names: Set<String>

  private struct Entry: Sendable {
    var noun: Float
    var capital: Float
    var count: Float
  }

  /// A profile that knows nothing.
  public init(language: LanguageTag) {
    self.language = language
    total = 0
    entries = [:]
    endings = [:]
    names = []
  }

  /// Reads a profile from its text: a line a word with its noun share in ninths, its count, and the
  /// ninths that are written with a capital; `-ing` for an ending; `+` before a name.
  public init(language: LanguageTag, table: String) {
    self.language = language
    var entries: [String: Entry] = [:]
    var endings: [String: Float] = [:]
    var names: Set<String> = []
    var total = 0.0
    for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
      let columns = line.split(separator: UInt8(ascii: "\t"))
      guard let head = columns.first, let first = head.first, let word = String(head) else {
        continue
      }
      func number(_ index: Int) -> Float {
        index < columns.count ? Float(Substring(columns[index])) ?? 0 : 0
      }
      switch first {
      case UInt8(ascii: "#"):
        if word == "#total" { total = Double(number(1)) }
      case UInt8(ascii: "+"):
        names.insert(String(word.dropFirst()))
      case UInt8(ascii: "-"):
        endings[word] = number(1) / 9
      default:
        entries[word] = Entry(noun: number(1) / 9, capital: number(3) / 9, count: number(2))
      }
    }
    self.total = total
    self.entries = entries
    self.endings = endings
    self.names = names
  }

  /// How often a word is a noun where it occurs, in `0...1`.
  ///
  /// - Parameter word: In lower case.
  public func nounShare(of word: String) -> Double {
    if let entry = entries[word] { return Double(entry.noun) }
    if language.language == "zh" { return names.contains(word) ? 1 : 0.65 }
    for length in [4, 3, 2] where word.count > length + 1 {
      if let share = endings["-" + word.suffix(length)] { return Double(share) }
    }
    return 0.6
  }

  /// The share of occurrences inside sentences that are written with a capital, in `0...1`; `nil` when
  /// the word is unknown.
  public func capitalShare(of word: String) -> Double? {
    entries[word].map { Double($0.capital) }
  }

  /// Whether a dictionary lists the word as a name of a person, a place or an institution.
  public func isName(_ word: String) -> Bool { names.contains(word) }

  /// Whether the word was seen at all.
  public func knows(_ word: String) -> Bool { entries[word] != nil || names.contains(word) }

  /// How rare a word is, from 0 for a word that is more frequent than one in a thousand to 1 for one
  /// that is rarer than one in a hundred thousand; `nil` when nothing was counted.
  public func rarity(of word: String) -> Double? {
    guard total > 0 else { return nil }
    let count = max(0.5, Double(entries[word]?.count ?? 0))
    return min(1, max(0, (-log10(count / total) - 3) / 2))
  }
}
