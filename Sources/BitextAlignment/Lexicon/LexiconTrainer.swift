internal import BitextCore

/// Learns a translation lexicon from pairs of segments that translate each other.
///
/// Add the pairs, then call ``train(progress:)``. Words are numbered by their first appearance, sums
/// run in a fixed order, and the work is cut by the text and not by the number of cores: the same
/// pairs in the same order give the same lexicon.
///
/// Source: Brown et al. 1993, *Computational Linguistics* 19(2), Model 1; Liang, Taskar & Klein 2006,
/// NAACL, for the agreement of both directions; Dyer, Chahuneau & Smith 2013, NAACL, for the pull
/// towards the diagonal and the sparse prior.
///
///     var trainer = LexiconTrainer(languages: LanguagePair("en", "es"))
///     await trainer.add([("the house", "la casa"), ("the tree", "el árbol")])
///     let contents = try await trainer.train()
public struct LexiconTrainer: Sendable {
  /// How to learn.
  public struct Options: Sendable, Hashable {
    /// Rounds over the text.
    public var iterations = 6
    /// Words seen less often are left out.
    public var minimumCount = 2
    /// Tokens of a segment that count; of longer pairs both sides are cut in proportion.
    public var maximumTokens = 50
    /// Entries below this probability are dropped.
    public var minimumProbability = 0.002
    /// Entries expected to occur less often than this in the text are dropped.
    public var minimumExpectedCount = 0.6
    /// How far both directions have to agree on a link in the second half of the rounds: 0 for not at
    /// all, 1 for the product of both.
    public var agreement = 0.0
    /// How strongly links keep to the diagonal in the second half of the rounds: weight `exp(-tension · distance)`,
    /// distance in `0...1`; 0 for not at all.
    public var tension = 0.0
    /// The pseudo-count of each pair under a Dirichlet prior: small values keep rare words from
    /// collecting everything around them. 0 for plain maximum likelihood.
    public var prior = 0.01

    /// The defaults.
    public init() {}
  }

  /// What the trainer is doing.
  public enum Progress: Sendable, Hashable {
    /// Pairs of words are being collected.
    case collecting
    /// A round, from 1, of how many.
    case round(Int, of: Int)
    /// Entries are being chosen.
    case choosing
  }

  /// The languages.
  public let languages: LanguagePair
  /// How to learn.
  public let options: Options

  private let tokenizers: (first: AlignmentTokenizer, second: AlignmentTokenizer)
  private var corpus = LexiconCorpus()
  private var notices: [LexiconNotice] = []

  /// Makes a trainer that has seen nothing yet.
  public init(languages: LanguagePair, options: Options = Options()) {
    self.languages = languages
    self.options = options
    tokenizers = (
      AlignmentTokenizer(language: languages.first), AlignmentTokenizer(language: languages.second)
    )
  }

  /// How many pairs of segments were added.
  public var pairCount: Int { corpus.pairCount }

  /// Adds pairs of segments.
  ///
  /// - Parameters:
  ///   - pairs: Segments of the first language with their translations.
  ///   - weight: How often each pair counts: a text of the right kind is worth several others.
  /// - Precondition: `weight` is a positive number.
  public mutating func add(_ pairs: [(first: String, second: String)], weight: Float = 1) async {
    precondition(weight > 0 && weight.isFinite, "weight \(weight) is not a positive number")
    let chunk = 1000
    // A few chunks at a time: words take far more room as strings than as numbers.
    var next = 0
    while next < pairs.count {
      let wave = stride(from: next, to: min(next + 16 * chunk, pairs.count), by: chunk).map {
        $0..<min($0 + chunk, pairs.count)
      }
      next = wave.last?.upperBound ?? pairs.count
      let tokens = await withTaskGroup(of: (Int, [([String], [String])]).self) { group in
        for (index, range) in wave.enumerated() {
          group.addTask { [tokenizers] in
            (
              index,
              pairs[range].map {
                (tokenizers.first.tokens(in: $0.first), tokenizers.second.tokens(in: $0.second))
              }
            )
          }
        }
        return await group.reduce(into: Array(repeating: [], count: wave.count)) {
          $0[$1.0] = $1.1
        }
      }
      for (first, second) in tokens.joined() {
        add(tokens: first, second, weight: weight)
      }
    }
  }

  /// Adds one pair of segments that is cut into words already.
  public mutating func add(tokens first: [String], _ second: [String], weight: Float = 1) {
    corpus.add(first, second, weight: weight)
  }

  /// Names a source of the text; it will stand in the lexicon.
  public mutating func add(_ notice: LexiconNotice) {
    notices.append(notice)
  }

  /// Learns the lexicon.
  ///
  /// - Throws: `LexiconError` when there is nothing to learn from, or `CancellationError`.
  /// - Complexity: O(*rounds* · Σ *first tokens* · *second tokens*) time; 4 bytes for each pair of
  ///   tokens and about 50 bytes for each pair of words.
  public func train(
    progress: @Sendable (Progress) -> Void = { _ in }
  ) async throws -> LexiconContents {
    progress(.collecting)
    let corpus = self.corpus.reduced(
      minimumCount: options.minimumCount, maximumTokens: options.maximumTokens)
    guard corpus.pairCount > 0 else {
      throw LexiconError(
        .nothingToLearn,
        "no pair holds a word that occurs \(options.minimumCount) times on both sides")
    }
    var model = TranslationModel(corpus, prior: options.prior)
    for round in 1...max(1, options.iterations) {
      try Task.checkCancellation()
      progress(.round(round, of: options.iterations))
      let isSecondHalf = round > (options.iterations + 1) / 2
      await model.iterate(
        agreement: isSecondHalf ? Float(options.agreement) : 0,
        tension: isSecondHalf ? options.tension : 0)
    }
    try Task.checkCancellation()
    progress(.choosing)
    return contents(of: model, corpus)
  }

  private func contents(of model: TranslationModel, _ corpus: LexiconCorpus) -> LexiconContents {
    var contents = LexiconContents(languages: languages, notices: notices)
    contents.firstTotal = self.corpus.first.total
    contents.secondTotal = self.corpus.second.total
    contents.segmentPairs = self.corpus.pairCount
    let firstNumbers = Self.list(corpus.first, into: &contents.first)
    let secondNumbers = Self.list(corpus.second, into: &contents.second)
    model.forEachEntry { first, second, entry in
      guard firstNumbers[first] >= 0, secondNumbers[second] >= 0 else { return }
      func kept(_ probability: Double, _ count: Double) -> Float {
        probability > options.minimumProbability && count >= options.minimumExpectedCount
          ? Float(probability) : 0
      }
      let forward = kept(entry.forward, entry.forwardCount)
      let backward = kept(entry.backward, entry.backwardCount)
      guard forward > 0 || backward > 0 else { return }
      contents.entries.append(
        LexicalEntry(
          source: firstNumbers[first], target: secondNumbers[second], forward: forward,
          backward: backward))
    }
    return contents
  }

  /// Lists the words that a lexicon holds. Numbers and marks took part in learning, but an aligner
  /// compares them by themselves.
  private static func list(
    _ side: LexiconCorpus.Side, into words: inout [LexiconContents.Word]
  ) -> [Int32] {
    side.words.indices.map { index in
      let text = side.words[index]
      guard text.unicodeScalars.first.map({ $0.properties.isAlphabetic }) ?? false else {
        return -1
      }
      words.append(LexiconContents.Word(text, count: side.counts[index]))
      return Int32(words.count - 1)
    }
  }
}
