internal import BitextAlignment
internal import BitextCore

/// Finds foreign names in Chinese sentences by their sound.
///
/// The word break of ICU cuts 瓦尔帕莱索 into 瓦尔|帕|莱|索. Runs of characters that transliterate are
/// compared with the names of the translation (`PhoneticSkeleton`); what sounds alike becomes one token,
/// and so does a long run of single characters that sounds like nothing there.
struct TransliteratedNames {
  /// A Chinese token and the name that it sounds like.
  struct Match: Sendable, Hashable {
    let han: String
    let latin: String
    let similarity: Double
  }

  /// Merges the tokens of names.
  ///
  /// - Parameters:
  ///   - sentence: A Chinese sentence.
  ///   - names: Words of the translations that are written as names, distinct, in order.
  /// - Returns: What sounds alike.
  static func merge(_ sentence: inout TermSentence, names: [String], tokenizer: TermTokenizer)
    -> [Match]
  {
    let skeletons = names.map { PhoneticSkeleton(latin: $0) }
    let characters = Array(sentence.text.unicodeScalars)
    var offsets: [UInt32] = [0]
    for character in characters { offsets.append(offsets.last! + UInt32(UTF8.width(character))) }
    var starts: Set<UInt32> = []
    for token in sentence.tokens { starts.formUnion([token.span.start, token.span.end]) }
    var matches: [Match] = []
    var merged: [TextSpan] = []
    var from = 0
    while from < characters.count {
      guard PhoneticSkeleton.transliterates(characters[from]) else {
        from += 1
        continue
      }
      var to = from
      while to < characters.count, PhoneticSkeleton.transliterates(characters[to]) { to += 1 }
      defer { from = to }
      guard to - from >= 2 else { continue }
      find(
        in: from..<to, of: characters, offsets: offsets, starts: starts, names: names,
        skeletons: skeletons, sentence: sentence, &matches, &merged)
    }
    if !merged.isEmpty { retokenize(&sentence, merged, tokenizer: tokenizer) }
    return matches
  }

  private static func find(
    in run: Range<Int>, of characters: [Unicode.Scalar], offsets: [UInt32], starts: Set<UInt32>,
    names: [String], skeletons: [PhoneticSkeleton], sentence: TermSentence,
    _ matches: inout [Match], _ merged: inout [TextSpan]
  ) {
    var best: (score: Double, similarity: Double, part: Range<Int>, name: Int)?
    for first in run {
      for last in (first + 2)...max(first + 2, min(run.upperBound, first + 9))
      where last <= run.upperBound {
        guard let skeleton = PhoneticSkeleton(han: characters[first..<last]),
          skeleton.classes.count >= 2
        else { continue }
        for (name, other) in skeletons.enumerated() where other.classes.count >= 2 {
          let similarity = skeleton.similarity(to: other)
          let shortest = min(skeleton.classes.count, other.classes.count)
          let isWholeRun = first == run.lowerBound && last == run.upperBound
          let needed = shortest >= 3 ? (isWholeRun && last - first >= 3 ? 0.6 : 0.75) : 1
          guard similarity >= needed else { continue }
          var score = similarity + 0.02 * Double(shortest)
          // Ends that others see too: of the run, or of a word.
          if first == run.lowerBound { score += 0.05 }
          if last == run.upperBound { score += 0.05 }
          if starts.contains(offsets[first]) { score += 0.1 }
          if starts.contains(offsets[last]) { score += 0.1 }
          if score > best?.score ?? 0 { best = (score, similarity, first..<last, name) }
        }
      }
    }
    if let best {
      let span = TextSpan(start: offsets[best.part.lowerBound], end: offsets[best.part.upperBound])
      merged.append(span)
      matches.append(
        Match(
          han: String(sentence.text[span]), latin: names[best.name], similarity: best.similarity))
      for rest in [run.lowerBound..<best.part.lowerBound, best.part.upperBound..<run.upperBound]
      where rest.count >= 2 {
        find(
          in: rest, of: characters, offsets: offsets, starts: starts, names: names,
          skeletons: skeletons, sentence: sentence, &matches, &merged)
      }
      return
    }
    // Nothing sounds alike; three characters and more that are words of one character each are a name.
    let span = TextSpan(start: offsets[run.lowerBound], end: offsets[run.upperBound])
    let inside = sentence.tokens.filter { $0.span.start >= span.start && $0.span.end <= span.end }
    if run.count >= 3, starts.contains(span.start), starts.contains(span.end), inside.count >= 2,
      inside.filter({ $0.span.count > 3 }).count * 2 <= inside.count
    {
      merged.append(span)
    }
  }

  /// Makes each span one token; what it cuts off its neighbours stands alone.
  private static func retokenize(
    _ sentence: inout TermSentence, _ spans: [TextSpan], tokenizer: TermTokenizer
  ) {
    var tokens: [TermToken] = []
    let ordered = spans.sorted()
    var next = 0
    func append(_ start: UInt32, _ end: UInt32, isName: Bool, isGlued: Bool) {
      guard start < end else { return }
      let span = TextSpan(start: start, end: end)
      var token = tokenizer.token(String(sentence.text[span]), span, isGlued: isGlued)
      if isName {
        token.isName = true
        token.isBorder = false
        token.isInner = false
        token.isNever = false
        token.noun = 1
      }
      tokens.append(token)
    }
    for token in sentence.tokens {
      var start = token.span.start
      while next < ordered.count, ordered[next].start < token.span.end {
        let span = ordered[next]
        if start < span.start { append(start, span.start, isName: false, isGlued: true) }
        if span.start >= token.span.start {
          append(span.start, span.end, isName: true, isGlued: true)
        }
        start = max(start, min(span.end, token.span.end))
        if span.end > token.span.end { break }
        next += 1
      }
      if start == token.span.start {
        if next < ordered.count, ordered[next].start < start { continue }
        tokens.append(token)
      } else if start < token.span.end {
        append(start, token.span.end, isName: false, isGlued: true)
      }
    }
    sentence.tokens = tokens
  }
}
