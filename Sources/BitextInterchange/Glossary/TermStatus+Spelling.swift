public import BitextCore

extension TermStatus {
  /// Reads the spellings that glossaries use: ISO 30042's (`preferredTerm-admn-sts`), its short forms
  /// (`preferred`), UTX's (`approved`, `non-standard`) and a few that real termbases have.
  ///
  /// `nil` when the spelling says nothing of use, such as `Draft`.
  public init?(spelling: String) {
    let word = spelling.lowercased().filter { $0.isLetter || $0.isNumber }
    switch word {
    case "preferredtermadmnsts", "preferredterm", "preferred", "approved",
      "standardizedtermadmnsts",
      "standardizedterm", "standardized", "finalized", "recommended":
      self = .preferred
    case "admittedtermadmnsts", "admittedterm", "admitted", "provisional", "allowed", "accepted",
      "legaltermadmnsts", "regulatedtermadmnsts":
      self = .admitted
    case "deprecatedtermadmnsts", "deprecatedterm", "deprecated", "supersededtermadmnsts",
      "supersededterm", "superseded", "notrecommended", "nonstandard", "obsolete", "outdated":
      self = .deprecated
    case "forbidden", "forbiddenterm", "prohibited", "donotuse", "banned", "rejected":
      self = .forbidden
    default: return nil
    }
  }

  /// The spelling of ISO 30042. The standard has no word for "never": it is `deprecatedTerm` there.
  public var administrativeStatus: String {
    switch self {
    case .preferred: "preferredTerm-admn-sts"
    case .admitted: "admittedTerm-admn-sts"
    case .deprecated, .forbidden: "deprecatedTerm-admn-sts"
    }
  }
}
