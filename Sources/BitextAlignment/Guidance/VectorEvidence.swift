/// The vectors of all runs of up to six segments of one text, centred and of length 1.
struct VectorSide: Sendable {
  let count: Int
  let dimension: Int
  /// The vector of the run of `m` segments that ends with segment `e` begins at
  /// `(e * 6 + m - 1) * dimension`; zeros where there is none.
  let values: [Float]

  /// - Parameters:
  ///   - segments: The sentences of each segment; may be empty.
  ///   - text: The number of the text.
  init(_ segments: [Range<Int>], of text: Int, _ host: any SentenceVectors) {
    count = segments.count
    dimension = host.dimension
    var runs: [Range<Int>] = []
    var places: [Int] = []
    for end in segments.indices {
      var run = segments[end]
      for length in 1...BeadShape.largest where length <= end + 1 {
        let first = segments[end - length + 1]
        if run.isEmpty {
          run = first
        } else if !first.isEmpty {
          run = first.lowerBound..<run.upperBound
        }
        guard !run.isEmpty else { continue }
        runs.append(run)
        places.append(end * BeadShape.largest + length - 1)
      }
    }
    let vectors = host.vectors(of: runs, inText: text)
    precondition(
      vectors.count == runs.count * dimension, "one vector of \(dimension) numbers a run")
    var values = [Float](repeating: 0, count: segments.count * BeadShape.largest * dimension)
    let mean = Self.mean(vectors, dimension)
    for (number, place) in places.enumerated() {
      let from = number * dimension
      var square: Float = 0
      var isZero = true
      for component in 0..<dimension {
        if vectors[from + component] != 0 { isZero = false }
      }
      if isZero { continue }
      // Against the mean of vectors of length 1, so that what all sentences share does not count.
      let scale = Self.inverseLength(vectors, from, dimension)
      for component in 0..<dimension {
        let value = vectors[from + component] * scale - mean[component]
        values[place * dimension + component] = value
        square += value * value
      }
      guard square > 0 else { continue }
      let length = 1 / square.squareRoot()
      for component in 0..<dimension { values[place * dimension + component] *= length }
    }
    self.values = values
  }

  private static func inverseLength(_ vectors: [Float], _ from: Int, _ dimension: Int) -> Float {
    var square: Float = 0
    for component in 0..<dimension {
      square += vectors[from + component] * vectors[from + component]
    }
    return square > 0 ? 1 / square.squareRoot() : 0
  }

  private static func mean(_ vectors: [Float], _ dimension: Int) -> [Float] {
    var sum = [Float](repeating: 0, count: dimension)
    let count = vectors.count / dimension
    guard count > 8 else { return sum }
    for number in 0..<count {
      let scale = inverseLength(vectors, number * dimension, dimension)
      for component in 0..<dimension {
        sum[component] += vectors[number * dimension + component] * scale
      }
    }
    for component in 0..<dimension { sum[component] /= Float(count) }
    return sum
  }
}

/// What the vectors of two texts say of beads.
///
/// The similarity of a bead's two sides is compared with that of sentences taken at random, and with that
/// of sentences that are each other's best match. Both are taken to be normally distributed with the same
/// variance, so a bead's voice is the logarithm of the ratio of the two densities: linear in the
/// similarity. It is weaker where best matches do not ascend, as with vectors that know nothing.
struct VectorEvidence: Sendable {
  private let source: VectorSide
  private let target: VectorSide
  private let slope: Float
  private let middle: Float
  /// Whether most sentences have a partner that stands out, so that the vectors decide more than lengths.
  let isTelling: Bool

  /// No bead gains or loses more.
  private static let limit: Float = 8
  /// The largest number of sentences that similarities are estimated on.
  private static let sample = 400

  init(_ source: VectorSide, _ target: VectorSide) {
    self.source = source
    self.target = target
    let (order, slope, middle) = Self.estimate(source, target)
    self.slope = order * slope
    self.middle = middle
    isTelling = order > 0.6
  }

  /// Adds the voice to the beads that end in a row.
  func add(
    to scores: inout [Float], at base: Int, row: Int, low: Int, width: Int, share: Float
  ) {
    guard slope > 0, row > 0 else { return }
    let shapes = BeadShape.all
    for index in shapes.indices where !shapes[index].isOmission && shapes[index].source <= row {
      let a = ((row - 1) * BeadShape.largest + shapes[index].source - 1) * source.dimension
      for node in 0..<width where low + node >= shapes[index].target {
        let place = base + index * width + node
        guard scores[place] > -.infinity else { continue }
        let b =
          ((low + node - 1) * BeadShape.largest + shapes[index].target - 1) * target.dimension
        scores[place] += share * voice(similarity(a, b))
      }
    }
  }

  /// The logarithm of odds that a similarity stands for.
  func voice(_ similarity: Float?) -> Float {
    guard let similarity else { return 0 }
    return max(-Self.limit, min(Self.limit, slope * (similarity - middle)))
  }

  private func similarity(_ a: Int, _ b: Int) -> Float? { Self.similarity(source, a, target, b) }

  /// The product of two vectors; `nil` where one is missing.
  private static func similarity(
    _ source: VectorSide, _ a: Int, _ target: VectorSide, _ b: Int
  ) -> Float? {
    var sums = SIMD8<Float>()
    var component = 0
    while component + 8 <= source.dimension {
      var left = SIMD8<Float>()
      var right = SIMD8<Float>()
      for lane in 0..<8 {
        left[lane] = source.values[a + component + lane]
        right[lane] = target.values[b + component + lane]
      }
      sums += left * right
      component += 8
    }
    var sum = sums.sum()
    while component < source.dimension {
      sum += source.values[a + component] * target.values[b + component]
      component += 1
    }
    return sum == 0 ? nil : sum
  }

  /// How well best matches ascend, from 0 to 1; the slope of the voice; the similarity at which it is 0.
  private static func estimate(
    _ source: VectorSide, _ target: VectorSide
  ) -> (order: Float, slope: Float, middle: Float) {
    guard source.count > 0, target.count > 0, source.dimension == target.dimension else {
      return (0, 0, 0)
    }
    let step = source.dimension * BeadShape.largest
    let stride = max(1, source.count / sample)
    let rows = Array(Swift.stride(from: 0, to: source.count, by: stride))
    let columns = Array(
      Swift.stride(from: 0, to: target.count, by: max(1, target.count / sample)))

    // Sentences at random: the sample's rows with columns that a fixed sequence chooses.
    var random: [Float] = []
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for row in rows {
      for _ in 0..<8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let column = columns[Int((state >> 33) % UInt64(columns.count))]
        if let value = similarity(source, row * step, target, column * step) {
          random.append(value)
        }
      }
    }
    // Best matches near the diagonal, both ways.
    var best: [(row: Int, column: Int, value: Float)] = []
    let ratio = Double(target.count) / Double(source.count)
    let reach = max(30, target.count / 10)
    for row in rows {
      let centre = Int(ratio * Double(row))
      var found: (column: Int, value: Float)?
      for column in max(0, centre - reach)..<min(target.count, centre + reach + 1) {
        if let value = similarity(source, row * step, target, column * step),
          value > found?.value ?? -.infinity
        {
          found = (column, value)
        }
      }
      guard let found else { continue }
      let isMutual = rows.allSatisfy { other in
        abs(Int(ratio * Double(other)) - found.column) > reach
          || (similarity(source, other * step, target, found.column * step) ?? -.infinity)
            <= found.value
      }
      if isMutual { best.append((row, found.column, found.value)) }
    }
    guard random.count >= 4, best.count >= 2 else { return (0, 0, 0) }
    let ascending = zip(best, best.dropFirst()).count { $0.column < $1.column }
    let order = max(0, 2 * Float(ascending) / Float(best.count - 1) - 1)
    let mean = random.reduce(0, +) / Float(random.count)
    let bestMean = best.reduce(0) { $0 + $1.value } / Float(best.count)
    var squares = random.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) }
    squares += best.reduce(Float(0)) { $0 + ($1.value - bestMean) * ($1.value - bestMean) }
    let variance = max(squares / Float(random.count + best.count), 0.0004)
    guard bestMean > mean else { return (0, 0, 0) }
    return (order, (bestMean - mean) / variance, (bestMean + mean) / 2)
  }
}
