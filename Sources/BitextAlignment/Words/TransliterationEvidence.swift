/// Names of the Latin script and the Chinese characters that write their sound, as priors for linking.
///
/// The word break cuts 卡尔扎伊 (*Karzai*) into single characters, which no lexicon lists. Where a run of
/// transliterating characters sounds like a word of the translation, each of its words may be linked
/// with it.
enum TransliterationEvidence {
  /// The pseudo-count of a pair that sounds the same.
  static let certain: Float = 8
  private static let least = 0.75
  private static let shortestName = 4
  private static let longestRun = 9

  /// The priors of the wanted pairs of a corpus, in the order of its pieces.
  static func priors(of corpus: LinkCorpus) -> [LinkPrior] {
    var found: [UInt64: Double] = [:]
    var order: [UInt64] = []
    var names = Names()
    for (index, piece) in corpus.pieces.enumerated() where piece.wanted >= 0 {
      for isReversed in [false, true] {
        let (latin, han) =
          isReversed ? (corpus.target, corpus.source) : (corpus.source, corpus.target)
        for match in matches(latin, han, piece: index, &names) {
          let (source, target) = isReversed ? (match.han, match.latin) : (match.latin, match.han)
          let key = UInt64(source) << 32 | UInt64(target)
          if found[key] == nil { order.append(key) }
          found[key] = max(found[key] ?? 0, match.similarity)
        }
      }
    }
    return order.map { key in
      LinkPrior(
        source: corpus.source.keys[Int(key >> 32)],
        target: corpus.target.keys[Int(key & 0xFFFF_FFFF)],
        count: certain * Float(found[key] ?? 0))
    }
  }

  private struct Match {
    let latin: UInt32
    let han: UInt32
    let similarity: Double
  }

  /// What is known of the spellings of both sides, each asked once.
  private struct Names {
    var skeletons: [String: PhoneticSkeleton?] = [:]
    var characters: [String: [Unicode.Scalar]] = [:]

    mutating func skeleton(of word: String) -> PhoneticSkeleton? {
      if let known = skeletons[word] { return known }
      var skeleton: PhoneticSkeleton?
      if word.unicodeScalars.count >= TransliterationEvidence.shortestName,
        word.unicodeScalars.allSatisfy({ $0.value < 0x250 && $0.properties.isAlphabetic })
      {
        let found = PhoneticSkeleton(latin: word)
        if found.classes.count >= 2 { skeleton = found }
      }
      skeletons[word] = .some(skeleton)
      return skeleton
    }

    /// The characters of a word that may be part of a name; none for any other word.
    mutating func transliterating(_ word: String) -> [Unicode.Scalar] {
      if let known = characters[word] { return known }
      let scalars = Array(word.unicodeScalars)
      let found = scalars.allSatisfy(PhoneticSkeleton.transliterates) ? scalars : []
      characters[word] = found
      return found
    }
  }

  private static func matches(
    _ latin: LinkCorpus.Side, _ han: LinkCorpus.Side, piece: Int, _ names: inout Names
  ) -> [Match] {
    // Runs of at least two words of which one is a single character: what is whole needs no help.
    var runs: [Range<Int>] = []
    var start: Int?
    let place = han.piece(piece)
    for token in place.lowerBound...place.upperBound {
      let isPart =
        token < place.upperBound
        && !names.transliterating(han.spellings[Int(han.written[token])]).isEmpty
      if isPart {
        start = start ?? token
      } else if let from = start {
        if token - from >= 2 { runs.append(from..<token) }
        start = nil
      }
    }
    guard !runs.isEmpty else { return [] }
    var matches: [Match] = []
    for token in latin.piece(piece) {
      guard let skeleton = names.skeleton(of: latin.spellings[Int(latin.written[token])]) else {
        continue
      }
      var best: (score: Double, similarity: Double, part: Range<Int>)?
      for run in runs {
        for first in run {
          var characters: [Unicode.Scalar] = []
          for last in first..<run.upperBound {
            characters += names.transliterating(han.spellings[Int(han.written[last])])
            if characters.count > longestRun { break }
            guard last > first, let other = PhoneticSkeleton(han: characters),
              other.classes.count >= 2
            else { continue }
            let similarity = skeleton.similarity(to: other)
            let shortest = min(skeleton.classes.count, other.classes.count)
            guard similarity >= (shortest >= 3 ? least : 1) else { continue }
            // A sound without consonants at either end belongs to the name more often than not.
            let score = similarity + 0.01 * Double(last - first)
            if score > best?.score ?? 0 { best = (score, similarity, first..<(last + 1)) }
          }
        }
      }
      guard let best else { continue }
      for part in best.part {
        matches.append(
          Match(
            latin: latin.tokens[token], han: han.tokens[part], similarity: best.similarity))
      }
    }
    return matches
  }
}
