/// Finds all patterns of a list in a sequence of symbols, in one pass.
///
/// Source: Aho & Corasick 1975, *Communications of the ACM* 18(6). The trie is laid out breadth first, so
/// that the children of a node have consecutive numbers and need no table of edges: a node's number is
/// the edge that leads to it. Patterns with the same symbols share a node.
struct TermAutomaton: Sendable {
  /// A node and where in the text it was reached.
  struct Candidate: Sendable {
    /// The first symbol of the hit, and the one after its last.
    var start: UInt32
    var end: UInt32
    /// The node whose patterns were found.
    var node: UInt32
  }

  /// The children of the root by symbol; 0 for none.
  private let roots: [UInt32]
  /// The symbol that leads to each node.
  private let symbols: [UInt32]
  /// Where the children of each node begin; they end where those of the next node begin.
  private let children: [UInt32]
  /// The node of the longest proper suffix.
  private let suffixes: [UInt32]
  /// The nearest node with patterns among the suffixes; 0 for none.
  private let outputs: [UInt32]
  private let depths: [UInt32]
  /// The patterns of each node: a range of `order`.
  private let patternStarts: [UInt32]
  private let patternCounts: [UInt32]
  /// The patterns in the order of their symbols, equal ones in the order of the list.
  private let order: [UInt32]

  /// - Parameters:
  ///   - symbols: The symbols of all patterns, one after the other; none is 0.
  ///   - starts: Where each pattern begins, closed by the end of the last. No pattern is empty.
  ///   - symbolCount: The number of symbols, 0 included.
  /// - Complexity: O(n log n) for *n* symbols in all.
  init(_ patterns: [UInt32], starts: [UInt32], symbolCount: Int) {
    let count = starts.count - 1
    var order = (0..<UInt32(count)).map(\.self)
    order.sort { one, other in
      var left = Int(starts[Int(one)])
      var right = Int(starts[Int(other)])
      let leftEnd = Int(starts[Int(one) + 1])
      let rightEnd = Int(starts[Int(other) + 1])
      while left < leftEnd, right < rightEnd {
        if patterns[left] != patterns[right] { return patterns[left] < patterns[right] }
        left &+= 1
        right &+= 1
      }
      if left == leftEnd, right == rightEnd { return one < other }
      return left == leftEnd
    }
    var roots = [UInt32](repeating: 0, count: symbolCount)
    var symbols: [UInt32] = [0]
    var children: [UInt32] = []
    var depths: [UInt32] = [0]
    var patternStarts: [UInt32] = [0]
    var patternCounts: [UInt32] = [0]
    // A node is a range of the sorted patterns that share their first symbols.
    var low: [UInt32] = [0]
    var high: [UInt32] = [UInt32(count)]
    var node = 0
    while node < symbols.count {
      children.append(UInt32(symbols.count))
      let depth = depths[node]
      var index = low[node]
      // Those that end here come first.
      patternStarts[node] = index
      while index < high[node] {
        let pattern = Int(order[Int(index)])
        guard starts[pattern + 1] - starts[pattern] == depth else { break }
        index += 1
      }
      patternCounts[node] = index - patternStarts[node]
      while index < high[node] {
        let symbol = patterns[Int(starts[Int(order[Int(index)])] + depth)]
        let first = index
        while index < high[node],
          patterns[Int(starts[Int(order[Int(index)])] + depth)] == symbol
        {
          index += 1
        }
        if node == 0 { roots[Int(symbol)] = UInt32(symbols.count) }
        symbols.append(symbol)
        depths.append(depth + 1)
        patternStarts.append(0)
        patternCounts.append(0)
        low.append(first)
        high.append(index)
      }
      node += 1
    }
    children.append(UInt32(symbols.count))
    self.roots = roots
    self.symbols = symbols
    self.children = children
    self.depths = depths
    self.patternStarts = patternStarts
    self.patternCounts = patternCounts
    self.order = order
    var suffixes = [UInt32](repeating: 0, count: symbols.count)
    var outputs = [UInt32](repeating: 0, count: symbols.count)
    for parent in 0..<symbols.count {
      for child in Int(children[parent])..<Int(children[parent + 1]) where parent != 0 {
        let symbol = symbols[child]
        var state = suffixes[parent]
        var target: UInt32 = 0
        while true {
          target = Self.child(
            of: state, symbol, roots.span, symbols.span, children.span)
          if target != 0 || state == 0 { break }
          state = suffixes[Int(state)]
        }
        suffixes[child] = target
        outputs[child] = patternCounts[Int(target)] > 0 ? target : outputs[Int(target)]
      }
    }
    self.suffixes = suffixes
    self.outputs = outputs
  }

  /// The number of nodes, the root included.
  var nodeCount: Int { symbols.count }

  /// The patterns of a node, in the order of the list.
  func patterns(of node: UInt32) -> ArraySlice<UInt32> {
    let start = Int(patternStarts[Int(node)])
    return order[start..<(start + Int(patternCounts[Int(node)]))]
  }

  /// Calls `body` with every hit, in the order in which hits end, longer ones first.
  ///
  /// - Parameters:
  ///   - count: The number of symbols in the text.
  ///   - symbol: The symbol at a place; 0 for one that no pattern has.
  /// - Complexity: O(symbols + hits), times the logarithm of the children of a node.
  @inline(__always)
  func forEachCandidate(
    in text: Span<UInt32>, _ body: (Candidate) -> Void
  ) {
    let roots = roots.span
    let symbols = symbols.span
    let children = children.span
    let suffixes = suffixes.span
    let outputs = outputs.span
    let counts = patternCounts.span
    let depths = depths.span
    var state: UInt32 = 0
    var index = 0
    while index < text.count {
      let symbol = text[index]
      index &+= 1
      if symbol == 0 {
        state = 0
        continue
      }
      while true {
        let next = Self.child(of: state, symbol, roots, symbols, children)
        if next != 0 || state == 0 {
          state = next
          break
        }
        state = suffixes[Int(state)]
      }
      var found = counts[Int(state)] > 0 ? state : outputs[Int(state)]
      while found != 0 {
        body(
          Candidate(
            start: UInt32(index) &- depths[Int(found)], end: UInt32(index), node: found))
        found = outputs[Int(found)]
      }
    }
  }

  @inline(__always)
  private static func child(
    of node: UInt32, _ symbol: UInt32, _ roots: Span<UInt32>, _ symbols: Span<UInt32>,
    _ children: Span<UInt32>
  ) -> UInt32 {
    if node == 0 { return roots[Int(symbol)] }
    var low = Int(children[Int(node)])
    var high = Int(children[Int(node) &+ 1])
    while low < high {
      let middle = (low &+ high) &>> 1
      if symbols[middle] < symbol { low = middle &+ 1 } else { high = middle }
    }
    return low < Int(children[Int(node) &+ 1]) && symbols[low] == symbol ? UInt32(low) : 0
  }
}
