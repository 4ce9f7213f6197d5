internal import BitextCore

/// Chooses concepts among the scored pairs, best first, so that each form is used once.
struct ConceptSelection {
  let concepts: [ExtractedConcept]

  private struct Proposal {
    /// The form of each language.
    var forms: [Int]
    var score: Double
    var pairs: [Int]
  }

  init(_ analysis: ExtractionAnalysis, options: TermExtractor.Options) {
    let scores = analysis.pairs.enumerated().map { index, terms in
      let weights: TermWeights =
        analysis.languages[0].language == "zh" || analysis.languages[index + 1].language == "zh"
        ? .chinese : .latin
      return terms.features.map(weights.score)
    }
    var proposals: [Proposal] = []
    for form in analysis.documents[0].forms.indices {
      proposals += Self.proposals(form, analysis, scores)
    }
    proposals.sort { $0.score != $1.score ? $0.score > $1.score : $0.forms[0] < $1.forms[0] }
    var used = analysis.documents.map { [Bool](repeating: false, count: $0.forms.count) }
    var concepts: [ExtractedConcept] = []
    for proposal in proposals where proposal.score >= options.minimumScore {
      if zip(used, proposal.forms).contains(where: { $0[$1] }) { continue }
      let count = analysis.documents[0].counts[proposal.forms[0]]
      guard count >= options.minimumCount else { continue }
      for (language, form) in proposal.forms.enumerated() { used[language][form] = true }
      concepts.append(Self.concept(proposal, count: count, analysis))
    }
    self.concepts = concepts
  }

  /// The combinations of the best targets of a pivot form in each language.
  private static func proposals(
    _ form: Int, _ analysis: ExtractionAnalysis, _ scores: [[Double]]
  ) -> [Proposal] {
    var open = [Proposal(forms: [form], score: 1, pairs: [])]
    for (index, terms) in analysis.pairs.enumerated() {
      let best = terms.bySource[form].sorted {
        scores[index][$0] != scores[index][$1] ? scores[index][$0] > scores[index][$1] : $0 < $1
      }.prefix(5)
      open = open.flatMap { proposal in
        best.map { pair in
          var proposal = proposal
          proposal.forms.append(terms.pairs[pair].target)
          proposal.pairs.append(pair)
          proposal.score *= scores[index][pair]
          return proposal
        }
      }
    }
    let others = Double(analysis.pairs.count)
    return open.map { proposal in
      var proposal = proposal
      for link in analysis.cross {
        let known = link.pairs[proposal.forms[link.first] << 32 | proposal.forms[link.second]] ?? 0
        proposal.score *= 0.4 + 0.6 * known
      }
      if others > 1 { proposal.score = proposal.score.squareRoot() }
      return proposal
    }
  }

  private static func concept(
    _ proposal: Proposal, count: Int, _ analysis: ExtractionAnalysis
  ) -> ExtractedConcept {
    var terms: [LanguageTag: ExtractedTerm] = [:]
    var isName = true
    for (language, form) in proposal.forms.enumerated() {
      let document = analysis.documents[language]
      let named = document.examples[form].names == 1
      if !named { isName = false }
      terms[analysis.languages[language]] = ExtractedTerm(
        text: document.surface(of: form), count: document.counts[form], isName: named)
    }
    var units: [Int]?
    var linkScore = 0.0
    var dice = 0.0
    var likeness = 0.0
    for (index, pair) in proposal.pairs.enumerated() {
      let statistics = analysis.pairs[index].pairs[pair]
      let features = analysis.pairs[index].features[pair]
      units = units.map { $0.filter(statistics.units.contains) } ?? statistics.units
      linkScore += statistics.mean
      dice += features["dice"]
      likeness = max(likeness, max(features["identical"], features["sound"]))
    }
    let languages = Double(proposal.pairs.count)
    let score = min(1, max(0, proposal.score))
    let isRepeated = (units ?? []).count >= 2
    return ExtractedConcept(
      terms: terms, score: MatchScore(score), count: count,
      status: score >= 0.7 && (isRepeated || isName) ? .accepted : .candidate,
      evidence: TermEvidence(
        units: units ?? [], linkScore: linkScore / languages, dice: min(1, dice / languages),
        isName: isName, likeness: likeness))
  }
}
