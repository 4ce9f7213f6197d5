public import BitextCore

/// Reads gettext catalogs: what is translated, not fuzzy and not obsolete.
///
/// A plural entry gives two units: the singular with the first form, the plural with the last; forms between
/// them are further variants with the prop `plural-form`. Context, flags, references and comments are kept.
///
/// Source: GNU gettext manual, section 10, "The Format of PO Files".
public final class POReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public var unitPosition: TextPosition { units.position }

  public private(set) var targetLanguage: LanguageTag?

  private var units = HeldUnits()

  /// Reads a file.
  ///
  /// - Parameter report: Is told of warnings and, in lenient mode, of what is left out.
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
    let text = try WholeText(source, options: options, reporter: reporter, label: Self.charset)
    var parser = POParser(
      file: source.name, isLenient: options.mode == .lenient, reporter: reporter)
    let entries = try parser.entries(text.lines)
    summary.rejected = parser.rejected
    let target = Self.target(of: entries, options: options, file: source.name)
    let sourceLanguage = options.languages.first ?? "en"
    targetLanguage = target == .undetermined ? nil : target
    if target == .undetermined {
      reporter.send(
        .warning, code: "language", at: .start,
        "found no language in the header or the name, expected one; it was read as und")
    }
    let parts = options.parts
    for entry in entries { add(entry, sourceLanguage, target, parts, reporter) }
    reporter.finish()
  }

  public func next() throws(InterchangeError) -> TranslationUnit? {
    guard let unit = units.next() else { return nil }
    summary.read += 1
    return unit
  }

  private func add(
    _ entry: POEntry, _ source: LanguageTag, _ target: LanguageTag, _ parts: Set<ReadOptions.Part>,
    _ reporter: Reporter
  ) {
    guard let id = entry.id, !id.isEmpty else { return }
    let isDone = !entry.isFuzzy && entry.strings.contains { !$0.isEmpty }
    guard !entry.isObsolete, parts.contains(isDone ? .translated : .untranslated) else {
      reporter.warn(
        code: "untranslated", about: "", at: entry.position,
        "found an entry that is not translated, fuzzy or obsolete; it was not taken")
      return
    }
    var properties: [Property] = []
    if let context = entry.context {
      properties.append(Property(name: "x-context", value: context))
    }
    if !isDone {
      properties.append(Property(name: "x-state", value: entry.isFuzzy ? "fuzzy" : "new"))
    }
    for flag in entry.flags { properties.append(Property(name: "x-flag", value: flag)) }
    for reference in entry.references {
      properties.append(Property(name: "x-reference", value: reference))
    }
    let notes = entry.comments.map { Note($0) }
    func unit(_ text: String, _ strings: [(form: Int?, text: String)]) {
      let variants = strings.filter { !$0.text.isEmpty }.map { form, text in
        Variant(
          language: target, segment: Segment(text),
          properties: form.map { [Property(name: "plural-form", value: "\($0)")] } ?? [])
      }
      guard !variants.isEmpty || !isDone else { return }
      units.append(
        TranslationUnit(
          sourceLanguage: nil, variants: [Variant(source, text)] + variants,
          properties: properties, notes: notes), at: entry.position)
    }
    guard let plural = entry.plural else {
      unit(id, [(nil, entry.strings.first ?? "")])
      return
    }
    unit(id, [(nil, entry.strings.first ?? "")])
    if entry.strings.count > 1, let last = entry.strings.last {
      let between = entry.strings.indices.dropFirst().dropLast().map { ($0, entry.strings[$0]) }
      unit(plural, [(nil, last)] + between.map { (form: $0.0, text: $0.1) })
    }
  }

  /// The language of the translations: the caller's, the header's, or that of the file's name.
  static func target(of entries: [POEntry], options: ReadOptions, file: String) -> LanguageTag {
    let header = entries.first { $0.id == "" && $0.context == nil }?.strings.first ?? ""
    let named = header.split(separator: "\n").lazy.compactMap { line -> LanguageTag? in
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "language" else { return nil }
      return LanguageTag(String(parts[1]).trimmingWhitespace)
    }.first
    return options.languages.dropFirst().first ?? named ?? language(ofFile: file) ?? .undetermined
  }

  /// The encoding that the header names.
  static func charset(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
    guard let found = text.firstRange(of: "charset=") else { return nil }
    let name = text[found.upperBound...].prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ".")
    }
    return name.isEmpty || name == "CHARSET" ? nil : String(name)
  }

  /// The language in a name such as `es.po` or `messages.es.po`.
  static func language(ofFile name: String) -> LanguageTag? {
    let base = name.split(separator: "/").last ?? ""
    let parts = base.split(separator: ".").dropLast()
    guard let last = parts.last, TableHeader.isLanguage(String(last)) else { return nil }
    return LanguageTag(String(last))
  }
}
