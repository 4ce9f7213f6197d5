/// Something that a reader has to say about a place in a file.
public struct Diagnostic: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable {
    /// The file, or in lenient mode a unit, is refused.
    case error
    /// The file is read, but not as its author may have thought.
    case warning
  }

  /// How bad it is.
  public let severity: Severity
  /// What kind of thing it is, in words for programs, such as `entity` or `language-missing`.
  public let code: String
  /// The file, as it was named.
  public let file: String
  /// Where it is; `nil` when it concerns no place inside the file.
  public let position: TextPosition?
  /// What was found and what was expected, on one line.
  public let message: String
  /// The number of the unit in the file, from 1.
  public let unit: Int?
  /// The name that the file gives the unit.
  public let identifier: String?

  public init(
    severity: Severity, code: String, file: String, position: TextPosition?, message: String,
    unit: Int? = nil, identifier: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.file = file
    self.position = position
    self.message = message
    self.unit = unit
    self.identifier = identifier
  }

  /// The file with line and column: `a.tmx:3:17`.
  public var place: String {
    if let position { "\(file):\(position.line):\(position.column)" } else { file }
  }

  /// The message, and which unit it is about.
  public var messageWithUnit: String {
    guard let unit else { return message }
    if let identifier { return "\(message) (unit \(unit), tuid \"\(identifier.excerpt)\")" }
    return "\(message) (unit \(unit))"
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `FILE:LINE:COLUMN: error: found …, expected … (unit 17, tuid "a-3")`, on one line.
  public var description: String { "\(place): \(severity.rawValue): \(messageWithUnit)" }
}

extension String {
  /// The text as it may stand inside a message: short, on one line, without control characters.
  var excerpt: String {
    var result = ""
    var count = 0
    for scalar in unicodeScalars {
      if count == 60 { return result + "…" }
      if scalar.value < 0x20 || scalar.value == 0x7F {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
      count += 1
    }
    return result
  }
}
