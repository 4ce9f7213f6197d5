/// How the words of one vocabulary translate into those of another: two probabilities a pair, stored
/// by source word.
///
/// Row `s` is `rowStarts[s]..<rowStarts[s + 1]`, in ascending order of the target.
struct TranslationTable: Sendable {
  private(set) var rowStarts: [Int32] = [0]
  private(set) var targets: [Int32] = []
  /// The probability of the target word, given the source word.
  private(set) var forward: [Float] = []
  /// The probability of the source word, given the target word.
  private(set) var backward: [Float] = []

  var rowCount: Int { rowStarts.count - 1 }
  var count: Int { targets.count }

  init() {}

  func row(_ source: Int) -> Range<Int> { Int(rowStarts[source])..<Int(rowStarts[source + 1]) }

  /// Combines lists of entries by maximum.
  ///
  /// - Parameters:
  ///   - lists: Entries in any order; a pair may stand in several lists and several times.
  ///   - rowCount: The number of source words.
  /// - Complexity: O(*n* log *n*) for *n* entries.
  init(_ lists: [[LexicalEntry]], rowCount: Int) {
    var starts = [Int32](repeating: 0, count: rowCount + 1)
    for list in lists { for entry in list { starts[Int(entry.source) + 1] += 1 } }
    for index in 0..<rowCount { starts[index + 1] += starts[index] }
    let placeholder = LexicalEntry(source: 0, target: 0, forward: 0, backward: 0)
    var sorted = [LexicalEntry](repeating: placeholder, count: Int(starts[rowCount]))
    var next = starts
    for list in lists {
      for entry in list {
        sorted[Int(next[Int(entry.source)])] = entry
        next[Int(entry.source)] += 1
      }
    }
    rowStarts.reserveCapacity(rowCount + 1)
    for source in 0..<rowCount {
      let range = Int(starts[source])..<Int(starts[source + 1])
      if range.count > 1 { sorted[range].sort { $0.target < $1.target } }
      for index in range {
        let entry = sorted[index]
        if let last = targets.last, targets.count > Int(rowStarts[source]), last == entry.target {
          forward[forward.count - 1] = max(forward[forward.count - 1], entry.forward)
          backward[backward.count - 1] = max(backward[backward.count - 1], entry.backward)
        } else {
          targets.append(entry.target)
          forward.append(entry.forward)
          backward.append(entry.backward)
        }
      }
      rowStarts.append(Int32(targets.count))
    }
  }

  /// The table with source and target exchanged.
  ///
  /// - Complexity: O(entries).
  func transposed(targetCount: Int) -> TranslationTable {
    var result = TranslationTable()
    var starts = [Int32](repeating: 0, count: targetCount + 1)
    for target in targets { starts[Int(target) + 1] += 1 }
    for index in 0..<targetCount { starts[index + 1] += starts[index] }
    result.rowStarts = starts
    result.targets = [Int32](repeating: 0, count: count)
    result.forward = [Float](repeating: 0, count: count)
    result.backward = result.forward
    for source in 0..<rowCount {
      for index in row(source) {
        let place = Int(starts[Int(targets[index])])
        starts[Int(targets[index])] += 1
        result.targets[place] = Int32(source)
        result.forward[place] = backward[index]
        result.backward[place] = forward[index]
      }
    }
    return result
  }

  /// How much is known of each word: the largest probability in its row or column over a quarter, at
  /// most 1. A word of which nothing is known says nothing about a bead.
  func coverage(targetCount: Int) -> (source: [Float], target: [Float]) {
    var source = [Float](repeating: 0, count: rowCount)
    var target = [Float](repeating: 0, count: targetCount)
    for word in 0..<rowCount {
      for index in row(word) {
        let known = min(1, max(forward[index], backward[index]) * 4)
        source[word] = max(source[word], known)
        target[Int(targets[index])] = max(target[Int(targets[index])], known)
      }
    }
    return (source, target)
  }

  /// The probabilities of one pair; zeros when nothing is known.
  func probabilities(source: Int, target: Int32) -> (forward: Float, backward: Float) {
    var low = Int(rowStarts[source])
    var high = Int(rowStarts[source + 1])
    while low < high {
      let middle = (low + high) / 2
      if targets[middle] < target { low = middle + 1 } else { high = middle }
    }
    guard low < Int(rowStarts[source + 1]), targets[low] == target else { return (0, 0) }
    return (forward[low], backward[low])
  }
}
