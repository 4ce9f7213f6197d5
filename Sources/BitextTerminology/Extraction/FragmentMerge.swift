internal import BitextCore

/// Glues what the word break cut out of unknown Chinese words.
///
/// Two neighbours X and Y become one token when they always stand together: the pair is as frequent as
/// each of them, at least twice, and one of them is a single character. 数字|鸿|沟 becomes 数字|鸿沟.
/// A looser rule (glue to any frequent neighbour) made 数字利维坦 one token.
enum FragmentMerge {
  static func merge(_ sentences: inout [TermSentence], tokenizer: TermTokenizer) {
    for _ in 0..<4 {
      var single: [String: Int] = [:]
      var pairs: [String: Int] = [:]
      for sentence in sentences {
        for (index, token) in sentence.tokens.enumerated() where token.kind == .han {
          single[token.text, default: 0] += 1
          if let next = Self.partner(of: index, in: sentence) {
            pairs[token.text + "|" + next.text, default: 0] += 1
          }
        }
      }
      var hasMerged = false
      for index in sentences.indices {
        var tokens: [TermToken] = []
        var position = 0
        let sentence = sentences[index]
        while position < sentence.tokens.count {
          let token = sentence.tokens[position]
          if token.kind == .han, let next = partner(of: position, in: sentence),
            let count = single[token.text], count >= 2, single[next.text] == count,
            pairs[token.text + "|" + next.text] == count
          {
            let span = TextSpan(start: token.span.start, end: next.span.end)
            tokens.append(
              tokenizer.token(String(sentence.text[span]), span, isGlued: token.isGlued))
            position += 2
            hasMerged = true
          } else {
            tokens.append(token)
            position += 1
          }
        }
        sentences[index].tokens = tokens
      }
      if !hasMerged { return }
    }
  }

  /// The Han token behind, when the two may be one word.
  private static func partner(of index: Int, in sentence: TermSentence) -> TermToken? {
    guard index + 1 < sentence.tokens.count else { return nil }
    let (token, next) = (sentence.tokens[index], sentence.tokens[index + 1])
    guard next.kind == .han, next.isGlued, token.text.count == 1 || next.text.count == 1,
      !token.isBorder, !next.isBorder, !token.isName || token.text.count == 1
    else { return nil }
    return next
  }
}
