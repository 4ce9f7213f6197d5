/// Sentence pairs as numbers, ready to be linked.
///
/// Words become keys (`LinkKey`), keys become numbers in the order of their first appearance. Pairs
/// whose links are wanted and pairs that only teach stand side by side: all are linked in one run.
public struct LinkCorpus: Sendable {
  /// The longest side that is linked as a whole; longer pairs are cut in proportion.
  public static let maximumWords = 512

  /// The words of one language.
  struct Side: Sendable {
    /// The keys, by number; number 0 is the empty word that no key has.
    var keys: [String] = [""]
    var numbers: [String: UInt32] = [:]
    /// What words were seen, so that each is folded once: their place in `spellings`.
    var words: [String: UInt32] = [:]
    /// The same words, as they were written, in the order of their first appearance.
    var spellings: [String] = []
    /// The key of each spelling.
    var keyOfSpelling: [UInt32] = []
    /// The spelling of each token.
    var written: [UInt32] = []
    /// The words of all pieces, one after the other.
    var tokens: [UInt32] = []
    /// Where each piece begins in `tokens`; one more than there are pieces.
    var starts: [Int] = [0]

    mutating func append(_ word: String, _ key: LinkKey) {
      let spelling = words[word] ?? add(word, key)
      written.append(spelling)
      tokens.append(keyOfSpelling[Int(spelling)])
    }

    /// Numbers a new spelling.
    private mutating func add(_ word: String, _ key: LinkKey) -> UInt32 {
      let folded = key(word)
      let number: UInt32
      if let known = numbers[folded] {
        number = known
      } else {
        number = UInt32(keys.count)
        keys.append(folded)
        numbers[folded] = number
      }
      let spelling = UInt32(spellings.count)
      words[word] = spelling
      spellings.append(word)
      keyOfSpelling.append(number)
      return spelling
    }

    func piece(_ index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }
  }

  /// A part of a pair that is linked as a whole; nearly always the pair itself.
  struct Piece: Sendable {
    /// The index of the pair among the wanted ones; negative when it only teaches.
    var wanted: Int
    /// Words of the pair that stand before the piece.
    var sourceOffset: Int
    var targetOffset: Int
  }

  private(set) var source = Side()
  private(set) var target = Side()
  private(set) var pieces: [Piece] = []
  /// The lengths of the wanted pairs, in words.
  private(set) var wanted: [(source: Int, target: Int)] = []
  /// The wanted pairs that were cut because a side had more than `maximumWords` words.
  public private(set) var cutPairs: [Int] = []
  private let key = LinkKey()

  public init() {}

  /// The number of pairs whose links are wanted.
  public var count: Int { wanted.count }

  /// Adds a pair whose links are wanted. Either side may be empty.
  public mutating func append(source sourceWords: [String], target targetWords: [String]) {
    wanted.append((sourceWords.count, targetWords.count))
    add(sourceWords, targetWords, wanted: wanted.count - 1)
  }

  /// Adds a pair that only teaches.
  public mutating func appendTraining(source sourceWords: [String], target targetWords: [String]) {
    add(sourceWords, targetWords, wanted: -1)
  }

  private mutating func add(_ sourceWords: [String], _ targetWords: [String], wanted: Int) {
    guard !sourceWords.isEmpty, !targetWords.isEmpty else { return }
    let longest = max(sourceWords.count, targetWords.count)
    let count = (longest + Self.maximumWords - 1) / Self.maximumWords
    if count > 1, wanted >= 0 { cutPairs.append(wanted) }
    var sourceFrom = 0
    var targetFrom = 0
    for index in 1...count {
      let sourceTo =
        index == count
        ? sourceWords.count
        : Self.cut(sourceWords, near: sourceWords.count * index / count, after: sourceFrom)
      let targetTo =
        index == count
        ? targetWords.count
        : Self.cut(targetWords, near: targetWords.count * index / count, after: targetFrom)
      if sourceTo > sourceFrom, targetTo > targetFrom {
        for word in sourceWords[sourceFrom..<sourceTo] { source.append(word, key) }
        for word in targetWords[targetFrom..<targetTo] { target.append(word, key) }
        source.starts.append(source.tokens.count)
        target.starts.append(target.tokens.count)
        pieces.append(Piece(wanted: wanted, sourceOffset: sourceFrom, targetOffset: targetFrom))
      }
      (sourceFrom, targetFrom) = (sourceTo, targetTo)
    }
  }

  /// The place after the punctuation mark that is nearest to `position`, at most 32 words away.
  private static func cut(_ words: [String], near position: Int, after start: Int) -> Int {
    for distance in 0...32 {
      for place in [position - distance, position + distance]
      where place > start && place < words.count {
        if words[place - 1].unicodeScalars.allSatisfy({
          !$0.properties.isAlphabetic && $0.value > 0x20
        })
          && !words[place - 1].unicodeScalars.contains(where: { $0.properties.numericType != nil })
        {
          return place
        }
      }
    }
    return max(start, position)
  }
}
