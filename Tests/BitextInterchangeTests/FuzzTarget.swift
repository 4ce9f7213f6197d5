import BitextCore
import BitextInterchange
import BitextText

/// A reader, and what must hold whatever it is given: it ends, in units or in an error, and what it took can be
/// written and read again.
///
/// The same file is compiled into the tests and into `Fuzz/`, where libFuzzer drives it.
enum FuzzTarget: String, CaseIterable, Sendable {
  case tmx, tbx, xliff, po, csv, tsv, utx, xcstrings, text, markdown, html, srt, srx, any
  case fillXLIFF = "fill-xliff"
  case fillPO = "fill-po"
  case fillCatalog = "fill-xcstrings"

  /// The format that is read; `nil` to have it recognised.
  private var format: FileFormat? {
    switch self {
    case .any: nil
    case .fillXLIFF: .xliff
    case .fillPO: .po
    case .fillCatalog: .xcstrings
    default: FileFormat(rawValue: rawValue)
    }
  }

  /// Gives the reader an input; traps when a law is broken.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .srx: _ = try? SRXReader.read(.bytes(bytes, name: "a.srx"))
    case .fillXLIFF, .fillPO, .fillCatalog: fill(bytes)
    default:
      read(bytes, .lenient)
      read(bytes, .strict)
    }
  }

  private func read(_ bytes: [UInt8], _ mode: ReadOptions.Mode) {
    let options = ReadOptions(
      mode: mode, languages: ["en", "es"], parts: Set(ReadOptions.Part.allCases))
    var lastLine = 0
    let units: [TranslationUnit]
    do {
      let file = try FormatReader.open(
        .bytes(bytes, name: "a"), format: format, options: options,
        report: { lastLine = $0.position?.line ?? lastLine })
      units = try file.reader.remainingUnits()
      // A file whose units have codes of all sorts must leave as TMX and come back.
      if file.format != .tmx || mode == .lenient { writeEverywhere(units) }
      if file.format == .tmx { roundTrip(units) }
    } catch {
      precondition(!error.description.contains("\n"), "a message is one line")
      return
    }
  }

  /// Export then import is the identity, but for the order of attributes: they are written as the DTD has them.
  private func roundTrip(_ units: [TranslationUnit]) {
    let header = TMXHeader(sourceLanguage: "en")
    guard let first = Self.written(units, header), let again = Self.units(first),
      let second = Self.written(again, header)
    else { return }
    precondition(first == second, "the second export has other bytes")
    precondition(
      again.map(Self.ordered) == units.map(Self.ordered), "a unit came back changed")
  }

  private static func ordered(_ unit: TranslationUnit) -> TranslationUnit {
    var unit = unit
    sort(&unit.attributes)
    for index in unit.properties.indices { sort(&unit.properties[index].attributes) }
    for index in unit.notes.indices { sort(&unit.notes[index].attributes) }
    for index in unit.variants.indices { unit.variants[index] = ordered(unit.variants[index]) }
    return unit
  }

  private static func ordered(_ variant: Variant) -> Variant {
    var variant = variant
    sort(&variant.attributes)
    for index in variant.properties.indices { sort(&variant.properties[index].attributes) }
    for index in variant.notes.indices { sort(&variant.notes[index].attributes) }
    for index in variant.segment.codes.indices {
      sort(&variant.segment.codes[index].attributes)
      variant.segment.codes[index].content = variant.segment.codes[index].content.map(ordered)
    }
    return variant
  }

  private static func ordered(_ content: InlineCode.Content) -> InlineCode.Content {
    guard case .element(let name, var attributes, let inner) = content else { return content }
    sort(&attributes)
    return .element(name: name, attributes: attributes, content: inner.map(ordered))
  }

  private static func sort(_ attributes: inout [Attribute]) {
    attributes.sort { ($0.name, $0.value) < ($1.name, $1.value) }
  }

  private static func written(_ units: [TranslationUnit], _ header: TMXHeader) -> [UInt8]? {
    let sink = MemorySink()
    guard var writer = try? TMXWriter(to: sink, header: header) else { return nil }
    for unit in units {
      // A character that XML cannot carry leaves out its unit: nothing to compare then.
      do { try writer.write(unit) } catch { return nil }
    }
    guard (try? writer.finish()) != nil, writer.losses.losses.isEmpty else { return nil }
    return sink.bytes
  }

  private static func units(_ bytes: [UInt8]) -> [TranslationUnit]? {
    do {
      return try TMXReader(.bytes(bytes, name: "b.tmx")).remainingUnits()
    } catch {
      preconditionFailure("our own TMX cannot be read: \(error)")
    }
  }

  /// Every writer takes every unit, or says what it cannot carry.
  private func writeEverywhere(_ units: [TranslationUnit]) {
    let pair = TranslationDirection(source: "en", target: "es")
    var writers: [any UnitWriter] = [
      CSVWriter(to: MemorySink()), TBXWriter(to: MemorySink()),
      TBXWriter(to: MemorySink(), style: .dct),
      XLIFFWriter(to: MemorySink(), version: .v12, pair: pair),
      XLIFFWriter(to: MemorySink(), version: .v20, pair: pair),
      POWriter(to: MemorySink(), pair: pair),
      PairTableWriter(to: MemorySink(), format: .utx, pair: pair),
      CatalogWriter(to: MemorySink(), sourceLanguage: "en"),
      DocumentWriter(to: MemorySink(), format: .markdown),
      DocumentWriter(to: MemorySink(), format: .html),
    ]
    for index in writers.indices {
      for unit in units.prefix(50) { try? writers[index].write(unit) }
      try? writers[index].finish()
    }
  }

  /// What was filled is a file of its format still, and only its empty targets are new.
  private func fill(_ bytes: [UInt8]) {
    let filler = TargetFiller(languages: ["en", "es"], format: format)
    let answer = Segment(
      "<T> & \"x\"\n\u{1F600}",
      codes: [InlineCode(utf8Offset: 1, kind: .standalone, name: "ph")])
    guard let first = try? filler.fill(.bytes(bytes, name: "a"), answer: { _ in answer }) else {
      return
    }
    precondition(first.filled == first.open)
    do {
      let second = try filler.fill(.bytes(first.bytes, name: "b"), answer: { _ in answer })
      precondition(second.open == 0, "\(second.open) targets are still empty")
      precondition(second.bytes == first.bytes, "a second run changes the file")
    } catch {
      preconditionFailure("what was filled cannot be read: \(error)")
    }
  }
}
