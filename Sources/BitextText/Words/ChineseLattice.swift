internal import BitextCore

/// Segments runs of Han characters by maximum probability.
///
/// Nodes are the places between characters; edges are words of the lexicon, single characters, runs of
/// numerals and the user's terms. The path of least cost wins (Viterbi 1967); a word costs −10 ln p and
/// a penalty. A term costs so little that it wins over any words of the lexicon, and a longer term over
/// shorter ones inside it.
///
/// A run between two commas has about nine characters, too few to be worth a search of its own: the runs
/// of a block of text are searched together, with a separator after each that no word can cross. Then
/// they are asked for one by one. The scratch arrays are kept from block to block.
struct ChineseLattice {
  /// Costs of what the lexicon does not hold, chosen on development data.
  private static let numeralCost: Int32 = 60
  private static let termCostPerCharacter: Int32 = -510
  /// About how many characters are searched together: their tables stay in the nearest cache.
  private static let blockSize = 1024
  /// Longer runs are cut, so that costs fit in 32 bits.
  private static let maximumRun = 1 << 20

  /// A run of the block: where it begins in the text, and where its characters are.
  private struct Run {
    var start: Int
    var end: Int
    var place: Int
    var count: Int { (end - start) / 3 }
  }

  private var runs: [Run] = []
  private var nextRun = 0
  private var characters: [ChineseCharacter] = []
  /// The cell of each character and the next together; 0 where no word begins so.
  private var pairs: [UInt64] = []
  /// The same for three characters.
  private var triples: [UInt64] = []
  /// Where in the trie to look for a pair or a triple; 0 where it is known not to be there.
  private var indexes: [UInt32] = []
  private var best: [Int32] = []
  private var back: [UInt16] = []
  /// The words of the best path, last first, and how many of them are still to be given.
  private var lengths: [UInt16] = []
  private var remaining = 0
  /// The terms of the block that are made of Han characters alone.
  private var terms: [TermEdge] = []
  private var nextTerm = 0

  /// A term in a block, in characters.
  private struct TermEdge {
    var start: Int
    var count: Int
  }

  /// Whether the words of the run that begins at a byte are known.
  func isPlanned(at start: Int) -> Bool {
    nextRun < runs.count && runs[nextRun].start == start
  }

  /// Searches the next block of a text.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - start: Where the first run begins.
  ///   - cuts: The terms from here on that are cut out before, in order.
  ///   - hanTerms: The terms of Han characters from here on, in order.
  mutating func plan(
    _ bytes: [UInt8], from start: Int, lexicon: ChineseLexicon, cuts: ArraySlice<TermMatcher.Hit>,
    hanTerms: ArraySlice<TermMatcher.Hit>
  ) {
    let count = findRuns(bytes, from: start, lexicon.characters, cuts)
    findEdges(hanTerms)
    let penalty = Int32(lexicon.layout.wordPenalty)
    // Out of the struct while they are written to through spans.
    let (text, terms) = (characters, terms)
    var (pairs, triples): ([UInt64], [UInt64]) = ([], [])
    var indexes: [UInt32] = []
    var (best, back): ([Int32], [UInt16]) = ([], [])
    swap(&pairs, &self.pairs)
    swap(&triples, &self.triples)
    swap(&indexes, &self.indexes)
    swap(&best, &self.best)
    swap(&back, &self.back)
    lexicon.withTables { _, cells, filter in
      Self.findPairs(text.span, count, cells.count, filter, &indexes)
      Self.read(cells, at: indexes, count, labels: text.span, offset: 1, into: &pairs)
      Self.findTriples(text.span, count, cells.count, pairs.span, &indexes)
      Self.read(cells, at: indexes, count, labels: text.span, offset: 2, into: &triples)
      var bestSpan = best.mutableSpan
      var backSpan = back.mutableSpan
      Self.search(
        text.span.extracting(first: count), pairs.span, triples.span, cells, penalty: penalty,
        terms, &bestSpan, &backSpan)
    }
    swap(&pairs, &self.pairs)
    swap(&triples, &self.triples)
    swap(&indexes, &self.indexes)
    swap(&best, &self.best)
    swap(&back, &self.back)
    follow(count)
  }

  /// Finds the runs of the block and looks up their characters; returns how many places they take,
  /// separators included.
  private mutating func findRuns(
    _ bytes: [UInt8], from start: Int, _ known: [ChineseCharacter],
    _ cuts: ArraySlice<TermMatcher.Hit>
  ) -> Int {
    nextRun = 0
    if characters.isEmpty { grow(to: min(2 * Self.blockSize, bytes.count / 3 + 3)) }
    while true {
      // Out of the struct while they are written to.
      var runs: [Run] = []
      var characters: [ChineseCharacter] = []
      swap(&runs, &self.runs)
      swap(&characters, &self.characters)
      let count = Self.findRuns(bytes, from: start, known, cuts, &runs, &characters)
      swap(&runs, &self.runs)
      swap(&characters, &self.characters)
      if let count { return count }
      grow(to: 2 * self.characters.count)
    }
  }

  /// The same; `nil` when there is no room for the first run.
  private static func findRuns(
    _ bytes: [UInt8], from start: Int, _ known: [ChineseCharacter],
    _ cuts: ArraySlice<TermMatcher.Hit>, _ runs: inout [Run],
    _ characters: inout [ChineseCharacter]
  ) -> Int? {
    runs.removeAll(keepingCapacity: true)
    let text = bytes.span
    let table = known.span
    var target = characters.mutableSpan
    let room = target.count &- 2
    var place = 0
    var index = start
    var cut = cuts.startIndex
    var limit = cut < cuts.endIndex ? cuts[cut].start : bytes.count
    while index < bytes.count, place < blockSize {
      if index >= limit, cut < cuts.endIndex {
        if cuts[cut].start == index { index = cuts[cut].end }
        cut += 1
        limit = cut < cuts.endIndex ? cuts[cut].start : bytes.count
        continue
      }
      let runStart = index
      let runPlace = place
      let longest = min(limit, index &+ 3 &* maximumRun)
      while index < longest {
        // Nearly all of them begin with the bytes from E4 to E9.
        guard text[index] &- 0xE4 < 6 || WordScanner.isHan(bytes, at: index) else { break }
        guard place < room else {
          // The next block begins with this run; if it is the first one, there has to be more room.
          return runs.isEmpty ? nil : runPlace
        }
        let scalar =
          UInt32(text[index] & 0x0F) &<< 12 | UInt32(text[index &+ 1] & 0x3F) &<< 6
          | UInt32(text[index &+ 2] & 0x3F)
        let code = Int(scalar &- ChineseLexicon.Layout.firstCode)
        target[place] = code < table.count ? table[code] : .unknown
        place &+= 1
        index &+= 3
      }
      if index > runStart {
        runs.append(Run(start: runStart, end: index, place: runPlace))
        target[place] = .separator
        place &+= 1
      } else {
        let byte = text[index]
        index &+= byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      }
    }
    return place
  }

  /// Makes room for a block of so many places.
  private mutating func grow(to count: Int) {
    let more = count + 1 - characters.count
    if best.isEmpty { (best, back) = ([0, 0], [0, 0]) }
    characters += repeatElement(.unknown, count: more)
    indexes += repeatElement(0, count: more)
    pairs += repeatElement(0, count: more)
    triples += repeatElement(0, count: more)
    best += repeatElement(0, count: more)
    back += repeatElement(0, count: more)
    lengths += repeatElement(0, count: more)
  }

  /// Finds the terms that lie in one of the runs.
  private mutating func findEdges(_ hanTerms: ArraySlice<TermMatcher.Hit>) {
    terms.removeAll(keepingCapacity: true)
    nextTerm = 0
    var run = 0
    for term in hanTerms {
      while run < runs.count, runs[run].end <= term.start { run += 1 }
      guard run < runs.count else { return }
      guard term.start >= runs[run].start, term.end <= runs[run].end else { continue }
      terms.append(
        TermEdge(
          start: runs[run].place + (term.start - runs[run].start) / 3,
          count: (term.end - term.start) / 3))
    }
  }

  /// Finds where in the trie every pair of neighbours would be.
  private static func findPairs(
    _ text: Span<ChineseCharacter>, _ count: Int, _ cellCount: Int, _ filter: Span<UInt64>,
    _ indexes: inout [UInt32]
  ) {
    var target = indexes.mutableSpan
    let last = count &- 1
    var here = text[0]
    for place in 0..<last {
      let next = text[place &+ 1]
      let bit = ChineseLexicon.filterBit(here.label, next.label)
      let passes = filter[bit &>> 6] &>> UInt64(bit & 63) & 1
      let index = here.begin &+ Int(next.label)
      // Cell 0 is the root, which no label leads to.
      let isKnown = passes != 0 && next.label != 0 && here.begin != 0 && index < cellCount
      target[place] = isKnown ? UInt32(truncatingIfNeeded: index) : 0
      here = next
    }
    target[last] = 0
  }

  /// Reads cells of the trie; a cell of another label, and index 0, give 0.
  ///
  /// A pass of its own in which nothing branches on what is found: the processor waits for many cells at
  /// once. Inside the search each would be waited for alone, which took three quarters of all time; in one
  /// pass with the filter, a third. (A small cache of the cells that were read last did not help.)
  private static func read(
    _ cells: Span<UInt64>, at indexes: [UInt32], _ count: Int, labels: Span<ChineseCharacter>,
    offset: Int, into found: inout [UInt64]
  ) {
    let indexes = indexes.span
    var target = found.mutableSpan
    let last = max(0, count &- offset)
    for place in 0..<last {
      let index = Int(indexes[place])
      let cell = cells[index]
      let isRight = index != 0 && ChineseCell(cell).label == labels[place &+ offset].label
      target[place] = isRight ? cell : 0
    }
    for place in last..<count { target[place] = 0 }
  }

  /// Finds where in the trie the third character would be of every pair that was found.
  private static func findTriples(
    _ text: Span<ChineseCharacter>, _ count: Int, _ cellCount: Int, _ pairs: Span<UInt64>,
    _ indexes: inout [UInt32]
  ) {
    var target = indexes.mutableSpan
    let last = max(0, count &- 2)
    for place in 0..<last {
      let label = text[place &+ 2].label
      let begin = ChineseCell(pairs[place]).begin
      let index = begin &+ Int(label)
      let isKnown = begin != 0 && label != 0 && index < cellCount
      target[place] = isKnown ? UInt32(truncatingIfNeeded: index) : 0
    }
    for place in last..<count { target[place] = 0 }
  }

  /// More than any path costs.
  private static let never: Int32 = 1 << 29

  /// The cost of the word that ends at a cell.
  @inline(__always)
  private static func edgeCost(_ bits: UInt64) -> Int32 {
    let cost = ChineseCell(bits).cost
    return cost == 0 ? never : Int32(cost)
  }

  /// Takes an edge if the way through it is the best one so far.
  @inline(__always)
  private static func relax(
    _ best: inout MutableSpan<Int32>, _ back: inout MutableSpan<UInt16>, _ place: Int,
    _ total: Int32, _ length: UInt16
  ) {
    let (known, step) = (best[place], back[place])
    let isBetter = total < known
    best[place] = isBetter ? total : known
    back[place] = isBetter ? length : step
  }

  /// Fills `best` and `back` from left to right.
  private static func search(
    _ text: Span<ChineseCharacter>, _ pairs: Span<UInt64>, _ triples: Span<UInt64>,
    _ cells: Span<UInt64>, penalty: Int32, _ terms: [TermEdge], _ best: inout MutableSpan<Int32>,
    _ back: inout MutableSpan<UInt16>
  ) {
    let count = text.count
    // Two places more than there are, so that no edge has to be kept from reaching over the end.
    for place in 0..<(count + 3) { best[place] = .max }
    best[0] = 0
    var term = 0
    var numeralEnd = 0
    for place in 0..<count {
      // Which edges there are and which of them is better can be guessed by no processor: every place
      // takes the same three steps, with a cost that never wins for an edge that is not there.
      let here = text[place]
      let cost = best[place] &+ penalty
      relax(&best, &back, place &+ 1, cost &+ Int32(here.cost), 1)
      relax(&best, &back, place &+ 2, cost &+ edgeCost(pairs[place]), 2)
      relax(&best, &back, place &+ 3, cost &+ edgeCost(triples[place]), 3)

      // Words of four and more characters.
      var begin = ChineseCell(triples[place]).begin
      var next = place &+ 3
      while begin != 0, next < count {
        let label = text[next].label
        let index = begin &+ Int(label)
        guard label != 0, index < cells.count else { break }
        let cell = ChineseCell(cells[index])
        guard cell.label == label else { break }
        next &+= 1
        relax(
          &best, &back, next, cost &+ edgeCost(cell.bits),
          UInt16(truncatingIfNeeded: next &- place))
        begin = cell.begin
      }

      // A run of numerals: 一百二十, 第三.
      if here.roles & (ChineseCharacterRoles.numeral | ChineseCharacterRoles.ordinal) != 0,
        place >= numeralEnd
      {
        var end = place
        if here.roles & ChineseCharacterRoles.ordinal != 0 { end += 1 }
        let digits = end
        while end < count, end - place < 255,
          text[end].roles & ChineseCharacterRoles.numeral != 0
        {
          end += 1
        }
        if end - digits >= 2 {
          numeralEnd = end
          if cost &+ numeralCost < best[end] {
            best[end] = cost &+ numeralCost
            back[end] = UInt16(end - place)
          }
        }
      }

      while term < terms.count, terms[term].start == place {
        let end = place + terms[term].count
        let termCost = cost &+ termCostPerCharacter &* Int32(terms[term].count)
        if end <= count, termCost < best[end] {
          best[end] = termCost
          back[end] = UInt16(truncatingIfNeeded: terms[term].count)
        }
        term += 1
      }
    }
  }

  /// Follows `back` from the end of the block.
  private mutating func follow(_ count: Int) {
    let back = back
    let steps = back.span
    var target = lengths.mutableSpan
    var place = count
    var words = 0
    while place > 0 {
      let length = steps[place]
      target[words] = length
      words &+= 1
      place &-= Int(length)
    }
    self.remaining = words
  }

  /// Appends the words of the next run; returns where it ends in the text.
  mutating func appendWords(to words: inout [Word]) -> Int {
    let run = runs[nextRun]
    nextRun += 1
    // Copies of the references: the struct changes while the spans are in use.
    let (lengths, characters) = (lengths, characters)
    let path = lengths.span
    let text = characters.span
    let last = run.place + run.count
    var remaining = remaining
    var term = nextTerm
    // 元 in 三万元 is no surname.
    var isAfterNumeral = false
    var place = run.place
    var start = UInt32(truncatingIfNeeded: run.start)
    while place < last {
      var length = Int(path[remaining - 1])
      var kind = WordKind.word
      let roles = text[place].roles
      if term < terms.count {
        while term < terms.count, terms[term].start < place { term += 1 }
        var candidate = term
        while candidate < terms.count, terms[candidate].start == place {
          if terms[candidate].count == length { kind = .term }
          candidate += 1
        }
      }
      remaining -= 1
      if kind != .term, roles != 0 {
        if roles & (ChineseCharacterRoles.sound | ChineseCharacterRoles.surname) != 0,
          !isAfterNumeral
        {
          let joined = ChineseNames.length(path, remaining: remaining + 1, text, at: place)
          if joined.words > 1,
            // A term that begins inside a name stays a term.
            term == terms.count || terms[term].start >= place + joined.characters
          {
            remaining -= joined.words - 1
            length = joined.characters
          }
        }
        if roles & ChineseCharacterRoles.numeral != 0, isNumeral(text, place..<(place + length)) {
          kind = .number
        }
      }
      isAfterNumeral = kind == .number
      let end = start &+ UInt32(truncatingIfNeeded: 3 &* length)
      words.append(Word(span: TextSpan(start: start, end: end), kind: kind))
      start = end
      place += length
    }
    // The separator is a step of the path, too.
    self.remaining = remaining - 1
    nextTerm = term
    return run.end
  }

  private func isNumeral(_ text: Span<ChineseCharacter>, _ range: Range<Int>) -> Bool {
    for index in range where text[index].roles & ChineseCharacterRoles.numeral == 0 { return false }
    return true
  }
}
