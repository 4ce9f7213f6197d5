/// How probable it is that the next linked source word lies a given distance further on.
///
/// Distances beyond ±16 share two buckets; since each stands for many distances its probability is
/// divided by eight.
struct JumpTable: Sendable, Hashable {
  static let reach = 16
  /// The probability of each clipped distance, from −16 to 16.
  private(set) var probabilities: [Float]
  private var counts: [UInt32]
  /// Counts that are there before any is seen.
  private let known: [Float]

  /// - Parameters:
  ///   - known: The probability of each distance as known beforehand; empty when nothing is.
  ///   - weight: As how many jumps that counts.
  init(known: [Float] = [], weight: Float = 0) {
    precondition(known.isEmpty || known.count == 2 * Self.reach + 1)
    self.known = known.map { $0 * weight }
    counts = [UInt32](repeating: 0, count: 2 * Self.reach + 1)
    probabilities = []
    estimate()
  }

  @inline(__always)
  static func bucket(_ distance: Int) -> Int { min(max(distance, -reach), reach) &+ reach }

  @inline(__always)
  mutating func count(_ distance: Int) { counts[Self.bucket(distance)] &+= 1 }

  mutating func clear() {
    for index in counts.indices { counts[index] = 0 }
  }

  /// Sets the probabilities from the counts, with half a count added to each distance.
  mutating func estimate() {
    var smoothed = counts.map { Float($0) + 0.5 }
    for index in known.indices { smoothed[index] += known[index] }
    let total = smoothed.reduce(0, +)
    probabilities = smoothed.map { $0 / total }
    probabilities[0] /= 8
    probabilities[2 * Self.reach] /= 8
  }
}
