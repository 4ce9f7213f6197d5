internal import BitextAlignment
internal import BitextCore

/// The pairs of forms of two languages with what speaks for each.
struct LanguagePairTerms: Sendable {
  var pairs: [PairStatistics]
  var features: [PairFeatures]
  var scores: [Double] = []
  /// For each source form the pairs that hold it, best first; likewise for target forms.
  var bySource: [[Int]]

  /// - Parameter sounds: How alike names sound, by the lower-case words of both sides.
  init(
    source: TermDocument, target: TermDocument, posteriors: [LinkPosterior], evidence: WordEvidence,
    sounds: [String: Double], profiles: (source: WordProfile, target: WordProfile)
  ) {
    pairs = PairScorer.statistics(source, target, posteriors)
    bySource = Array(repeating: [], count: source.forms.count)
    var byTarget = [[Int]](repeating: [], count: target.forms.count)
    for (index, pair) in pairs.enumerated() {
      bySource[pair.source].append(index)
      byTarget[pair.target].append(index)
    }
    let (sourceRecount, targetRecount) = (Recount(source), Recount(target))
    for index in pairs.indices {
      let units = sourceRecount.units(
        of: pairs[index], with: targetRecount, source: source, target: target)
      guard units.count > pairs[index].units.count else { continue }
      // Where the word break hid the term its links cannot be scored: the others speak for them.
      let share = Double(units.count) / Double(pairs[index].units.count)
      pairs[index].scores *= share
      pairs[index].sourceCoverage *= share
      pairs[index].targetCoverage *= share
      pairs[index].units = units
    }
    let (sourceNested, targetNested) = (Nesting.shares(source), Nesting.shares(target))
    // The best longer pair around each pair.
    let longer = Self.longer(pairs, source, target)
    features = []
    for (index, pair) in pairs.enumerated() {
      let a = source.examples[pair.source]
      let b = target.examples[pair.target]
      let n = Double(pair.units.count)
      let mean = pair.mean
      let aWords = source.words[pair.source]
      let bWords = target.words[pair.target]
      func margin(_ others: [Int]) -> Double {
        var best = 0.0
        for other in others where other != index { best = max(best, pairs[other].scores) }
        return (pair.scores - best) / max(pair.scores, best)
      }
      let support = evidence.support(aWords, bWords)
      let aRarity = aWords.map { profiles.source.rarity(of: $0) ?? 0.5 }
      let bRarity = bWords.map { profiles.target.rarity(of: $0) ?? 0.5 }
      func average(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
      }
      let surfaceA = TermForm.folded(source.surface(of: pair.source))
      let surfaceB = TermForm.folded(target.surface(of: pair.target))
      let identical = surfaceA == surfaceB ? 1.0 : 0
      var sound = 0.0
      for x in aWords {
        for y in bWords { sound = max(sound, sounds[x + "\t" + y] ?? 0) }
      }
      let single = a.contentWords == 1 && b.contentWords == 1 ? 1.0 : 0
      let multi = a.contentWords > 1 ? 1.0 : 0
      let aCut =
        1 - Double(source.freeCounts[pair.source]) / Double(max(1, source.counts[pair.source]))
      let bCut =
        1 - Double(target.freeCounts[pair.target]) / Double(max(1, target.counts[pair.target]))
      let bothName = a.names * b.names
      features.append(
        PairFeatures(values: [
          1, mean, pair.best, min(3, n.logarithm2),
          2 * n
            / Double(
              max(
                2 * pair.units.count,
                sourceRecount.units[pair.source].count + targetRecount.units[pair.target].count)),
          multi, b.contentWords > 1 ? 1 : 0, single * (1 - a.names), a.names, b.names, bothName,
          identical,
          sound, a.noun, b.noun, multi * a.edge, b.contentWords > 1 ? b.edge : 0,
          aRarity.min() ?? 0, average(aRarity), average(bRarity), aCut, bCut,
          Double(a.functionWords), Double(b.functionWords), support.source, support.target,
          Double(abs(a.contentWords - b.contentWords)),
          Double(source.articles[pair.source]) / Double(max(1, source.counts[pair.source])),
          max(0, longer[index] - mean), margin(bySource[pair.source]),
          margin(byTarget[pair.target]),
          a.names > 0 && a.names < 1 ? 1 : 0,
          Double(max(0, max(a.contentWords, b.contentWords) - 3)),
          pair.sourceCoverage / n, pair.targetCoverage / n, b.names > 0 && b.names < 1 ? 1 : 0,
          n > 1 ? 1 : 0, single * average(aRarity), n > 1 ? 0 : bothName, single * a.noun,
          multi * a.noun,
          min(support.source, support.target), sourceNested[pair.source],
          targetNested[pair.target],
        ]))
    }
  }

  /// For each pair the best mean score of a pair whose forms both hold it and that occurs as often.
  private static func longer(
    _ pairs: [PairStatistics], _ source: TermDocument, _ target: TermDocument
  ) -> [Double] {
    var longer = [Double](repeating: 0, count: pairs.count)
    var byUnit: [[Int]] = Array(repeating: [], count: source.sentences.count)
    for (index, pair) in pairs.enumerated() {
      for unit in pair.units { byUnit[unit].append(index) }
    }
    for (index, pair) in pairs.enumerated() {
      guard let unit = pair.units.first else { continue }
      for other in byUnit[unit] where other != index {
        let outer = pairs[other]
        guard outer.units.count >= pair.units.count, outer.mean > longer[index],
          holds(source.words[outer.source], source.words[pair.source]),
          holds(target.words[outer.target], target.words[pair.target]),
          source.words[outer.source].count + target.words[outer.target].count
            > source.words[pair.source].count + target.words[pair.target].count
        else { continue }
        longer[index] = outer.mean
      }
    }
    return longer
  }

  /// Whether all words of the inner term stand in the outer one.
  private static func holds(_ outer: [String], _ inner: [String]) -> Bool {
    inner.count <= outer.count && inner.allSatisfy(outer.contains)
  }
}

extension Double {
  /// The logarithm to base 2 of a positive number.
  fileprivate var logarithm2: Double {
    Double(exponent) + (significand - 1) * (2.0 - 0.0) / (significand + 1.0)
      / 0.693_147_180_559_945_3
  }
}
