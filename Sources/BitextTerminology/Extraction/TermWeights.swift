internal import Foundation

/// The weights of the features: a logistic sum that gives the probability of a term.
///
/// `Tools/TermWeightBuilder` learns them by logistic regression (L2 = 10 on standardised features) on
/// annotated news stories; a positive weight speaks for a term. How well they hold on texts that they were not learned from was
/// measured by leaving out one story at a time.
struct TermWeights: Sendable {
  private let values: [Double]

  /// Weights by name; features that are not named weigh nothing.
  init(_ named: [String: Double]) {
    values = PairFeatures.names.map { named[$0] ?? 0 }
  }

  /// The logarithm of the odds that a pair is a term.
  func logit(_ features: PairFeatures) -> Double {
    var sum = 0.0
    for (weight, value) in zip(values, features.values) { sum += weight * value }
    return sum
  }

  static func probability(ofLogit logit: Double) -> Double { 1 / (1 + exp(-logit)) }
}

/// How the scores of several pairs of languages become one.
struct JoinWeights: Sendable {
  /// Mean and least of the logits, the mean link score between the further languages, and whether some
  /// of them are not linked at all.
  var bias: Double
  var mean: Double
  var least: Double
  var cross: Double
  var unlinked: Double

  func logit(_ values: [Double]) -> Double {
    bias + mean * values[0] + least * values[1] + cross * values[2] + unlinked * values[3]
  }
}

/// Weights that take the place of the shipped ones while new ones are learned: one number a feature.
package struct TermWeightSet: Sendable {
  let latin: [Double]
  let chinese: [Double]

  package init(latin: [Double], chinese: [Double]) {
    self.latin = latin
    self.chinese = chinese
  }

  func weights(isChinese: Bool) -> TermWeights {
    TermWeights(
      Dictionary(uniqueKeysWithValues: zip(PairFeatures.names, isChinese ? chinese : latin)))
  }
}
