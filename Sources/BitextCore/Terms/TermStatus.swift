/// Whether a term should be used, as ISO 30042's administrative status.
public enum TermStatus: String, Sendable, Hashable, CaseIterable {
  /// The term to use.
  case preferred
  /// Right as well.
  case admitted
  /// No longer to be used.
  case deprecated
  /// Never to be used.
  case forbidden
}
