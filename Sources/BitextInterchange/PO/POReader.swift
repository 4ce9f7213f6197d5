public import BitextCore

/// Reads gettext catalogs: what is translated, not fuzzy and not obsolete.
///
/// A plural entry gives two units: the singular with the first form, the plural with the last; forms between
/// them are further variants with the prop `plural-form`. Context, flags, references and comments are kept.
///
/// Source: GNU gettext manual, section 10, "The Format of PO Files".
public final class POReader: UnitReader {
  public private(set) var summary = ReadSummary()
  public private(set) var unitPosition = TextPosition.start

  private var units: [(unit: TranslationUnit, position: TextPosition)] = []
  private var index = 0
  private let keepsUntranslated: Bool

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
    keepsUntranslated = options.keepsUntranslated
    let text = try WholeText(source, options: options, reporter: reporter, label: Self.charset)
    var parser = POParser(
      file: source.name, isLenient: options.mode == .lenient, reporter: reporter)
    let entries = try parser.entries(text.lines)
    summary.rejected = parser.rejected
    var headers: [String: String] = [:]
    for entry in entries where entry.id == "" && entry.context == nil {
      for line in entry.strings.first?.split(separator: "\n") ?? [] {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2 {
          headers[parts[0].lowercased()] = String(parts[1]).trimmingWhitespace
        }
      }
      break
    }
    let target =
      options.languages.dropFirst().first
      ?? headers["language"].flatMap { LanguageTag($0) } ?? Self.language(ofFile: source.name)
      ?? .undetermined
    let sourceLanguage = options.languages.first ?? "en"
    if target == .undetermined {
      reporter.send(
        .warning, code: "language", at: .start,
        "found no language in the header or the name, expected one; it was read as und")
    }
    for entry in entries { add(entry, sourceLanguage, target, reporter) }
    reporter.finish()
  }

  public func next() throws(InterchangeError) -> TranslationUnit? {
    guard index < units.count else { return nil }
    let (unit, position) = units[index]
    index += 1
    summary.read += 1
    unitPosition = position
    return unit
  }

  private func add(
    _ entry: POEntry, _ source: LanguageTag, _ target: LanguageTag, _ reporter: Reporter
  ) {
    guard let id = entry.id, !id.isEmpty else { return }
    let isTranslated = entry.strings.contains { !$0.isEmpty }
    guard !entry.isFuzzy, !entry.isObsolete, isTranslated || keepsUntranslated else {
      reporter.warn(
        code: "untranslated", about: "", at: entry.position,
        "found an entry that is not translated, fuzzy or obsolete; it was not taken")
      return
    }
    var properties: [Property] = []
    if let context = entry.context {
      properties.append(Property(name: "x-context", value: context))
    }
    for flag in entry.flags { properties.append(Property(name: "x-flag", value: flag)) }
    for reference in entry.references {
      properties.append(Property(name: "x-reference", value: reference))
    }
    let notes = entry.comments.map { Note($0) }
    func unit(_ text: String, _ strings: [(form: Int?, text: String)]) {
      let kept = keepsUntranslated && !isTranslated ? strings : strings.filter { !$0.text.isEmpty }
      let variants = kept.map { form, text in
        Variant(
          language: target, segment: Segment(text),
          properties: form.map { [Property(name: "plural-form", value: "\($0)")] } ?? [])
      }
      guard !variants.isEmpty else { return }
      units.append(
        (
          TranslationUnit(
            sourceLanguage: nil, variants: [Variant(source, text)] + variants,
            properties: properties, notes: notes), entry.position
        ))
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

  /// The encoding that the header names.
  private static func charset(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
    guard let found = text.firstRange(of: "charset=") else { return nil }
    let name = text[found.upperBound...].prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ".")
    }
    return name.isEmpty || name == "CHARSET" ? nil : String(name)
  }

  /// The language in a name such as `es.po` or `messages.es.po`.
  private static func language(ofFile name: String) -> LanguageTag? {
    let base = name.split(separator: "/").last ?? ""
    let parts = base.split(separator: ".").dropLast()
    guard let last = parts.last, TableHeader.isLanguage(String(last)) else { return nil }
    return LanguageTag(String(last))
  }
}

/// One entry of a catalog.
struct POEntry {
  var position: TextPosition
  var context: String?
  var id: String?
  var plural: String?
  var strings: [String] = []
  var comments: [String] = []
  var references: [String] = []
  var flags: [String] = []
  var isObsolete = false
  var isFuzzy: Bool { flags.contains("fuzzy") }
}

/// Reads the entries of a catalog line by line.
struct POParser {
  let file: String
  let isLenient: Bool
  let reporter: Reporter
  /// How many entries were left out in lenient mode.
  private(set) var rejected = 0

  init(file: String, isLenient: Bool, reporter: Reporter) {
    self.file = file
    self.isLenient = isLenient
    self.reporter = reporter
  }

  private enum Field { case context, id, plural, string(Int) }

  mutating func entries(_ lines: [Substring]) throws(InterchangeError) -> [POEntry] {
    var entries: [POEntry] = []
    var entry: POEntry?
    var field: Field?
    var offset = 0
    // Comments belong to the entry behind them.
    var pending = POEntry(position: .start)
    func isComplete(_ entry: POEntry) -> Bool { !entry.strings.isEmpty }
    for (number, raw) in lines.enumerated() {
      let line = Substring(String(raw).trimmingWhitespace)
      let position = TextPosition(line: number + 1, column: 1, byteOffset: offset)
      offset += raw.utf8.count + 1
      if line.isEmpty { continue }
      if line.hasPrefix("#~") {
        if let done = entry { entries.append(done) }
        entry = nil
        field = nil
        pending = POEntry(position: .start)
        continue
      }
      if line.hasPrefix("#") {
        if let done = entry, isComplete(done) {
          entries.append(done)
          entry = nil
          field = nil
        }
        comment(line, &pending)
        continue
      }
      do throws(InterchangeError) {
        if line.hasPrefix("\"") {
          guard field != nil, entry != nil else {
            throw failure(
              "string", at: position, "found a string that belongs to no keyword, expected msgid")
          }
          try append(try string(line, at: position), to: &entry, field)
          continue
        }
        let keyword = line.prefix { !$0.isWhitespace && $0 != "\"" }
        let rest = Substring(String(line.dropFirst(keyword.count)).trimmingWhitespace)
        if keyword == "domain" { continue }
        guard let found = Self.field(keyword) else {
          throw failure(
            "keyword", at: position,
            "found \"\(String(keyword).excerpt)\", expected msgctxt, msgid, msgid_plural or msgstr")
        }
        let startsEntry: Bool =
          switch found {
          case .context: true
          case .id: entry.map(isComplete) ?? true || entry?.id != nil
          default: false
          }
        if startsEntry, entry.map({ isComplete($0) || $0.id != nil }) ?? true {
          if let done = entry { entries.append(done) }
          entry = pending
          entry?.position = position
          pending = POEntry(position: .start)
        }
        guard entry != nil else {
          throw failure(
            "keyword", at: position, "found \(keyword) without a msgid, expected one before it")
        }
        field = found
        switch found {
        case .context: entry?.context = ""
        case .id: entry?.id = ""
        case .plural: entry?.plural = ""
        case .string(let form):
          guard form < 64 else {
            throw failure(
              "plural", at: position, "found the plural form \(form), expected one below 64")
          }
          while (entry?.strings.count ?? 0) <= form { entry?.strings.append("") }
        }
        try append(try string(rest, at: position), to: &entry, field)
      } catch {
        guard isLenient else { throw error }
        reporter.send(
          .error, code: error.diagnostic.code, at: error.diagnostic.position,
          error.diagnostic.message)
        rejected += 1
        entry = nil
        field = nil
      }
    }
    if let done = entry { entries.append(done) }
    return entries
  }

  private func comment(_ line: Substring, _ entry: inout POEntry) {
    let text = String(line.dropFirst(2)).trimmingWhitespace
    if line.hasPrefix("#,") {
      entry.flags += text.split(separator: ",").map { String($0).trimmingWhitespace }
    } else if line.hasPrefix("#:") {
      entry.references += text.split(separator: " ").map(String.init)
    } else if line.hasPrefix("#|") {
      return
    } else if line.hasPrefix("#.") {
      if !text.isEmpty { entry.comments.append(text) }
    } else {
      let remark = String(line.dropFirst(1)).trimmingWhitespace
      if !remark.isEmpty { entry.comments.append(remark) }
    }
  }

  private static func field(_ keyword: Substring) -> Field? {
    switch keyword {
    case "msgctxt": return .context
    case "msgid": return .id
    case "msgid_plural": return .plural
    case "msgstr": return .string(0)
    default:
      guard keyword.hasPrefix("msgstr["), keyword.hasSuffix("]"),
        let form = Int(keyword.dropFirst(7).dropLast()), form >= 0
      else { return nil }
      return .string(form)
    }
  }

  private func append(
    _ text: String, to entry: inout POEntry?, _ field: Field?
  ) throws(InterchangeError) {
    switch field {
    case .context: entry?.context? += text
    case .id: entry?.id? += text
    case .plural: entry?.plural? += text
    case .string(let form): entry?.strings[form] += text
    case nil: break
    }
  }

  /// The value of a quoted string with C's escapes.
  private func string(
    _ text: Substring, at position: TextPosition
  ) throws(InterchangeError) -> String {
    guard text.first == "\"" else {
      throw failure(
        "quote", at: position, "found \"\(String(text).excerpt)\", expected a string in quotes")
    }
    guard text.utf8.count > 1, text.utf8.last == UInt8(ascii: "\"") else {
      throw failure("quote", at: position, "found a string that is never closed, expected \"")
    }
    var result = ""
    var isEscaped = false
    for scalar in text.dropFirst().dropLast().unicodeScalars {
      if isEscaped {
        switch scalar {
        case "n": result += "\n"
        case "t": result += "\t"
        case "r": result += "\r"
        case "a": result += "\u{7}"
        case "b": result += "\u{8}"
        case "f": result += "\u{C}"
        case "v": result += "\u{B}"
        default: result.unicodeScalars.append(scalar)
        }
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private func failure(
    _ code: String, at position: TextPosition, _ message: String
  ) -> InterchangeError {
    InterchangeError(
      kind: .badData,
      diagnostic: Diagnostic(
        severity: .error, code: code, file: file, position: position, message: message))
  }
}
