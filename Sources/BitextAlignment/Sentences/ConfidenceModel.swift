internal import Foundation

/// Turns the posterior of a bead into the probability that the bead is right.
///
/// A posterior is honest only as far as the model is: words are counted as if they were independent,
/// so it is too sure of itself, and more so where a document teaches itself. A logistic regression on
/// what is known of the bead and its surroundings corrects that (Platt 1999; Guo et al. 2017).
struct ConfidenceModel {
  /// What a bead is judged by.
  struct Features {
    /// The logarithm of the odds of the posterior.
    var odds = 0.0
    /// 1 for an omission.
    var isOmission = 0.0
    /// 1 for a bead of three sentences or more.
    var isMerged = 0.0
    /// How far the lengths are off, as half a squared deviation, at most 18.
    var lengthDeviation = 0.0
    /// The mean odds of the document's beads.
    var documentOdds = 0.0
    /// 1 when there is no lexicon.
    var hasNoLexicon = 0.0

    var values: [Double] {
      [1, odds, isOmission, isMerged, lengthDeviation, documentOdds, hasNoLexicon]
    }
  }

  /// Fitted by logistic regression on 11,126 beads of hand-aligned novels and yearbooks and of perturbed
  /// news (Chinese, English, Spanish, German, French), with and without a lexicon, in the order of
  /// `Features.values`. The expected calibration error there is .02 to .05.
  static let weights = [1.4565, 0.567, -0.2535, -0.2982, -0.4048, 0.0827, -1.6857]

  private let model: BeadModel
  private let hasLexicon: Bool

  init(_ model: BeadModel, hasLexicon: Bool) {
    self.model = model
    self.hasLexicon = hasLexicon
  }

  /// The probability that each bead of a path is right.
  func confidences(_ path: [ScoredBead], _ pair: PairEvidence) -> [Double] {
    features(path, pair).map { features in
      var sum = 0.0
      for (value, weight) in zip(features.values, Self.weights) { sum += value * weight }
      return 1 / (1 + exp(-sum))
    }
  }

  func features(_ path: [ScoredBead], _ pair: PairEvidence) -> [Features] {
    let odds = path.map { Self.odds($0.posterior) }
    var sum = 0.0
    for value in odds { sum += value }
    let mean = path.isEmpty ? 0 : sum / Double(path.count)
    return path.indices.map { index in
      let bead = path[index]
      var features = Features()
      features.odds = odds[index]
      features.isOmission = bead.isOmission ? 1 : 0
      features.isMerged = bead.source.count + bead.target.count > 2 ? 1 : 0
      features.documentOdds = mean
      features.hasNoLexicon = hasLexicon ? 0 : 1
      if !bead.isOmission {
        let a = pair.sourceSide
        let b = pair.targetSide
        features.lengthDeviation =
          model.lengthCost(
            source: a.lengths[bead.source.upperBound] - a.lengths[bead.source.lowerBound],
            target: b.lengths[bead.target.upperBound] - b.lengths[bead.target.lowerBound],
            ratio: pair.lengthRatio) / model.lengthWeight
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
