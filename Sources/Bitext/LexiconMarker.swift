internal import BitextAlignment
public import BitextCore
public import BitextMemory
internal import BitextText
internal import Synchronization

/// Marks the part of a translation that translates given words, by linking words through lexicons.
///
/// Both sentences are cut into words and linked by `WordAligner`, with the lexicons and glossaries as
/// prior. Where they know no pair of words of the two sentences, nothing is marked: two sentences alone
/// teach nothing.
public final class LexiconMarker: TranslationMarker {
  /// Marks below this confidence are not given.
  public let minimumConfidence: Double

  private let evidence: CombinedEvidence
  private let aligner = WordAligner()
  private let segmenters = Mutex<[LanguageTag: WordSegmenter]>([:])

  /// - Parameters:
  ///   - knowledge: What is known of words, and of terms.
  ///   - minimumConfidence: Marks below it are not given.
  /// - Precondition: `minimumConfidence` is in `0...1`.
  public init(_ knowledge: Knowledge = .shipped, minimumConfidence: Double = 0.3) {
    precondition(
      (0...1).contains(minimumConfidence), "confidence \(minimumConfidence) is outside 0...1")
    self.minimumConfidence = minimumConfidence
    let glossaries = knowledge.glossaries.map { GlossaryEvidence($0) as any LexicalEvidence }
    evidence = CombinedEvidence(knowledge.lexicons + glossaries)
  }

  /// - Complexity: O(source words · target words), some 0.1 ms for two sentences of ten words; longer
  ///   sides than `LinkCorpus.maximumWords` are not marked.
  public func mark(
    _ spans: [TextSpan], in source: Segment, _ sourceLanguage: LanguageTag, of target: Segment,
    _ targetLanguage: LanguageTag
  ) -> MarkedTranslation? {
    guard !spans.isEmpty, source.text.utf8.count < 16_384, target.text.utf8.count < 16_384 else {
      return nil
    }
    let left = segmenter(for: sourceLanguage).words(in: source.text)
    let right = segmenter(for: targetLanguage).words(in: target.text)
    guard !left.isEmpty, !right.isEmpty, left.count <= LinkCorpus.maximumWords,
      right.count <= LinkCorpus.maximumWords
    else { return nil }
    var corpus = LinkCorpus()
    corpus.append(
      source: left.map { String(source.text[$0.span]) },
      target: right.map { String(target.text[$0.span]) })
    let priors = corpus.priors(from: evidence, source: sourceLanguage, target: targetLanguage)
    // What stands for words that do not occur says nothing about those that do.
    guard priors.contains(where: { $0.source != "\n" && $0.target != "\n" }),
      let posterior = aligner.posteriors(of: corpus, priors: priors).first
    else { return nil }
    let links = posterior.links(by: .standard)
    let wanted = left.indices.filter { index in
      spans.contains { $0.start < left[index].span.end && left[index].span.start < $0.end }
    }
    return Self.mark(wanted, left, right, links, minimum: minimumConfidence)
  }

  private static func mark(
    _ wanted: [Int], _ left: [Word], _ right: [Word], _ links: [WordLink], minimum: Double
  ) -> MarkedTranslation? {
    let asked = Set(wanted)
    var isMarked = [Bool](repeating: false, count: right.count)
    var isTaken = isMarked
    var best: [Int: Double] = [:]
    for link in links {
      guard asked.contains(link.source) else {
        isTaken[link.target] = true
        continue
      }
      isMarked[link.target] = true
      best[link.source] = max(best[link.source] ?? 0, link.confidence.probability)
    }
    // A mark of punctuation has no translation to be sure of.
    let counted = wanted.filter { left[$0].kind != .punctuation }
    guard !counted.isEmpty, isMarked.contains(true) else { return nil }
    let confidence = counted.reduce(0) { $0 + (best[$1] ?? 0) } / Double(counted.count)
    guard confidence >= minimum else { return nil }
    // A word between two marked ones that belongs to nothing else goes with them: "ley de datos".
    if right.count > 2 {
      for index in 1..<(right.count - 1)
      where isMarked[index - 1] && isMarked[index + 1] && !isTaken[index]
        && right[index].kind != .punctuation
      {
        isMarked[index] = true
      }
    }
    var spans: [TextSpan] = []
    for index in right.indices where isMarked[index] {
      if index > 0, isMarked[index - 1], let last = spans.last {
        spans[spans.count - 1] = TextSpan(start: last.start, end: right[index].span.end)
      } else {
        spans.append(right[index].span)
      }
    }
    return MarkedTranslation(spans: spans, confidence: Confidence(min(1, confidence)))
  }

  private func segmenter(for language: LanguageTag) -> WordSegmenter {
    segmenters.withLock { known in
      if let segmenter = known[language] { return segmenter }
      let segmenter = WordSegmenter(language: language)
      known[language] = segmenter
      return segmenter
    }
  }
}
