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
  /// Copies one state of the store, while others may write, to a place where nothing is yet.
  func copy(to path: String) throws(MemoryError)
}

extension MemoryStore {
  /// Runs `body` in one transaction; with `isRehearsal` everything is taken back afterwards, so that
  /// what it returns is what would have happened.
  func write<Result>(
    isRehearsal: Bool, _ body: (any MemoryWriter) throws(MemoryError) -> Result
  ) throws(MemoryError) -> Result {
    guard isRehearsal else { return try write(body) }
    var result: Result?
    do {
      return try write { (writer) throws(MemoryError) -> Result in
        result = try body(writer)
        throw MemoryError(.store, message: "a rehearsal ends here")
      }
    } catch {
      guard let result else { throw error }
      return result
    }
  }
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
  func unit(_ unit: Int64) throws(MemoryError) -> StoredUnit?
  /// Calls `body` with every live unit, ascending, until it returns `false`.
  func forEachUnit(
    _ body: (StoredUnit) throws(MemoryError) -> Bool
  ) throws(MemoryError)
  /// Whether any unit has a property, so that it is worth asking for them.
  func hasProperties() throws(MemoryError) -> Bool
  /// The properties of a live unit and of its variants, in order; empty when there is no such unit.
  func properties(ofUnit unit: Int64) throws(MemoryError) -> [Property]
  /// All runs, oldest first.
  func runs() throws(MemoryError) -> [ImportRun]
  /// The numbers of the units that a run added, as ascending ranges; some may have ended since.
  func units(addedBy run: Int64) throws(MemoryError) -> [ClosedRange<Int64>]
  /// What a run changed or ended and nobody undid since, newest first.
  func history(of run: Int64) throws(MemoryError) -> [HistoryEntry]
  /// Whether something but `run` changed a unit after the entry with the number `entry`, other than by
  /// undoing and what was undone.
  func isChanged(_ unit: Int64, after entry: Int64, except run: Int64) throws(MemoryError) -> Bool
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
  /// Says that what follows in this transaction is done by a run; without it, by none.
  func act(for run: Int64) throws(MemoryError)
  /// Whether the unit was added by the run that this transaction acts for, or in this transaction.
  func isOwn(_ unit: Int64) -> Bool
  /// Counts a use of a unit; its text stays as it is.
  ///
  /// - Returns: Whether there is such a unit.
  func noteUse(of unit: Int64, at time: Timestamp) throws(MemoryError) -> Bool
  /// Marks a run, with its history, as undone by another one; `nil` as no longer undone.
  func setUndone(_ run: Int64, by undo: Int64?) throws(MemoryError)
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

/// A live unit as a store keeps it.
public struct StoredUnit: Sendable, Hashable {
  /// Its number in the store.
  public let number: Int64
  /// What was saved.
  public let unit: TranslationUnit
  /// The index of the variant that the others translate.
  public let sourceIndex: Int
  /// The context of the source.
  public let context: ContextSignature

  /// - Precondition: `sourceIndex` is the index of a variant.
  public init(
    number: Int64, unit: TranslationUnit, sourceIndex: Int, context: ContextSignature
  ) {
    precondition(unit.variants.indices.contains(sourceIndex), "no variant \(sourceIndex)")
    self.number = number
    self.unit = unit
    self.sourceIndex = sourceIndex
    self.context = context
  }

  /// The unit, ready to be saved again.
  public var prepared: PreparedUnit {
    PreparedUnit(unit, sourceIndex: sourceIndex, context: context)
  }
}

/// What a unit was before a run changed or ended it.
public struct HistoryEntry: Sendable, Hashable {
  /// The number of the entry; larger is newer.
  public let id: Int64
  /// The number of the unit.
  public let unit: Int64
  /// What it was; `nil` when it was not there.
  public let before: PreparedUnit?

  public init(id: Int64, unit: Int64, before: PreparedUnit?) {
    self.id = id
    self.unit = unit
    self.before = before
  }
}

/// One import, or another change of many units; finished or not.
public struct ImportRun: Sendable, Hashable {
  /// What a run does.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Brings in the units of a file.
    case `import`
    /// Saves single units.
    case add
    /// Brings in the units of another memory.
    case merge
    /// Joins units that say the same.
    case dedupe
    /// Makes units of two languages from units that share a third one.
    case pivot
    /// Takes units out.
    case remove
    /// Takes back what another run did.
    case undo
  }

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
  /// What the run does.
  public var kind: Kind
  /// When it began.
  public var started: Timestamp?
  /// What the file said of itself, in words of its format; kept for the export, not looked into.
  public var header: String?
  /// The run that took this one back.
  public var undoneBy: Int64?

  public init(
    id: Int64 = 0, name: String, digest: String, rule: SaveRule, offset: Int = 0,
    report: SaveReport = SaveReport(), isFinished: Bool = false, kind: Kind = .import,
    started: Timestamp? = nil, header: String? = nil, undoneBy: Int64? = nil
  ) {
    self.kind = kind
    self.started = started
    self.header = header
    self.undoneBy = undoneBy
    self.id = id
    self.name = name
    self.digest = digest
    self.rule = rule
    self.offset = offset
    self.report = report
    self.isFinished = isFinished
  }
}
