public import BitextCore

/// Reads TMX 1.1 to 1.4b, unit by unit, in constant memory.
///
/// Whatever the file says of a unit is kept, in order: unknown attributes, props, notes, codes with what
/// they hold, spellings of languages and dates. In strict mode the first fault throws; in lenient mode it
/// is reported, its unit is left out, and reading goes on at the next unit.
///
///     let reader = try TMXReader(.file("memory.tmx"))
///     while let unit = try reader.next() { … }
///
/// Source: TMX 1.4b, LISA OSCAR, 2005.
public final class TMXReader: UnitReader {
  private var parser: TMXUnitParser

  /// Opens a file.
  ///
  /// - Parameter report: Is told of warnings and, in lenient mode, of what is left out.
  /// - Throws: `InterchangeError` when there is no such file, or it is not XML.
  public convenience init(
    _ source: InputSource, options: ReadOptions = ReadOptions(),
    report: ((Diagnostic) -> Void)? = nil
  ) throws(InterchangeError) {
    try self.init(InputBytes(source), options: options, report: report)
  }

  init(
    _ source: InputBytes, options: ReadOptions, report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    parser = try TMXUnitParser(source, options: options, report: report)
  }

  /// The header; `nil` before the first unit was asked for, and when the file has none.
  public var header: TMXHeader? { parser.header }

  public var summary: ReadSummary { parser.summary }

  public var unitPosition: TextPosition { parser.unitPosition }

  public func next() throws(InterchangeError) -> TranslationUnit? { try parser.next() }
}
