public import BitextCore
public import BitextMemory
public import BitextTerminology
internal import Foundation

extension TranslationMemory {
  /// The concepts that are stored beside the units.
  public func termbase() throws(MemoryError) -> Termbase { Termbase(try concepts()) }

  /// Adds the concepts of a glossary to those that are stored, as `Termbase.merge` does.
  ///
  /// - Returns: What the merge did. Conflicts are asked of `termbase()`.
  @discardableResult
  public func accept(_ entries: [ConceptEntry]) throws(MemoryError) -> Termbase.MergeReport {
    var termbase = try termbase()
    let report = termbase.merge(entries)
    try save(concepts: report.changed.map { termbase.concepts[$0] })
    return report
  }

  /// Adds what was extracted from texts to the concepts that are stored.
  ///
  /// - Parameters:
  ///   - extracted: What was found, best first.
  ///   - languages: The order of the terms.
  @discardableResult
  public func accept(
    _ extracted: [ExtractedConcept], languages: [LanguageTag]
  ) throws(MemoryError) -> Termbase.MergeReport {
    var termbase = try termbase()
    let report = termbase.accept(extracted, languages: languages)
    try save(concepts: report.changed.map { termbase.concepts[$0] })
    return report
  }
}
