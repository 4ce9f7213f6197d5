public import BitextAlignment
internal import BitextCore
internal import BitextInterchange

/// Makes lexicons of dictionaries and glossaries in files.
///
///     let importer = try DictionaryImporter(languages: LanguagePair("de", "en"))
///     let result = try importer.read("deu-eng.tei", notices: [notice])
///
/// What cannot be used is reported with its line and left out; a file that is not of its format is an
/// error.
public struct DictionaryImporter: Sendable {
  /// The formats of dictionaries and glossaries.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// CC-CEDICT: `漢字 汉字 [han4 zi4] /Chinese character/`.
    case cedict
    /// The dictionaries of hunalign: `translation @ word`, in this order.
    case hunalign
    /// FreeDict: TEI, or tab-separated word and translation.
    case freedict
    /// Word, translation, and perhaps the probability that the one translates the other.
    case tsv
    /// A glossary in TMX, a concept a unit.
    case tmx
    /// A termbase in TBX.
    case tbx
  }

  /// How likely a term of a glossary and its counterpart are.
  static let glossaryProbability: Float = GlossaryEvidence.probability
  /// How likely a head word and one of its translations are.
  static let dictionaryProbability: Float = 0.3

  /// The languages of the lexicon; a dictionary's columns come in this order.
  public let languages: LanguagePair
  /// The format of the files; `nil` to find it out.
  public let format: Format?

  /// - Throws: `LexiconError.Code.wrongLanguages` when a CC-CEDICT is asked for anything but Chinese and
  ///   English.
  public init(languages: LanguagePair, format: Format? = nil) throws(LexiconError) {
    self.languages = languages
    self.format = format
    if format == .cedict { _ = try LexiconImporter(.cedict, languages: languages) }
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: A file; `-` is standard input. May be compressed by gzip where it is XML.
  ///   - notices: Where it comes from and under which terms.
  /// - Returns: The lexicon, what was left out, and how many entries were used; there is at least one.
  /// - Throws: `InterchangeError` or `DocumentError` when the file cannot be read, `LexiconError` when it
  ///   holds nothing in its format.
  public func read(_ path: String, notices: [LexiconNotice] = []) throws -> LexiconImporter.Result {
    let result: LexiconImporter.Result
    let used: Format
    if let ending = Self.structured(path), format == nil || format == ending {
      used = ending
      result = try structured(path, ending, notices)
    } else if let format, format == .tmx || format == .tbx {
      used = format
      result = try structured(path, format, notices)
    } else {
      let text = try TextDocument(contentsOf: path).text
      if format == nil || format == .freedict, Self.isTEI(text) {
        used = .freedict
        result = try dictionary(.text(text, name: path), notices)
      } else {
        let simple =
          format.flatMap { LexiconImporter.Format(rawValue: $0.rawValue) }
          ?? LexiconImporter.Format(of: text, named: path)
        used = Format(rawValue: simple.rawValue) ?? .tsv
        result = try LexiconImporter(simple, languages: languages).read(text, notices: notices)
      }
    }
    guard result.read > 0 else {
      throw LexiconError(
        .nothingToLearn, path: path,
        "found no entry in the format \(used.rawValue) for \(languages.first), \(languages.second)")
    }
    return result
  }

  /// The format that an XML file's name says.
  private static func structured(_ path: String) -> Format? {
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".tei") { return .freedict }
    switch FileFormat(fileName: name) {
    case .tmx: return .tmx
    case .tbx: return .tbx
    default: return nil
    }
  }

  private static func isTEI(_ text: String) -> Bool {
    let start = text.prefix(4096)
    return start.drop(while: \.isWhitespace).first == "<" && start.contains("<TEI")
  }

  private func structured(
    _ path: String, _ format: Format, _ notices: [LexiconNotice]
  ) throws -> LexiconImporter.Result {
    switch format {
    case .freedict: try dictionary(.file(path), notices)
    case .tbx:
      try glossary(FormatReader.open(.file(path)).reader, notices)
    default: try glossary(FormatReader.open(.file(path), format: .tmx).reader, notices)
    }
  }

  private func dictionary(
    _ source: InputSource, _ notices: [LexiconNotice]
  ) throws -> LexiconImporter.Result {
    var pairs = WordPairs(languages: languages)
    var rejected: [RejectedLine] = []
    let reader = try FreeDictReader(source)
    while let entry = try reader.next() {
      if entry.headwords.isEmpty || entry.translations.isEmpty {
        rejected.append(
          RejectedLine(
            line: reader.position.line,
            reason:
              "found an entry without a \(entry.headwords.isEmpty ? "head word" : "translation"), "
              + "expected both"))
        continue
      }
      add(
        entry.headwords, entry.translations, Self.dictionaryProbability,
        line: reader.position.line, to: &pairs, &rejected)
    }
    return LexiconImporter.Result(
      contents: pairs.contents(notices: notices), rejected: rejected, read: pairs.count)
  }

  private func glossary(
    _ reader: any UnitReader, _ notices: [LexiconNotice]
  ) throws -> LexiconImporter.Result {
    var pairs = WordPairs(languages: languages)
    var rejected: [RejectedLine] = []
    while let unit = try reader.next() {
      func terms(_ language: LanguageTag) -> [String] {
        unit.variants.filter { $0.language.language == language.language }.map(\.segment.text)
      }
      let (first, second) = (terms(languages.first), terms(languages.second))
      // A glossary may hold other languages, too.
      if first.isEmpty || second.isEmpty { continue }
      add(
        first, second, Self.glossaryProbability, line: reader.unitPosition.line, to: &pairs,
        &rejected)
    }
    return LexiconImporter.Result(
      contents: pairs.contents(notices: notices), rejected: rejected, read: pairs.count)
  }

  /// Adds each pair of two lists; says of an entry once that something was left out.
  private func add(
    _ first: [String], _ second: [String], _ probability: Float, line: Int,
    to pairs: inout WordPairs, _ rejected: inout [RejectedLine]
  ) {
    var reason: String?
    for one in first {
      for two in second { reason = pairs.add(one, two, probability: probability) ?? reason }
    }
    if let reason { rejected.append(RejectedLine(line: line, reason: reason)) }
  }
}
