public import BitextAlignment
internal import BitextCore
internal import BitextInterchange

extension LexiconTrainer {
  /// Adds the pairs of a file: line-aligned text with a tab between the languages, or the units of a
  /// memory or a translation file (TMX, XLIFF, PO).
  ///
  /// - Parameters:
  ///   - path: The file; its name tells the format. XML may be compressed by gzip.
  ///   - weight: How often each pair counts.
  /// - Returns: What was left out, with its line; units that lack a language are passed over.
  /// - Throws: `DocumentError` or `InterchangeError` when the file cannot be read.
  public mutating func add(
    contentsOf path: String, weight: Float = 1
  ) async throws -> [RejectedLine] {
    switch FileFormat(fileName: path) {
    case .tmx, .xliff, .xliff2, .po:
      let reader = try FormatReader.open(.file(path)).reader
      var pairs: [(first: String, second: String)] = []
      while let unit = try reader.next() {
        let texts = [languages.first, languages.second].map { language in
          unit.variants.first { $0.language.language == language.language }?.segment.text ?? ""
        }
        if !texts[0].isEmpty, !texts[1].isEmpty { pairs.append((texts[0], texts[1])) }
        if pairs.count == 16_000 {
          await add(pairs, weight: weight)
          pairs.removeAll(keepingCapacity: true)
        }
      }
      await add(pairs, weight: weight)
      return []
    default:
      return await add(
        tabSeparated: try TextDocument(contentsOf: path).text, weight: weight)
    }
  }
}
