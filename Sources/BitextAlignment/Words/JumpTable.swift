/// How probable it is that the next linked source word lies a given distance further on.
///
/// Distances beyond ±16 share two buckets; since each stands for many distances its probability is
/// divided by eight.
struct JumpTable: Sendable, Hashable {
  static let reach = 16
  /// The probability of each clipped distance, from −16 to 16.
  private(set) var probabilities: [Float]
  private var counts: [UInt32]

  init() {
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
    let total = counts.reduce(Float(0)) { $0 + Float($1) + 0.5 }
    probabilities = counts.map { (Float($0) + 0.5) / total }
    probabilities[0] /= 8
    probabilities[2 * Self.reach] /= 8
  }
}
