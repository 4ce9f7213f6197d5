internal import BitextCore

/// Findings as a log of the Static Analysis Results Interchange Format, for tools that show them beside a
/// change.
///
/// Source: SARIF 2.1.0, OASIS 2020. Regions are lines of the file; the place inside the segment is kept
/// as properties, since a byte of a segment is no byte of a file.
public struct SARIFLog: Encodable, Sendable {
  /// A set of findings of one file.
  public struct File: Sendable {
    let name: String
    let issues: [QualityIssue]

    public init(_ name: String, issues: [QualityIssue]) {
      self.name = name
      self.issues = issues
    }
  }

  private let version: String
  private let files: [File]

  /// - Parameter version: The version of the program that found them.
  public init(_ files: [File], version: String) {
    self.files = files
    self.version = version
  }

  private enum Key: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("https://json.schemastore.org/sarif-2.1.0.json", forKey: .schema)
    try container.encode("2.1.0", forKey: .version)
    let rules = QualityCheck.allCases.map {
      Rule(
        id: $0.rawValue, shortDescription: Text(text: $0.summary),
        defaultConfiguration: .init(level: Self.level($0.severity)))
    }
    let results = files.flatMap { file in
      file.issues.map { Self.result($0, in: file.name) }
    }
    try container.encode(
      [
        Run(
          tool: .init(
            driver: .init(name: "bitext", semanticVersion: version, rules: rules)),
          results: results, columnKind: "unicodeCodePoints")
      ], forKey: .runs)
  }

  private static func level(_ severity: QualitySeverity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "note"
    }
  }

  private static func result(_ issue: QualityIssue, in file: String) -> Result {
    Result(
      ruleId: issue.check.rawValue,
      ruleIndex: QualityCheck.allCases.firstIndex(of: issue.check) ?? 0,
      level: level(issue.severity), message: Text(text: issue.message),
      locations: [
        .init(
          physicalLocation: .init(
            artifactLocation: .init(uri: uri(file)),
            region: issue.line.map { .init(startLine: $0) }))
      ],
      properties: .init(
        unit: issue.unit, language: issue.language.identifier,
        utf8: [issue.span.start, issue.span.end], found: issue.found, expected: issue.expected))
  }

  /// A path as a relative reference of a URI: what has a meaning there is escaped.
  private static func uri(_ path: String) -> String {
    var result = ""
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += "%"
        result.unicodeScalars.append(Unicode.Scalar(digits[Int(byte >> 4)]))
        result.unicodeScalars.append(Unicode.Scalar(digits[Int(byte & 15)]))
      }
    }
    return path.hasPrefix("/") ? "file://" + result : result
  }

  private struct Text: Encodable {
    let text: String
  }
  private struct Configuration: Encodable {
    let level: String
  }
  private struct Rule: Encodable {
    let id: String
    let shortDescription: Text
    let defaultConfiguration: Configuration
  }
  private struct Driver: Encodable {
    let name: String
    let semanticVersion: String
    let rules: [Rule]
  }
  private struct Tool: Encodable {
    let driver: Driver
  }
  private struct Artifact: Encodable {
    let uri: String
  }
  private struct Region: Encodable {
    let startLine: Int
  }
  private struct PhysicalLocation: Encodable {
    let artifactLocation: Artifact
    let region: Region?
  }
  private struct Location: Encodable {
    let physicalLocation: PhysicalLocation
  }
  private struct Properties: Encodable {
    let unit: Int
    let language: String
    let utf8: [UInt32]
    let found: String
    let expected: [String]
  }
  private struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Text
    let locations: [Location]
    let properties: Properties
  }
  private struct Run: Encodable {
    let tool: Tool
    let results: [Result]
    let columnKind: String
  }
}
