internal import BitextCore

extension TranslationMemory {
  /// The size of the index files that are kept beside the rows.
  public struct IndexSize: Sendable, Hashable {
    /// Files, one a language.
    public var files = 0
    /// Their bytes.
    public var bytes = 0
    /// The variants that they hold.
    public var entries = 0
  }

  /// Looks at the index files. A language that is small, or that nobody has asked for yet, has none.
  public func indexSize() -> IndexSize {
    var size = IndexSize()
    guard let directory = store.indexDirectory else { return size }
    let found = try? store.read { (reader) throws(MemoryError) -> [IndexFile] in
      let identity = try reader.identity()
      return try reader.languages().compactMap { language in
        IndexFile(of: .init(memory: identity, language: language.id), in: directory)
      }
    }
    for file in found ?? [] {
      size.files += 1
      size.bytes += file.segment.bytes.count
      size.entries += file.segment.entryCount
    }
    return size
  }

  /// One line for each index file that cannot be used; see ``TranslationMemory/verify()``.
  func indexFaults() throws(MemoryError) -> [String] {
    guard let directory = store.indexDirectory else { return [] }
    return try store.read { (reader) throws(MemoryError) in
      let identity = try reader.identity()
      return try reader.languages().compactMap { language in
        let owner = IndexFile.Owner(memory: identity, language: language.id)
        guard IndexFile.isThere(owner, in: directory), IndexFile(of: owner, in: directory) == nil
        else { return nil }
        return "index/\(owner.fileName) is damaged or of another version of Bitext; "
          + "the next look-up makes it again"
      }
    }
  }
}
