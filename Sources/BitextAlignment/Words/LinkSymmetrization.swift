/// How the links of the two directions become one set.
public enum LinkSymmetrization: Sendable, Hashable {
  /// A link where the mean probability of both directions is above the threshold.
  case posterior(threshold: Double)
  /// Links that both directions agree upon.
  case intersection
  /// The intersection, grown by neighbours that one direction has.
  case growDiagonal
  /// The same, and then links of one direction between words that are both free.
  case growDiagonalFinalAnd

  /// The usual rule: posterior with the threshold 0.35.
  public static let standard = LinkSymmetrization.posterior(threshold: 0.35)

  /// Combines the best links of the two directions.
  ///
  /// Source: Och & Ney 2003, *Computational Linguistics* 29(1); Koehn, Och & Marcu 2003, HLT-NAACL.
  func links(bestSource: [Int32], bestTarget: [Int32], sourceCount: Int) -> [(Int32, Int32)] {
    let targetCount = bestSource.count
    var forward = [Bool](repeating: false, count: sourceCount * targetCount)
    var backward = forward
    for (target, source) in bestSource.enumerated() where source >= 0 {
      forward[Int(source) * targetCount + target] = true
    }
    for (source, target) in bestTarget.enumerated() where target >= 0 {
      backward[source * targetCount + Int(target)] = true
    }
    var chosen = zip(forward, backward).map { $0 && $1 }
    if self != .intersection {
      var sourceLinked = [Bool](repeating: false, count: sourceCount)
      var targetLinked = [Bool](repeating: false, count: targetCount)
      for source in 0..<sourceCount {
        for target in 0..<targetCount where chosen[source * targetCount + target] {
          sourceLinked[source] = true
          targetLinked[target] = true
        }
      }
      let neighbours = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]
      var grew = true
      while grew {
        grew = false
        for source in 0..<sourceCount {
          for target in 0..<targetCount where chosen[source * targetCount + target] {
            for (down, right) in neighbours {
              let (s, t) = (source + down, target + right)
              guard (0..<sourceCount).contains(s), (0..<targetCount).contains(t) else { continue }
              let cell = s * targetCount + t
              guard !chosen[cell], forward[cell] || backward[cell],
                !sourceLinked[s] || !targetLinked[t]
              else { continue }
              chosen[cell] = true
              sourceLinked[s] = true
              targetLinked[t] = true
              grew = true
            }
          }
        }
      }
      if self == .growDiagonalFinalAnd {
        for direction in [forward, backward] {
          for source in 0..<sourceCount where !sourceLinked[source] {
            for target in 0..<targetCount
            where !targetLinked[target] && direction[source * targetCount + target] {
              chosen[source * targetCount + target] = true
              sourceLinked[source] = true
              targetLinked[target] = true
              break
            }
          }
        }
      }
    }
    var links: [(Int32, Int32)] = []
    for source in 0..<sourceCount {
      for target in 0..<targetCount where chosen[source * targetCount + target] {
        links.append((Int32(source), Int32(target)))
      }
    }
    return links
  }
}
