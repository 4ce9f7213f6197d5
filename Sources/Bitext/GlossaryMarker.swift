public import BitextCore
public import BitextMemory
internal import BitextTerminology
internal import Synchronization

/// Marks the terms by which a glossary translates given words.
///
/// Where the words are part of a term of the glossary, the term's translation is marked in the target, in
/// whatever number it stands there; other words are left to another marker.
///
///     let marker = GlossaryMarker(concepts, otherwise: LexiconMarker())
///     memory.concordance(query, marker: marker)
public final class GlossaryMarker: TranslationMarker {
  /// The concepts of the glossary.
  public let concepts: [ConceptEntry]

  private let fallback: (any TranslationMarker)?
  private let recognizers = Mutex<[LanguageTag: (source: TermRecognizer, target: TermRecognizer)]>(
    [:])

  /// - Parameters:
  ///   - concepts: The glossary.
  ///   - otherwise: Is asked where the glossary does not know the words.
  public init(_ concepts: [ConceptEntry], otherwise: (any TranslationMarker)? = nil) {
    self.concepts = concepts
    fallback = otherwise
  }

  public func mark(
    _ spans: [TextSpan], in source: Segment, _ sourceLanguage: LanguageTag, of target: Segment,
    _ targetLanguage: LanguageTag
  ) -> MarkedTranslation? {
    let asked = recognizer(for: sourceLanguage).source.hits(in: source.text).filter { hit in
      spans.contains { $0.start < hit.span.end && hit.span.start < $0.end }
    }
    if !asked.isEmpty {
      let wanted = Set(asked.map(\.concept))
      let recognizer = recognizer(for: targetLanguage).target
      var found = recognizer.hits(in: target.text).filter { wanted.contains($0.concept) }.map(
        \.span)
      found = Self.longest(found)
      if !found.isEmpty {
        return MarkedTranslation(spans: found, confidence: Confidence(1))
      }
    }
    return fallback?.mark(spans, in: source, sourceLanguage, of: target, targetLanguage)
  }

  /// The spans that lie in no other one, ascending; of two that overlap the first.
  private static func longest(_ spans: [TextSpan]) -> [TextSpan] {
    var kept: [TextSpan] = []
    for span in spans.sorted(by: { $0.start != $1.start ? $0.start < $1.start : $0.end > $1.end })
    where span.start >= kept.last?.end ?? 0 {
      kept.append(span)
    }
    return kept
  }

  private func recognizer(
    for language: LanguageTag
  ) -> (source: TermRecognizer, target: TermRecognizer) {
    recognizers.withLock { known in
      if let made = known[language] { return made }
      var options = TermRecognizer.Options()
      options.overlap = .all
      options.boundaries = .anywhere
      let made = (
        TermRecognizer(concepts, language: language),
        TermRecognizer(concepts, language: language, options: options)
      )
      known[language] = made
      return made
    }
  }
}
