/// Expected counts of one pair of segments, with room that is used again for the next.
struct ExpectationScratch {
  /// P and Q of each pair of tokens, times their place's weight.
  private var values: [SIMD2<Float>] = []
  private var columnSums: [Float] = []
  private var rowSums: [Float] = []
  private var diagonalColumnSums: [Float] = []
  private var diagonalRowSums: [Float] = []

  /// How much of a token's mass the empty word may claim at most: one voice among the others.
  private static let nullWeight: Float = 0.2

  /// Adds the expected counts of a pair of segments.
  ///
  /// In the forward direction a second token is explained by one of the first tokens or by nothing;
  /// backward the other way round. With `agreement` 1 a link counts by the product of both, with less
  /// it keeps a part of what its own direction says.
  mutating func run(
    first: Span<Int32>, second: Span<Int32>, links: Span<UInt32>, weight: Float,
    table: Span<SIMD2<Float>>, nullFirst: Span<Float>, nullSecond: Span<Float>, agreement: Float,
    diagonal: Diagonal, pairs: inout [SIMD2<Double>], nullFirstCounts: inout [Double],
    nullSecondCounts: inout [Double]
  ) {
    let n = first.count
    let m = second.count
    prepare(n, m)
    var position = 0
    for i in 0..<n {
      for j in 0..<m {
        let pair = links[position]
        if pair != TranslationModel.none {
          var value = table[Int(pair)]
          if !diagonal.isFlat {
            value *= diagonal.weights[step(i, n, j, m)]
          }
          values[position] = value
          columnSums[j] += value.x
          rowSums[i] += value.y
        }
        position += 1
      }
    }
    if !diagonal.isFlat { addDiagonalSums(n, m, diagonal) }
    // Forward: P(j | i) = weight(i, j) / Σ_i weight(i, j), uniform without a diagonal.
    for j in 0..<m {
      let scale = diagonal.isFlat ? Float(n) : diagonalColumnSums[j]
      let null = Self.nullWeight * nullSecond[Int(second[j])] * scale
      let sum = columnSums[j] + null
      columnSums[j] = sum > 0 ? 1 / sum : 0
      nullSecondCounts[Int(second[j])] += Double(weight * null * columnSums[j])
    }
    for i in 0..<n {
      let scale = diagonal.isFlat ? Float(m) : diagonalRowSums[i]
      let null = Self.nullWeight * nullFirst[Int(first[i])] * scale
      let sum = rowSums[i] + null
      rowSums[i] = sum > 0 ? 1 / sum : 0
      nullFirstCounts[Int(first[i])] += Double(weight * null * rowSums[i])
    }
    position = 0
    for i in 0..<n {
      let row = rowSums[i]
      for j in 0..<m {
        let pair = links[position]
        if pair != TranslationModel.none {
          var share = values[position] * SIMD2(columnSums[j], row)
          if agreement > 0 { share *= 1 - agreement + agreement * SIMD2(share.y, share.x) }
          pairs[Int(pair)] += SIMD2<Double>(share * weight)
        }
        position += 1
      }
    }
  }

  private mutating func prepare(_ n: Int, _ m: Int) {
    if values.count < n * m { values = Array(repeating: .zero, count: 2 * n * m) }
    Self.clear(&columnSums, m)
    Self.clear(&rowSums, n)
    Self.clear(&diagonalColumnSums, m)
    Self.clear(&diagonalRowSums, n)
  }

  private static func clear(_ sums: inout [Float], _ count: Int) {
    if sums.count < count { sums = Array(repeating: 0, count: 2 * count) }
    for index in 0..<count { sums[index] = 0 }
  }

  private mutating func addDiagonalSums(_ n: Int, _ m: Int, _ diagonal: Diagonal) {
    for i in 0..<n {
      for j in 0..<m {
        let weight = diagonal.weights[step(i, n, j, m)]
        diagonalColumnSums[j] += weight
        diagonalRowSums[i] += weight
      }
    }
  }

  /// The distance from the diagonal in 256 steps, between the middles of the tokens.
  @inline(__always)
  private func step(_ i: Int, _ n: Int, _ j: Int, _ m: Int) -> Int {
    abs((2 * i + 1) * m - (2 * j + 1) * n) * 128 / (n * m)
  }
}
