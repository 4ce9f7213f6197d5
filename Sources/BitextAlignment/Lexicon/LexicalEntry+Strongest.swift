extension LexicalEntry {
  /// One entry a pair, ascending, each direction with its largest probability.
  static func strongest(_ entries: [LexicalEntry]) -> [LexicalEntry] {
    let sorted = entries.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    var result: [LexicalEntry] = []
    result.reserveCapacity(sorted.count)
    for entry in sorted {
      if let last = result.last, last.source == entry.source, last.target == entry.target {
        result[result.count - 1] = LexicalEntry(
          source: last.source, target: last.target, forward: max(last.forward, entry.forward),
          backward: max(last.backward, entry.backward))
      } else {
        result.append(entry)
      }
    }
    return result
  }
}
