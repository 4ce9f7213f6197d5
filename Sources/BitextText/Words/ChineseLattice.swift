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
    let count = findRuns(bytes, from: start, cuts)
    findEdges(hanTerms)
    load(bytes, lexicon.characters, count)
    let penalty = Int32(lexicon.layout.wordPenalty)
    // Out of the struct while they are written to through spans.
    let (text, terms) = (characters, terms)
    var (pairs, triples, indexes): ([UInt64], [UInt64], [UInt32]) = ([], [], [])
    var (best, back): ([Int32], [UInt16]) = ([], [])
    swap(&pairs, &self.pairs)
    swap(&triples, &self.triples)
    swap(&indexes, &self.indexes)
    swap(&best, &self.best)
    swap(&back, &self.back)
    lexicon.withTables { _, cells, filter in
      do {
        var indexSpan = indexes.mutableSpan
        var pairSpan = pairs.mutableSpan
        Self.lookUpPairs(text.span, count, cells, filter, &indexSpan, &pairSpan)
      }
      do {
        var indexSpan = indexes.mutableSpan
        var tripleSpan = triples.mutableSpan
        Self.lookUpTriples(text.span, count, cells, &indexSpan, pairs.span, &tripleSpan)
      }
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

  /// Finds the runs of the block; returns how many places they take, separators included.
  private mutating func findRuns(
    _ bytes: [UInt8], from start: Int, _ cuts: ArraySlice<TermMatcher.Hit>
  ) -> Int {
    runs.removeAll(keepingCapacity: true)
    nextRun = 0
    let text = bytes.span
    var place = 0
    var index = start
    var cut = cuts.startIndex
    var limit = cut < cuts.endIndex ? cuts[cut].start : bytes.count
    while index < bytes.count, place < Self.blockSize {
      if index >= limit, cut < cuts.endIndex {
        if cuts[cut].start == index { index = cuts[cut].end }
        cut += 1
        limit = cut < cuts.endIndex ? cuts[cut].start : bytes.count
        continue
      }
      let runStart = index
      let longest = min(limit, index &+ 3 &* Self.maximumRun)
      while index < longest {
        // Nearly all of them begin with these bytes.
        guard text[index] &- 0xE4 < 6 || WordScanner.isHan(bytes, at: index) else { break }
        index &+= 3
      }
      if index > runStart {
        let run = Run(start: runStart, end: index, place: place)
        runs.append(run)
        place &+= run.count &+ 1
      } else {
        let byte = text[index]
        index &+= byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      }
    }
    return place
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

  /// Looks up every character of the runs.
  private mutating func load(_ bytes: [UInt8], _ known: [ChineseCharacter], _ count: Int) {
    if best.count <= count {
      let missing = max(count, Self.blockSize) + 1 - best.count
      characters += repeatElement(.unknown, count: missing)
      indexes += repeatElement(0, count: missing)
      pairs += repeatElement(0, count: missing)
      triples += repeatElement(0, count: missing)
      best += repeatElement(0, count: missing)
      back += repeatElement(0, count: missing)
      lengths += repeatElement(0, count: missing)
    }
    let text = bytes.span
    let table = known.span
    let runs = runs
    var target = characters.mutableSpan
    var place = 0
    for run in runs {
      var index = run.start
      while index < run.end {
        let scalar =
          UInt32(text[index] & 0x0F) &<< 12 | UInt32(text[index &+ 1] & 0x3F) &<< 6
          | UInt32(text[index &+ 2] & 0x3F)
        let code = Int(scalar &- ChineseLexicon.Layout.firstCode)
        target[place] = code < table.count ? table[code] : .unknown
        place &+= 1
        index &+= 3
      }
      target[place] = .separator
      place &+= 1
    }
  }

  /// Looks up every pair of neighbours in the trie.
  ///
  /// Where to look is worked out in a pass of its own, and nothing branches on what is found: the
  /// processor then waits for dozens of cells at once. Inside the search each would be waited for alone,
  /// which took three quarters of all time; in one pass with the filter, a third.
  private static func lookUpPairs(
    _ text: Span<ChineseCharacter>, _ count: Int, _ cells: Span<UInt64>, _ filter: Span<UInt64>,
    _ indexes: inout MutableSpan<UInt32>, _ pairs: inout MutableSpan<UInt64>
  ) {
    let last = count &- 1
    let cellCount = cells.count
    var here = text[0]
    for place in 0..<last {
      let next = text[place &+ 1]
      let bit = ChineseLexicon.filterBit(here.label, next.label)
      let passes = filter[bit &>> 6] &>> UInt64(bit & 63) & 1
      let index = here.begin &+ Int(next.label)
      // Cell 0 is the root, which no label leads to.
      let isKnown = passes != 0 && next.label != 0 && here.begin != 0 && index < cellCount
      indexes[place] = isKnown ? UInt32(truncatingIfNeeded: index) : 0
      here = next
    }
    for place in 0..<last {
      let index = Int(indexes[place])
      let cell = cells[index]
      pairs[place] = index != 0 && ChineseCell(cell).label == text[place &+ 1].label ? cell : 0
    }
    pairs[last] = 0
  }

  /// Looks up the third character of every pair that was found.
  private static func lookUpTriples(
    _ text: Span<ChineseCharacter>, _ count: Int, _ cells: Span<UInt64>,
    _ indexes: inout MutableSpan<UInt32>, _ pairs: Span<UInt64>,
    _ triples: inout MutableSpan<UInt64>
  ) {
    let last = max(0, count &- 2)
    let cellCount = cells.count
    for place in 0..<last {
      let label = text[place &+ 2].label
      let begin = ChineseCell(pairs[place]).begin
      let index = begin &+ Int(label)
      let isKnown = begin != 0 && label != 0 && index < cellCount
      indexes[place] = isKnown ? UInt32(truncatingIfNeeded: index) : 0
    }
    for place in 0..<last {
      let index = Int(indexes[place])
      let cell = cells[index]
      triples[place] = index != 0 && ChineseCell(cell).label == text[place &+ 2].label ? cell : 0
    }
    for place in last..<count { triples[place] = 0 }
  }

  /// Fills `best` and `back` from left to right.
  private static func search(
    _ text: Span<ChineseCharacter>, _ pairs: Span<UInt64>, _ triples: Span<UInt64>,
    _ cells: Span<UInt64>, penalty: Int32, _ terms: [TermEdge], _ best: inout MutableSpan<Int32>,
    _ back: inout MutableSpan<UInt16>
  ) {
    let count = text.count
    for place in 0...count { best[place] = .max }
    best[0] = 0
    var term = 0
    var numeralEnd = 0
    for place in 0..<count {
      let here = text[place]
      let cost = best[place] &+ penalty
      let following = place &+ 1
      let single = cost &+ Int32(here.cost)
      if single < best[following] {
        best[following] = single
        back[following] = 1
      }

      // Words of the lexicon of two and more characters.
      var cell = ChineseCell(pairs[place])
      if cell.bits != 0 {
        if cell.cost != 0 {
          let total = cost &+ Int32(cell.cost)
          if total < best[following &+ 1] {
            best[following &+ 1] = total
            back[following &+ 1] = 2
          }
        }
        cell = ChineseCell(triples[place])
        var next = following &+ 2
        while cell.bits != 0 {
          if cell.cost != 0 {
            let total = cost &+ Int32(cell.cost)
            if total < best[next] {
              best[next] = total
              back[next] = UInt16(truncatingIfNeeded: next &- place)
            }
          }
          let begin = cell.begin
          guard begin != 0, next < count else { break }
          let label = text[next].label
          let index = begin &+ Int(label)
          guard label != 0, index < cells.count else { break }
          cell = ChineseCell(cells[index])
          guard cell.label == label else { break }
          next &+= 1
        }
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
