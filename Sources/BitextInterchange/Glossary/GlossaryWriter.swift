public import BitextCore

/// Writes concepts as a glossary: TMX, TBX in three styles, CSV or TSV.
///
///     try GlossaryWriter(format: .tbx).write(termbase.concepts, to: OutputFile("terms.tbx"))
public struct GlossaryWriter: Sendable {
  /// The format.
  public let format: FileFormat

  /// - Throws: `InterchangeError` for a format that holds no concepts.
  public init(format: FileFormat) throws(InterchangeError) {
    guard [.tmx, .tbx, .tbxDCT, .tbx2, .csv, .tsv].contains(format) else {
      throw InterchangeError(
        kind: .usage,
        diagnostic: Diagnostic(
          severity: .error, code: "format", file: "output", position: nil,
          message: "a glossary is not written as \(format.rawValue), expected tmx, tbx, csv or tsv")
      )
    }
    self.format = format
  }

  /// Writes all concepts, and ends the file.
  ///
  /// - Returns: What the format had no place for.
  @discardableResult
  public func write(
    _ concepts: [ConceptEntry], to sink: any ByteSink
  ) throws(InterchangeError) -> LossReport {
    switch format {
    case .tbx, .tbxDCT, .tbx2:
      var writer = TBXWriter(
        to: sink, style: format == .tbx ? .dca : format == .tbxDCT ? .dct : .v2)
      for concept in concepts { try writer.write(concept) }
      try writer.finish()
      return writer.losses
    case .csv, .tsv:
      let writer = CSVWriter(
        to: sink, options: CSVWriter.Options(dialect: format == .csv ? .csv : .tsv))
      return try Self.write(concepts, with: writer)
    default:
      let language = concepts.first?.terms.first?.language ?? "en"
      let header = TMXHeader(sourceLanguage: language, segmentType: .phrase)
      return try Self.write(concepts, with: try TMXWriter(to: sink, header: header))
    }
  }

  private static func write(
    _ concepts: [ConceptEntry], with writer: some UnitWriter
  ) throws(InterchangeError) -> LossReport {
    var writer = writer
    for concept in concepts { try writer.write(TranslationUnit(concept)) }
    try writer.finish()
    return writer.losses
  }
}
