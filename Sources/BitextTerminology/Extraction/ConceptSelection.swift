internal import BitextCore

/// Chooses concepts among the scored pairs, best first, so that each form is used once.
struct ConceptSelection {
  /// A form of each language, the pairs that join them, and what speaks for the whole.
  struct Proposal {
    var forms: [Int]
    var pairs: [Int]
    var logits: [Double]
    var joined: [Double] = []
    var logit = 0.0
  }

  let proposals: [Proposal]
  private let analysis: ExtractionAnalysis

  /// - Parameter learned: Weights in place of the shipped ones.
  init(_ analysis: ExtractionAnalysis, weights learned: TermWeightSet? = nil) {
    self.analysis = analysis
    let logits = analysis.pairs.enumerated().map { index, terms in
      let (first, second) = (analysis.languages[0], analysis.languages[index + 1])
      let isChinese = first.language == "zh" || second.language == "zh"
      let weights = learned?.weights(isChinese: isChinese) ?? (isChinese ? .chinese : .latin)
      // The weights want the alphabet first.
      let isSwapped = first.language == "zh" && second.language != "zh"
      return terms.features.map { weights.logit(isSwapped ? $0.swapped : $0) }
    }
    var proposals: [Proposal] = []
    for form in analysis.documents[0].forms.indices {
      proposals += Self.proposals(form, analysis, logits)
    }
    proposals.sort {
      $0.logit != $1.logit ? $0.logit > $1.logit : $0.forms.lexicographicallyPrecedes($1.forms)
    }
    self.proposals = proposals
  }

  /// The chosen concepts, best first.
  func concepts(_ options: TermExtractor.Options) -> [ExtractedConcept] {
    var used = analysis.documents.map { [Bool](repeating: false, count: $0.forms.count) }
    var concepts: [ExtractedConcept] = []
    for proposal in proposals {
      let probability = TermWeights.probability(ofLogit: proposal.logit)
      guard probability >= options.minimumScore else { break }
      if zip(used, proposal.forms).contains(where: { $0[$1] }) { continue }
      let count = analysis.documents[0].counts[proposal.forms[0]]
      guard count >= options.minimumCount else { continue }
      for (language, form) in proposal.forms.enumerated() { used[language][form] = true }
      concepts.append(concept(proposal, probability: probability, count: count, options))
    }
    return concepts
  }

  /// The combinations of the best targets of a pivot form in each language.
  private static func proposals(
    _ form: Int, _ analysis: ExtractionAnalysis, _ logits: [[Double]]
  ) -> [Proposal] {
    var open = [Proposal(forms: [form], pairs: [], logits: [])]
    for (index, terms) in analysis.pairs.enumerated() {
      let best = terms.bySource[form].sorted {
        logits[index][$0] != logits[index][$1] ? logits[index][$0] > logits[index][$1] : $0 < $1
      }.prefix(6)
      open = open.flatMap { proposal in
        best.map { pair in
          var proposal = proposal
          proposal.forms.append(terms.pairs[pair].target)
          proposal.pairs.append(pair)
          proposal.logits.append(logits[index][pair])
          return proposal
        }
      }
    }
    guard analysis.pairs.count > 1 else {
      return open.map { proposal in
        var proposal = proposal
        proposal.logit = proposal.logits[0]
        return proposal
      }
    }
    return open.map { proposal in
      var proposal = proposal
      var cross = 0.0
      var isUnlinked = 0.0
      for link in analysis.cross {
        let known = link.pairs[proposal.forms[link.first] << 32 | proposal.forms[link.second]] ?? 0
        cross += known
        if known == 0 { isUnlinked = 1 }
      }
      let mean = proposal.logits.reduce(0, +) / Double(proposal.logits.count)
      proposal.joined = [
        mean, proposal.logits.min() ?? 0, cross / Double(analysis.cross.count), isUnlinked,
      ]
      proposal.logit = JoinWeights.standard.logit(proposal.joined)
      return proposal
    }
  }

  private func concept(
    _ proposal: Proposal, probability: Double, count: Int, _ options: TermExtractor.Options
  ) -> ExtractedConcept {
    var terms: [LanguageTag: ExtractedTerm] = [:]
    var isName = true
    for (language, form) in proposal.forms.enumerated() {
      let document = analysis.documents[language]
      let named = document.examples[form].names == 1
      if !named { isName = false }
      terms[analysis.languages[language]] = ExtractedTerm(
        text: document.surface(of: form), count: document.counts[form], isName: named,
        variants: document.variants(of: form))
    }
    var units: [Int]?
    var anyUnits: Set<Int> = []
    var linkScore = 0.0
    var dice = 0.0
    var likeness = 0.0
    for (index, pair) in proposal.pairs.enumerated() {
      let statistics = analysis.pairs[index].pairs[pair]
      let features = analysis.pairs[index].features[pair]
      units = units.map { $0.filter(statistics.units.contains) } ?? statistics.units
      anyUnits.formUnion(statistics.units)
      linkScore += statistics.mean
      dice += features["dice"]
      likeness = max(likeness, max(features["identical"], features["sound"]))
    }
    let languages = Double(proposal.pairs.count)
    return ExtractedConcept(
      terms: terms, score: MatchScore(min(1, max(0, probability))), count: count,
      status: probability >= options.acceptedScore ? .accepted : .candidate,
      evidence: TermEvidence(
        units: units.flatMap { $0.isEmpty ? nil : $0 } ?? anyUnits.sorted(),
        linkScore: min(1, linkScore / languages),
        dice: min(1, dice / languages),
        isName: isName, likeness: likeness))
  }
}
