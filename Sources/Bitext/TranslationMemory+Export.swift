internal import BitextCore
public import BitextInterchange
public import BitextMemory

extension TMXHeader {
  /// The header as a memory keeps it: a TMX file without units. `nil` for one that XML cannot carry.
  public var stored: String? {
    let sink = MemorySink()
    guard var writer = try? TMXWriter(to: sink, name: "header", header: self),
      (try? writer.finish()) != nil
    else { return nil }
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  /// Reads what ``stored`` gave; `nil` for anything else.
  public init?(stored text: String) {
    guard let reader = try? TMXReader(.text(text, name: "header")),
      (try? reader.next()) == .some(nil),
      let header = reader.header
    else { return nil }
    self = header
  }
}

extension TranslationMemory {
  /// What an export wrote.
  public struct ExportReport: Sendable, Hashable {
    /// Units that were written.
    public var written = 0
    /// Units that the format cannot hold and that were left out.
    public var rejected = 0
    /// Units without one of the two languages of a bilingual format.
    public var skipped = 0
    /// The two languages of a bilingual format.
    public var pair: TranslationDirection?
    /// What the format had no place for.
    public var losses = LossReport()
  }

  /// Writes the units that pass a filter into a file, in the order in which they were first saved and of
  /// one state of the memory.
  ///
  /// A memory that was filled from one TMX file gives its header back; from several, a new header with
  /// all their properties, notes and character tables. A unit names its source language only where it did
  /// before, or where the header would say something else.
  ///
  /// - Parameters:
  ///   - sink: Where the bytes go; an `OutputFile` is whole or not there.
  ///   - name: The name to show in messages.
  ///   - format: Any that is written unit by unit; the bilingual ones (XLIFF, PO, UTX, OmegaT) take the
  ///     first two languages of the filter, or else the source of the first unit and its first
  ///     translation.
  ///   - reject: Told of a unit that the format cannot hold, which is then left out; `nil` stops there.
  /// - Throws: `InterchangeError` or `MemoryError`.
  /// - Complexity: O(units of the memory) time. TMX holds one unit at a time, CSV all of them.
  public func export(
    to sink: any ByteSink, name: String = "output", format: FileFormat = .tmx,
    where filter: MemoryFilter = MemoryFilter(), reject: ((InterchangeError) -> Void)? = nil
  ) throws -> ExportReport {
    var report = ExportReport()
    let header = try exportHeader(where: filter)
    if [.xliff, .xliff2, .po, .utx, .omegat].contains(format) {
      report.pair = try exportPair(where: filter)
    }
    let pair = report.pair ?? TranslationDirection(source: "en", target: .undetermined)
    var writer: any UnitWriter
    switch format {
    case .tmx: writer = try TMXWriter(to: sink, name: name, header: header)
    case .csv: writer = CSVWriter(to: sink)
    case .tsv: writer = CSVWriter(to: sink, options: CSVWriter.Options(dialect: .tsv))
    case .tbx: writer = TBXWriter(to: sink, style: .dca)
    case .tbxDCT: writer = TBXWriter(to: sink, style: .dct)
    case .tbx2: writer = TBXWriter(to: sink, style: .v2)
    case .xliff: writer = XLIFFWriter(to: sink, version: .v12, pair: pair)
    case .xliff2: writer = XLIFFWriter(to: sink, version: .v20, pair: pair)
    case .po: writer = POWriter(to: sink, pair: pair)
    case .utx: writer = PairTableWriter(to: sink, format: .utx, pair: pair)
    case .omegat: writer = PairTableWriter(to: sink, format: .omegat, pair: pair)
    default:
      throw InterchangeError(
        kind: .usage,
        diagnostic: Diagnostic(
          severity: .error, code: "format", file: name, position: nil,
          message: "a memory is not written as \(format.rawValue), expected a format of units "
            + "such as tmx, csv or xliff"))
    }
    var failure: (any Error)?
    try forEachStoredUnit(where: filter) { stored in
      if report.pair != nil {
        guard [pair.source, pair.target].allSatisfy({ stored.unit[$0] != nil }) else {
          report.skipped += 1
          return true
        }
      }
      do {
        try writer.write(stored.exported(under: header))
        report.written += 1
        return true
      } catch {
        if let reject, let fault = error as? InterchangeError, fault.kind == .badData {
          reject(fault)
          report.rejected += 1
          return true
        }
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    try writer.finish()
    report.losses = writer.losses
    return report
  }

  private func exportPair(where filter: MemoryFilter) throws(MemoryError) -> TranslationDirection {
    var languages = filter.languages
    try forEachStoredUnit(where: filter) { stored in
      guard languages.count < 2 else { return false }
      let source = stored.unit.variants[stored.sourceIndex].language
      for language in [source] + stored.unit.variants.map(\.language)
      where languages.count < 2 && !languages.contains(language) {
        languages.append(language)
      }
      return languages.count < 2
    }
    return TranslationDirection(
      source: languages.first ?? "en", target: languages.dropFirst().first ?? .undetermined)
  }

  private func exportHeader(where filter: MemoryFilter) throws(MemoryError) -> TMXHeader {
    var texts: [String] = []
    for run in try statistics().runs where run.kind == .import && run.undoneBy == nil {
      if let text = run.header, !texts.contains(text) { texts.append(text) }
    }
    let headers = texts.compactMap(TMXHeader.init(stored:))
    if headers.count == 1 { return headers[0] }
    var source: LanguageTag?
    try forEachStoredUnit(where: filter) { stored in
      source = stored.unit.variants[stored.sourceIndex].language
      return false
    }
    var header = TMXHeader(sourceLanguage: source ?? "en")
    for other in headers {
      for attribute in other.rootAttributes
      where !header.rootAttributes.contains(where: { $0.name == attribute.name }) {
        header.rootAttributes.append(attribute)
      }
      header.notes += other.notes.filter { !header.notes.contains($0) }
      header.properties += other.properties.filter { !header.properties.contains($0) }
      header.userEncodings += other.userEncodings.filter { !header.userEncodings.contains($0) }
    }
    return header
  }
}

extension StoredUnit {
  /// The unit, with its source language where a reader of the file would take it for another one.
  fileprivate func exported(under header: TMXHeader) -> TranslationUnit {
    guard unit.sourceLanguage == nil, unit.variants.count > 1,
      let read = try? PreparedUnit(unit, source: header.sourceLanguage),
      read.sourceIndex != sourceIndex
    else { return unit }
    var named = unit
    named.sourceLanguage = unit.variants[sourceIndex].language
    return named
  }
}
