import BitextCore
import BitextQuality

/// A pair, and the names of what is found in it.
struct QualityCase: Sendable {
  let from: LanguageTag
  let to: LanguageTag
  let source: String
  let target: String
  let found: [String]
  let why: String

  init(
    _ from: LanguageTag, _ to: LanguageTag, _ source: String, _ target: String,
    _ found: [String], _ why: String
  ) {
    self.from = from
    self.to = to
    self.source = source
    self.target = target
    self.found = found
    self.why = why
  }

  /// What is found in the pair alone.
  func issues(
    glossary: [ConceptEntry] = [], options: QualityOptions = QualityOptions()
  ) -> [QualityIssue] {
    var checker = QualityChecker(glossary: glossary, options: options)
    let unit = TranslationUnit(
      sourceLanguage: from, variants: [Variant(from, source), Variant(to, target)])
    return checker.check(unit, number: 1, line: 7) + checker.finish()
  }
}
