internal import BitextCore

/// Makes lexicons from dictionaries and word lists.
///
/// A line that cannot be read is reported with its number and left out; the rest is used.
public struct LexiconImporter: Sendable {
  /// The formats of dictionaries.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// CC-CEDICT: `漢字 汉字 [han4 zi4] /Chinese character/`.
    case cedict
    /// The dictionaries of hunalign: `translation @ word`, in this order.
    case hunalign
    /// FreeDict as tab-separated text: word, translation.
    case freedict
    /// Word, translation, and perhaps the probability that the one translates the other.
    case tsv
  }

  /// What a dictionary gave.
  public struct Result: Sendable {
    /// The lexicon.
    public var contents: LexiconContents
    /// The lines that could not be read, in order.
    public var rejected: [RejectedLine]
    /// How many lines were read.
    public var read: Int

    /// Puts a result together.
    public init(contents: LexiconContents, rejected: [RejectedLine], read: Int) {
      self.contents = contents
      self.rejected = rejected
      self.read = read
    }
  }

  /// The format of the texts.
  public let format: Format
  /// The languages of the lexicon; a dictionary's columns come in this order.
  public let languages: LanguagePair

  /// Makes an importer for texts of one format.
  ///
  /// - Throws: `LexiconError.Code.wrongLanguages` when a CC-CEDICT is asked for anything but Chinese
  ///   and English, in either order.
  public init(_ format: Format, languages: LanguagePair) throws(LexiconError) {
    if format == .cedict,
      Set([languages.first.language, languages.second.language]) != ["zh", "en"]
    {
      throw LexiconError(
        .wrongLanguages,
        "found languages \(languages.first),\(languages.second), expected zh,en for CC-CEDICT")
    }
    self.format = format
    self.languages = languages
  }

  /// Reads dictionaries into one lexicon.
  ///
  /// - Parameters:
  ///   - text: The text of the dictionary.
  ///   - notices: Where it comes from and under which terms.
  /// - Complexity: O(length of the text), and sorting the pairs.
  public func read(_ text: String, notices: [LexiconNotice] = []) -> Result {
    switch format {
    case .cedict:
      CEDICTReader(languages: languages).read(text, notices: notices)
    case .hunalign, .freedict, .tsv:
      WordListReader(format: format, languages: languages).read(text, notices: notices)
    }
  }
}

extension LexiconImporter.Format {
  /// Guesses the format of a dictionary from its first entry, then from its name.
  public init(of text: String, named name: String) {
    let first = NumberedLines(text).first { !$0.line.hasPrefix("#") }?.line ?? ""
    if first.contains("["), first.contains("/"), first.hasSuffix("/") {
      self = .cedict
    } else if name.hasSuffix(".dic") || (!first.contains("\t") && first.contains("@")) {
      self = .hunalign
    } else {
      self = .tsv
    }
  }
}
