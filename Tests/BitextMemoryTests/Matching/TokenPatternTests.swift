import BitextMemory
import Testing

/// The plain matrix, at a glance: the twin of the bit-parallel kernel.
private func plainDistance(_ left: [UInt32], _ right: [UInt32]) -> Int {
  var row = Array(0...right.count)
  for (i, token) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let change = diagonal + (token == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}

@Suite struct `Token distance` {
  @Test(arguments: [0, 1, 2, 63, 64, 65, 127, 128, 129, 200])
  func `equals the plain matrix at the edges of a machine word`(_ count: Int) {
    var random = SeededGenerator(seed: UInt64(count) + 1)
    for other in [0, 1, 2, 31, 63, 64, 65, 128, 129] {
      for vocabulary in [1, 2, 5, 40] {
        let query = (0..<count).map { _ in UInt32.random(in: 0..<UInt32(vocabulary), using: &random)
        }
        let document = (0..<other).map { _ in
          UInt32.random(in: 0..<UInt32(vocabulary), using: &random)
        }
        var pattern = TokenPattern(query)
        let expected = plainDistance(query, document)
        #expect(pattern.distance(to: document) == expected)
        for limit in [0, 1, expected - 1, expected, expected + 1, 1_000] where limit >= 0 {
          #expect(pattern.distance(to: document, limit: limit) == min(expected, limit + 1))
        }
      }
    }
  }

  @Test func `is symmetric and keeps the triangle`() {
    var random = SeededGenerator(seed: 7)
    func tokens() -> [UInt32] {
      (0..<Int.random(in: 0...30, using: &random)).map { _ in
        UInt32.random(in: 0..<6, using: &random)
      }
    }
    for _ in 0..<200 {
      let (a, b, c) = (tokens(), tokens(), tokens())
      func distance(_ left: [UInt32], _ right: [UInt32]) -> Int {
        var pattern = TokenPattern(left)
        return pattern.distance(to: right)
      }
      #expect(distance(a, b) == distance(b, a))
      #expect(distance(a, c) <= distance(a, b) + distance(b, c))
    }
  }

  @Test func `never finds an unknown token`() {
    var pattern = TokenPattern([TokenPattern.unknown, 3, TokenPattern.unknown])
    #expect(pattern.distance(to: [3]) == 2)
    #expect(pattern.distance(to: [0, 3, 1]) == 2)
  }

  @Test(arguments: [(0, 0, 100), (0, 7, 100), (1, 7, 85), (1, 3, 66), (3, 3, 0)])
  func `gives a percentage rounded down`(_ distance: Int, _ longer: Int, _ percent: Int) {
    #expect(TextScore.percent(distance: distance, longer: longer) == percent)
  }
}
