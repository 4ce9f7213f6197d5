internal import BitextCore

/// Turns a file of one format into another.
///
///     let converter = FileConverter(format: .tmx)
///     try converter.convert(.file("terms.csv"), to: OutputFile("terms.tmx")) { print($0) }
///
/// Memory is constant for formats that are written unit by unit; tables and termbases, whose heads depend
/// on all units, go through a temporary file, and a String Catalog is written when all units are known.
public struct FileConverter: Sendable {
  /// How to read.
  public var reading: ReadOptions
  /// The format of the input; `nil` to find it out.
  public var inputFormat: FileFormat?
  /// The format of the output.
  public var format: FileFormat
  /// What becomes of several terms of one language.
  public var synonyms: Synonyms
  /// How tables are written.
  public var table: CSVWriter.Options
  /// The habits of the tool that is to read the output.
  public var profile = WriterProfile.plain

  /// What becomes of several variants of one language in one unit.
  public enum Synonyms: String, Sendable, Hashable, CaseIterable {
    /// Each is a variant of its own in the same unit; nothing is lost.
    case `repeat`
    /// Each is in a unit of its own, with the prop `x-concept-id`, for tools that keep one a unit.
    case split
    /// Only the preferred one is written.
    case first
  }

  /// What a conversion did.
  public struct Outcome: Sendable, Hashable {
    /// Units that were read and rejected.
    public let summary: ReadSummary
    /// Units that were written.
    public let written: Int
    /// What the format had no place for.
    public let losses: LossReport
  }

  public init(
    format: FileFormat, inputFormat: FileFormat? = nil, reading: ReadOptions = ReadOptions(),
    synonyms: Synonyms = .repeat, table: CSVWriter.Options = CSVWriter.Options(),
    profile: WriterProfile = .plain
  ) {
    self.format = format
    self.inputFormat = inputFormat
    self.reading = reading
    self.synonyms = synonyms
    self.table = table
    self.profile = profile
  }

  /// Converts a file.
  ///
  /// - Parameters:
  ///   - makeSink: Makes the output; called when the first unit was read, so that a file that is refused
  ///     at once creates nothing.
  ///   - report: Is told of warnings and, in lenient mode, of what is left out.
  public func convert<Sink: ByteSink>(
    _ source: InputSource, report: ((Diagnostic) -> Void)? = nil,
    to makeSink: () throws(DocumentError) -> Sink
  ) throws(InterchangeError) -> (outcome: Outcome, sink: Sink) {
    let file = try FormatReader.open(
      source, format: inputFormat, options: reading, report: report)
    var unit = try file.reader.next()
    let sink: Sink
    do {
      sink = try makeSink()
    } catch {
      throw InterchangeError(error)
    }
    if let catalog = file.reader as? CatalogReader, format == .xcstrings {
      // Catalog to catalog: units would lose what Xcode may add one day.
      let tree = catalog.catalog
      try CatalogWriter.write(tree.root, endsWithNewline: tree.bytes.last == 0x0A, to: sink)
      if unit != nil { _ = try catalog.remainingUnits() }
      let summary = catalog.summary
      return (Outcome(summary: summary, written: summary.read, losses: LossReport()), sink)
    }
    var writer = try makeWriter(sink, file: file, first: unit)
    var written = 0
    if let termbase = file.reader as? TBXReader, var terms = writer as? TBXWriter {
      // Termbase to termbase: units would lose the levels.
      if let first = termbase.lastConcept { try terms.write(first) }
      while let concept = try termbase.nextConcept() { try terms.write(concept) }
      try terms.finish()
      let outcome = Outcome(
        summary: termbase.summary, written: termbase.summary.read, losses: terms.losses)
      return (outcome, sink)
    }
    if profile != .plain {
      writer = ProfiledWriter(
        writer, profile: profile, sourceLanguage: sourceLanguage(file, first: unit))
    }
    let synonyms = profile.synonyms == .repeat ? self.synonyms : profile.synonyms
    while let next = unit {
      if synonyms == .repeat {
        try writer.write(next)
        written += 1
      } else {
        for piece in Self.units(next, synonyms: synonyms) {
          try writer.write(piece)
          written += 1
        }
      }
      unit = try file.reader.next()
    }
    try writer.finish()
    return (
      Outcome(summary: file.reader.summary, written: written, losses: writer.losses), sink
    )
  }

  private func makeWriter(
    _ sink: any ByteSink, file: FormatReader.OpenFile, first: TranslationUnit?
  ) throws(InterchangeError) -> any UnitWriter {
    switch format {
    case .tmx:
      return try TMXWriter(to: sink, header: header(file, first: first))
    case .csv: return CSVWriter(to: sink, options: table)
    case .tsv:
      var options = table
      options.dialect = .tsv
      return CSVWriter(to: sink, options: options)
    case .tbx: return TBXWriter(to: sink, style: .dca)
    case .tbxDCT: return TBXWriter(to: sink, style: .dct)
    case .tbx2: return TBXWriter(to: sink, style: .v2)
    case .xliff, .xliff2:
      return XLIFFWriter(
        to: sink, version: format == .xliff ? .v12 : .v20, pair: pair(file, first: first),
        keepsIdentifiers: profile.keepsIdentifiersInXLIFF)
    case .po: return POWriter(to: sink, pair: pair(file, first: first))
    case .utx:
      return PairTableWriter(
        to: sink, format: .utx, pair: pair(file, first: first), created: first?.provenance.created)
    case .omegat:
      return PairTableWriter(to: sink, format: .omegat, pair: pair(file, first: first))
    case .xcstrings:
      return CatalogWriter(to: sink, sourceLanguage: pair(file, first: first).source)
    case .text, .markdown, .html: return DocumentWriter(to: sink, format: format)
    case .srt:
      throw InterchangeError(
        kind: .usage,
        diagnostic: Diagnostic(
          severity: .error, code: "format", file: "output", position: nil,
          message: "subtitles cannot be written, since units have no times; expected another format"
        ))
    }
  }

  /// The header of the TMX: the file's own, or a new one.
  private func header(_ file: FormatReader.OpenFile, first: TranslationUnit?) -> TMXHeader? {
    if let reader = file.reader as? TMXReader {
      guard profile != .plain, var header = reader.header, let language = header.sourceLanguage,
        let index = header.attributes.firstIndex(where: { $0.name == "srclang" })
      else { return reader.header }
      header.attributes[index].value =
        profile.languages.spelled(language) ?? header.attributes[index].value
      return header
    }
    let isGlossary = first.map(GlossaryProperty.marks) ?? false
    let isDocument = file.reader is DocumentUnitReader
    let source = first?.sourceLanguage ?? first?.variants.first?.language ?? "en"
    var header = TMXHeader(
      sourceLanguage: source,
      segmentType: isGlossary ? .phrase : isDocument ? .paragraph : .sentence)
    for index in header.attributes.indices {
      switch header.attributes[index].name {
      case "srclang":
        header.attributes[index].value = profile.languages.spelled(source) ?? source.identifier
      case "o-tmf":
        header.attributes[index].value = profile.originalFormat ?? header.attributes[index].value
      default: break
      }
    }
    return header
  }

  /// The language that units are in first, where they do not say.
  private func sourceLanguage(
    _ file: FormatReader.OpenFile, first: TranslationUnit?
  ) -> LanguageTag? {
    reading.languages.first ?? (file.reader as? TMXReader)?.header?.sourceLanguage
      ?? first?.sourceLanguage ?? first?.variants.first?.language
  }

  /// The languages of a bilingual output: those that were named, else the source language of the file
  /// and the first other language of its first unit.
  private func pair(_ file: FormatReader.OpenFile, first: TranslationUnit?) -> TranslationDirection
  {
    if reading.languages.count > 1 {
      return TranslationDirection(source: reading.languages[0], target: reading.languages[1])
    }
    let named = (file.reader as? TMXReader)?.header?.sourceLanguage
    let languages = first?.variants.map(\.language) ?? []
    let source =
      reading.languages.first ?? languages.first { $0 == first?.sourceLanguage ?? named }
      ?? languages.first ?? named ?? "en"
    let target = languages.first { $0 != source } ?? languages.dropFirst().first ?? .undetermined
    return TranslationDirection(source: source, target: target)
  }

  /// A unit as one or several, by what is to become of synonyms.
  static func units(_ unit: TranslationUnit, synonyms: Synonyms) -> [TranslationUnit] {
    guard synonyms != .repeat else { return [unit] }
    var byLanguage: [(language: LanguageTag, variants: [Variant])] = []
    for variant in unit.variants {
      if let index = byLanguage.firstIndex(where: { $0.language == variant.language }) {
        byLanguage[index].variants.append(variant)
      } else {
        byLanguage.append((variant.language, [variant]))
      }
    }
    let most = byLanguage.map(\.variants.count).max() ?? 0
    guard most > 1 else { return [unit] }
    if synonyms == .first {
      var kept = unit
      kept.variants = byLanguage.compactMap { group in
        group.variants.first { variant in
          variant.properties.contains {
            $0.name == GlossaryProperty.status && TermStatus(spelling: $0.value) == .preferred
          }
        } ?? group.variants.first
      }
      return [kept]
    }
    return (0..<most).map { number in
      var piece = unit
      piece.variants = byLanguage.map { $0.variants[min(number, $0.variants.count - 1)] }
      if let identifier = unit.identifier {
        piece.properties.append(Property(name: GlossaryProperty.concept, value: identifier))
        if number > 0 { piece.identifier = "\(identifier)-\(number + 1)" }
      }
      return piece
    }
  }
}
