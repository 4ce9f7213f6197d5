internal import BitextCore

/// Segments runs of Han characters by maximum probability.
///
/// Nodes are the places between characters; edges are words of the lexicon, single characters, runs of
/// numerals and the user's terms. The path of least cost wins (Viterbi 1967); a word costs −10 ln p and
/// a penalty. A term costs so little that it wins over any words of the lexicon, and a longer term over
/// shorter ones inside it.
///
/// The scratch arrays are kept from run to run.
struct ChineseLattice {
  /// Costs of what the lexicon does not hold, chosen on development data.
  private static let numeralCost: Int32 = 60
  private static let termCostPerCharacter: Int32 = -510

  private var characters: [ChineseCharacter] = []
  /// The cell of each character and the next together; 0 where no word begins so.
  private var pairs: [UInt64] = []
  /// The same for three characters.
  private var triples: [UInt64] = []
  private var best: [Int32] = []
  private var back: [UInt16] = []
  /// The words of the best path, last first.
  private var lengths: [UInt16] = []

  /// A term in a run, in characters.
  struct TermEdge: Sendable {
    var start: Int
    var count: Int
  }

  /// Appends the words of a run.
  ///
  /// - Parameters:
  ///   - bytes: The text; every character in `range` takes three bytes.
  ///   - terms: The terms in the run, ordered by where they start.
  mutating func segment(
    _ bytes: [UInt8], _ range: Range<Int>, lexicon: ChineseLexicon, terms: [TermEdge],
    into words: inout [Word]
  ) {
    let count = range.count / 3
    load(bytes, range, lexicon.characters, count)
    let penalty = Int32(lexicon.layout.wordPenalty)
    // Out of the struct while the search writes to them through spans.
    var (best, back): ([Int32], [UInt16]) = ([], [])
    swap(&best, &self.best)
    swap(&back, &self.back)
    let text = characters
    var (pairs, triples): ([UInt64], [UInt64]) = ([], [])
    swap(&pairs, &self.pairs)
    swap(&triples, &self.triples)
    lexicon.withTables { _, cells, filter in
      var bestSpan = best.mutableSpan
      var backSpan = back.mutableSpan
      Self.lookUpPairs(text.span, count, cells, filter, into: &pairs)
      Self.lookUpTriples(text.span, count, cells, pairs.span, into: &triples)
      Self.search(
        text.span.extracting(first: count), pairs.span, triples.span, cells, penalty: penalty,
        terms,
        &bestSpan, &backSpan)
    }
    swap(&pairs, &self.pairs)
    swap(&triples, &self.triples)
    swap(&best, &self.best)
    swap(&back, &self.back)
    emit(count, start: range.lowerBound, terms, into: &words)
  }

  /// Looks up every character.
  private mutating func load(
    _ bytes: [UInt8], _ range: Range<Int>, _ known: [ChineseCharacter], _ count: Int
  ) {
    if best.count <= count {
      let missing = count + 1 - best.count
      characters += repeatElement(.unknown, count: missing)
      pairs += repeatElement(0, count: missing)
      triples += repeatElement(0, count: missing)
      best += repeatElement(0, count: missing)
      back += repeatElement(0, count: missing)
    }
    let text = bytes.span
    let table = known.span
    var target = characters.mutableSpan
    var index = range.lowerBound
    for place in 0..<count {
      let scalar =
        UInt32(text[index] & 0x0F) &<< 12 | UInt32(text[index &+ 1] & 0x3F) &<< 6
        | UInt32(text[index &+ 2] & 0x3F)
      let code = Int(scalar &- ChineseLexicon.Layout.firstCode)
      target[place] = code < table.count ? table[code] : .unknown
      index &+= 3
    }
  }

  /// Looks up every pair of neighbours in the trie.
  ///
  /// A pass of its own, without a branch on what was found: the processor then waits for many cells at
  /// once. Inside the search each would be waited for alone, which took three quarters of all time.
  private static func lookUpPairs(
    _ text: Span<ChineseCharacter>, _ count: Int, _ cells: Span<UInt64>, _ filter: Span<UInt64>,
    into pairs: inout [UInt64]
  ) {
    var target = pairs.mutableSpan
    let last = count &- 1
    for place in 0..<last {
      let here = text[place]
      let label = text[place &+ 1].label
      let bit = ChineseLexicon.filterBit(here.label, label)
      let passes = filter[bit &>> 6] &>> UInt64(bit & 63) & 1
      // Cell 0 is the root, which no label leads to.
      var index = (here.begin &+ Int(label)) &* Int(passes)
      index = index < cells.count ? index : 0
      let cell = cells[index]
      let isFound = ChineseCell(cell).label == label && label != 0 && here.begin != 0
      target[place] = isFound ? cell : 0
    }
    target[last] = 0
  }

  /// Looks up the third character of every pair that was found.
  private static func lookUpTriples(
    _ text: Span<ChineseCharacter>, _ count: Int, _ cells: Span<UInt64>, _ pairs: Span<UInt64>,
    into triples: inout [UInt64]
  ) {
    var target = triples.mutableSpan
    for place in 0..<max(0, count &- 2) {
      let label = text[place &+ 2].label
      let begin = ChineseCell(pairs[place]).begin
      var index = begin &+ Int(label)
      index = begin != 0 && index < cells.count ? index : 0
      let cell = cells[index]
      target[place] = ChineseCell(cell).label == label && index != 0 && label != 0 ? cell : 0
    }
    for place in max(0, count &- 2)..<count { target[place] = 0 }
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

  /// Follows `back` from the end and appends the words in order.
  private mutating func emit(
    _ count: Int, start: Int, _ terms: [TermEdge], into words: inout [Word]
  ) {
    lengths.removeAll(keepingCapacity: true)
    var place = count
    while place > 0 {
      let length = back[place]
      lengths.append(length)
      place -= Int(length)
    }
    let path = lengths.span
    let text = characters.span
    var remaining = path.count
    var term = 0
    // 元 in 三万元 is no surname.
    var isAfterNumeral = false
    place = 0
    while remaining > 0 {
      var length = Int(path[remaining - 1])
      var kind = WordKind.word
      let roles = text[place].roles
      if !terms.isEmpty {
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
      words.append(
        Word(span: TextSpan((start + 3 * place)..<(start + 3 * (place + length))), kind: kind))
      place += length
    }
  }

  private func isNumeral(_ text: Span<ChineseCharacter>, _ range: Range<Int>) -> Bool {
    for index in range where text[index].roles & ChineseCharacterRoles.numeral == 0 { return false }
    return true
  }
}
