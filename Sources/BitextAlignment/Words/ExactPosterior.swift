internal import Foundation

/// The posterior of one pair under an HMM whose parameters are known, by forward–backward.
///
/// A lone sentence cannot learn jumps or fertilities; here they come from a ``LinkModel``, or, without
/// one, from what 10,000 sentence pairs of news had in common. Fertility does not fit into an HMM: after a
/// first pass each source word is weighed by how many words it is expected to make besides the one at
/// hand, and the pass is repeated.
///
/// Source: Vogel, Ney & Tillmann 1996, *HMM-based word alignment in statistical translation* (COLING).
struct ExactPosterior {
  /// The pseudo-count of pairs that no prior knows; 0.05 gave an error rate two to three points higher.
  static let alpha: Float = 0.003

  /// How much less likely than an even choice a word without a partner is, where no model says.
  static let noneShare: Float = 0.1
  let model: LinkChain.Model
  let nullProbability: Float
  /// How often the pair is walked through; more gain nothing.
  var passes = 3

  /// P(jump) for −16…16, mean of English–Spanish and English–Chinese in both directions.
  private static let jumps: [Float] = [
    0.00044, 0.00037, 0.00054, 0.00063, 0.00081, 0.00097, 0.0014, 0.002, 0.0027, 0.0036, 0.005,
    0.0071, 0.0099,
    0.0143, 0.0182, 0.034, 0.014, 0.605, 0.14, 0.05, 0.029, 0.0167, 0.0115, 0.0079, 0.0056, 0.0038,
    0.0029, 0.0022,
    0.0016, 0.0012, 0.0009, 0.0007, 0.0007,
  ]

  /// P(source word | target word) for each wanted piece, as `LinkChain.run` gives it.
  func matrices() -> [Float] {
    var priors: [UInt64: Float] = [:]
    for prior in model.priors {
      priors[UInt64(prior.source) << 32 | UInt64(prior.target), default: 0] += prior.count
    }
    let fertility =
      model.knownFertility.isEmpty
      ? nil
      : FertilityTable(
        counts: [UInt32](repeating: 0, count: model.knownFertility.count),
        known: model.knownFertility)
    var answer = [Float](repeating: 0, count: model.matrixStarts.last ?? 0)
    for piece in 0..<model.pieces where model.wanted[piece] {
      let posterior = piecePosterior(piece, priors, fertility)
      answer.replaceSubrange(
        model.matrixStarts[piece]..<(model.matrixStarts[piece] + posterior.count), with: posterior)
    }
    return answer
  }

  private func piecePosterior(
    _ piece: Int, _ priors: [UInt64: Float], _ fertility: FertilityTable?
  ) -> [Float] {
    let sources = Array(model.source[model.sourceStarts[piece]..<model.sourceStarts[piece + 1]])
    let targets = Array(model.target[model.targetStarts[piece]..<model.targetStarts[piece + 1]])
    let width = sources.count
    // Emissions: the lexical distribution of each source word.
    func probability(_ target: UInt32, from source: UInt32) -> Float {
      let total =
        Self.alpha * max(1, model.companions[Int(source)]) + model.priorSums[Int(source)]
      return (Self.alpha + (priors[UInt64(source) << 32 | UInt64(target)] ?? 0)) / total
    }
    var lexical = [Float](repeating: 0, count: targets.count * width)
    for (j, target) in targets.enumerated() {
      for (i, source) in sources.enumerated() {
        lexical[j * width + i] = probability(target, from: source)
      }
    }
    // A word that fits nothing here is rarely without a partner: lexicons have gaps.
    let even = Self.noneShare / max(1, model.companions[0])
    var none = [Float](repeating: even, count: targets.count)
    if model.priorSums[0] > 0 {
      for (j, target) in targets.enumerated() { none[j] = probability(target, from: 0) }
    }
    var emissions = lexical
    if let fertility {
      for j in targets.indices {
        for (i, source) in sources.enumerated() {
          emissions[j * width + i] *= Self.ratio(fertility, source, 0)
        }
      }
    }
    var posterior = forwardBackward(emissions, width, targets.count, none: none)
    for _ in 1..<passes {
      var made = [Float](repeating: 0, count: width)
      for j in targets.indices {
        for i in 0..<width { made[i] += posterior[j * width + i] }
      }
      for j in targets.indices {
        for (i, source) in sources.enumerated() {
          let others = max(0, made[i] - posterior[j * width + i])
          let factor =
            fertility.map { Self.ratio($0, source, others) } ?? 1 / ((1 + others) * (1 + others))
          emissions[j * width + i] = lexical[j * width + i] * factor
        }
      }
      posterior = forwardBackward(emissions, width, targets.count, none: none)
    }
    return posterior
  }

  /// P(φ + 1) / P(φ) for a number φ that is expected, not counted: between whole numbers the logarithm
  /// is a straight line.
  private static func ratio(_ table: FertilityTable, _ word: UInt32, _ others: Float) -> Float {
    let last = FertilityTable.classes - 1
    let below = min(last, Int(others))
    let above = min(last, below + 1)
    let first = Int(word) * FertilityTable.classes
    let (a, b) = (table.ratios[first + below], table.ratios[first + above])
    let part = others - Float(below)
    guard part > 0, above > below else { return a }
    return exp(log(a) * (1 - part) + log(b) * part)
  }

  /// Forward–backward over states (last linked word, linked or not): state `width + i` makes nothing and
  /// stays at word i. The start stands before the first word.
  private func forwardBackward(_ emissions: [Float], _ width: Int, _ length: Int, none: [Float])
    -> [Float]
  {
    let jumps = model.knownJumps.isEmpty ? Self.jumps : model.knownJumps
    // Transitions depend on distance alone; the row is normalized over the words that exist.
    var moves = [Float](repeating: 0, count: (width + 1) * width)
    for from in 0...width {
      var sum: Float = 0
      for to in 0..<width {
        let jump = jumps[JumpTable.bucket(to + 1 - from)]
        moves[from * width + to] = jump
        sum += jump
      }
      let scale = (1 - nullProbability) / max(sum, .leastNormalMagnitude)
      for to in 0..<width { moves[from * width + to] *= scale }
    }
    // forward[j][position 0…width]: mass with the last link at that position, linked now or before.
    let states = width + 1
    var linked = [Float](repeating: 0, count: length * width)
    var carried = [Float](repeating: 0, count: (length + 1) * states)
    carried[0] = 1
    var scales = [Float](repeating: 1, count: length)
    for j in 0..<length {
      var sum: Float = 0
      for to in 0..<width {
        var mass: Float = 0
        for from in 0..<states { mass += carried[j * states + from] * moves[from * width + to] }
        mass *= emissions[j * width + to]
        linked[j * width + to] = mass
        sum += mass
      }
      let stay = nullProbability * none[j]
      for from in 0..<states { sum += carried[j * states + from] * stay }
      let scale = sum > 0 ? 1 / sum : 1
      scales[j] = scale
      for from in 0..<states {
        var mass = carried[j * states + from] * stay
        if from > 0 { mass += linked[j * width + from - 1] }
        carried[(j + 1) * states + from] = mass * scale
      }
      for to in 0..<width { linked[j * width + to] *= scale }
    }
    var posterior = [Float](repeating: 0, count: length * width)
    var behind = [Float](repeating: 1, count: states)
    for j in stride(from: length - 1, through: 0, by: -1) {
      for to in 0..<width { posterior[j * width + to] = linked[j * width + to] * behind[to + 1] }
      var before = [Float](repeating: 0, count: states)
      for from in 0..<states {
        var mass = nullProbability * none[j] * behind[from]
        for to in 0..<width {
          mass += moves[from * width + to] * emissions[j * width + to] * behind[to + 1]
        }
        before[from] = mass * scales[j]
      }
      behind = before
    }
    return posterior
  }
}
