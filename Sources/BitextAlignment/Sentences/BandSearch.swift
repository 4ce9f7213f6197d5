/// The search of one document's grid: coarse, then fine, in blocks that can be weighed at once.
struct BandSearch: Sendable {
  /// What a pass over a document found.
  struct Result: Sendable {
    /// The chosen beads; they cover both texts.
    var path: [ScoredBead] = []
    /// All beads with some probability, in order.
    var likely: [ScoredBead] = []
    /// The nodes that some likely path passes.
    var reached: Band
  }

  /// The part of the grid that is searched finely.
  private(set) var band: Band
  /// Nodes that cut it into blocks.
  private(set) var cuts: [GridBlock.Node]

  /// How much wider than what was reached the next band is.
  private static let margin = 2
  /// How often a wide band is widened, and a block.
  private static let attempts = 3

  /// Searches a wide band coarsely; where the best path runs along its edge, it is widened first.
  init(
    _ pairs: [PairEvidence], model: BeadModel, within wide: Band,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) {
    guard pairs.allSatisfy({ $0.guidance == nil }) else {
      // The coarse search knows nothing of what a user or a host program has said.
      band = wide
      cuts = []
      return
    }
    var wide = wide
    var margin = 32
    var found = try CoarseSearch(pairs, model: model, band: wide).run(isCancelled: isCancelled)
    for _ in 1..<Self.attempts where found.edgeRows.count > 3 {
      wide = wide.widened(near: found.edgeRows, by: margin, targetCount: pairs[0].target.count)
      margin *= 2
      found = try CoarseSearch(pairs, model: model, band: wide).run(isCancelled: isCancelled)
    }
    band = found.band
    cuts = found.cuts
  }

  /// The blocks between the cuts.
  var blocks: [GridBlock] {
    let last = band.rowCount - 1
    let nodes =
      [GridBlock.Node(row: 0, column: 0)] + cuts
      + [GridBlock.Node(row: last, column: Int(band.upper[last]))]
    return zip(nodes, nodes.dropFirst()).map { GridBlock(band, from: $0, to: $1) }
  }

  /// Weighs the paths of one block; a wider one where the path runs along its edge.
  static func weigh(
    _ block: GridBlock, _ pairs: [PairEvidence], model: BeadModel,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> BeadLattice.Result {
    var block = block
    var found = BeadLattice.Result()
    for attempt in 0..<Self.attempts {
      found = try BeadLattice(
        pairs, model: model, options: BeadLattice.Options(), block: block
      ).run(isCancelled: isCancelled)
      if found.edgeRows.isEmpty { break }
      block = block.widened(near: found.edgeRows, by: 8 << attempt)
    }
    return found
  }

  /// Puts the results of the blocks together, and narrows the band to what they reached.
  mutating func finish(_ results: [BeadLattice.Result]) -> Result {
    var result = Result(reached: band)
    var lower: [Int32] = []
    var upper: [Int32] = []
    for block in results {
      result.path += block.path
      result.likely += block.likely
      // The row of a cut belongs to two blocks.
      if let end = lower.popLast(), let last = upper.popLast(),
        let first = block.reachedLower.first,
        let begin = block.reachedUpper.first
      {
        lower.append(min(end, first))
        upper.append(max(last, begin))
        lower += block.reachedLower.dropFirst()
        upper += block.reachedUpper.dropFirst()
      } else {
        lower += block.reachedLower
        upper += block.reachedUpper
      }
    }
    let targetCount = Int(band.upper[band.rowCount - 1])
    result.reached = Band(lower: lower, upper: upper, targetCount: targetCount)
    band = result.reached.widened(by: Self.margin, targetCount: targetCount)
    return result
  }

  /// Searches a wide band for the beads of one document.
  static func search(
    _ pairs: [PairEvidence], model: BeadModel, within wide: Band,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> Result {
    var search = try BandSearch(pairs, model: model, within: wide, isCancelled: isCancelled)
    let blocks = search.blocks
    let results = try concurrently(blocks.count, isCancelled: isCancelled) {
      (index, mustStop) throws(CancellationError) -> BeadLattice.Result in
      try weigh(blocks[index], pairs, model: model, isCancelled: mustStop)
    }
    return search.finish(results)
  }
}
