public import BitextCore

/// Writes units as a document to read: plain text, Markdown or an HTML page.
///
/// Units of one language become headings, paragraphs, list items and quotes by their prop `x-block`. Units
/// of several languages stand side by side: in a table, or in plain text on lines of their own.
public struct DocumentWriter: UnitWriter {
  public private(set) var losses = LossReport()

  private let format: FileFormat
  private let sink: any ByteSink
  private var languages: [LanguageTag] = []
  private var isTable = false
  private var isListOpen = false
  private var hasBegun = false
  private var isEmpty = true

  /// - Parameters:
  ///   - sink: Where the bytes go.
  ///   - format: `text`, `markdown` or `html`.
  /// - Precondition: The format is one of the three.
  public init(to sink: any ByteSink, format: FileFormat) {
    precondition([.text, .markdown, .html].contains(format), "\(format) is no document")
    self.sink = sink
    self.format = format
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    var text = hasBegun ? "" : begin(unit)
    count(unit)
    let name = unit.properties.first { $0.name == DocumentUnitReader.kindProperty }?.value
    let kind = name.flatMap { StructuredDocument.Kind(name: $0) } ?? .paragraph
    switch (format, isTable) {
    case (.html, true): text += row(unit, "<tr>", "</tr>\n") { "<td>\(Self.html($0))</td>" }
    case (.markdown, true): text += row(unit, "|", "\n") { " \(Self.cell($0)) |" }
    case (.html, false): text += htmlBlock(unit, kind)
    case (.markdown, false): text += markdownBlock(unit, kind)
    default:
      text += isEmpty ? "" : "\n"
      text += unit.variants.map { $0.segment.textWithCodes + "\n" }.joined()
    }
    isEmpty = false
    try write(text)
  }

  public mutating func finish() throws(InterchangeError) {
    var text = hasBegun ? "" : begin(TranslationUnit(variants: []))
    if format == .html {
      if isListOpen { text += "</ul>\n" }
      text += isTable ? "</table>\n</body>\n</html>\n" : "</body>\n</html>\n"
    }
    try write(text)
  }

  private mutating func begin(_ first: TranslationUnit) -> String {
    hasBegun = true
    for variant in first.variants where !languages.contains(variant.language) {
      languages.append(variant.language)
    }
    isTable = first.variants.count > 1
    switch (format, isTable) {
    case (.html, _):
      var text = "<!DOCTYPE html>\n<html"
      if let language = languages.first, !isTable { text += " lang=\"\(language.identifier)\"" }
      text += ">\n<head>\n<meta charset=\"utf-8\">\n"
      let title = first.properties.contains {
        $0.name == DocumentUnitReader.kindProperty && $0.value == "title"
      }
      text += title ? "" : "<title></title>\n</head>\n<body>\n"
      if isTable {
        text += "<table>\n<tr>"
        text += languages.map { "<th lang=\"\($0.identifier)\">\($0.identifier)</th>" }.joined()
        text += "</tr>\n"
      }
      return text
    case (.markdown, true):
      return "|" + languages.map { " \($0.identifier) |" }.joined() + "\n|"
        + languages.map { _ in " --- |" }.joined() + "\n"
    default: return ""
    }
  }

  private mutating func row(
    _ unit: TranslationUnit, _ open: String, _ close: String, cell: (String) -> String
  ) -> String {
    var text = open
    for language in languages {
      let variants = unit.variants.filter { $0.language == language }
      text += cell(variants.map(\.segment.textWithCodes).joined(separator: " | "))
    }
    losses.add(
      "variants of other languages", unit.variants.filter { !languages.contains($0.language) }.count
    )
    return text + close
  }

  private mutating func htmlBlock(
    _ unit: TranslationUnit, _ kind: StructuredDocument.Kind
  ) -> String {
    var text = ""
    if isListOpen, kind != .listItem {
      isListOpen = false
      text += "</ul>\n"
    }
    for variant in unit.variants {
      let content = Self.html(variant.segment.textWithCodes)
      switch kind {
      case .title where isEmpty: text += "<title>\(content)</title>\n</head>\n<body>\n"
      case .heading(let level): text += "<h\(level)>\(content)</h\(level)>\n"
      case .listItem:
        if !isListOpen { text += "<ul>\n" }
        isListOpen = true
        text += "<li>\(content)</li>\n"
      case .quote: text += "<blockquote>\(content)</blockquote>\n"
      default: text += "<p>\(content)</p>\n"
      }
    }
    return text
  }

  private mutating func markdownBlock(
    _ unit: TranslationUnit, _ kind: StructuredDocument.Kind
  ) -> String {
    var text = ""
    for variant in unit.variants {
      let content = Self.markdown(variant.segment.textWithCodes)
      let isNextItem = kind == .listItem && isListOpen
      if !isEmpty, !isNextItem { text += "\n" }
      switch kind {
      case .title: text += "# \(content)\n"
      case .heading(let level): text += String(repeating: "#", count: level) + " \(content)\n"
      case .listItem: text += "- \(content)\n"
      case .quote: text += "> \(content)\n"
      default: text += content + "\n"
      }
      isListOpen = kind == .listItem
      isEmpty = false
    }
    return text
  }

  private mutating func count(_ unit: TranslationUnit) {
    losses.addCommon(unit)
    losses.add("names of units", unit.identifier == nil ? 0 : 1)
    losses.add(
      "properties",
      unit.properties.filter { $0.name != DocumentUnitReader.kindProperty }.count
        + unit.variants.reduce(0) { $0 + $1.properties.count })
    losses.add("notes", unit.notes.count + unit.variants.reduce(0) { $0 + $1.notes.count })
    losses.add(
      "inline codes, written as text,", unit.variants.reduce(0) { $0 + $1.segment.codes.count })
  }

  private static func html(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\n": result += "<br>"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A text whose signs Markdown will not take for its own.
  private static func markdown(_ text: String) -> String {
    var result = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", "&": result += "\\"
      case "#", "-", "+", ">", "=", "~", "|": if index == 0 { result += "\\" }
      default: break
      }
      if scalar == "\n" { result += " " } else { result.unicodeScalars.append(scalar) }
    }
    // `1.` at the start would open a list.
    let digits = result.prefix { $0.isASCII && $0.isNumber }
    let rest = result.dropFirst(digits.count)
    if !digits.isEmpty, rest.first == "." || rest.first == ")" { return digits + "\\" + rest }
    return result
  }

  private static func cell(_ text: String) -> String {
    markdown(text).map { $0 == "|" ? "\\|" : String($0) }.joined()
  }

  private func write(_ text: String) throws(InterchangeError) {
    guard !text.isEmpty else { return }
    do {
      try sink.write(Array(text.utf8))
    } catch {
      throw InterchangeError(error)
    }
  }
}
