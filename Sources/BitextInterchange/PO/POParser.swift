internal import BitextCore

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
  /// Where the first keyword stands, in bytes of the text.
  var start = 0
  /// Where the last line of flags stands.
  var flagLine: Range<Int>?
  /// Where each translation stands, from its keyword to its last quote, by its form.
  var stringRanges: [Int: Range<Int>] = [:]
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
    // Comments belong to the entry behind them.
    var pending = POEntry(position: .start)
    func isComplete(_ entry: POEntry) -> Bool { !entry.strings.isEmpty }
    for (number, raw) in lines.enumerated() {
      let line = Substring(String(raw).trimmingWhitespace)
      let text = raw.base.utf8
      let span =
        text.distance(
          from: text.startIndex, to: raw.startIndex)..<text.distance(
          from: text.startIndex, to: raw.endIndex)
      let position = TextPosition(line: number + 1, column: 1, byteOffset: span.lowerBound)
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
        if line.hasPrefix("#,") { pending.flagLine = span }
        continue
      }
      do throws(InterchangeError) {
        if line.hasPrefix("\"") {
          guard field != nil, entry != nil else {
            throw failure(
              "string", at: position, "found a string that belongs to no keyword, expected msgid")
          }
          try append(try string(line, at: position), to: &entry, field)
          if case .string(let form)? = field, let range = entry?.stringRanges[form] {
            entry?.stringRanges[form] = range.lowerBound..<span.upperBound
          }
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
          entry?.start = span.lowerBound
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
          entry?.stringRanges[form] = span
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
