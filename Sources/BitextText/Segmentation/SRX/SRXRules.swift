public import BitextCore

/// One rule: a place between two pieces of text, and whether a segment ends there.
public struct SRXRule: Sendable, Hashable {
  /// Whether a segment ends at the place; otherwise none does.
  public var breaks: Bool
  /// A regular expression that must end at the place; empty for anything.
  public var before: String
  /// A regular expression that must begin at the place; empty for anything.
  public var after: String
  /// The line of the file that the rule stands on; 0 when it comes from no file.
  public var line: Int

  /// Makes a rule.
  public init(breaks: Bool, before: String, after: String, line: Int = 0) {
    self.breaks = breaks
    self.before = before
    self.after = after
    self.line = line
  }
}

/// Segmentation rules as users exchange them.
///
/// A value holds what an SRX file says. `SRXEngine` applies it to one language.
///
/// Source: SRX 2.0, GALA/LISA OSCAR, 2008.
public struct SRXRules: Sendable, Hashable {
  /// The rules under one name.
  public struct LanguageRules: Sendable, Hashable {
    /// The name that language maps refer to.
    public var name: String
    /// The rules, in the order in which they are tried.
    public var rules: [SRXRule]

    /// Makes a group of rules.
    public init(name: String, rules: [SRXRule]) {
      self.name = name
      self.rules = rules
    }
  }

  /// Which languages a group of rules is for.
  public struct LanguageMap: Sendable, Hashable {
    /// A regular expression for the whole language tag.
    public var pattern: String
    /// The name of the group.
    public var rules: String

    /// Makes a map.
    public init(pattern: String, rules: String) {
      self.pattern = pattern
      self.rules = rules
    }
  }

  /// Where the codes of a format go when a segment ends beside them.
  public struct FormatHandling: Sendable, Hashable {
    /// The kind of code: `start`, `end` or `isolated`.
    public var kind: String
    /// Whether it goes to the segment before.
    public var isIncluded: Bool

    /// Makes a setting.
    public init(kind: String, isIncluded: Bool) {
      self.kind = kind
      self.isIncluded = isIncluded
    }
  }

  /// Whether every map that matches gives its rules, in order; otherwise the first one alone does.
  public var cascades: Bool
  /// Whether text inside codes, such as footnotes, is segmented too.
  public var segmentsSubflows: Bool
  /// What happens to inline codes.
  public var formatHandling: [FormatHandling]
  /// The groups of rules.
  public var languageRules: [LanguageRules]
  /// The maps, in order.
  public var languageMaps: [LanguageMap]
  /// The file that the rules come from, as it was named.
  public var file: String

  /// Puts rules together.
  public init(
    cascades: Bool = true, segmentsSubflows: Bool = true, formatHandling: [FormatHandling] = [],
    languageRules: [LanguageRules], languageMaps: [LanguageMap], file: String = "srx"
  ) {
    self.cascades = cascades
    self.segmentsSubflows = segmentsSubflows
    self.formatHandling = formatHandling
    self.languageRules = languageRules
    self.languageMaps = languageMaps
    self.file = file
  }
}

/// Why SRX rules cannot be used.
public enum SRXError: Fault, Sendable, Hashable {
  /// A rule, or a language map, is not a regular expression.
  case pattern(file: String, line: Int, what: String, pattern: String, reason: String)
  /// No map matches the language.
  case language(file: String, LanguageTag)
  /// A map names a group that is not there.
  case group(file: String, name: String)
  /// There are more rules than can be applied.
  case tooMany(file: String, count: Int)
  /// A rule needs more time or memory on a text than it may have.
  case limit(file: String, line: Int, what: String, pattern: String)

  /// The most rules that one language may have.
  public static let maximumRules = 4_000

  public var kind: FaultKind { .badData }

  public var place: String? {
    switch self {
    case .pattern(let file, let line, _, _, _), .limit(let file, let line, _, _):
      line > 0 ? "\(file):\(line):1" : file
    case .language(let file, _), .group(let file, _), .tooMany(let file, _): file
    }
  }

  public var message: String {
    switch self {
    case .pattern(_, _, let what, let pattern, let reason):
      "\(what) \"\(Self.excerpt(pattern))\" is no regular expression that ICU accepts: \(reason)"
    case .language(_, let tag):
      "found no rules for the language \(tag), expected a languagemap that matches it"
    case .group(_, let name):
      "found a languagemap for \"\(Self.excerpt(name))\", expected a languagerule of that name"
    case .tooMany(_, let count):
      "found \(count) rules for one language, expected at most \(Self.maximumRules)"
    case .limit(_, _, let what, let pattern):
      "\(what) \"\(Self.excerpt(pattern))\" takes too long on this text, expected a simpler pattern"
    }
  }

  private static func excerpt(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    return line.count > 60 ? line.prefix(60) + "…" : line
  }
}
