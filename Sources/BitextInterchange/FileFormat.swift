/// The file formats that Bitext reads or writes.
public enum FileFormat: String, Sendable, Hashable, CaseIterable {
  /// Translation memories and glossaries: TMX 1.1 to 1.4b.
  case tmx
  /// Termbases: TBX 3 (ISO 30042:2019) with attributes for categories (DCA).
  case tbx
  /// TBX 3 with elements for categories (DCT).
  case tbxDCT = "tbx-dct"
  /// TBX 2 (`martif`).
  case tbx2
  /// XLIFF 1.2.
  case xliff
  /// XLIFF 2.0 and 2.1.
  case xliff2
  /// Gettext's PO.
  case po
  /// Comma-separated values, also with other delimiters.
  case csv
  /// Tab-separated values.
  case tsv
  /// UTX glossaries.
  case utx
  /// OmegaT glossaries.
  case omegat
  /// Apple's String Catalogs.
  case xcstrings
  /// Plain text.
  case text
  /// Markdown.
  case markdown
  /// HTML.
  case html
  /// Subtitles: SubRip and WebVTT.
  case srt

  /// The format that a file's name says; `nil` when the ending is not known. `.gz` is looked through.
  public init?(fileName: String) {
    let base =
      fileName.lastIndex(of: "/").map { fileName[fileName.index(after: $0)...] } ?? fileName[...]
    var name = base.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...] {
    case "tmx": self = .tmx
    case "tbx": self = .tbx
    case "xlf", "xliff", "sdlxliff", "mqxliff", "mxliff": self = .xliff
    case "po", "pot": self = .po
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "utx": self = .utx
    case "xcstrings": self = .xcstrings
    case "txt": self = .text
    case "md", "markdown": self = .markdown
    case "html", "htm", "xhtml": self = .html
    case "srt", "vtt": self = .srt
    default: return nil
    }
  }
}
