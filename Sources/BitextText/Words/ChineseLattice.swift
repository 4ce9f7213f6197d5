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
  private static let unknownCost: Int32 = 255
  private static let numeralCost: Int32 = 60
  private static let termCostPerCharacter: Int32 = -510

  private var labels: [UInt16] = []
  private var roles: [UInt8] = []
  private var singleCosts: [UInt8] = []
  private var best: [Int32] = []
  private var back: [UInt16] = []
  private var lengths: [UInt16] = []
  private var starts: [Int32] = []

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
    prepare(count)
    let penalty = Int32(lexicon.layout.wordPenalty)
    lexicon.withTables { codes, cells, trieLabels in
      load(bytes.span, range, codes, cells)
      // Out of the struct while the search writes to them through spans.
      var (best, back): ([Int32], [UInt16]) = ([], [])
      swap(&best, &self.best)
      swap(&back, &self.back)
      var bestSpan = best.mutableSpan
      var backSpan = back.mutableSpan
      Self.search(
        count, labels.span, roles.span, singleCosts.span, cells, trieLabels, penalty: penalty,
        terms,
        &bestSpan, &backSpan)
      swap(&best, &self.best)
      swap(&back, &self.back)
    }
    trace(count)
    emit(start: range.lowerBound, terms, into: &words)
  }

  private mutating func prepare(_ count: Int) {
    let missing = count + 1 - best.count
    guard missing > 0 else { return }
    labels += repeatElement(0, count: missing)
    roles += repeatElement(0, count: missing)
    singleCosts += repeatElement(0, count: missing)
    best += repeatElement(0, count: missing)
    back += repeatElement(0, count: missing)
  }

  /// Looks up every character: its label, its roles, its cost as a word.
  private mutating func load(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ codes: Span<UInt16>, _ cells: Span<UInt32>
  ) {
    let table = ChineseCharacterRoles.standard.roles
    let rolesOfAll = table.span
    let rootBegin = Int(cells[0] >> 8)
    var index = range.lowerBound
    var place = 0
    while index < range.upperBound {
      let scalar =
        UInt32(bytes[index] & 0x0F) &<< 12 | UInt32(bytes[index &+ 1] & 0x3F) &<< 6
        | UInt32(bytes[index &+ 2] & 0x3F)
      let code = Int(scalar &- ChineseLexicon.Layout.firstCode)
      if code < ChineseLexicon.Layout.codeCount {
        let label = codes[code]
        labels[place] = label
        roles[place] = rolesOfAll[code]
        // Labels are the children of the root, so that this cell is theirs. Label 0 has no cost.
        let cost = label == 0 ? 0 : UInt8(truncatingIfNeeded: cells[rootBegin &+ Int(label)])
        singleCosts[place] = cost == 0 ? 255 : cost
      } else {
        labels[place] = 0
        roles[place] = 0
        singleCosts[place] = 255
      }
      index &+= 3
      place &+= 1
    }
  }

  /// Fills `best` and `back` from left to right.
  private static func search(
    _ count: Int, _ labels: Span<UInt16>, _ roles: Span<UInt8>, _ singleCosts: Span<UInt8>,
    _ cells: Span<UInt32>, _ trieLabels: Span<UInt16>, penalty: Int32, _ terms: [TermEdge],
    _ best: inout MutableSpan<Int32>, _ back: inout MutableSpan<UInt16>
  ) {
    let rootBegin = Int(cells[0] &>> 8)
    for place in 0...count { best[place] = .max }
    best[0] = 0
    var term = 0
    var numeralEnd = 0
    for place in 0..<count {
      let cost = best[place] &+ penalty

      let single = cost &+ Int32(singleCosts[place])
      if single < best[place &+ 1] {
        best[place &+ 1] = single
        back[place &+ 1] = 1
      }

      // Words of the lexicon. A character of label 0 stands in none.
      let label = labels[place]
      if label != 0 {
        var begin = Int(cells[rootBegin &+ Int(label)] &>> 8)
        var next = place &+ 1
        while begin != 0, next < count {
          let code = labels[next]
          let cell = begin &+ Int(code)
          guard code != 0, cell < trieLabels.count, trieLabels[cell] == code else { break }
          let value = cells[cell]
          next &+= 1
          let wordCost = Int32(value & 0xFF)
          if wordCost != 0, cost &+ wordCost < best[next] {
            best[next] = cost &+ wordCost
            back[next] = UInt16(next &- place)
          }
          begin = Int(value &>> 8)
        }
      }

      // A run of numerals: 一百二十, 第三.
      if place >= numeralEnd,
        roles[place] & (ChineseCharacterRoles.numeral | ChineseCharacterRoles.ordinal) != 0
      {
        var end = place
        if roles[end] & ChineseCharacterRoles.ordinal != 0 { end += 1 }
        let digits = end
        while end < count, end - place < 255, roles[end] & ChineseCharacterRoles.numeral != 0 {
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
          back[end] = UInt16(terms[term].count)
        }
        term += 1
      }
    }
  }

  /// Follows `back` from the end and lists the words in order.
  private mutating func trace(_ count: Int) {
    lengths.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var place = count
    while place > 0 {
      let length = Int(back[place])
      place -= length
      lengths.append(UInt16(length))
      starts.append(Int32(place))
    }
    lengths.reverse()
    starts.reverse()
  }

  private func emit(start: Int, _ terms: [TermEdge], into words: inout [Word]) {
    var word = 0
    var term = 0
    while word < lengths.count {
      let place = Int(starts[word])
      var count = Int(lengths[word])
      while term < terms.count, terms[term].start < place { term += 1 }
      var kind = WordKind.word
      var candidate = term
      while candidate < terms.count, terms[candidate].start == place {
        if terms[candidate].count == count { kind = .term }
        candidate += 1
      }
      var next = word + 1
      if kind != .term {
        let joined = ChineseNames.length(
          at: word, lengths: lengths.span, starts: starts.span, roles: roles.span,
          costs: singleCosts.span)
        // A term that begins inside a name stays a term.
        if joined > 1,
          term == terms.count
            || terms[term].start >= Int(starts[word + joined - 1]) + Int(lengths[word + joined - 1])
        {
          next = word + joined
          count = Int(starts[next - 1]) + Int(lengths[next - 1]) - place
        } else if isNumeral(place, count) {
          kind = .number
        }
      }
      words.append(
        Word(span: TextSpan((start + 3 * place)..<(start + 3 * (place + count))), kind: kind))
      word = next
    }
  }

  private func isNumeral(_ place: Int, _ count: Int) -> Bool {
    for index in place..<(place + count)
    where roles[index] & ChineseCharacterRoles.numeral == 0 { return false }
    return true
  }
}
