public import BitextCore

/// Reads tables of translations and glossaries: comma- and tab-separated values, and what is like them.
///
/// The first row names the columns by language tags; without such a row the caller names the languages.
/// A row becomes a unit, a cell a variant; status, part of speech, definition, subject field and notes
/// become the props by which a glossary lives in TMX. Headerless tab-separated files follow OmegaT: lines
/// that begin with `#` are comments, a third column is a remark.
public final class CSVReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public private(set) var unitPosition = TextPosition.start

  private let rows: RowReader
  private let reporter: Reporter
  private let isLenient: Bool
  private let keepsUntranslated: Bool
  private var header: TableHeader?
  private var pending: TableRow?
  /// Whether the file has no header: OmegaT's rules hold where it is tab-separated.
  private var isHeaderless = false
  private var hasEnded = false
  private var number = 0

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - dialect: How cells are told apart; `nil` to find it out from the first rows.
  ///   - report: Is told of warnings and, in lenient mode, of what is left out.
  public convenience init(
    _ source: InputSource, dialect: CSVDialect? = nil, options: ReadOptions = ReadOptions(),
    report: ((Diagnostic) -> Void)? = nil
  ) throws(InterchangeError) {
    try self.init(InputBytes(source), dialect: dialect, options: options, report: report)
  }

  init(
    _ source: InputBytes, dialect: CSVDialect?, options: ReadOptions,
    report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    rows = try RowReader(source, options: options, dialect: dialect)
    reporter = Reporter(file: source.name, report: report)
    isLenient = options.mode == .lenient
    keepsUntranslated = options.parts.contains(.untranslated)
    var first = try rows.next()
    while let row = first, row.isBlank { first = try rows.next() }
    guard let first else { return }
    if let found = TableHeader(first.cells) {
      header = found
      return
    }
    isHeaderless = true
    pending = first
    guard !options.languages.isEmpty else {
      // A file of nothing but comments needs no languages.
      if isComment(first) { return }
      throw rows.error(
        "header", at: first.position,
        "found no header of language tags (\"\(first.cells.joined(separator: ", ").excerpt)\"), "
          + "expected one such as en,es, or the languages of the columns")
    }
    header = TableHeader(languages: options.languages)
  }

  public func next() throws(InterchangeError) -> TranslationUnit? {
    while !hasEnded {
      let row: TableRow?
      do {
        if let pending { row = pending } else { row = try rows.next() }
      } catch {
        hasEnded = true
        guard isLenient else { throw error }
        summary.rejected += 1
        reporter.send(
          .error, code: error.diagnostic.code, at: error.diagnostic.position,
          error.diagnostic.message)
        break
      }
      pending = nil
      for finding in rows.findings {
        reporter.send(
          .warning, code: finding.code, at: rows.position(of: finding), finding.message)
      }
      rows.findings = []
      guard let row else {
        hasEnded = true
        break
      }
      if row.isBlank || isComment(row) { continue }
      do {
        if let unit = try unit(row) {
          summary.read += 1
          unitPosition = row.position
          return unit
        }
      } catch {
        guard isLenient else {
          hasEnded = true
          throw error
        }
        summary.rejected += 1
        reporter.send(
          .error, code: error.diagnostic.code, at: error.diagnostic.position,
          error.diagnostic.message, unit: number)
      }
    }
    reporter.finish()
    return nil
  }

  private func isComment(_ row: TableRow) -> Bool {
    isHeaderless && rows.dialect.delimiter == .tab && row.isComment
  }

  private func unit(_ row: TableRow) throws(InterchangeError) -> TranslationUnit? {
    number += 1
    guard let header else {
      throw rows.error(
        "header", at: row.position, "found a row, expected a header of language tags before it")
    }
    let columns = header.columns.count
    if isHeaderless, rows.dialect.delimiter == .tab {
      if row.cells.count < columns {
        reporter.warn(
          code: "row", about: "", at: row.position,
          "found \(row.cells.count) of \(columns) columns, expected all; the row was left out")
        return nil
      }
    } else {
      // Cells that hold nothing do not make a row longer.
      var count = row.cells.count
      while count > columns, row.cells[count - 1].isEmpty { count -= 1 }
      guard count == columns else {
        throw rows.error(
          "row", at: row.position,
          "found a row of \(row.cells.count) cells, expected \(columns) as in the first row")
      }
    }
    return TableRowReader(
      header: header, cells: row.cells, keepsEmpty: keepsUntranslated
    ).unit()
  }
}
