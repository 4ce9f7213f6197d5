import BitextCore
import Foundation
import Testing

@testable import BitextAlignment

/// Weighs every path of beads, one after the other.
private struct EveryPath {
  var logSum = -Double.infinity
  var posteriors: [Bead: Double] = [:]
  private var paths: [(beads: [Bead], score: Double)] = []

  init(_ pair: SmallPair, _ model: BeadModel, temperature: Double) {
    let m = pair.evidence.source.count
    let n = pair.evidence.target.count
    var path: [Bead] = []
    func walk(_ i: Int, _ j: Int, _ score: Double) {
      if i == m, j == n {
        paths.append((path, score))
        return
      }
      for shape in BeadShape.all where i + shape.source <= m && j + shape.target <= n {
        let bead = Bead(source: i..<(i + shape.source), target: j..<(j + shape.target))
        path.append(bead)
        walk(
          bead.source.upperBound, bead.target.upperBound,
          score + temperature * pair.score(bead.source, bead.target, model))
        path.removeLast()
      }
    }
    walk(0, 0, 0)
    let best = paths.map(\.score).max() ?? 0
    logSum = best + log(paths.reduce(0) { $0 + exp($1.score - best) })
    for (beads, score) in paths {
      for bead in beads { posteriors[bead, default: 0] += exp(score - logSum) }
    }
  }

  /// The largest sum of posteriors minus the toll.
  func bestGain(toll: Double) -> Double {
    paths.map { path in path.beads.reduce(0) { $0 + (posteriors[$1] ?? 0) - toll } }.max() ?? 0
  }

  func gain(_ path: [ScoredBead], toll: Double) -> Double {
    path.reduce(0) {
      $0 + (posteriors[Bead(source: $1.source, target: $1.target)] ?? 0) - toll
    }
  }
}

private func lattice(
  _ pair: SmallPair, _ model: BeadModel = .withLexicon,
  _ options: BeadLattice.Options = BeadLattice.Options(), band: Band? = nil
) throws -> BeadLattice.Result {
  try BeadLattice(
    [pair.evidence], model: model, options: options,
    block: GridBlock(
      band ?? Band(full: pair.evidence.source.count, pair.evidence.target.count))
  ).run(isCancelled: { false })
}

@Suite struct `Paths of beads` {
  @Test(arguments: 0..<12)
  func `are weighed as if one walked each of them`(_ seed: Int) throws {
    let pair = SmallPair(seed: UInt64(seed), source: seed % 5, target: (seed * 7 + 3) % 5)
    for var model in [BeadModel.withLexicon, .withoutLexicon] {
      var options = BeadLattice.Options()
      options.floor = 1e-9
      model.temperature = seed % 2 == 0 ? 1 : 0.8
      let every = EveryPath(pair, model, temperature: model.temperature)
      let found = try lattice(pair, model, options)
      #expect(abs(found.logSum - every.logSum) < 1e-3, "seed \(seed)")
      for bead in found.likely {
        let expected = every.posteriors[Bead(source: bead.source, target: bead.target)] ?? 0
        #expect(abs(bead.posterior - expected) < 1e-3, "seed \(seed), \(bead)")
      }
      #expect(
        abs(every.gain(found.path, toll: 0.2) - every.bestGain(toll: 0.2)) < 1e-3, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<6)
  func `do not depend on how many rows are held at a time`(_ seed: Int) throws {
    let pair = SmallPair(seed: UInt64(seed), source: 40, target: 37, words: 30)
    var small = BeadLattice.Options()
    small.nodesInBlock = 100
    let whole = try lattice(pair)
    let pieces = try lattice(pair, .withLexicon, small)
    #expect(whole.path == pieces.path)
    #expect(whole.likely == pieces.likely)
    #expect(whole.logSum == pieces.logSum)
  }

  @Test(arguments: 0..<6)
  func `are the same in a band that holds what is likely`(_ seed: Int) throws {
    let pair = SmallPair(seed: UInt64(seed), source: 40, target: 44, words: 30)
    let whole = try lattice(pair)
    let band = Band(lower: whole.reachedLower, upper: whole.reachedUpper, targetCount: 44)
      .widened(by: 6, targetCount: 44)
    let banded = try lattice(pair, band: band)
    #expect(band.nodeCount < 41 * 45)
    #expect(whole.path.map(\.source) == banded.path.map(\.source))
    #expect(whole.path.map(\.target) == banded.path.map(\.target))
    #expect(abs(whole.logSum - banded.logSum) < 1e-3)
  }

  @Test(arguments: 0..<8)
  func `are the same when all but the likely nodes are left out first`(_ seed: Int) throws {
    let pair = ParallelPair(seed: UInt64(seed), sentences: 60)
    let model = seed % 2 == 0 ? BeadModel.withLexicon : .withoutLexicon
    let (m, n) = (pair.evidence.source.count, pair.evidence.target.count)
    let whole = try BeadLattice(
      [pair.evidence], model: model, options: BeadLattice.Options(),
      block: GridBlock(Band(full: m, n))
    ).run(isCancelled: { false })
    let search = try BandSearch(
      [pair.evidence], model: model, within: Band(full: m, n), isCancelled: { false })
    #expect(search.band.nodeCount < (m + 1) * (n + 1) / 2, "seed \(seed)")
    let found = try BandSearch.search(
      [pair.evidence], model: model, within: Band(full: m, n), isCancelled: { false })
    #expect(whole.path.map(\.source) == found.path.map(\.source), "seed \(seed)")
    #expect(whole.path.map(\.target) == found.path.map(\.target), "seed \(seed)")
    for (a, b) in zip(whole.path, found.path) {
      #expect(abs(a.posterior - b.posterior) < 1e-3, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<8)
  func `are the same in blocks between nodes without a rival`(_ seed: Int) throws {
    let pair = ParallelPair(seed: UInt64(seed), sentences: 120)
    let (m, n) = (pair.evidence.source.count, pair.evidence.target.count)
    var coarse = CoarseSearch([pair.evidence], model: .withLexicon, band: Band(full: m, n))
    coarse.rowsBetweenCuts = 20
    coarse.certainty = 8
    let found = try coarse.run(isCancelled: { false })
    #expect(!found.cuts.isEmpty, "seed \(seed)")
    let nodes =
      [GridBlock.Node(row: 0, column: 0)] + found.cuts + [GridBlock.Node(row: m, column: n)]
    let whole = try BeadLattice(
      [pair.evidence], model: .withLexicon, options: BeadLattice.Options(),
      block: GridBlock(found.band)
    ).run(isCancelled: { false })
    var path: [ScoredBead] = []
    for (start, end) in zip(nodes, nodes.dropFirst()) {
      path += try BeadLattice(
        [pair.evidence], model: .withLexicon, options: BeadLattice.Options(),
        block: GridBlock(found.band, from: start, to: end)
      ).run(isCancelled: { false }).path
    }
    #expect(whole.path.map(\.source) == path.map(\.source), "seed \(seed)")
    #expect(whole.path.map(\.target) == path.map(\.target), "seed \(seed)")
    for (a, b) in zip(whole.path, path) {
      #expect(abs(a.posterior - b.posterior) < 0.03, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<4)
  func `of several pairs of texts are weighed by the mean of their evidence`(_ seed: Int) throws {
    let pair = SmallPair(seed: UInt64(seed), source: 9, target: 8)
    let once = try lattice(pair)
    let twice = try BeadLattice(
      [pair.evidence, pair.evidence], model: .withLexicon, options: BeadLattice.Options(),
      block: GridBlock(Band(full: 9, 8))
    ).run(isCancelled: { false })
    #expect(once.path.map(\.source) == twice.path.map(\.source))
    #expect(once.path.map(\.target) == twice.path.map(\.target))
  }

  @Test func `stop when they are told to`() {
    let pair = SmallPair(seed: 1, source: 100, target: 100)
    #expect(throws: CancellationError.self) {
      try BeadLattice(
        [pair.evidence], model: .withLexicon, options: BeadLattice.Options(),
        block: GridBlock(Band(full: 100, 100))
      ).run(isCancelled: { true })
    }
  }
}

@Suite struct `The band of a search` {
  @Test(arguments: 0..<50)
  func `joins both corners whatever was wished for`(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let rows = Int.random(in: 1...40, using: &generator)
    let columns = Int.random(in: 0...40, using: &generator)
    let limits = (0..<2).map { _ in
      (0..<rows).map { _ in Int32.random(in: -5...50, using: &generator) }
    }
    let band = Band(lower: limits[0], upper: limits[1], targetCount: columns)
    #expect(band.lower[0] == 0)
    #expect(band.upper[rows - 1] == Int32(columns))
    for row in 0..<rows {
      #expect(band.lower[row] <= band.upper[row])
      #expect((0...Int32(columns)).contains(band.lower[row]))
      if row + 1 < rows {
        #expect(band.lower[row] <= band.lower[row + 1])
        #expect(band.upper[row] <= band.upper[row + 1])
        #expect(band.lower[row + 1] <= band.upper[row], "rows overlap, seed \(seed)")
      }
    }
  }

  @Test func `is narrow where anchors are and wide where they are not`() {
    let anchors = (1..<20).map { Anchor(source: $0 * 50, target: $0 * 50, weight: 1) }
    let band = Band(around: anchors, sourceCount: 5000, targetCount: 5000)
    #expect(band.upper[100] - band.lower[100] < 140)
    #expect(band.upper[3000] - band.lower[3000] > 400)
    #expect((band.lower[500]...band.upper[500]).contains(500))
  }
}

@Suite struct `A chain of anchors` {
  /// The heaviest chain by trying all subsets of ascending anchors.
  private func slowWeight(_ anchors: [Anchor]) -> Double {
    var best = [Double](repeating: 0, count: anchors.count)
    for _ in anchors.indices {
      for index in anchors.indices {
        let before = anchors.indices.filter {
          anchors[$0].source < anchors[index].source && anchors[$0].target < anchors[index].target
        }
        best[index] = anchors[index].weight + (before.map { best[$0] }.max() ?? 0)
      }
    }
    return best.max() ?? 0
  }

  @Test(arguments: 0..<40)
  func `ascends on both sides and is the heaviest`(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let anchors = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
      Anchor(
        source: Int.random(in: 0..<12, using: &generator),
        target: Int.random(in: 5..<17, using: &generator),
        weight: Double(Int.random(in: 1...9, using: &generator)))
    }
    let chain = AnchorFinder.heaviestChain(anchors, targets: 5..<17)
    for (a, b) in zip(chain, chain.dropFirst()) {
      #expect(a.source < b.source && a.target < b.target)
    }
    #expect(chain.reduce(0) { $0 + $1.weight } == slowWeight(anchors), "seed \(seed)")
  }
}
