internal import Foundation

/// Builds the file of a Chinese lexicon from words and costs.
///
/// First fit: nodes are placed in the order of the words, each where its children find free cells. The
/// same words give the same file. Words are kept in simplified characters, and traditional text is
/// looked up through the one-to-one table of `HanVariants`.
package struct ChineseLexiconBuilder {
  private var words: [(scalars: [UInt32], cost: UInt8)] = []

  package init() {}

  /// The number of words that were added.
  package var count: Int { words.count }

  /// Adds a word. Words of anything but characters from U+3000 to U+9FFF are left out, and of equal
  /// words only the cheapest is kept.
  ///
  /// - Parameter cost: −10 ln p, cut off at 1 and 255.
  /// - Returns: Whether the word can be held.
  @discardableResult
  package mutating func add(_ word: String, cost: Int) -> Bool {
    let scalars = word.unicodeScalars.map { Self.simplified($0.value) }
    let codes = ChineseLexicon.Layout.firstCode..<0xA000
    guard !scalars.isEmpty, scalars.count < 64, scalars.allSatisfy(codes.contains) else {
      return false
    }
    words.append((scalars, UInt8(min(255, max(1, cost)))))
    return true
  }

  /// Whether a word has no traditional character, as the lexicon keeps it.
  package static func isSimplified(_ word: String) -> Bool {
    word.unicodeScalars.allSatisfy { simplified($0.value) == $0.value }
  }

  /// Returns the bytes of the file.
  ///
  /// - Parameter wordPenalty: What each word of a segmentation costs on top of its own cost.
  /// - Complexity: About ten seconds for 350,000 words.
  package func build(wordPenalty: Int) -> [UInt8] {
    // Frequent characters get small labels, so that the cells lie close together.
    var counts: [UInt32: Int] = [:]
    for word in words { for scalar in word.scalars { counts[scalar, default: 0] += 1 } }
    let order = counts.keys.sorted { (counts[$0] ?? 0, $1) > (counts[$1] ?? 0, $0) }
    var labels = [UInt16](repeating: 0, count: ChineseLexicon.Layout.codeCount)
    for (index, scalar) in order.enumerated() {
      labels[Int(scalar - ChineseLexicon.Layout.firstCode)] = UInt16(index + 1)
    }
    // A traditional character has the label of its simplified form: one lexicon reads both scripts.
    for place in labels.indices {
      let simplified = Self.simplified(UInt32(place) + ChineseLexicon.Layout.firstCode)
      labels[place] = labels[Int(simplified - ChineseLexicon.Layout.firstCode)]
    }

    var sorted = words.map { word in
      (
        key: word.scalars.map { labels[Int($0 - ChineseLexicon.Layout.firstCode)] }, cost: word.cost
      )
    }
    sorted.sort { one, other in
      if one.key == other.key { return one.cost < other.cost }
      return one.key.lexicographicallyPrecedes(other.key)
    }
    var unique: [(key: [UInt16], cost: UInt8)] = []
    for word in sorted where unique.last?.key != word.key { unique.append(word) }

    var array = DoubleArray(labelCount: order.count)
    array.place(unique)
    let layout = ChineseLexicon.Layout(
      cellCount: array.cells.count, wordCount: unique.count, labelCount: order.count,
      maximumLength: unique.map(\.key.count).max() ?? 0, wordPenalty: wordPenalty, checksum: 0)
    var filter = [UInt64](repeating: 0, count: ChineseLexicon.Layout.filterBits / 64)
    for word in unique where word.key.count > 1 {
      let bit = ChineseLexicon.filterBit(word.key[0], word.key[1])
      filter[bit / 64] |= 1 << UInt64(bit % 64)
    }
    return Self.file(layout, codes: labels, filter: filter, array)
  }

  private static func simplified(_ scalar: UInt32) -> UInt32 {
    guard scalar >= HanVariants.first, scalar < HanVariants.end else { return scalar }
    return UInt32(HanVariants.standard.simplified[Int(scalar - HanVariants.first)])
  }

  private static func file(
    _ layout: ChineseLexicon.Layout, codes: [UInt16], filter: [UInt64], _ array: DoubleArray
  ) -> [UInt8] {
    var layout = layout
    var bytes: [UInt8] = []
    bytes.reserveCapacity(layout.byteCount)
    for code in codes { bytes += [UInt8(truncatingIfNeeded: code), UInt8(code >> 8)] }
    for word in filter { append(word, to: &bytes) }
    for place in array.cells.indices {
      let cell = array.cells[place]
      append(
        ChineseCell(label: array.labels[place], cost: UInt8(cell & 0xFF), begin: Int(cell >> 8))
          .bits,
        to: &bytes)
    }
    var checksum = ChineseLexicon.checksumStart
    for start in stride(from: 0, to: bytes.count, by: 8) {
      let word = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
      checksum = ChineseLexicon.checksum(checksum, word)
    }
    layout.checksum = checksum
    return layout.header + bytes
  }

  private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    bytes += (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }
}

/// A double array in the making.
private struct DoubleArray {
  /// Begin of the children in the upper 24 bits, cost in the lower 8.
  private(set) var cells: [UInt32] = [0]
  /// The label that leads to a cell; 0 for a free one.
  private(set) var labels: [UInt16] = [0]
  private var isBeginUsed: [Bool] = [false]
  /// The free cells after and before a free cell. Cell 0, the root, heads the list.
  private var nextFree: [Int32] = [1]
  private var previousFree: [Int32] = [0]
  private var firstFree = 1
  private let labelCount: Int

  init(labelCount: Int) {
    self.labelCount = labelCount
  }

  /// Places all words, which must be sorted and unique.
  mutating func place(_ words: [(key: [UInt16], cost: UInt8)]) {
    grow(to: labelCount + 2)
    // Breadth first: the second characters of all words lie close together, and it is they that are
    // asked for; a text seldom follows a word to its end.
    var queue: [(node: Int, words: Range<Int>, depth: Int)] = [(0, words.indices, 0)]
    var next = 0
    while next < queue.count {
      let (node, range, depth) = queue[next]
      next += 1
      placeChildren(of: node, words[range], depth: depth, &queue)
    }
    // Whoever reads may look one label past any begin.
    if let last = labels.lastIndex(where: { $0 != 0 }) {
      let count = last + labelCount + 2
      grow(to: count)
      cells.removeLast(cells.count - count)
      labels.removeLast(labels.count - count)
    }
  }

  private mutating func placeChildren(
    of node: Int, _ words: ArraySlice<(key: [UInt16], cost: UInt8)>, depth: Int,
    _ queue: inout [(node: Int, words: Range<Int>, depth: Int)]
  ) {
    // The first word may end at this node; the others go on.
    var start = words.startIndex
    if start < words.endIndex, words[start].key.count == depth {
      cells[node] |= UInt32(words[start].cost)
      start += 1
    }
    guard start < words.endIndex else { return }
    var groups: [Range<Int>] = []
    var index = start
    while index < words.endIndex {
      let label = words[index].key[depth]
      let first = index
      while index < words.endIndex, words[index].key[depth] == label { index += 1 }
      groups.append(first..<index)
    }
    let children = groups.map { Int(words[$0.lowerBound].key[depth]) }
    let begin = findBegin(for: children)
    isBeginUsed[begin] = true
    cells[node] |= UInt32(begin) << 8
    for child in children { occupy(begin + child, label: UInt16(child)) }
    for (child, group) in zip(children, groups) {
      queue.append((begin + child, group, depth + 1))
    }
  }

  private mutating func findBegin(for children: [Int]) -> Int {
    let first = children[0]
    var free = firstFree
    var tries = 0
    while true {
      grow(to: free + labelCount + 2)
      let begin = free - first
      if begin > 0, !isBeginUsed[begin], children.allSatisfy({ labels[begin + $0] == 0 }) {
        return begin
      }
      tries += 1
      // Cells before here hardly ever fit any more: forget them, so that the search stays short.
      if tries == 4096 { firstFree = free }
      free = Int(nextFree[free])
    }
  }

  private mutating func occupy(_ cell: Int, label: UInt16) {
    labels[cell] = label
    let next = Int(nextFree[cell])
    let previous = Int(previousFree[cell])
    grow(to: next + 1)
    nextFree[previous] = Int32(next)
    previousFree[next] = Int32(previous)
    if firstFree == cell { firstFree = next }
  }

  private mutating func grow(to count: Int) {
    guard cells.count < count else { return }
    let start = cells.count
    let end = max(count, start * 2)
    cells += repeatElement(0, count: end - start)
    labels += repeatElement(0, count: end - start)
    isBeginUsed += repeatElement(false, count: end - start)
    nextFree += (start..<end).map { Int32($0 + 1) }
    previousFree += (start..<end).map { Int32($0 - 1) }
  }
}
