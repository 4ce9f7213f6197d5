/// A file of the index, as the store lists it.
///
/// Which files make up the index of a language is one state of the store like the rows: a transaction
/// adds a file, or puts one in the place of several. The files of a language follow each other: each
/// holds every live variant whose revision is behind the last one of the file before, up to its own
/// last one.
public struct IndexRecord: Sendable, Hashable {
  /// The name of the file in the index directory.
  public let file: String
  /// The language.
  public let language: Int64
  /// The first revision that it covers.
  public let firstRevision: Int64
  /// The last revision that it covers.
  public let lastRevision: Int64
  /// The number of variants in it.
  public let entries: Int
  /// Its size.
  public let bytes: Int

  public init(
    file: String, language: Int64, firstRevision: Int64, lastRevision: Int64, entries: Int,
    bytes: Int
  ) {
    self.file = file
    self.language = language
    self.firstRevision = firstRevision
    self.lastRevision = lastRevision
    self.entries = entries
    self.bytes = bytes
  }

  /// Which of the sizes 16 k, 128 k, 1 M, 8 M it has; see ``TranslationMemory/maintainIndex()``.
  var tier: Int { entries < 131_072 ? 0 : entries < 1_048_576 ? 1 : entries < 8_388_608 ? 2 : 3 }
}
