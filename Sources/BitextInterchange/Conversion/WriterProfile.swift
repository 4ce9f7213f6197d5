public import BitextCore

/// The habits of a tool that is to read what is written.
///
///     var converter = FileConverter(format: .tmx)
///     converter.profile = .memoQ
///
/// Each habit is a field of its own; the named profiles are what was found to please the tools.
public struct WriterProfile: Sendable, Hashable {
  /// How language tags are spelled.
  public enum LanguageSpelling: Sendable, Hashable, CaseIterable {
    /// As they were read, else as BCP 47 has it: `zh-Hant-TW`.
    case asRead
    /// As BCP 47 has it, whatever was read.
    case canonical
    /// All letters large: `EN-US`.
    case upper
    /// All letters small: `en-us`.
    case lower
    /// As BCP 47 has it, with `_`: `zh_Hans`.
    case underscore

    /// A tag in this spelling; `nil` where it stays as it was read.
    public func spelled(_ tag: LanguageTag) -> String? {
      switch self {
      case .asRead: nil
      case .canonical: tag.identifier
      case .upper: tag.identifier.uppercased()
      case .lower: tag.identifier.lowercased()
      case .underscore: String(tag.identifier.map { $0 == "-" ? "_" : $0 })
      }
    }
  }

  /// How many translations stand in one unit.
  public enum Targets: Sendable, Hashable, CaseIterable {
    /// All of them.
    case all
    /// One: a unit in three languages becomes two units.
    case one
  }

  /// How much of a segment is written.
  public enum Level: Sendable, Hashable, CaseIterable {
    /// Text and inline codes (TMX level 2).
    case codes
    /// Text alone (TMX level 1).
    case text
  }

  /// Whether the segments before and after are written.
  public enum Context: Sendable, Hashable, CaseIterable {
    /// They are not.
    case none
    /// In the props `x-context-pre` and `x-context-post` of the source, as memoQ has them.
    case memoQ
  }

  /// How names of props are written.
  public enum Properties: Sendable, Hashable, CaseIterable {
    /// As they are.
    case asRead
    /// With a type behind them, as Trados has its fields: `x-client:SingleString`.
    case typed
  }

  /// How notes are written.
  public enum Notes: Sendable, Hashable, CaseIterable {
    /// All of them.
    case all
    /// Joined to one, for tools that keep the last.
    case joined
  }

  /// The name that it goes by.
  public var name: String
  public var languages = LanguageSpelling.asRead
  public var targets = Targets.all
  public var level = Level.codes
  public var context = Context.none
  public var properties = Properties.asRead
  public var notes = Notes.all
  /// What becomes of synonyms.
  public var synonyms = FileConverter.Synonyms.repeat
  /// The `o-tmf` of a new TMX header.
  public var originalFormat: String?
  /// Whether the ids of XLIFF units are those of the units, as Xcode wants them.
  public var keepsIdentifiersInXLIFF = false

  public init(name: String) { self.name = name }

  /// No habits: nothing is lost.
  public static let plain = WriterProfile(name: "plain")

  /// Trados Studio: pairs, tags in the case of BCP 47, fields with a type.
  public static let trados: WriterProfile = {
    var profile = WriterProfile(name: "trados")
    profile.languages = .canonical
    profile.targets = .one
    profile.properties = .typed
    return profile
  }()

  /// memoQ: pairs, small tags, the segments around each.
  public static let memoQ: WriterProfile = {
    var profile = WriterProfile(name: "memoq")
    profile.languages = .lower
    profile.targets = .one
    profile.context = .memoQ
    return profile
  }()

  /// OmegaT: pairs, large tags, one note; synonyms in units of their own.
  public static let omegaT: WriterProfile = {
    var profile = WriterProfile(name: "omegat")
    profile.languages = .upper
    profile.targets = .one
    profile.notes = .joined
    profile.synonyms = .split
    return profile
  }()

  /// Weblate: pairs of plain text, tags with `_`.
  public static let weblate: WriterProfile = {
    var profile = WriterProfile(name: "weblate")
    profile.languages = .underscore
    profile.targets = .one
    profile.level = .text
    profile.notes = .joined
    return profile
  }()

  /// Xcode: the keys of a String Catalog as the ids of an XLIFF.
  public static let xcode: WriterProfile = {
    var profile = WriterProfile(name: "xcode")
    profile.keepsIdentifiersInXLIFF = true
    return profile
  }()

  /// All named profiles.
  public static let all: [WriterProfile] = [.plain, .trados, .memoQ, .omegaT, .weblate, .xcode]

  /// The profile of a name; `nil` when there is none.
  public static func named(_ name: String) -> WriterProfile? {
    all.first { $0.name == name.lowercased() }
  }
}
