internal import BitextCore

/// Reads bilingual dictionaries in TEI, as the FreeDict project publishes them.
///
/// Of an entry the head words (`orth`) and the translations (`cit` of type `trans`, in older files `tr`) are
/// read; grammar, notes and examples are left out.
///
/// Source: TEI P5, chapter 9 (Dictionaries), and P4 for older files.
public final class FreeDictReader {
  /// A head word in its spellings, and its translations.
  public struct Entry: Sendable, Hashable {
    /// The spellings, in order.
    public let headwords: [String]
    /// The translations of all senses, in order, each once.
    public let translations: [String]
  }

  /// Where the entry that `next()` returned last begins.
  public private(set) var position = TextPosition.start

  private let reader: XMLUnitReader

  /// Opens a dictionary.
  ///
  /// - Parameter report: Is told of warnings and, in lenient mode, of what is left out.
  /// - Throws: `InterchangeError` when the file cannot be read or is no TEI.
  public init(
    _ source: InputSource, options: ReadOptions = ReadOptions(),
    report: ((Diagnostic) -> Void)? = nil
  ) throws(InterchangeError) {
    reader = try XMLUnitReader(
      InputBytes(source), options: options, report: report, units: ["entry"],
      whole: ["teiHeader"]
    ) { root in
      if ["TEI", "TEI.2"].contains(root.name.local) { return nil }
      let known = RootElement.format(of: root.name)
      return "found <\(root.name.qualified.excerpt)>\(known.map { ", which is \($0)" } ?? ""), "
        + "expected <TEI>"
    }
  }

  /// The next entry, also one without a translation; `nil` at the end.
  ///
  /// - Throws: `InterchangeError` with the place of what is wrong.
  public func next() throws(InterchangeError) -> Entry? {
    while let item = try reader.next() {
      guard case .tree(let entry) = item, entry.name.local == "entry" else { continue }
      position = reader.xml.position(of: entry.offset)
      var headwords: [String] = []
      var translations: [String] = []
      Self.collect(entry, &headwords, &translations)
      return Entry(headwords: headwords, translations: translations)
    }
    return nil
  }

  private static func collect(
    _ element: XMLElement, _ headwords: inout [String], _ translations: inout [String]
  ) {
    for child in element.elements {
      switch child.name.local {
      case "orth": add(child, to: &headwords)
      case "tr": add(child, to: &translations)
      case "cit":
        // An example has a translation too, of a sentence.
        guard ["trans", "translation"].contains(child.attribute("type") ?? "") else { continue }
        for quote in child.elements where ["quote", "q", "orth"].contains(quote.name.local) {
          add(quote, to: &translations)
        }
      case "note", "def", "xr", "etym", "usg", "gramGrp", "pron", "eg": continue
      default: collect(child, &headwords, &translations)
      }
    }
  }

  private static func add(_ element: XMLElement, to list: inout [String]) {
    let text = element.squeezedText
    if !text.isEmpty, !list.contains(text) { list.append(text) }
  }
}
