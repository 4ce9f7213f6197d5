extension ConfidenceModel {
  /// Weights of `Features.values`, in their order, for texts with a lexicon and without.
  ///
  /// Fitted on 11,126 beads of novels, yearbooks and perturbed news before words and neighbours were
  /// among the features, which therefore weigh nothing yet. `Tools/ConfidenceFitter` makes new ones.
  static let weightsWithLexicon = [1.4565, 0.567, -0.2535, -0.2982, -0.4048, 0, 0, 0, 0.0827]
  static let weightsWithoutLexicon = [-0.2292, 0.567, -0.2535, -0.2982, -0.4048, 0, 0, 0, 0.0827]
}
