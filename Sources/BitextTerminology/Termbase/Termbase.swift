public import BitextCore

/// A glossary that grows: concepts in several languages, each once.
///
///     var termbase = Termbase(try memory.concepts())
///     let report = termbase.merge(try GlossaryReader().read(.file("terms.tbx")))
///     report.added; report.merged; termbase.conflicts()
///
/// Merging adds, and takes nothing away: entries that say the same become one, entries that contradict
/// each other both stay and are reported.
public struct Termbase: Sendable, Hashable {
  /// The concepts, in the order in which they came.
  public private(set) var concepts: [ConceptEntry]

  /// A termbase with these concepts, as they are.
  public init(_ concepts: [ConceptEntry] = []) {
    self.concepts = concepts
  }

  /// The languages of the terms, in order of their tags.
  public var languages: [LanguageTag] {
    Set(concepts.flatMap { $0.terms.map(\.language) }).sorted()
  }

  /// The concept of this name; `nil` when there is none.
  public func concept(_ identifier: String) -> ConceptEntry? {
    concepts.first { $0.identifier == identifier }
  }

  /// What a merge did.
  public struct MergeReport: Sendable, Hashable {
    /// Concepts that were new.
    public internal(set) var added = 0
    /// Concepts that told something new of one that was there.
    public internal(set) var merged = 0
    /// Concepts that told nothing new.
    public internal(set) var unchanged = 0
    /// Concepts that have no term at all, and were left out.
    public internal(set) var empty = 0
    /// New names of concepts whose own name another concept has, in order.
    public internal(set) var renamed: [Renaming] = []
    /// The concepts that are new or changed, as indexes into the termbase, ascending.
    public internal(set) var changed: [Int] = []

    /// A concept that could not keep its name.
    public struct Renaming: Sendable, Hashable {
      /// The name it came with.
      public let from: String
      /// The name it has now.
      public let to: String
    }

    public init() {}
  }

  /// Adds concepts of another glossary.
  ///
  /// Two entries are one concept when they share terms in two languages (or have the same identifier and
  /// share a term in each language that both have), and neither their definitions nor their subject fields differ. Then terms, notes and
  /// properties that are new are added behind those that are there; a status that is there stays. An entry
  /// whose identifier another concept has gets a new one, `ID-2`.
  ///
  /// - Complexity: O(terms of both).
  @discardableResult
  public mutating func merge(_ entries: [ConceptEntry]) -> MergeReport {
    var merger = ConceptMerger(concepts)
    for entry in entries { merger.add(entry) }
    concepts = merger.concepts
    return merger.finish()
  }

  /// Accepts concepts that were extracted from texts: those of status `accepted` as preferred terms,
  /// candidates as admitted ones.
  ///
  /// - Parameters:
  ///   - extracted: What was found, best first.
  ///   - languages: The order of the terms.
  ///   - prefix: What the names of new concepts begin with; a number follows.
  @discardableResult
  public mutating func accept(
    _ extracted: [ExtractedConcept], languages: [LanguageTag], prefix: String = "x"
  ) -> MergeReport {
    var known = Set(concepts.map(\.identifier))
    var number = 0
    let entries = extracted.map { concept in
      var identifier: String
      repeat {
        number += 1
        identifier = "\(prefix)-\(number)"
      } while !known.insert(identifier).inserted
      return ConceptEntry(concept, identifier: identifier, languages: languages)
    }
    return merge(entries)
  }
}
