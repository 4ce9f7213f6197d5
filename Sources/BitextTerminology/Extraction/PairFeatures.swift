/// What speaks for and against a pair of forms, as numbers that a weighted sum can read.
struct PairFeatures: Sendable {
  static let names = [
    "one", "mean", "best", "logUnits", "dice", "sourceMulti", "targetMulti", "bothSingle",
    "sourceName",
    "targetName", "bothName", "identical", "sound", "sourceNoun", "targetNoun", "sourceEdge",
    "targetEdge",
    "rarityLeast", "rarityMean", "targetRarity", "sourceCut", "targetCut", "sourceFunction",
    "targetFunction",
    "sourceSupport", "targetSupport", "mismatch", "article", "longer", "sourceMargin",
    "targetMargin", "mixed",
    "long", "sourceCoverage", "targetCoverage", "targetMixed", "repeated", "singleRarity",
    "nameOnce",
    "singleNoun", "multiNoun", "supportBoth",
  ]
  var values: [Double]

  subscript(name: String) -> Double {
    Self.names.firstIndex(of: name).map { values[$0] } ?? 0
  }
}
