internal import Foundation

/// The shape of a bead: how many sentences of each side it joins.
struct BeadShape: Sendable, Hashable {
  let source: Int
  let target: Int
  let prior: Double

  var isOmission: Bool { source == 0 || target == 0 }

  /// All shapes, in the order in which ties are decided.
  ///
  /// The priors need not sum to one. Beginning: Gale & Church 1993; extended and set on novels and
  /// news between Chinese, English and Spanish.
  static let all: [BeadShape] = [
    BeadShape(source: 1, target: 1, prior: 0.76),
    BeadShape(source: 1, target: 0, prior: 0.012),
    BeadShape(source: 0, target: 1, prior: 0.012),
    BeadShape(source: 1, target: 2, prior: 0.08),
    BeadShape(source: 2, target: 1, prior: 0.06),
    BeadShape(source: 1, target: 3, prior: 0.02),
    BeadShape(source: 3, target: 1, prior: 0.012),
    BeadShape(source: 2, target: 2, prior: 0.012),
    BeadShape(source: 1, target: 4, prior: 0.008),
    BeadShape(source: 2, target: 3, prior: 0.006),
    BeadShape(source: 3, target: 2, prior: 0.005),
    BeadShape(source: 4, target: 1, prior: 0.004),
    BeadShape(source: 1, target: 5, prior: 0.003),
    BeadShape(source: 2, target: 4, prior: 0.002),
    BeadShape(source: 3, target: 3, prior: 0.002),
    BeadShape(source: 5, target: 1, prior: 0.0015),
    BeadShape(source: 1, target: 6, prior: 0.001),
    BeadShape(source: 4, target: 2, prior: 0.001),
    BeadShape(source: 3, target: 4, prior: 0.0007),
    BeadShape(source: 4, target: 3, prior: 0.0007),
    BeadShape(source: 6, target: 1, prior: 0.0005),
  ]

  /// The largest number of sentences that a bead has on one side.
  static let largest = 6
}

/// The weights of the parts of a bead's score.
struct BeadModel: Sendable, Hashable {
  /// The weight of the length term.
  var lengthWeight = 0.65
  /// The weight of the lexical term.
  var lexicalWeight = 0.2
  /// The share of the word's own frequency in the lexical mixture.
  var smoothing = 0.25
  /// What an omission costs beside its prior, as a logarithm.
  var omission = 0.0
  /// The variance of a length, per scalar.
  var variance = 10.0
  /// What multiplies the priors of beads that are neither 1-1 nor omissions.
  var mergeFactor = 2.0
  /// What multiplies the scores where paths are weighed: below 1 the posteriors are flatter.
  var temperature = 0.8
  /// How the path is chosen.
  var decoding = SentenceAligner.Decoding.expectedBeads
  /// The largest number of sentences on one side of a bead.
  var largestBead = BeadShape.largest

  /// For texts with a lexicon.
  static let withLexicon: BeadModel = {
    var model = BeadModel()
    model.omission = 1
    return model
  }()

  /// The share of omissions among the beads that `BeadShape.all` takes for granted: both shapes.
  static let usualOmissions = 0.024

  /// How many beads the usual share is worth beside what a document shows.
  static let omissionStrength = 20.0

  /// The same weights for a document whose beads were weighed once.
  ///
  /// How much is left out differs more from text to text than anything else: a novel leaves out one
  /// sentence in two hundred, an adapted manual one in five. The share that the first pass expects,
  /// smoothed by the usual one, becomes the prior of the next. The other shapes stay as they are:
  /// re-estimating them makes novels worse.
  ///
  /// Source: expectation maximization over one parameter; the offset was set on novels, news and manuals
  /// between Chinese, English and Spanish (docs/decisions/0003-omissions.md).
  func expecting(_ path: [ScoredBead]) -> BeadModel {
    var omissions = 0.0
    for bead in path where bead.isOmission { omissions += bead.posterior }
    let share =
      (omissions + Self.omissionStrength * Self.usualOmissions)
      / (Double(path.count) + Self.omissionStrength)
    var model = self
    model.omission = 1.5 + log(share / Self.usualOmissions)
    return model
  }

  /// For texts without one: lengths count more, omissions are dearer.
  static let withoutLexicon: BeadModel = {
    var model = BeadModel()
    model.lengthWeight = 1
    model.lexicalWeight = 0.3
    model.omission = -3
    model.variance = 6.8
    model.mergeFactor = 1.7
    // What is learned from must stand out here, since everything else follows from it.
    model.temperature = 1
    return model
  }()

  /// The logarithm of each shape's prior, in the order of `BeadShape.all`.
  var logPriors: [Double] {
    BeadShape.all.map { shape in
      if max(shape.source, shape.target) > largestBead { return -.infinity }
      if shape.isOmission { return log(shape.prior) + omission }
      return log(shape.source == 1 && shape.target == 1 ? shape.prior : shape.prior * mergeFactor)
    }
  }

  /// What the lengths of the two sides cost.
  ///
  /// Source: Gale & Church 1993, with the variance of the mean length and a floor for short texts.
  ///
  /// - Parameter ratio: Length of the target text over that of the source text.
  func lengthCost(source: Double, target: Double, ratio: Double) -> Double {
    lengthCost(expected: ratio * source, target: target)
  }

  /// What the lengths cost where the length of the translation is expected.
  @inline(__always)
  func lengthCost(expected: Double, target: Double) -> Double {
    let difference = target - expected
    let variance = variance * (expected + target) / 2 + 1
    return lengthWeight * min(difference * difference / variance / 2, 18)
  }
}
