internal import Foundation

/// Fits the weights of a logistic sum by Newton's method, with a penalty on the squares of the weights of
/// standardised features; the first feature is the constant one and goes free.
enum LogisticRegression {
  static func fit(_ rows: [[Double]], _ labels: [Bool], penalty: Double) -> [Double] {
    let width = rows[0].count
    var means = [Double](repeating: 0, count: width)
    var scales = [Double](repeating: 1, count: width)
    for column in 1..<width {
      let values = rows.map { $0[column] }
      means[column] = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - means[column]) * ($1 - means[column]) }
      scales[column] = (squares / Double(values.count)).squareRoot() + 1e-9
    }
    let standard = rows.map { row in (0..<width).map { (row[$0] - means[$0]) / scales[$0] } }
    var weights = [Double](repeating: 0, count: width)
    for _ in 0..<60 {
      var gradient = [Double](repeating: 0, count: width)
      var curvature = [[Double]](
        repeating: [Double](repeating: 0, count: width), count: width)
      for (row, label) in zip(standard, labels) {
        var sum = 0.0
        for column in 0..<width { sum += weights[column] * row[column] }
        let probability = 1 / (1 + exp(-sum))
        let error = probability - (label ? 1 : 0)
        let spread = probability * (1 - probability)
        for i in 0..<width {
          gradient[i] += error * row[i]
          let scaled = spread * row[i]
          for j in 0...i { curvature[i][j] += scaled * row[j] }
        }
      }
      for i in 0..<width {
        if i > 0 {
          gradient[i] += penalty * weights[i]
          curvature[i][i] += penalty
        }
        for j in 0..<i { curvature[j][i] = curvature[i][j] }
      }
      let step = solve(curvature, gradient)
      for column in 0..<width { weights[column] -= step[column] }
      if step.allSatisfy({ abs($0) < 1e-6 }) { break }
    }
    var plain = (0..<width).map { weights[$0] / scales[$0] }
    plain[0] = weights[0]
    for column in 1..<width { plain[0] -= weights[column] * means[column] / scales[column] }
    return plain
  }

  /// Solves a system of equations by elimination with pivots.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var rows = zip(matrix, right).map { $0 + [$1] }
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      let head = rows[column][column]
      guard abs(head) > 1e-12 else { continue }
      for row in (column + 1)..<max(column + 1, count) {
        let factor = rows[row][column] / head
        if factor == 0 { continue }
        for place in column...count { rows[row][place] -= factor * rows[column][place] }
      }
    }
    var solution = [Double](repeating: 0, count: count)
    for row in stride(from: count - 1, through: 0, by: -1) {
      var value = rows[row][count]
      for column in (row + 1)..<max(row + 1, count) {
        value -= rows[row][column] * solution[column]
      }
      solution[row] = abs(rows[row][row]) > 1e-12 ? value / rows[row][row] : 0
    }
    return solution
  }
}
