/// What a check looks for, by its stable name.
///
/// A name has two parts, the family and the finding: `number.missing`. Names never change their meaning.
public enum QualityCheck: String, Sendable, Hashable, CaseIterable {
  /// A forbidden or deprecated term stands in a translation.
  case termForbidden = "term.forbidden"
  /// A term of the source has none of its translations in the target.
  case termMissing = "term.missing"
  /// One term is translated in several ways in a file.
  case termInconsistent = "term.inconsistent"
  /// A term stands in the target as it does in the source, although the glossary translates it.
  case termUntranslated = "term.untranslated"
  /// The right term in the wrong case.
  case termCase = "term.case"
  /// Two entries of the glossary contradict each other.
  case glossaryConflict = "glossary.conflict"
  /// There is no translation.
  case targetEmpty = "target.empty"
  /// The translation is the source.
  case targetSame = "target.same"
  /// A number of the source is not in the target.
  case numberMissing = "number.missing"
  /// A number of the target is not in the source.
  case numberExtra = "number.extra"
  /// A number is right, but written as another language writes it.
  case numberFormat = "number.format"
  /// An inline code, a tag or a variable of the source is not in the target.
  case codeMissing = "code.missing"
  /// An inline code, a tag or a variable of the target is not in the source.
  case codeExtra = "code.extra"
  /// Codes stand in an order in which they do not work.
  case codeOrder = "code.order"
  /// A URL or an e-mail address differs.
  case urlChanged = "url.changed"
  /// The mark at the end is missing, or another one.
  case punctuationEnd = "punctuation.end"
  /// A bracket, a quotation mark, `¿` or `¡` has no partner.
  case punctuationPair = "punctuation.pair"
  /// A mark of the wrong width for the language.
  case punctuationScript = "punctuation.script"
  /// White space at an end that the source does not have.
  case spaceEdge = "space.edge"
  /// Two spaces in a row, or a space between Han characters.
  case spaceDouble = "space.double"
  /// A word stands twice in a row.
  case repetitionWord = "repetition.word"
  /// One source, several targets.
  case consistencySource = "consistency.source"
  /// One target, several sources.
  case consistencyTarget = "consistency.target"
  /// A translation that is too long or too short for its source.
  case lengthRatio = "length.ratio"
  /// Characters of a script that has no place in the language.
  case scriptMixed = "script.mixed"

  /// How bad a finding is, unless a caller says otherwise.
  public var severity: QualitySeverity {
    switch self {
    case .termForbidden, .targetEmpty, .numberMissing, .numberExtra, .codeMissing, .codeExtra,
      .urlChanged:
      .error
    case .termCase, .codeOrder, .punctuationScript, .spaceEdge, .spaceDouble, .lengthRatio: .hint
    default: .warning
    }
  }

  /// What the check looks for, on one line.
  public var summary: String {
    switch self {
    case .termForbidden: "A forbidden or deprecated term stands in the translation."
    case .termMissing: "A term of the source has none of its translations in the target."
    case .termInconsistent: "One term is translated in several ways in this file."
    case .termUntranslated: "A term was left as it is, although the glossary translates it."
    case .termCase: "The right term in the wrong case."
    case .glossaryConflict: "Two entries of the glossary contradict each other."
    case .targetEmpty: "There is no translation."
    case .targetSame: "The translation is the source."
    case .numberMissing: "A number of the source is not in the target."
    case .numberExtra: "A number of the target is not in the source."
    case .numberFormat: "A number is written as another language writes it."
    case .codeMissing: "A code, tag or variable of the source is not in the target."
    case .codeExtra: "A code, tag or variable of the target is not in the source."
    case .codeOrder: "Codes stand in an order in which they do not work."
    case .urlChanged: "A URL or an e-mail address differs."
    case .punctuationEnd: "The mark at the end is missing, or another one."
    case .punctuationPair: "A bracket, a quotation mark, ¿ or ¡ has no partner."
    case .punctuationScript: "A punctuation mark of the wrong width for the language."
    case .spaceEdge: "White space at an end that the source does not have."
    case .spaceDouble: "Two spaces in a row, or a space between Han characters."
    case .repetitionWord: "A word stands twice in a row."
    case .consistencySource: "One source has several targets."
    case .consistencyTarget: "One target has several sources."
    case .lengthRatio: "The translation is too long or too short for its source."
    case .scriptMixed: "Characters of a script that has no place in the language."
    }
  }

  /// The checks that a name stands for: one check, or all of a family (`number`, `number.*`).
  public static func named(_ name: String) -> [QualityCheck] {
    if let check = QualityCheck(rawValue: name) { return [check] }
    if name == "*" { return allCases }
    let family = name.hasSuffix(".*") ? String(name.dropLast(2)) : name
    guard !family.contains(".") else { return [] }
    return allCases.filter { $0.rawValue.hasPrefix(family + ".") }
  }
}

/// How bad a finding is.
public enum QualitySeverity: String, Sendable, Hashable, CaseIterable, Comparable {
  /// To be looked at by whoever wants a perfect text.
  case hint
  /// Probably wrong.
  case warning
  /// Wrong.
  case error

  public static func < (left: QualitySeverity, right: QualitySeverity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .hint: 0
    case .warning: 1
    case .error: 2
    }
  }
}
