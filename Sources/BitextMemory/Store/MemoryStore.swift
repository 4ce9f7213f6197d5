public import BitextCore

/// What a translation memory keeps its units in.
///
/// Matching knows no database and a store knows no matching; they meet here. A store keeps rows
/// without losing anything, numbers every saved variant with a growing *revision*, and shows each
/// reader one consistent state.
public protocol MemoryStore: Sendable {
  /// Where the memory is, for messages.
  var path: String { get }
  /// Whether nothing can be saved.
  var isReadOnly: Bool { get }
  /// A directory in which indexes are kept between two programs; `nil` when there is none.
  var indexDirectory: String? { get }
  /// Lists a file of the index in the place of others, in one transaction.
  ///
  /// - Returns: `false`, with nothing changed, when one of the others is not listed, or when another
  ///   file covers revisions of the new one.
  func replaceIndexRecords(
    _ files: [String], by record: IndexRecord
  ) throws(MemoryError) -> Bool
  /// Runs `body` on one state of the store, which no writer changes under it.
  func read<Result>(
    _ body: (any MemoryReader) throws(MemoryError) -> Result
  ) throws(MemoryError) -> Result
  /// Runs `body` in one transaction: all of it is durable afterwards, or, when it throws, nothing.
  func write<Result>(
    _ body: (any MemoryWriter) throws(MemoryError) -> Result
  ) throws(MemoryError) -> Result
  /// Gives unused room back to the disk.
  func compact() throws(MemoryError)
  /// Checks every page; returns one line for each fault.
  func verify() throws(MemoryError) -> [String]
}

/// One consistent state of a store.
public protocol MemoryReader {
  /// Tells this memory from all others.
  func identity() throws(MemoryError) -> String
  /// Grows with every transaction that changed the units.
  func position() throws(MemoryError) -> Int64
  /// The files of the index, by language and first revision.
  func indexRecords() throws(MemoryError) -> [IndexRecord]
  /// The languages that variants are stored in, with their numbers.
  func languages() throws(MemoryError) -> [StoredLanguage]
  /// The sets of languages that units have, with their numbers.
  func languageSets() throws(MemoryError) -> [StoredLanguageSet]
  /// Calls `body` with every live variant of a language whose revision is larger, ascending.
  func forEachVariant(
    language: Int64, after revision: Int64, _ body: (StoredText) -> Void
  ) throws(MemoryError)
  /// The revisions that ended after a position.
  func endedRevisions(after position: Int64) throws(MemoryError) -> [Int64]
  /// The live variants of a unit, in order; empty when there is no such unit.
  func variants(ofUnit unit: Int64) throws(MemoryError) -> [StoredVariant]
  /// Live variants with this text hash in a language, newest first.
  func variants(
    textHash: Int64, language: Int64, limit: Int
  ) throws(MemoryError) -> [StoredHead]
  /// Live units whose source is in this language and has this text hash, newest first.
  func units(
    textHash: Int64, source language: LanguageTag, limit: Int
  ) throws(MemoryError) -> [StoredHead]
  /// The unit, as it was saved; `nil` when there is none.
  func unit(_ unit: Int64) throws(MemoryError) -> TranslationUnit?
  /// Calls `body` with every live unit, ascending, until it returns `false`.
  func forEachUnit(
    _ body: (Int64, TranslationUnit) throws(MemoryError) -> Bool
  ) throws(MemoryError)
  /// Counts and sizes.
  func statistics() throws(MemoryError) -> MemoryStatistics
  /// The concept entries of the memory's glossary, in the order in which they were saved.
  func concepts() throws(MemoryError) -> [ConceptEntry]
}

/// A transaction on a store.
public protocol MemoryWriter: MemoryReader {
  /// Adds a unit and returns its number.
  func insert(_ unit: PreparedUnit) throws(MemoryError) -> Int64
  /// Puts another content in place of a unit's; its old variants end.
  func replace(_ unit: Int64, with content: PreparedUnit) throws(MemoryError)
  /// Ends all variants of a unit.
  func remove(_ unit: Int64) throws(MemoryError)
  /// The unfinished run over the same content with the same rule, if there is one.
  func unfinishedRun(digest: String, rule: SaveRule) throws(MemoryError) -> ImportRun?
  /// Records a run, new or known, and returns its number.
  func record(_ run: ImportRun) throws(MemoryError) -> Int64
  /// Adds concept entries, or replaces those with the same identifier.
  func save(_ concepts: [ConceptEntry]) throws(MemoryError)
}

/// A language that variants are stored in.
public struct StoredLanguage: Sendable, Hashable {
  /// Its number in the store.
  public let id: Int64
  /// The language.
  public let tag: LanguageTag

  public init(id: Int64, tag: LanguageTag) {
    self.id = id
    self.tag = tag
  }
}

/// A set of languages that a unit has.
public struct StoredLanguageSet: Sendable, Hashable {
  /// Its number in the store, from 1 on.
  public let id: UInt32
  /// The numbers of the languages, ascending.
  public let languages: [Int64]

  public init(id: UInt32, languages: [Int64]) {
    self.id = id
    self.languages = languages
  }
}

/// What the index needs of a stored variant.
public struct StoredText: Sendable, Hashable {
  /// The revision.
  public let revision: Int64
  /// The unit that it belongs to.
  public let unit: Int64
  /// The set of languages that the unit has.
  public let languageSet: UInt32
  /// The readable text.
  public let text: String
  /// Whether inline codes stand in it.
  public let hasCodes: Bool
  /// Whether the other variants of the unit translate this one.
  public let isSource: Bool

  public init(
    revision: Int64, unit: Int64, languageSet: UInt32, text: String, hasCodes: Bool,
    isSource: Bool
  ) {
    self.revision = revision
    self.unit = unit
    self.languageSet = languageSet
    self.text = text
    self.hasCodes = hasCodes
    self.isSource = isSource
  }
}

/// A stored variant that was found by its hash.
public struct StoredHead: Sendable, Hashable {
  /// The revision.
  public let revision: Int64
  /// The unit that it belongs to.
  public let unit: Int64
  /// The set of languages that the unit has.
  public let languageSet: UInt32
  /// The context in which it stood; known for the source of a unit only.
  public let context: ContextSignature

  public init(revision: Int64, unit: Int64, languageSet: UInt32, context: ContextSignature) {
    self.revision = revision
    self.unit = unit
    self.languageSet = languageSet
    self.context = context
  }
}

/// What a match needs of a stored variant.
public struct StoredVariant: Sendable, Hashable {
  /// The revision.
  public let revision: Int64
  /// The number of its language.
  public let language: Int64
  /// The text with its codes.
  public let segment: Segment
  /// The context in which it stood; known for the source of a unit only.
  public let context: ContextSignature

  public init(revision: Int64, language: Int64, segment: Segment, context: ContextSignature) {
    self.revision = revision
    self.language = language
    self.segment = segment
    self.context = context
  }
}

/// Counts and sizes of a memory.
public struct MemoryStatistics: Sendable, Hashable {
  /// Live units.
  public var units = 0
  /// Live variants of each language, by tag.
  public var variants: [LanguageCount] = []
  /// Bytes of the database.
  public var databaseBytes = 0
  /// Concept entries in the glossary.
  public var concepts = 0
  /// Imports, oldest first.
  public var runs: [ImportRun] = []

  public init() {}

  /// The number of live variants of one language.
  public struct LanguageCount: Sendable, Hashable {
    /// The language.
    public let tag: LanguageTag
    /// Its live variants.
    public let count: Int

    public init(tag: LanguageTag, count: Int) {
      self.tag = tag
      self.count = count
    }
  }
}

/// One import, finished or not.
public struct ImportRun: Sendable, Hashable {
  /// The number of the run; 0 before it was recorded.
  public var id: Int64
  /// What was imported, as the caller named it.
  public var name: String
  /// Identifies the content, so that the same import can go on where it stopped.
  public var digest: String
  /// The save rule.
  public var rule: SaveRule
  /// Units of the content that are durable.
  public var offset: Int
  /// What happened to them.
  public var report: SaveReport
  /// Whether the run came to its end.
  public var isFinished: Bool

  public init(
    id: Int64 = 0, name: String, digest: String, rule: SaveRule, offset: Int = 0,
    report: SaveReport = SaveReport(), isFinished: Bool = false
  ) {
    self.id = id
    self.name = name
    self.digest = digest
    self.rule = rule
    self.offset = offset
    self.report = report
    self.isFinished = isFinished
  }
}
