public import BitextCore

/// Whole TMX files, for units that fit in memory. Use `TMXReader` and `TMXWriter` for those that do not.
public enum TMXFile {
  /// Writes units to a file that appears whole or not at all.
  ///
  /// - Parameters:
  ///   - units: The units, in the order in which they are to stand.
  ///   - path: The file.
  ///   - segmentType: `sentence` for a memory, `phrase` for a glossary.
  /// - Throws: `InterchangeError` when a unit holds a character that XML cannot carry or the file cannot
  ///   be written; an older file of that name is then as it was.
  public static func write(
    _ units: some Collection<TranslationUnit>, to path: String,
    segmentType: TMXHeader.SegmentType = .sentence
  ) throws(InterchangeError) {
    let first = units.first
    let language = first?.sourceLanguage ?? first?.variants.first?.language ?? .undetermined
    let header = TMXHeader(sourceLanguage: language, segmentType: segmentType)
    let file = try door { () throws(DocumentError) in try OutputFile(path) }
    var writer = try TMXWriter(to: file, name: path, header: header)
    for unit in units { try writer.write(unit) }
    try writer.finish()
    try door { () throws(DocumentError) in try file.finish() }
  }

  /// Lets the fault of a file out at this door.
  private static func door<Result>(
    _ body: () throws(DocumentError) -> Result
  ) throws(InterchangeError) -> Result {
    do {
      return try body()
    } catch {
      throw InterchangeError(error)
    }
  }

  /// Reads all units of a file.
  ///
  /// - Throws: `InterchangeError` with line and column of what is wrong.
  public static func read(_ path: String) throws(InterchangeError) -> [TranslationUnit] {
    try TMXReader(.file(path)).remainingUnits()
  }
}
