/// The posterior of one pair under an HMM whose parameters are known, by forward–backward.
///
/// A lone sentence cannot learn jumps or fertilities; here they come from elsewhere: the jumps are
/// those of 10,000 sentence pairs of news, the words those of the priors. A second pass weakens source
/// words that the first gave to several target words.
///
/// Source: Vogel, Ney & Tillmann 1996, *HMM-based word alignment in statistical translation* (COLING).
struct ExactPosterior {
  /// The pseudo-count of pairs that no prior knows; 0.05 gave an error rate two to three points higher.
  static let alpha: Float = 0.003

  /// How much less likely than an even choice a word without a partner is.
  static let noneShare: Float = 0.1

  /// P(jump) for −16…16, mean of English–Spanish and English–Chinese in both directions.
  private static let jumps: [Float] = [
    0.00044, 0.00037, 0.00054, 0.00063, 0.00081, 0.00097, 0.0014, 0.002, 0.0027, 0.0036, 0.005,
    0.0071, 0.0099,
    0.0143, 0.0182, 0.034, 0.014, 0.605, 0.14, 0.05, 0.029, 0.0167, 0.0115, 0.0079, 0.0056, 0.0038,
    0.0029, 0.0022,
    0.0016, 0.0012, 0.0009, 0.0007, 0.0007,
  ]

  let model: LinkChain.Model
  let nullProbability: Float

  /// P(source word | target word) for each wanted piece, as `LinkChain.run` gives it.
  func matrices() -> [Float] {
    var priors: [UInt64: Float] = [:]
    for prior in model.priors {
      priors[UInt64(prior.source) << 32 | UInt64(prior.target), default: 0] += prior.count
    }
    var answer = [Float](repeating: 0, count: model.matrixStarts.last ?? 0)
    for piece in 0..<model.pieces where model.wanted[piece] {
      let posterior = piecePosterior(piece, priors)
      answer.replaceSubrange(
        model.matrixStarts[piece]..<(model.matrixStarts[piece] + posterior.count), with: posterior)
    }
    return answer
  }

  private func piecePosterior(_ piece: Int, _ priors: [UInt64: Float]) -> [Float] {
    let sources = Array(model.source[model.sourceStarts[piece]..<model.sourceStarts[piece + 1]])
    let targets = Array(model.target[model.targetStarts[piece]..<model.targetStarts[piece + 1]])
    let width = sources.count
    // Emissions: the lexical distribution of each source word.
    var emissions = [Float](repeating: 0, count: targets.count * width)
    for (i, source) in sources.enumerated() {
      let total =
        Self.alpha * max(1, model.companions[Int(source)]) + model.priorSums[Int(source)]
      for (j, target) in targets.enumerated() {
        let prior = priors[UInt64(source) << 32 | UInt64(target)] ?? 0
        emissions[j * width + i] = (Self.alpha + prior) / total
      }
    }
    // A word that fits nothing here is rarely without a partner: lexicons have gaps.
    let none = Self.noneShare / max(1, model.companions[0])
    var posterior = forwardBackward(emissions, width, targets.count, none: none)
    var fertilities = [Float](repeating: 0, count: width)
    for j in targets.indices {
      for i in 0..<width { fertilities[i] += posterior[j * width + i] }
    }
    for j in targets.indices {
      for i in 0..<width {
        let others = max(0, fertilities[i] - posterior[j * width + i])
        emissions[j * width + i] /= (1 + others) * (1 + others)
      }
    }
    posterior = forwardBackward(emissions, width, targets.count, none: none)
    return posterior
  }

  /// Forward–backward over states (last linked word, linked or not): state `width + i` makes nothing and
  /// stays at word i. The start stands before the first word.
  private func forwardBackward(_ emissions: [Float], _ width: Int, _ length: Int, none: Float)
    -> [Float]
  {
    // Transitions depend on distance alone; the row is normalized over the words that exist.
    var moves = [Float](repeating: 0, count: (width + 1) * width)
    for from in 0...width {
      var sum: Float = 0
      for to in 0..<width {
        let distance = min(max(to + 1 - from, -JumpTable.reach), JumpTable.reach)
        let jump = Self.jumps[distance + JumpTable.reach]
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
      let stay = nullProbability * none
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
        var mass = nullProbability * none * behind[from]
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
