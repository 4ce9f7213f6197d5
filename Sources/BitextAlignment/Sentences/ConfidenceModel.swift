internal import Foundation

/// Turns the posterior of a bead into the probability that the bead is right.
///
/// A posterior is honest only as far as the model is: words are counted as if they were independent,
/// so it is too sure of itself, and more so where a document teaches itself. A logistic regression on
/// what is known of the bead and its surroundings corrects that (Platt 1999; Guo et al. 2017).
struct ConfidenceModel {
  /// What a bead is judged by.
  struct Features: Sendable {
    /// The logarithm of the odds of the posterior.
    var odds = 0.0
    /// 1 for an omission.
    var isOmission = 0.0
    /// 1 for a bead of three sentences or more.
    var isMerged = 0.0
    /// How far the lengths are off, as half a squared deviation, at most 18.
    var lengthDeviation = 0.0
    /// What the words say, a word: the mean over both sides, at most ±1.
    var wordEvidence = 0.0
    /// The smaller of the odds of the beads before and after.
    var neighbourOdds = 0.0
    /// 1 beside an omission.
    var isBesideOmission = 0.0
    /// The mean odds of the document's beads.
    var documentOdds = 0.0

    var values: [Double] {
      [
        1, odds, isOmission, isMerged, lengthDeviation, wordEvidence, neighbourOdds,
        isBesideOmission, documentOdds,
      ]
    }
  }

  private let model: BeadModel
  private let hasLexicon: Bool

  init(_ model: BeadModel, hasLexicon: Bool) {
    self.model = model
    self.hasLexicon = hasLexicon
  }

  /// The probability that each bead of a path is right.
  func confidences(_ path: [ScoredBead], _ pair: PairEvidence) -> [Double] {
    features(path, pair).map(confidence)
  }

  /// The probability that a bead with these features is right.
  func confidence(_ features: Features) -> Double {
    let weights = hasLexicon ? Self.weightsWithLexicon : Self.weightsWithoutLexicon
    var sum = 0.0
    for (value, weight) in zip(features.values, weights) { sum += value * weight }
    return 1 / (1 + exp(-sum))
  }

  func features(_ path: [ScoredBead], _ pair: PairEvidence) -> [Features] {
    let odds = path.map { Self.odds($0.posterior) }
    var sum = 0.0
    for value in odds { sum += value }
    let mean = path.isEmpty ? 0 : sum / Double(path.count)
    let priors = model.logPriors
    return path.indices.map { index in
      let bead = path[index]
      let neighbours = [index - 1, index + 1].filter(path.indices.contains)
      var features = Features()
      features.odds = odds[index]
      features.isOmission = bead.isOmission ? 1 : 0
      features.isMerged = bead.source.count + bead.target.count > 2 ? 1 : 0
      features.documentOdds = mean
      features.neighbourOdds = neighbours.map { odds[$0] }.min() ?? odds[index]
      features.isBesideOmission = neighbours.contains { path[$0].isOmission } ? 1 : 0
      if !bead.isOmission {
        let a = pair.sourceSide
        let b = pair.targetSide
        let cost = model.lengthCost(
          source: a.lengths[bead.source.upperBound] - a.lengths[bead.source.lowerBound],
          target: b.lengths[bead.target.upperBound] - b.lengths[bead.target.lowerBound],
          ratio: pair.lengthRatio)
        features.lengthDeviation = cost / model.lengthWeight
        let shape = BeadShape.all.firstIndex {
          $0.source == bead.source.count && $0.target == bead.target.count
        }
        let prior = shape.map { priors[$0] } ?? 0
        var words: Float = 0
        for sentence in bead.source { words += a.tokens[sentence] }
        for sentence in bead.target { words += b.tokens[sentence] }
        let evidence = (bead.score - prior + cost) / Double(max(words, 1))
        features.wordEvidence = min(max(evidence / model.lexicalWeight, -1), 1)
      }
      return features
    }
  }

  /// log p / (1 - p), at most ±9.
  static func odds(_ probability: Double) -> Double {
    let p = min(max(probability, 0.000_123), 0.999_877)
    return log(p / (1 - p))
  }
}
