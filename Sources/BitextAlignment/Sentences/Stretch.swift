/// A stretch of two texts, laid out for the inner loops: its words are numbered anew, so that what is
/// known of them fits the processor's caches however long the texts are.
///
/// Words lie in chunks of four; the last chunk of a sentence is filled up with word 0, of which
/// nothing is known.
struct Stretch: Sendable {
  typealias Chunk = SIMD4<Float>

  /// The source sentences.
  let rows: Range<Int>
  /// The target sentences.
  let columns: Range<Int>
  /// Target sentence `columns.lowerBound + i` owns the chunks `targetStarts[i]..<targetStarts[i + 1]`.
  private(set) var targetStarts: [Int32] = [0]
  private(set) var targetWords: [SIMD4<Int32>] = []
  private(set) var targetOccurrences: [Chunk] = []
  private(set) var targetRarity: [Chunk] = []
  private(set) var targetWeights: [Chunk] = []
  /// Source sentence `rows.lowerBound + i` owns the chunks `sourceStarts[i]..<sourceStarts[i + 1]`.
  private(set) var sourceStarts: [Int32] = [0]
  /// The row of entries of each source word; -1 where a chunk is filled up.
  private(set) var sourceRows: [SIMD4<Int32>] = []
  private(set) var sourceOccurrences: [Chunk] = []
  private(set) var sourceRarity: [Chunk] = []
  private(set) var sourceWeights: [Chunk] = []
  /// Row `r` of the entries is `entryStarts[r]..<entryStarts[r + 1]`.
  private(set) var entryStarts: [Int32] = [0]
  private(set) var entries: [Entry] = []
  /// One more than the largest number of a target word.
  private(set) var targetWordCount = 1

  /// What is known of a source word and a target word.
  struct Entry {
    let target: Int32
    let forward: Float
    let backward: Float
  }

  init(_ pair: PairEvidence, rows: Range<Int>, columns: Range<Int>) {
    self.rows = rows
    self.columns = columns
    let numbers = layOutTarget(pair)
    layOutSource(pair, numbers)
  }

  /// Lays out the target sentences; returns the new number of each word, 0 for those of elsewhere.
  private mutating func layOutTarget(_ pair: PairEvidence) -> [Int32] {
    var numbers = [Int32](repeating: 0, count: pair.targetWordCount)
    let side = pair.targetSide
    for sentence in columns {
      let range = side.range(sentence)
      var position = range.lowerBound
      while position < range.upperBound {
        var words = SIMD4<Int32>.zero
        var occurrences = Chunk.zero
        var rarity = Chunk.zero
        var weights = Chunk.zero
        for lane in 0..<min(4, range.upperBound - position) {
          let word = Int(side.words[position + lane])
          if numbers[word] == 0 {
            numbers[word] = Int32(targetWordCount)
            targetWordCount += 1
          }
          words[lane] = numbers[word]
          occurrences[lane] = side.occurrences[position + lane]
          rarity[lane] = side.rarity[position + lane]
          weights[lane] = side.weights[position + lane]
        }
        targetWords.append(words)
        targetOccurrences.append(occurrences)
        targetRarity.append(rarity)
        targetWeights.append(weights)
        position += 4
      }
      targetStarts.append(Int32(targetWords.count))
    }
    return numbers
  }

  private mutating func layOutSource(_ pair: PairEvidence, _ numbers: [Int32]) {
    let side = pair.sourceSide
    let first = Int(side.offsets[rows.lowerBound])
    let last = Int(side.offsets[rows.upperBound])
    // The row of each word of the stretch, found by sorting.
    let distinct = Self.distinct(side.words[first..<last])
    var rowNumbers = [Int32](repeating: 0, count: last - first)
    for word in distinct.words {
      for index in pair.table.row(Int(word)) {
        let target = numbers[Int(pair.table.targets[index])]
        if target > 0 {
          entries.append(
            Entry(
              target: target, forward: pair.table.forward[index],
              backward: pair.table.backward[index]))
        }
      }
      entryStarts.append(Int32(entries.count))
    }
    for (position, row) in distinct.places { rowNumbers[Int(position) - first] = row }
    for sentence in rows {
      let range = side.range(sentence)
      var position = range.lowerBound
      while position < range.upperBound {
        var wordRows = SIMD4<Int32>(repeating: -1)
        var occurrences = Chunk.zero
        var rarity = Chunk.zero
        var weights = Chunk.zero
        for lane in 0..<min(4, range.upperBound - position) {
          wordRows[lane] = rowNumbers[position + lane - first]
          occurrences[lane] = side.occurrences[position + lane]
          rarity[lane] = side.rarity[position + lane]
          weights[lane] = side.weights[position + lane]
        }
        sourceRows.append(wordRows)
        sourceOccurrences.append(occurrences)
        sourceRarity.append(rarity)
        sourceWeights.append(weights)
        position += 4
      }
      sourceStarts.append(Int32(sourceRows.count))
    }
  }

  /// The distinct words, ascending, and for each position the place of its word among them.
  private static func distinct(
    _ words: ArraySlice<Int32>
  ) -> (words: [Int32], places: [(Int32, Int32)]) {
    let order = words.indices.map { UInt64(UInt32(bitPattern: words[$0])) << 32 | UInt64($0) }
      .sorted()
    var found: [Int32] = []
    var places: [(Int32, Int32)] = []
    places.reserveCapacity(order.count)
    for key in order {
      let word = Int32(truncatingIfNeeded: key >> 32)
      if found.last != word { found.append(word) }
      places.append((Int32(truncatingIfNeeded: key), Int32(found.count - 1)))
    }
    return (found, places)
  }
}
