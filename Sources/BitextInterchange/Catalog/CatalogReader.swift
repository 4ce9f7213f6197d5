public import BitextCore

/// Reads Apple's String Catalogs (`.xcstrings`): what is translated, a unit a text.
///
/// A string without a text in its source language is its own source. Each variation (plural, device,
/// substitution) is a unit of its own, named as in Apple's XLIFF (`%lld items|==|plural.one`); where the
/// source has no such form, its form `other` stands for it. Left out, and counted in one warning, are texts
/// that are new, stale or to be reviewed.
///
/// A catalog is read whole. `FileConverter` writes catalog to catalog without loss.
public final class CatalogReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public private(set) var unitPosition = TextPosition.start

  /// The catalog itself.
  let catalog: StringCatalog
  private var units: [(unit: TranslationUnit, offset: Int)] = []
  private var index = 0
  private var lines: LineCounter

  /// Opens a file.
  ///
  /// - Parameter report: Is told of warnings.
  public convenience init(
    _ source: InputSource, options: ReadOptions = ReadOptions(),
    report: ((Diagnostic) -> Void)? = nil
  ) throws(InterchangeError) {
    try self.init(InputBytes(source), options: options, report: report)
  }

  init(
    _ source: InputBytes, options: ReadOptions, report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    let reporter = Reporter(file: source.name, report: report)
    let text = try WholeText(source, options: options, reporter: reporter, label: { _ in nil })
    catalog = try StringCatalog(
      Array(text.text.utf8), file: source.name, limits: options.limits, reporter: reporter)
    lines = LineCounter()
    let parts = options.parts
    for entry in catalog.entries { add(entry, parts, reporter) }
    reporter.finish()
  }

  public func next() throws(InterchangeError) -> TranslationUnit? {
    guard index < units.count else { return nil }
    let (unit, offset) = units[index]
    index += 1
    summary.read += 1
    unitPosition = lines.position(of: offset, in: catalog.bytes)
    return unit
  }

  private func add(
    _ entry: StringCatalog.Entry, _ parts: Set<ReadOptions.Part>, _ reporter: Reporter
  ) {
    guard entry.isTranslatable else { return }
    var source: [StringCatalog.Leaf] = []
    var translations: [(language: LanguageTag, asWritten: String, leaf: StringCatalog.Leaf)] = []
    var paths: [[String]] = []
    for localization in entry.localizations {
      let name = localization.name
      guard let tag = LanguageTag(name) else {
        reporter.warn(
          code: "language", about: name, at: place(localization.offset),
          "found the language \"\(name.excerpt)\", expected a tag such as en or zh-Hant; "
            + "it was not read")
        continue
      }
      let leaves = StringCatalog.leaves(localization.value)
      if tag == catalog.sourceLanguage {
        source = leaves
        continue
      }
      for leaf in leaves {
        let isDone = leaf.state == "translated" && !leaf.value.isEmpty
        guard parts.contains(isDone ? .translated : .untranslated) else {
          reporter.warn(
            code: "untranslated", about: "", at: place(leaf.unit.range.lowerBound),
            "found a text that is not translated, or to be reviewed; it was not taken",
            identifier: entry.key)
          continue
        }
        translations.append((tag, name, leaf))
      }
    }
    if source.isEmpty, !entry.key.isEmpty {
      source = [
        StringCatalog.Leaf(
          path: [], state: "translated", value: entry.key, unit: JSONValue(.object([])))
      ]
    }
    for leaf in source + translations.map(\.leaf) where !paths.contains(leaf.path) {
      paths.append(leaf.path)
    }
    for path in paths {
      let found = translations.filter { $0.leaf.path == path }
      guard let text = StringCatalog.source(path, among: source)?.value, !text.isEmpty,
        !found.isEmpty
      else { continue }
      units.append(
        (
          TranslationUnit(
            identifier: StringCatalog.identifier(entry.key, path),
            sourceLanguage: catalog.sourceLanguage,
            variants: [Variant(catalog.sourceLanguage, text)]
              + found.filter { !$0.leaf.value.isEmpty }.map { tag, asWritten, leaf in
                Variant(
                  language: tag, languageAsWritten: asWritten == tag.identifier ? nil : asWritten,
                  segment: Segment(leaf.value),
                  properties: leaf.state == "translated"
                    ? [] : [Property(name: "x-state", value: leaf.state)])
              },
            properties: Self.properties(path),
            notes: entry.comment.map { [Note($0)] } ?? []), entry.offset
        ))
    }
  }

  private static func properties(_ path: [String]) -> [Property] {
    guard let place = path.lastIndex(of: "plural"), place + 1 < path.count else { return [] }
    return [Property(name: "plural-form", value: path[place + 1])]
  }

  private func place(_ offset: Int) -> TextPosition {
    let bytes = catalog.bytes
    return TextPosition(of: offset, in: bytes.span)
  }
}

/// Counts lines forward, so that the places of all units of a file cost one pass.
struct LineCounter {
  private var offset = 0
  private var line = 1
  private var lineStart = 0

  /// The position of a byte; the cheapest when offsets ascend.
  mutating func position(of target: Int, in bytes: [UInt8]) -> TextPosition {
    if target < offset { self = LineCounter() }
    while offset < min(target, bytes.count) {
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A
        || (byte == 0x0D && !(offset < bytes.count && bytes[offset] == 0x0A))
      {
        line += 1
        lineStart = offset
      }
    }
    let column = bytes[min(lineStart, offset)..<offset].reduce(1) {
      $0 + ($1 & 0xC0 != 0x80 ? 1 : 0)
    }
    return TextPosition(line: line, column: column, byteOffset: target)
  }
}
