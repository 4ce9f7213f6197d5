/// Opens files of any format that holds units.
public enum FormatReader {
  /// A file that was opened, and the format that it turned out to have.
  public struct OpenFile {
    /// Reads the units.
    public let reader: any UnitReader
    /// The format.
    public let format: FileFormat
  }

  /// Opens a file by its content, then by its name.
  ///
  /// - Parameters:
  ///   - format: The format, where the content is not to be asked.
  ///   - report: Is told of warnings and, in lenient mode, of what is left out.
  /// - Throws: `InterchangeError` when the file is not of the format, or of none that is known.
  public static func open(
    _ source: InputSource, format: FileFormat? = nil, options: ReadOptions = ReadOptions(),
    report: ((Diagnostic) -> Void)? = nil
  ) throws(InterchangeError) -> OpenFile {
    let bytes = try InputBytes(source)
    let found: FileFormat
    if let format { found = format } else { found = try FormatRecognizer.format(of: bytes) }
    switch found {
    case .tmx:
      return OpenFile(
        reader: try TMXReader(bytes, options: options, report: report), format: found)
    case .csv:
      return OpenFile(
        reader: try CSVReader(bytes, dialect: nil, options: options, report: report), format: found)
    case .tsv, .omegat:
      return OpenFile(
        reader: try CSVReader(bytes, dialect: .tsv, options: options, report: report),
        format: found)
    case .tbx, .tbxDCT, .tbx2:
      return OpenFile(
        reader: try TBXReader(bytes, options: options, report: report), format: found)
    case .xliff, .xliff2:
      return OpenFile(
        reader: try XLIFFReader(bytes, options: options, report: report), format: found)
    case .po:
      return OpenFile(
        reader: try POReader(bytes, options: options, report: report), format: found)
    case .utx:
      return OpenFile(
        reader: try UTXReader(bytes, options: options, report: report), format: found)
    case .xcstrings:
      return OpenFile(
        reader: try CatalogReader(bytes, options: options, report: report), format: found)
    case .text, .markdown, .html, .srt:
      return OpenFile(
        reader: try DocumentUnitReader(bytes, format: found, options: options, report: report),
        format: found)
    }
  }
}
