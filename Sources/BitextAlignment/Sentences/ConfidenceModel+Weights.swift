extension ConfidenceModel {
  /// Weights of `Features.values`, in their order, for texts with a lexicon and without.
  ///
  /// Made by `swift run -c release ConfidenceFitter`; see `Tools/ConfidenceFitter/README.md`.
  static let weightsWithLexicon = [1.4565, 0.567, -0.2535, -0.2982, -0.4048, 0, 0, 0, 0.0827]
  static let weightsWithoutLexicon = [-0.2292, 0.567, -0.2535, -0.2982, -0.4048, 0, 0, 0, 0.0827]
}
