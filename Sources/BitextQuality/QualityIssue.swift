public import BitextCore

/// Something that a check found.
public struct QualityIssue: Sendable, Hashable {
  /// What was looked for.
  public let check: QualityCheck
  /// How bad it is.
  public let severity: QualitySeverity
  /// The number of the unit in the file, from 1; 0 for what concerns the glossary.
  public let unit: Int
  /// The name that the file gives the unit.
  public let identifier: String?
  /// The line of the file on which the unit begins; `nil` where there are no lines.
  public let line: Int?
  /// The language of the segment that the position is in.
  public let language: LanguageTag
  /// The place in the readable text of that segment, in UTF-8 bytes.
  public let span: TextSpan
  /// What stands there.
  public let found: String
  /// What was expected; several where each would do, none where nothing was.
  public let expected: [String]
  /// What was found and what was expected, on one line, for people.
  public let message: String

  public init(
    check: QualityCheck, severity: QualitySeverity, unit: Int, identifier: String? = nil,
    line: Int? = nil, language: LanguageTag, span: TextSpan, found: String, expected: [String],
    message: String
  ) {
    self.check = check
    self.severity = severity
    self.unit = unit
    self.identifier = identifier
    self.line = line
    self.language = language
    self.span = span
    self.found = found
    self.expected = expected
    self.message = message
  }
}

extension String {
  /// A text as it may stand in a message: short and on one line.
  var excerpt: String {
    var result = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      if count == 80 { return result + "…" }
      if scalar.properties.isWhitespace || scalar.value < 0x20 {
        result += " "
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text in quotation marks, as it may stand in a message.
  var quoted: String { "“\(excerpt)”" }
}
