internal import BitextCore

/// Finds the terms of a list in a text, whatever width, case, script or quotation marks both have.
///
/// Terms and text are compared by their match keys; a hit is led back to the text through the offset
/// map. A term never begins or ends inside a longer word of letters or digits.
struct TermMatcher: Sendable {
  /// A hit, in bytes of the text.
  struct Hit: Sendable, Hashable {
    var start: Int
    var end: Int
    /// Whether every character takes three bytes and is Han: such a term is one edge of the lattice.
    var isHan: Bool
  }

  /// Longer keys are left out, so that the work for each byte of a text has a bound.
  static let maximumKeyLength = 512

  private let normalizer: TextNormalizer
  /// The children of all nodes: `node << 8 | byte` to node, an open hash.
  private var keys: [UInt64] = []
  private var values: [UInt32] = []
  private var isEnd: [Bool] = [false]
  private var isInitial: [Bool]
  private var edgeCount = 0

  var isEmpty: Bool { isEnd.count == 1 }

  init(_ terms: [String], language: LanguageTag) {
    normalizer = TextNormalizer(.match, language: language)
    isInitial = [Bool](repeating: false, count: 256)
    keys = [UInt64](repeating: 0, count: 64)
    values = [UInt32](repeating: 0, count: 64)
    for term in terms {
      let key = Array(normalizer(term).utf8)
      guard !key.isEmpty, key.count <= Self.maximumKeyLength else { continue }
      isInitial[Int(key[0])] = true
      var node: UInt32 = 0
      for byte in key { node = child(of: node, byte) ?? addChild(of: node, byte) }
      isEnd[Int(node)] = true
    }
  }

  /// Returns all hits, ordered by where they start, then by where they end.
  ///
  /// - Complexity: O(length of the text · length of the longest term).
  func hits(in text: String, _ bytes: [UInt8]) -> [Hit] {
    let mapped = normalizer.mapped(text)
    let key = Array(mapped.text.utf8)
    var hits: [Hit] = []
    for start in key.indices where isInitial[Int(key[start])] {
      if Self.isAlphanumeric(key, start), start > 0, Self.isAlphanumericBefore(key, start) {
        continue
      }
      var node: UInt32 = 0
      var index = start
      while index < key.count, let next = child(of: node, key[index]) {
        node = next
        index += 1
        guard isEnd[Int(node)], index == key.count || key[index] & 0xC0 != 0x80 else { continue }
        if index < key.count, Self.isAlphanumeric(key, index), Self.isAlphanumericBefore(key, index)
        {
          continue
        }
        let span = TextSpan(start..<index)
        let original = mapped.originalSpan(of: span)
        guard mapped.normalizedSpan(of: original) == span, !original.isEmpty else { continue }
        hits.append(
          Hit(
            start: Int(original.start), end: Int(original.end),
            isHan: Self.isHan(bytes, original.range)))
      }
    }
    return hits
  }

  /// Returns the hits that do not overlap: of two that do, the longer wins, of equals the earlier.
  static func disjoint(_ hits: [Hit]) -> [Hit] {
    let order = hits.indices.sorted { one, other in
      let (a, b) = (hits[one], hits[other])
      return a.end - a.start != b.end - b.start
        ? a.end - a.start > b.end - b.start : a.start < b.start
    }
    // A hit that overlaps one taken before, which is no shorter, has its first or last byte in it.
    var isTaken = [Bool](repeating: false, count: hits.map(\.end).max() ?? 0)
    var taken: [Hit] = []
    for index in order {
      let hit = hits[index]
      if isTaken[hit.start] || isTaken[hit.end - 1] { continue }
      for place in hit.start..<hit.end { isTaken[place] = true }
      taken.append(hit)
    }
    return taken.sorted { $0.start < $1.start }
  }

  // MARK: Letters

  /// Whether a letter or digit of a script with spaces stands at `index`.
  private static func isAlphanumeric(_ bytes: [UInt8], _ index: Int) -> Bool {
    let byte = bytes[index]
    if byte < 0x80 { return byte &- 0x30 < 10 || byte | 0x20 &- 0x61 < 26 }
    return (0xC3...0xDF).contains(byte)
  }

  private static func isAlphanumericBefore(_ bytes: [UInt8], _ index: Int) -> Bool {
    var place = index - 1
    while place > 0, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place >= 0 && isAlphanumeric(bytes, place)
  }

  private static func isHan(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      guard WordScanner.isHan(bytes, at: index) else { return false }
      index += 3
    }
    return index == range.upperBound
  }

  // MARK: The trie

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
  }

  @inline(__always)
  private func child(of node: UInt32, _ byte: UInt8) -> UInt32? {
    // Keys are stored plus one, since 0 marks a free slot.
    let key = (UInt64(node) << 8 | UInt64(byte)) + 1
    var place = slot(key)
    while keys[place] != 0 {
      if keys[place] == key { return values[place] }
      place = (place + 1) & (keys.count - 1)
    }
    return nil
  }

  private mutating func addChild(of node: UInt32, _ byte: UInt8) -> UInt32 {
    if (edgeCount + 1) * 2 > keys.count { rehash() }
    let child = UInt32(isEnd.count)
    isEnd.append(false)
    insert((UInt64(node) << 8 | UInt64(byte)) + 1, child)
    edgeCount += 1
    return child
  }

  private mutating func insert(_ key: UInt64, _ value: UInt32) {
    var place = slot(key)
    while keys[place] != 0 { place = (place + 1) & (keys.count - 1) }
    keys[place] = key
    values[place] = value
  }

  private mutating func rehash() {
    let oldKeys = keys
    let oldValues = values
    keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
    values = [UInt32](repeating: 0, count: oldKeys.count * 2)
    for (key, value) in zip(oldKeys, oldValues) where key != 0 { insert(key, value) }
  }
}
