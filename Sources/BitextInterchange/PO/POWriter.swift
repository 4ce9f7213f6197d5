public import BitextCore

/// Writes gettext catalogs: one pair of languages.
public struct POWriter: UnitWriter {
  public private(set) var losses = LossReport()

  private let sink: any ByteSink
  private let pair: TranslationDirection
  private var hasBegun = false

  /// - Parameters:
  ///   - sink: Where the bytes go.
  ///   - pair: The languages; units without both are left out.
  public init(to sink: any ByteSink, pair: TranslationDirection) {
    self.sink = sink
    self.pair = pair
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    try begin()
    guard let (source, target) = pair.pick(unit, &losses) else { return }
    var text = "\n"
    for note in unit.notes + source.notes + target.notes {
      for line in note.text.split(whereSeparator: \.isNewline) { text += "#. \(line)\n" }
    }
    var context: String?
    for property in unit.properties {
      switch property.name {
      case "x-context": context = property.value
      case "x-reference": text += "#: \(property.value.squeezed)\n"
      case "x-flag" where property.value != "fuzzy": text += "#, \(property.value.squeezed)\n"
      default: losses.add("properties")
      }
    }
    losses.add("properties", source.properties.count + target.properties.count)
    losses.add("names of units", unit.identifier == nil ? 0 : 1)
    losses.addCommon(unit, source, target)
    losses.add(
      "inline codes, written as text,", source.segment.codes.count + target.segment.codes.count)
    if let context { text += "msgctxt \(Self.quoted(context))\n" }
    text += "msgid \(Self.quoted(source.segment.textWithCodes))\n"
    text += "msgstr \(Self.quoted(target.segment.textWithCodes))\n"
    try write(text)
  }

  public mutating func finish() throws(InterchangeError) {
    try begin()
  }

  private mutating func begin() throws(InterchangeError) {
    guard !hasBegun else { return }
    hasBegun = true
    try write(
      """
      msgid ""
      msgstr ""
      "Language: \(pair.target.identifier)\\n"
      "MIME-Version: 1.0\\n"
      "Content-Type: text/plain; charset=UTF-8\\n"
      "Content-Transfer-Encoding: 8bit\\n"

      """)
  }

  private func write(_ text: String) throws(InterchangeError) {
    do {
      try sink.write(Array(text.utf8))
    } catch {
      throw InterchangeError(error)
    }
  }

  /// A text as a string in quotes, with C's escapes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{7}": result += "\\a"
      case "\u{8}": result += "\\b"
      case "\u{B}": result += "\\v"
      case "\u{C}": result += "\\f"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
