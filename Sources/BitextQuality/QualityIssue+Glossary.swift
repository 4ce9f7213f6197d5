internal import BitextCore
public import BitextTerminology

extension QualityIssue {
  /// The conflicts of a termbase as findings; they belong to no unit.
  ///
  /// Concepts with terms in one language only are let pass: a glossary may be that of one language.
  public static func conflicts(
    of termbase: Termbase, options: QualityOptions = QualityOptions()
  ) -> [QualityIssue] {
    guard !options.disabled.contains(.glossaryConflict) else { return [] }
    return termbase.conflicts().compactMap { conflict in
      if conflict.kind == .incomplete, conflict.term == nil { return nil }
      let ignored = conflict.concepts.contains { index in
        let concept = termbase.concepts[index]
        return QualityOptions.ignored(concept.properties, concept.notes).contains(.glossaryConflict)
      }
      if ignored { return nil }
      let text = conflict.term ?? ""
      return QualityIssue(
        check: .glossaryConflict, severity: options.severity(of: .glossaryConflict), unit: 0,
        identifier: termbase.concepts[conflict.concepts[0]].identifier,
        language: conflict.language ?? .undetermined, span: TextSpan(0..<text.utf8.count),
        found: text, expected: [], message: conflict.message)
    }
  }
}
