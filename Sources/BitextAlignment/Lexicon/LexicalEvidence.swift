public import BitextCore

/// Something that knows which words translate which: a trained lexicon, a dictionary, a glossary, a
/// memory. An aligner asks all of them and keeps the strongest answer for each pair of words.
public protocol LexicalEvidence: Sendable {
  /// What the source is called in reports.
  var name: String { get }

  /// Whether it may know something of two languages, in either order.
  func covers(_ first: LanguageTag, _ second: LanguageTag) -> Bool

  /// Returns what is known of the translations between two vocabularies.
  ///
  /// A document's vocabulary is resolved once; afterwards only indexes move.
  ///
  /// - Parameters:
  ///   - source: Distinct words of the one text, as `AlignmentTokenizer` gives them.
  ///   - sourceLanguage: Their language.
  ///   - target: Distinct words of the other text.
  ///   - targetLanguage: Their language.
  /// - Returns: Entries in ascending order of source, then target; no pair stands twice.
  func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry]
}

extension LexicalEvidence {
  /// The name of the type.
  public var name: String { "\(Self.self)" }

  /// `true`: the answer tells.
  public func covers(_ first: LanguageTag, _ second: LanguageTag) -> Bool { true }
}

/// How strongly two words translate each other.
public struct LexicalEntry: Sendable, Hashable {
  /// Index of the word in the source vocabulary.
  public let source: Int32
  /// Index of the word in the target vocabulary.
  public let target: Int32
  /// The probability of the target word, given the source word: in `0...1`.
  public let forward: Float
  /// The probability of the source word, given the target word: in `0...1`.
  public let backward: Float

  @inlinable
  public init(source: Int32, target: Int32, forward: Float, backward: Float) {
    self.source = source
    self.target = target
    self.forward = forward
    self.backward = backward
  }
}
