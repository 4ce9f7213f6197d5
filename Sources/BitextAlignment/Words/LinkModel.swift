public import BitextCore
public import Foundation

/// What was learned about word links from much text: how often keys were linked, how far links jump, and
/// how many words a word makes.
///
/// With a model a single sentence is linked nearly as well as a whole text: it cannot teach these things
/// itself. The file is a lexicon file (``TranslationLexicon``) over keys (``LinkKey``) with one part more;
/// it is mapped, and only the rows of the words at hand are read. The empty word, which stands for words
/// that nothing made, is a word of the file too.
public struct LinkModel: Sendable {
  /// The languages, in the order of the file.
  public var languages: LanguagePair { lexicon.languages }
  /// Where it was learned from, and under which terms.
  public var notices: [LexiconNotice] { lexicon.notices }

  private let lexicon: TranslationLexicon
  private let section: Range<Int>
  /// Whether the first language of the file is the target.
  private let isSwapped: Bool

  /// Opens a model by mapping its file.
  ///
  /// - Throws: What opening a lexicon throws; `.damaged` when it is a lexicon without link parameters.
  /// - Complexity: O(1).
  public init(contentsOf file: URL) throws(LexiconError) {
    try self.init(TranslationLexicon(contentsOf: file))
  }

  /// Takes a lexicon that holds link parameters, such as `LinkModelTrainer` makes.
  ///
  /// - Throws: `LexiconError.Code.damaged` when it holds none, or not one set a word.
  public init(_ lexicon: TranslationLexicon) throws(LexiconError) {
    let words = lexicon.first.count + lexicon.second.count
    guard let section = lexicon.linkSection,
      section.count == LinkParameters.length(words: words)
    else {
      throw LexiconError(
        .damaged, path: lexicon.path,
        "found a lexicon without link parameters for its \(words) words, expected a link model")
    }
    self.init(lexicon, section, isSwapped: false)
  }

  private init(_ lexicon: TranslationLexicon, _ section: Range<Int>, isSwapped: Bool) {
    self.lexicon = lexicon
    self.section = section
    self.isSwapped = isSwapped
  }

  /// The model for a direction; `nil` when it is for other languages.
  public func oriented(from source: LanguageTag, to target: LanguageTag) -> LinkModel? {
    switch (lexicon.side(of: source), lexicon.side(of: target)) {
    case (.first, .second): LinkModel(lexicon, section, isSwapped: false)
    case (.second, .first): LinkModel(lexicon, section, isSwapped: true)
    default: nil
    }
  }

  /// What the model knows of the words of a corpus.
  ///
  /// - Complexity: O(keys · log words + entries of their rows).
  func knowledge(of corpus: LinkCorpus) -> LinkKnowledge {
    let bytes = lexicon.data.bytes
    let (here, there) =
      isSwapped ? (lexicon.second, lexicon.first) : (lexicon.first, lexicon.second)
    func numbers(_ side: LexiconSide, _ keys: [String]) -> [Int?] {
      keys.map { side.number(of: Array($0.utf8), in: bytes) }
    }
    let sources = numbers(here, corpus.source.keys)
    let targets = numbers(there, corpus.target.keys)
    var knowledge = LinkKnowledge(
      sourceWords: sources.count, targetWords: targets.count,
      forwardJumps: LinkParameters.jumps(isSwapped ? 1 : 0, section, bytes),
      backwardJumps: LinkParameters.jumps(isSwapped ? 0 : 1, section, bytes))
    let offset = lexicon.first.count
    for (word, number) in sources.enumerated() {
      guard let number else { continue }
      knowledge.source[word] = LinkParameters.word(
        isSwapped ? offset + number : number, section, bytes)
    }
    for (word, number) in targets.enumerated() {
      guard let number else { continue }
      knowledge.target[word] = LinkParameters.word(
        isSwapped ? number : offset + number, section, bytes)
    }
    var targetOf = [UInt32](repeating: .max, count: there.count)
    for (word, number) in targets.enumerated() {
      if let number { targetOf[number] = UInt32(word) }
    }
    for (word, number) in sources.enumerated() {
      guard let number else { continue }
      let links = knowledge.source[word].links
      here.forEachEntry(of: number, in: bytes) { other, q in
        guard other < targetOf.count, targetOf[other] != .max else { return }
        knowledge.pairs.append(
          (UInt32(word), targetOf[other], links * LexiconFormat.probabilities[Int(q)]))
      }
    }
    // Words that the empty source word makes stand in its row; words that the empty target word makes,
    // in the other rows of the file.
    if let number = targets[0] {
      var sourceOf = [UInt32](repeating: .max, count: here.count)
      for (word, number) in sources.enumerated() {
        if let number { sourceOf[number] = UInt32(word) }
      }
      let links = knowledge.target[0].links
      there.forEachEntry(of: number, in: bytes) { other, q in
        guard other < sourceOf.count, sourceOf[other] != .max else { return }
        knowledge.pairs.append(
          (sourceOf[other], 0, links * LexiconFormat.probabilities[Int(q)]))
      }
    }
    return knowledge
  }
}

/// What a ``LinkModel`` knows of the words of a corpus, by the corpus's own numbers.
struct LinkKnowledge: Sendable {
  /// Linked words with the number of their links; word 0 of a side is the empty one.
  var pairs: [(source: UInt32, target: UInt32, count: Float)] = []
  /// For each word how often it was linked, and to how many words at once.
  var source: [LinkParameters.Word]
  var target: [LinkParameters.Word]
  /// P(jump) from −16 to 16 for words of the target, then for words of the source.
  let forwardJumps: [Float]
  let backwardJumps: [Float]

  init(sourceWords: Int, targetWords: Int, forwardJumps: [Float], backwardJumps: [Float]) {
    source = Array(repeating: LinkParameters.Word(), count: sourceWords)
    target = Array(repeating: LinkParameters.Word(), count: targetWords)
    self.forwardJumps = forwardJumps
    self.backwardJumps = backwardJumps
  }
}

/// The part of a ``LinkModel`` that other lexicons lack, as bytes.
enum LinkParameters {
  /// Fertilities 0, 1, 2, and 3 and more.
  static let classes = 4
  private static let wordLength = 6
  private static let jumpCount = 2 * JumpTable.reach + 1

  /// The links of one word.
  struct Word: Sendable, Hashable {
    /// How many links it had in all.
    var links: Float = 0
    /// The shares of its occurrences with 0, 1, 2 and more links; all 0 when nothing is known.
    var shares = SIMD4<Float>.zero
  }

  static func length(words: Int) -> Int { 8 * jumpCount + wordLength * words }

  static func encode(forwardJumps: [Float], backwardJumps: [Float], words: [Word]) -> [UInt8] {
    precondition(forwardJumps.count == jumpCount && backwardJumps.count == jumpCount)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length(words: words.count))
    for jump in forwardJumps + backwardJumps {
      for shift in 0..<4 {
        bytes.append(UInt8(truncatingIfNeeded: jump.bitPattern >> UInt32(8 * shift)))
      }
    }
    for word in words {
      let links = LexiconFormat.quantise(count: Double(word.links))
      bytes += [UInt8(truncatingIfNeeded: links), UInt8(truncatingIfNeeded: links >> 8)]
      for index in 0..<classes {
        bytes.append(UInt8(max(0, min(255, (word.shares[index] * 255).rounded()))))
      }
    }
    return bytes
  }

  /// One of the two tables of jumps; what is no probability counts as a small one.
  static func jumps(
    _ table: Int, _ section: Range<Int>, _ bytes: borrowing RawSpan
  ) -> [Float] {
    var jumps: [Float] = []
    for index in 0..<jumpCount {
      let place = section.lowerBound + 4 * (table * jumpCount + index)
      let value = Float(bitPattern: bytes.uint32(at: place) ?? 0)
      jumps.append(value > 1e-6 && value <= 1 ? value : 1e-6)
    }
    return jumps
  }

  /// The parameters of a word, by its number among those of both languages.
  static func word(_ number: Int, _ section: Range<Int>, _ bytes: borrowing RawSpan) -> Word {
    let place = section.lowerBound + 8 * jumpCount + wordLength * number
    var word = Word()
    word.links = Float(LexiconFormat.count(of: bytes.uint16(at: place) ?? 0))
    for index in 0..<classes {
      word.shares[index] = Float(bytes.byte(at: place + 2 + index) ?? 0) / 255
    }
    return word
  }
}
