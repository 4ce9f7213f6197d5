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
  /// How words are linked: keys, jumps and fertilities.
  public var linkModels: [LinkModel]

  /// Knows what it is given.
  public init(
    lexicons: [any LexicalEvidence] = [], glossaries: [[ConceptEntry]] = [],
    linkModels: [LinkModel] = []
  ) {
    self.lexicons = lexicons
    self.glossaries = glossaries
    self.linkModels = linkModels
  }

  /// Nothing beyond the texts.
  public static let none = Knowledge()

  /// What ships with the library: lexicons and glossaries in English, Chinese and Spanish. A program
  /// that was moved away from its resources knows nothing; `Installation.report()` says so.
  public static var shipped: Knowledge {
    var knowledge = Knowledge(glossaries: BundledGlossary.all.compactMap { try? $0.concepts() })
    #if Lexicons
      knowledge.lexicons = ShippedLexicons.all()
      knowledge.linkModels = ShippedLexicons.linkModels()
    #endif
    return knowledge
  }

  /// The model of word links for a direction; `nil` when there is none for the languages.
  public func linkModel(from source: LanguageTag, to target: LanguageTag) -> LinkModel? {
    linkModels.lazy.compactMap { $0.oriented(from: source, to: target) }.first
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

  /// The terms of one language in a glossary: see `GlossaryReader.terms(_:in:)`.
  ///
  /// - Parameter nameOrPath: The name of a glossary that ships with the library, or a file.
  public static func terms(
    of nameOrPath: String, in language: LanguageTag
  ) throws(InterchangeError) -> [String] {
    let file = BundledGlossary.named(nameOrPath).map { $0.path ?? "\($0.name).tmx" } ?? nameOrPath
    return try GlossaryReader.terms(.file(file), in: language)
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
