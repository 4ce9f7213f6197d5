public import BitextCore
public import BitextInterchange
public import BitextMemory

/// Fills the empty targets of a bilingual file from a translation memory.
///
///     let memory = try TranslationMemory(at: folder)
///     let filled = try MemoryFiller(memory).fill(.file("app.po"))
///     print("\(filled.filled) of \(filled.open) filled")
///
/// What is filled is marked for review; what is translated stays as it is, byte for byte. See
/// `TargetFiller`.
public struct MemoryFiller: Sendable {
  /// How the memory is asked.
  public struct Options: Sendable {
    /// The least score of a match, in percent, after penalties; 101 takes only what stood in the same
    /// context.
    public var threshold = 75
    /// The source and the target language, where the file does not say; a String Catalog's target is the
    /// last.
    public var languages: [LanguageTag] = []
    /// The encoding of the file; `nil` for what it says.
    public var encoding: String?
    /// The format of the file; `nil` to find it out.
    public var format: FileFormat?

    public init() {}
  }

  /// How the memory is asked.
  public let options: Options
  private let memory: TranslationMemory

  /// - Precondition: The threshold is in `1...102`.
  public init(_ memory: TranslationMemory, options: Options = Options()) {
    precondition(
      (1...102).contains(options.threshold), "threshold \(options.threshold) is outside 1...102")
    self.memory = memory
    self.options = options
  }

  /// Fills a file.
  ///
  /// - Parameter report: Is told of warnings.
  /// - Throws: `InterchangeError` when the file is not what it should be, `MemoryError` when the memory
  ///   cannot be read.
  public func fill(
    _ source: InputSource, report: ((Diagnostic) -> Void)? = nil
  ) throws -> TargetFiller.Outcome {
    let filler = TargetFiller(
      languages: options.languages, encoding: options.encoding, format: options.format)
    return try filler.fill(source, report: report) { target in
      let query = MatchQuery(
        target.source, from: target.sourceLanguage, to: target.targetLanguage,
        previous: target.previous, next: target.next, key: target.identifier)
      let matches = try memory.matches(
        for: query, options: MatchOptions(threshold: min(100, options.threshold), limit: 1))
      return matches.first.flatMap { $0.score >= options.threshold ? $0.target : nil }
    }
  }
}
