/// The part of the alignment grid that is searched.
///
/// Row `i` holds the nodes `(i, lower[i]) … (i, upper[i])`: `i` source sentences and so many target
/// sentences are behind. Both limits ascend, the first row holds 0, the last the number of target
/// sentences, and neighbouring rows overlap: a path from corner to corner always exists.
struct Band: Sendable, Hashable {
  private(set) var lower: [Int32]
  private(set) var upper: [Int32]

  /// The whole grid.
  init(full sourceCount: Int, _ targetCount: Int) {
    lower = [Int32](repeating: 0, count: sourceCount + 1)
    upper = [Int32](repeating: Int32(targetCount), count: sourceCount + 1)
  }

  /// A band from wished limits, which are made to ascend, to overlap and to hold both corners.
  init(lower: [Int32], upper: [Int32], targetCount: Int) {
    precondition(!lower.isEmpty && lower.count == upper.count)
    self.lower = lower.map { max(0, min($0, Int32(targetCount))) }
    self.upper = upper.map { max(0, min($0, Int32(targetCount))) }
    let last = lower.count - 1
    self.lower[0] = 0
    self.upper[last] = Int32(targetCount)
    for row in 1..<max(lower.count, 1) where self.upper[row] < self.upper[row - 1] {
      self.upper[row] = self.upper[row - 1]
    }
    for row in stride(from: last - 1, through: 0, by: -1)
    where self.lower[row] > self.lower[row + 1] {
      self.lower[row] = self.lower[row + 1]
    }
    for row in 0...last {
      if self.upper[row] < self.lower[row] { self.upper[row] = self.lower[row] }
      // The next row must be reachable by an omission: it begins at or before this row's end.
      if row < last, self.lower[row + 1] > self.upper[row] { self.upper[row] = self.lower[row + 1] }
    }
  }

  /// The half-width of a band right at an anchor.
  static let leastHalfWidth = 14
  /// The largest half-width far from any anchor.
  static let largestHalfWidth = 250
  /// A band around anchors: the further from an anchor, the wider.
  ///
  /// - Parameter anchors: In ascending order of both sides.
  init(around anchors: [Anchor], sourceCount: Int, targetCount: Int) {
    var lower = [Int32](repeating: .max, count: sourceCount + 1)
    var upper = [Int32](repeating: -1, count: sourceCount + 1)
    let slope = Double(targetCount) / Double(max(sourceCount, 1))
    var from = (row: 0, column: 0)
    for index in 0...anchors.count {
      let to =
        index < anchors.count
        ? (row: anchors[index].source, column: anchors[index].target)
        : (row: sourceCount, column: targetCount)
      let rows = to.row - from.row
      let columns = to.column - from.column
      // Where one side leaves much out, the step may lie anywhere between the two anchors.
      let step = Int(abs(Double(columns) - slope * Double(rows)))
      for row in from.row...max(from.row, to.row) {
        let distance = min(row - from.row, to.row - row)
        let half = min(
          Self.largestHalfWidth, Self.leastHalfWidth + distance / 4 + min(step, columns))
        let centre = rows > 0 ? from.column + columns * (row - from.row) / rows : from.column
        let low = rows == 0 ? from.column - half : max(centre - half, from.column - half)
        let high = rows == 0 ? to.column + half : min(centre + half, to.column + half)
        lower[row] = min(lower[row], Int32(max(0, low)))
        upper[row] = max(upper[row], Int32(min(targetCount, high)))
      }
      from = to
    }
    self.init(lower: lower, upper: upper, targetCount: targetCount)
  }

  /// The number of rows: one more than there are source sentences.
  var rowCount: Int { lower.count }

  /// The number of nodes.
  var nodeCount: Int {
    var sum = 0
    for row in lower.indices { sum += Int(upper[row] - lower[row]) + 1 }
    return sum
  }

  /// The band made wider by `margin` on both sides near some rows: those at most `margin` away.
  ///
  /// - Parameter rows: In ascending order.
  func widened(near rows: [Int], by margin: Int, targetCount: Int) -> Band {
    var low = lower
    var high = upper
    var done = 0
    for row in rows {
      for near in max(done, row - margin)..<max(done, min(rowCount, row + margin + 1)) {
        low[near] -= Int32(margin)
        high[near] += Int32(margin)
      }
      done = max(done, min(rowCount, row + margin + 1))
    }
    return Band(lower: low, upper: high, targetCount: targetCount)
  }

  /// The band with each row wider by `margin` on both sides, and by as many rows up and down.
  func widened(by margin: Int, targetCount: Int) -> Band {
    let count = rowCount
    var low = [Int32](repeating: 0, count: count)
    var high = [Int32](repeating: 0, count: count)
    for row in 0..<count {
      low[row] = lower[max(0, row - margin)] - Int32(margin)
      high[row] = upper[min(count - 1, row + margin)] + Int32(margin)
    }
    return Band(lower: low, upper: high, targetCount: targetCount)
  }
}

/// A part of the alignment grid between two nodes that the path passes for certain.
struct GridBlock: Sendable {
  /// The rows of nodes.
  let rows: ClosedRange<Int>
  /// The limits of each row.
  private var lower: [Int32]
  private var upper: [Int32]

  /// A node of the grid: so many source and target sentences are behind.
  struct Node: Sendable, Hashable {
    let row: Int
    let column: Int
  }

  /// The part of a band between two of its nodes, `end` at or after `start` on both sides.
  init(_ band: Band, from start: Node, to end: Node) {
    rows = start.row...end.row
    lower = band.lower[rows].map { max($0, Int32(start.column)) }
    upper = band.upper[rows].map { min($0, Int32(end.column)) }
  }

  /// All of a band.
  init(_ band: Band) {
    rows = 0...(band.rowCount - 1)
    lower = band.lower
    upper = band.upper
  }

  /// The block with the rows near some rows wider by `margin` on both sides, between its corners.
  ///
  /// - Parameter near: Rows, in ascending order.
  func widened(near: [Int], by margin: Int) -> GridBlock {
    let corners = (first: lower[0], last: upper[upper.count - 1])
    var wider = self
    for row in near {
      for index in max(
        0, row - rows.lowerBound - margin)...min(
          rows.count - 1, row - rows.lowerBound + margin)
      {
        wider.lower[index] = max(corners.first, lower[index] - Int32(margin))
        wider.upper[index] = min(corners.last, upper[index] + Int32(margin))
      }
    }
    // Limits ascend.
    for index in lower.indices.dropFirst() {
      wider.upper[index] = max(wider.upper[index], wider.upper[index - 1])
    }
    for index in lower.indices.dropLast().reversed() {
      wider.lower[index] = min(wider.lower[index], wider.lower[index + 1])
    }
    return wider
  }

  func lower(_ row: Int) -> Int { Int(lower[row - rows.lowerBound]) }
  func upper(_ row: Int) -> Int { Int(upper[row - rows.lowerBound]) }

  /// The source sentences.
  var sentences: Range<Int> { rows.lowerBound..<rows.upperBound }
  /// The target sentences.
  var columns: Range<Int> { lower(rows.lowerBound)..<upper(rows.upperBound) }
}
