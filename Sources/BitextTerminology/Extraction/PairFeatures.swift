/// What speaks for and against a pair of forms, as numbers that a weighted sum can read.
struct PairFeatures: Sendable {
  static let names = [
    "one", "mean", "best", "logUnits", "dice", "sourceMulti", "targetMulti", "bothSingle",
    "sourceName",
    "targetName", "bothName", "identical", "sound", "sourceNoun", "targetNoun", "sourceEdge",
    "targetEdge",
    "sourceRarityLeast", "sourceRarity", "targetRarity", "sourceCut", "targetCut", "sourceFunction",
    "targetFunction",
    "sourceSupport", "targetSupport", "mismatch", "article", "longer", "sourceMargin",
    "targetMargin", "mixed",
    "long", "sourceCoverage", "targetCoverage", "targetMixed", "repeated", "singleRarity",
    "nameOnce",
    "singleNoun", "multiNoun", "supportBoth", "sourceNested", "targetNested",
  ]
  var values: [Double]

  subscript(name: String) -> Double {
    Self.names.firstIndex(of: name).map { values[$0] } ?? 0
  }

  /// The features with source and target in each other's place.
  var swapped: PairFeatures {
    PairFeatures(values: Self.swappedOrder.map { values[$0] })
  }

  private static let swappedOrder: [Int] = names.map { name in
    var other = name
    if name.hasPrefix("source") {
      other = "target" + name.dropFirst(6)
    } else if name.hasPrefix("target") {
      other = "source" + name.dropFirst(6)
    }
    return names.firstIndex(of: other) ?? names.firstIndex(of: name) ?? 0
  }
}
