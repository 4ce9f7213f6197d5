/// What the words of one source sentence and of a window of target sentences say of each other.
///
/// `gather` meets a source sentence with a window of target sentences. Afterwards `addForward` gives
/// what the words of single target sentences say of a run of source sentences, `addBackward` what the
/// words of the source sentence say of runs of target sentences. The evidence of a bead is the sum of
/// the first over its target sentences and of the second over its source sentences, so all shapes
/// of bead share the work. Both are sums of `k(w) log(λ + (1 - λ) Σ P / (|I| u(w)))` over words.
struct RowScorer {
  private typealias Chunk = Stretch.Chunk

  private let pair: PairEvidence
  private let stretch: Stretch
  private let odds: Float
  private let logSmoothing: Float
  /// For the last six source sentences: `Σ P(t|s) / u(t)` for every target position of its window.
  private var sums: [[Chunk]]
  /// The first chunk of each of these windows.
  private var sumStarts: [Int]
  /// What the gathered sentence knows of each target word; all empty between calls.
  private var known: [Known]
  private var touched: [Int32] = []
  private var links: [Link] = []
  /// `Σ P(s|t)` for each target sentence of the window, chunk by chunk of the source sentence.
  private var partners: [Chunk] = []
  private var window = 0..<0
  private var gathered = 0
  private var running: [Chunk] = []
  private var run: [Chunk] = []

  /// What a source sentence knows of a target word.
  private struct Known {
    /// `Σ P(t|s)`.
    var forward: Float = 0
    /// The first of its links; -1 when there is none.
    var first: Int32 = -1
  }

  /// One word of the source sentence that a target word translates.
  private struct Link {
    /// `P(s|t)` at the place of the word in its chunk.
    let backward: Chunk
    let chunk: Int32
    let next: Int32
  }

  /// - Parameter smoothing: λ, the share of the word's own frequency.
  init(_ pair: PairEvidence, _ stretch: Stretch, smoothing: Double) {
    self.pair = pair
    self.stretch = stretch
    odds = Float((1 - smoothing) / smoothing)
    logSmoothing = fastLog(Float(smoothing))
    sums = [[Chunk]](repeating: [], count: BeadShape.largest)
    sumStarts = [Int](repeating: 0, count: BeadShape.largest)
    known = [Known](repeating: Known(), count: stretch.targetWordCount)
  }

  /// Meets a source sentence with a window of target sentences.
  mutating func gather(row: Int, window: Range<Int>) {
    let local = row - stretch.rows.lowerBound
    let chunks = Int(stretch.sourceStarts[local])..<Int(stretch.sourceStarts[local + 1])
    self.window = window
    gathered = row
    for word in touched { known[Int(word)] = Known() }
    touched.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    for chunk in chunks {
      let rows = stretch.sourceRows[chunk]
      for lane in 0..<4 where rows[lane] >= 0 {
        let row = Int(rows[lane])
        let occurrences = stretch.sourceOccurrences[chunk][lane]
        var unit = Chunk.zero
        unit[lane] = 1
        for index in Int(stretch.entryStarts[row])..<Int(stretch.entryStarts[row + 1]) {
          let entry = stretch.entries[index]
          let target = Int(entry.target)
          let before = known[target]
          if before.first < 0 { touched.append(entry.target) }
          known[target] = Known(
            forward: before.forward + occurrences * entry.forward, first: Int32(links.count))
          links.append(
            Link(
              backward: unit * entry.backward, chunk: Int32(chunk - chunks.lowerBound),
              next: before.first))
        }
      }
    }
    meetWindow(slot: row % BeadShape.largest, width: chunks.count)
  }

  /// Looks up the words of the window.
  private mutating func meetWindow(slot: Int, width: Int) {
    let base = window.lowerBound - stretch.columns.lowerBound
    let start = Int(stretch.targetStarts[base])
    let end = Int(stretch.targetStarts[base + window.count])
    sumStarts[slot] = start
    var gatheredSums: [Chunk] = []
    var gatheredPartners: [Chunk] = []
    swap(&gatheredSums, &sums[slot])
    swap(&gatheredPartners, &partners)
    defer {
      swap(&gatheredSums, &sums[slot])
      swap(&gatheredPartners, &partners)
    }
    Self.clear(&gatheredSums, count: end - start)
    Self.clear(&gatheredPartners, count: window.count * width)
    var sums = gatheredSums.mutableSpan
    var partners = gatheredPartners.mutableSpan
    let words = stretch.targetWords.span
    let rarity = stretch.targetRarity.span
    let occurrences = stretch.targetOccurrences.span
    let starts = stretch.targetStarts.span
    let known = self.known.span
    let links = self.links.span
    for sentence in 0..<window.count {
      for chunk in Int(starts[base + sentence])..<Int(starts[base + sentence + 1]) {
        let four = words[chunk]
        let a = known[Int(four[0])]
        let b = known[Int(four[1])]
        let c = known[Int(four[2])]
        let d = known[Int(four[3])]
        sums[chunk - start] = Chunk(a.forward, b.forward, c.forward, d.forward) * rarity[chunk]
        let firsts = SIMD4(a.first, b.first, c.first, d.first)
        guard firsts.max() >= 0 else { continue }
        for lane in 0..<4 {
          var link = firsts[lane]
          while link >= 0 {
            let partner = links[Int(link)]
            partners[sentence * width + Int(partner.chunk)] +=
              partner.backward * occurrences[chunk][lane]
            link = partner.next
          }
        }
      }
    }
  }

  private static func clear(_ chunks: inout [Chunk], count: Int) {
    chunks.removeAll(keepingCapacity: true)
    chunks.append(contentsOf: repeatElement(.zero, count: count))
  }

  /// Adds what target sentences say of the runs of source sentences that end before a row of nodes.
  ///
  /// The sentences of the runs must have been gathered last, in order.
  ///
  /// - Parameters:
  ///   - row: The row of nodes: the runs are `row - m ..< row`.
  ///   - first: For each `m`, from 1 on, the first target sentence that is asked for.
  ///   - end: The sentence after the last.
  ///   - base: The sentence at index 0 of `forward`.
  ///   - forward: Index `(m - 1) * width + sentence - base`.
  mutating func addForward(
    row: Int, first: [Int], end: Int, base: Int, width: Int, to forward: inout [Float]
  ) {
    let columns = stretch.columns.lowerBound
    let begin = Int(stretch.targetStarts[first[0] - columns])
    var scratch: [Chunk] = []
    swap(&scratch, &running)
    defer { swap(&scratch, &running) }
    Self.clear(&scratch, count: Int(stretch.targetStarts[end - columns]) - begin)
    let totals = pair.targetSide.totals.span
    let starts = stretch.targetStarts.span
    let weights = stretch.targetWeights.span
    var running = scratch.mutableSpan
    var forward = forward.mutableSpan
    var tokens: Float = 0
    for m in 1...first.count {
      let slot = (row - m) % BeadShape.largest
      let gathered = self.sums[slot]
      let sums = gathered.span
      let offset = sumStarts[slot]
      tokens += pair.sourceSide.tokens[row - m]
      let scale = Chunk(repeating: tokens > 0 ? odds / tokens : 0)
      let one = Chunk(repeating: 1)
      for sentence in first[m - 1]..<max(first[m - 1], end) {
        var sum = Chunk.zero
        for chunk in Int(starts[sentence - columns])..<Int(starts[sentence - columns + 1]) {
          let value = running[chunk - begin] + sums[chunk - offset]
          running[chunk - begin] = value
          sum += weights[chunk] * fastLog(one + scale * value)
        }
        if tokens > 0 {
          forward[(m - 1) * width + sentence - base] += sum.sum() + logSmoothing * totals[sentence]
        }
      }
    }
  }

  /// Adds what the words of the gathered sentence say of runs of target sentences.
  ///
  /// - Parameters:
  ///   - first: The first node: its runs are `node - n ..< node`.
  ///   - last: For each `n`, from 1 on, the last node that is asked for; descending.
  ///   - backward: Index `(n - 1) * width + node - first`.
  mutating func addBackward(first: Int, last: [Int], width: Int, to backward: inout [Float]) {
    let local = gathered - stretch.rows.lowerBound
    let chunks = Int(stretch.sourceStarts[local])..<Int(stretch.sourceStarts[local + 1])
    let base = logSmoothing * pair.sourceSide.totals[gathered]
    var scratch: [Chunk] = []
    swap(&scratch, &self.run)
    defer { swap(&scratch, &self.run) }
    Self.clear(&scratch, count: chunks.count)
    var run = scratch.mutableSpan
    var backward = backward.mutableSpan
    let partners = self.partners.span
    let weights = stretch.sourceWeights.span
    let rarity = stretch.sourceRarity.span
    let lengths = pair.targetSide.tokens.span
    let one = Chunk(repeating: 1)
    for node in first...max(first, last[0]) {
      for index in 0..<chunks.count { run[index] = .zero }
      var tokens: Float = 0
      for n in 1...last.count {
        let sentence = node - n
        guard node <= last[n - 1], sentence >= window.lowerBound else { break }
        tokens += lengths[sentence]
        let scale = Chunk(repeating: tokens > 0 ? odds / tokens : 0)
        let start = (sentence - window.lowerBound) * chunks.count
        var sum = Chunk.zero
        for index in 0..<chunks.count {
          let value = run[index] + partners[start + index]
          run[index] = value
          let chunk = chunks.lowerBound + index
          sum += weights[chunk] * fastLog(one + scale * rarity[chunk] * value)
        }
        if tokens > 0 { backward[(n - 1) * width + node - first] += sum.sum() + base }
      }
    }
  }

  /// Adds how much the words gain from each pair of the gathered sentence with a sentence of the window,
  /// over words that nothing is known of: never negative.
  func addGains(_ weight: Float, to gains: inout [Float], at offset: Int) {
    let local = gathered - stretch.rows.lowerBound
    let chunks = Int(stretch.sourceStarts[local])..<Int(stretch.sourceStarts[local + 1])
    let slot = gathered % BeadShape.largest
    let gatheredSums = self.sums[slot]
    let sums = gatheredSums.span
    let begin = sumStarts[slot]
    var gains = gains.mutableSpan
    let partners = self.partners.span
    let starts = stretch.targetStarts.span
    let targetWeights = stretch.targetWeights.span
    let weights = stretch.sourceWeights.span
    let rarity = stretch.sourceRarity.span
    let tokens = pair.sourceSide.tokens[gathered]
    let lengths = pair.targetSide.tokens.span
    let base = window.lowerBound - stretch.columns.lowerBound
    let one = Chunk(repeating: 1)
    let scale = Chunk(repeating: tokens > 0 ? odds / tokens : 0)
    for sentence in 0..<window.count {
      var sum = Chunk.zero
      for chunk in Int(starts[base + sentence])..<Int(starts[base + sentence + 1]) {
        sum += targetWeights[chunk] * fastLog(one + scale * sums[chunk - begin])
      }
      let length = lengths[window.lowerBound + sentence]
      let there = Chunk(repeating: length > 0 ? odds / length : 0)
      for index in 0..<chunks.count {
        let chunk = chunks.lowerBound + index
        sum +=
          weights[chunk]
          * fastLog(one + there * rarity[chunk] * partners[sentence * chunks.count + index])
      }
      gains[offset + sentence] += weight * sum.sum()
    }
  }
}
