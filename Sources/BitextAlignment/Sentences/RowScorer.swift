/// The lexical evidence of one row of the grid, shared by all beads that end there.
///
/// For the run of the last `m` source sentences, `forward[m - 1][e]` is what the words of target
/// sentence `e` say; for the run of `n` target sentences that ends with `e`, `backward[n - 1][e]` is
/// what the words of this row's source sentence say. A bead's evidence is the sum of its `forward`
/// over the target sentences and of its `backward` over the source sentences: all shapes of bead
/// share the work. Both are sums of `k(w) log(λ + (1 - λ) Σ P / (|I| u(w)))` over words.
///
/// Rows must be asked for in ascending order, each with a window of target sentences whose limits
/// ascend too.
struct RowScorer {
  private let pair: PairEvidence
  private let smoothing: Float
  private let logSmoothing: Float
  /// `Σ P(t|s)` for every target position of the window, for the last six rows.
  private var sums: [[Float]]
  private var sumStarts: [Int]
  /// `Σ P(t|s)` of the current row by target word; zero between calls.
  private var byWord: [Float]
  private var touched: [Int32] = []
  private var cursors: [Int32]
  private var running: [Float] = []
  private var partner: [Float] = []

  init(_ pair: PairEvidence, smoothing: Double) {
    self.pair = pair
    self.smoothing = Float(smoothing)
    logSmoothing = fastLog(Float(smoothing))
    sums = [[Float]](repeating: [], count: BeadShape.largest)
    sumStarts = [Int](repeating: 0, count: BeadShape.largest)
    byWord = [Float](repeating: 0, count: max(pair.postings.starts.count - 1, 0))
    cursors = Array(pair.postings.starts.dropLast())
  }

  /// Forgets the rows that were seen, to begin again at any row.
  mutating func restart() {
    for index in sums.indices { sums[index] = [] }
  }

  /// The first posting of a target word at or after a sentence.
  ///
  /// Windows mostly move a little, so the search begins where it ended last.
  private mutating func firstPosting(of word: Int, from sentence: Int) -> Int {
    let start = Int(pair.postings.starts[word])
    let end = Int(pair.postings.starts[word + 1])
    var cursor = Int(cursors[word])
    var steps = 0
    if cursor == start || Int(pair.postings.sentences[cursor - 1]) < sentence {
      while cursor < end, steps < 8, Int(pair.postings.sentences[cursor]) < sentence {
        cursor += 1
        steps += 1
      }
    } else {
      steps = 8
    }
    if steps == 8 {
      var low = start
      var high = end
      while low < high {
        let middle = (low + high) / 2
        if Int(pair.postings.sentences[middle]) < sentence {
          low = middle + 1
        } else {
          high = middle
        }
      }
      cursor = low
    }
    cursors[word] = Int32(cursor)
    return cursor
  }

  /// Adds the evidence of a source sentence to `forward` and `backward`.
  ///
  /// - Parameters:
  ///   - row: The source sentence.
  ///   - window: The target sentences.
  ///   - forward: Six values for each sentence of the window: index `(m - 1) * width + e`.
  ///   - backward: The same for runs of target sentences.
  mutating func add(
    row: Int, window: Range<Int>, forward: inout [Float], backward: inout [Float]
  ) {
    let width = window.count
    let slot = row % BeadShape.largest
    let start = Int(pair.targetSide.offsets[window.lowerBound])
    let end = Int(pair.targetSide.offsets[window.upperBound])
    addBackward(row: row, window: window, backward: &backward)

    // Scatter P(t|s) over the target vocabulary, then gather it at the positions of the window.
    for word in touched { byWord[Int(word)] = 0 }
    touched.removeAll(keepingCapacity: true)
    for position in pair.source.range(row) {
      let occurrences = pair.source.occurrences[position]
      for index in pair.table.row(Int(pair.source.words[position])) {
        let target = pair.table.targets[index]
        if byWord[Int(target)] == 0 { touched.append(target) }
        byWord[Int(target)] += occurrences * pair.table.forward[index]
      }
    }
    sums[slot].removeAll(keepingCapacity: true)
    sumStarts[slot] = start
    for position in start..<end {
      sums[slot].append(byWord[Int(pair.targetSide.words[position])])
    }

    running.removeAll(keepingCapacity: true)
    running.append(contentsOf: repeatElement(0, count: end - start))
    var tokens: Float = 0
    for m in 1...BeadShape.largest {
      let first = row - m + 1
      guard first >= 0 else { break }
      let from = first % BeadShape.largest
      let older = sumStarts[from]
      let upper = min(end, older + sums[from].count)
      if !sums[from].isEmpty, upper > start {
        for position in start..<upper {
          running[position - start] += sums[from][position - older]
        }
      }
      tokens += pair.sourceSide.tokens[first]
      guard tokens > 0 else { continue }
      let scale = (1 - smoothing) / (smoothing * tokens)
      let side = pair.targetSide
      var position = start
      for e in 0..<width {
        var sum: Float = 0
        let end = Int(side.offsets[window.lowerBound + e + 1])
        while position < end {
          let value = running[position - start]
          if value > 0 {
            sum += side.weights[position] * fastLog(1 + scale * value * side.rarity[position])
          }
          position += 1
        }
        forward[(m - 1) * width + e] += sum + logSmoothing * side.totals[window.lowerBound + e]
      }
    }
  }

  /// What the words of the source sentence say of each run of target sentences.
  private mutating func addBackward(row: Int, window: Range<Int>, backward: inout [Float]) {
    let width = window.count
    for position in pair.sourceSide.range(row) {
      let word = Int(pair.sourceSide.words[position])
      partner.removeAll(keepingCapacity: true)
      partner.append(contentsOf: repeatElement(0, count: width))
      var found = false
      for index in pair.table.row(word) {
        let probability = pair.table.backward[index]
        guard probability > 0 else { continue }
        let target = Int(pair.table.targets[index])
        let end = Int(pair.postings.starts[target + 1])
        var cursor = firstPosting(of: target, from: window.lowerBound)
        while cursor < end, Int(pair.postings.sentences[cursor]) < window.upperBound {
          let e = Int(pair.postings.sentences[cursor]) - window.lowerBound
          partner[e] += probability * pair.postings.occurrences[cursor]
          found = true
          cursor += 1
        }
      }
      guard found else { continue }
      let weight = pair.sourceSide.weights[position]
      let scale = (1 - smoothing) / smoothing * pair.sourceSide.rarity[position]
      for e in 0..<width {
        var sum: Float = 0
        var tokens: Float = 0
        for n in 1...BeadShape.largest {
          let first = e - n + 1
          guard first >= 0 else { break }
          sum += partner[first]
          tokens += pair.targetSide.tokens[window.lowerBound + first]
          if sum > 0 {
            backward[(n - 1) * width + e] += weight * fastLog(1 + scale * sum / tokens)
          }
        }
      }
    }
    let base = logSmoothing * pair.sourceSide.totals[row]
    if base != 0 {
      for e in 0..<width {
        var tokens: Float = 0
        for n in 1...BeadShape.largest {
          guard e - n + 1 >= 0 else { break }
          tokens += pair.targetSide.tokens[window.lowerBound + e - n + 1]
          if tokens > 0 { backward[(n - 1) * width + e] += base }
        }
      }
    }
  }
}

/// The natural logarithm of a positive, finite number, to about six digits.
///
/// The exponent is read from the bits; a polynomial covers the mantissa. Plain arithmetic only, so
/// the result is the same on every machine.
@inline(__always)
func fastLog(_ x: Float) -> Float {
  let bits = x.bitPattern
  var exponent = Float(Int32(bitPattern: bits >> 23) &- 127)
  var mantissa = Float(bitPattern: bits & 0x007F_FFFF | 0x3F80_0000)
  if mantissa > 1.414_213_6 {
    mantissa *= 0.5
    exponent += 1
  }
  // log(m) = 2 artanh(z) with z = (m - 1) / (m + 1), |z| < 0.172.
  let z = (mantissa - 1) / (mantissa + 1)
  let square = z * z
  let series = 2 + square * (0.666_666_6 + square * (0.4 + square * 0.285_714))
  return exponent * 0.693_147_2 + z * series
}
