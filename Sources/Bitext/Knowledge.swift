public import BitextAlignment
public import BitextCore
public import BitextGlossaries
public import BitextInterchange
internal import BitextMemory
internal import BitextSQLite
internal import Foundation

#if Lexicons
  internal import BitextLexicons
#endif

/// What is known of languages beyond the texts at hand: lexicons and glossaries.
public struct Knowledge: Sendable {
  /// Which words translate which.
  public var lexicons: [any LexicalEvidence]
  /// Terms of one meaning in several languages.
  public var glossaries: [[ConceptEntry]]

  /// Knows what it is given.
  public init(lexicons: [any LexicalEvidence] = [], glossaries: [[ConceptEntry]] = []) {
    self.lexicons = lexicons
    self.glossaries = glossaries
  }

  /// Nothing beyond the texts.
  public static let none = Knowledge()

  /// What ships with the library: lexicons and glossaries in English, Chinese and Spanish. A program
  /// that was moved away from its resources knows nothing; `Installation.report()` says so.
  public static var shipped: Knowledge {
    var knowledge = Knowledge(glossaries: BundledGlossary.all.compactMap { try? $0.concepts() })
    #if Lexicons
      knowledge.lexicons = ShippedLexicons.all()
    #endif
    return knowledge
  }

  /// Reads a glossary: one that ships with the library, by its name; the termbase of a memory, by its
  /// directory; or a file of any format that `GlossaryReader` knows.
  ///
  /// - Throws: `InterchangeError` when there is no such glossary or it cannot be read.
  public static func glossary(_ nameOrPath: String) throws(InterchangeError) -> [ConceptEntry] {
    if let bundled = BundledGlossary.named(nameOrPath) { return try bundled.concepts() }
    let folder = URL(fileURLWithPath: nameOrPath)
    let database = folder.appendingPathComponent(SQLiteStore.databaseName).path
    if FileManager.default.fileExists(atPath: database) {
      do throws(MemoryError) {
        let options = MemoryOpenOptions(existence: .mustExist, isReadOnly: true)
        return try TranslationMemory(at: folder, options: options).concepts()
      } catch {
        throw InterchangeError(
          kind: error.kind,
          diagnostic: Diagnostic(
            severity: .error, code: error.code.rawValue, file: nameOrPath, position: nil,
            message: error.message))
      }
    }
    return try GlossaryReader().read(.file(nameOrPath))
  }
}

extension BundledGlossary {
  /// Reads the concepts of the glossary.
  ///
  /// - Throws: `InterchangeError` when the file is not there or damaged.
  public func concepts() throws(InterchangeError) -> [ConceptEntry] {
    try GlossaryReader().read(.file(path ?? "\(name).tmx"))
  }
}
