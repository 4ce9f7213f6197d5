/// The weights of the features: a logistic sum.
struct TermWeights: Sendable {
  let values: [Double]

  /// Weights by name; features that are not named weigh nothing.
  init(_ named: [String: Double]) {
    values = PairFeatures.names.map { named[$0] ?? 0 }
  }

  func score(_ features: PairFeatures) -> Double {
    var sum = 0.0
    for (weight, value) in zip(values, features.values) { sum += weight * value }
    return 1 / (1 + TermWeights.exponential(-sum))
  }
}
