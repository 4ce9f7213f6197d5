internal import BitextCore

/// Finds the entries of a gettext catalog without a translation, and writes translations into them.
struct POTargets {
  private(set) var groups: [OpenGroup] = []

  init(
    _ bytes: [UInt8], name: String, options: ReadOptions, report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    let text = String(decoding: bytes, as: UTF8.self)
    let reporter = Reporter(file: name, report: report)
    var parser = POParser(file: name, isLenient: false, reporter: reporter)
    let entries = try parser.entries(
      text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
    let target = POReader.target(of: entries, options: options, file: name)
    let source = options.languages.first ?? "en"
    let newline = text.utf8.contains(0x0D) && text.contains("\r\n") ? "\r\n" : "\n"
    for entry in entries {
      guard let id = entry.id, !id.isEmpty, !entry.isObsolete, !entry.strings.isEmpty,
        entry.strings.allSatisfy(\.isEmpty), entry.stringRanges.count == entry.strings.count
      else { continue }
      // The last form, or the only one, translates the plural.
      let texts = entry.strings.indices.map { form in
        form == 0 && (entry.plural == nil || entry.strings.count > 1) ? id : entry.plural ?? id
      }
      groups.append(
        OpenGroup(
          targets: texts.map {
            OpenTarget(
              source: Segment($0), sourceLanguage: source, targetLanguage: target,
              identifier: entry.context)
          },
          edits: { answers in Self.edits(entry, answers, newline) }))
    }
  }

  private static func edits(
    _ entry: POEntry, _ answers: [Segment?], _ newline: String
  ) -> [TextEdit] {
    var edits: [TextEdit] = []
    if !entry.isFuzzy {
      if let line = entry.flagLine {
        edits.append(TextEdit(range: line.upperBound..<line.upperBound, text: ", fuzzy"))
      } else {
        edits.append(TextEdit(range: entry.start..<entry.start, text: "#, fuzzy" + newline))
      }
    }
    for (form, answer) in answers.enumerated() {
      guard let answer, let range = entry.stringRanges[form] else { continue }
      let keyword = entry.plural == nil ? "msgstr" : "msgstr[\(form)]"
      edits.append(
        TextEdit(range: range, text: "\(keyword) \(POWriter.quoted(answer.textWithCodes))"))
    }
    return edits
  }
}
