internal import Foundation

extension TermWeights {
  static func exponential(_ value: Double) -> Double { exp(value) }

  static let latin = TermWeights([
    "one": -5, "mean": 3, "logUnits": 0.8, "dice": 1, "bothName": 2, "identical": 1, "sound": 1,
    "sourceNoun": 1.5, "targetNoun": 0.5, "sourceCut": -2, "targetCut": -2, "longer": -2,
    "sourceMargin": 1, "targetMargin": 1, "rarityMean": 0.5, "supportBoth": 0.5,
  ])

  static let chinese = latin
}
