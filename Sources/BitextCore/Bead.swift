/// A run of source sentences and the run of target sentences that translates it.
///
/// One of the two runs may be empty: that side leaves the sentences out. Never both.
public struct Bead: Sendable, Hashable {
  /// Indexes of the source sentences.
  public let source: Range<Int>
  /// Indexes of the target sentences.
  public let target: Range<Int>

  /// - Precondition: At least one of the runs holds a sentence.
  public init(source: Range<Int>, target: Range<Int>) {
    precondition(!source.isEmpty || !target.isEmpty, "a bead holds at least one sentence")
    self.source = source
    self.target = target
  }
}
