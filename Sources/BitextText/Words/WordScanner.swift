internal import BitextCore
internal import BitextICU

/// One pass over the bytes of one text, from word to word.
struct WordScanner {
  let bytes: [UInt8]
  let rules: WordRules
  let lexicon: ChineseLexicon?
  /// Terms that are cut out before anything else, in order, disjoint.
  var terms: [TermMatcher.Hit] = []
  /// Terms that compete in the lattice, in order of their start.
  var hanTerms: [TermMatcher.Hit] = []

  var words: [Word] = []
  private var nextTerm = 0
  private var nextHanTerm = 0
  private var lattice = ChineseLattice()
  /// Kept here since a global costs a check at each access.
  let asciiClasses = WordScanner.asciiClassTable

  init(bytes: [UInt8], rules: WordRules, lexicon: ChineseLexicon?) {
    self.bytes = bytes
    self.rules = rules
    self.lexicon = lexicon
  }

  mutating func scan() -> [Word] {
    words.reserveCapacity(bytes.count / 4 + 1)
    var index = 0
    while index < bytes.count {
      if nextTerm < terms.count, terms[nextTerm].start <= index {
        let term = terms[nextTerm]
        nextTerm += 1
        if term.start < index { continue }
        append(term.start..<term.end, .term)
        index = term.end
        continue
      }
      let byte = bytes[index]
      if byte < 0x80 {
        switch asciiClasses[Int(byte)] {
        case .space: index += 1
        case .letter:
          let end = plainWordEnd(at: index)
          if end > index {
            append(index..<end, .word)
            index = end
          } else {
            index = scanLatin(at: index)
          }
        case .digit, .connector: index = scanLatin(at: index)
        default: index = scanSign(at: index)
        }
        continue
      }
      if isPlainMark(at: index) {
        append(index..<(index + 3), .punctuation)
        index += 3
        continue
      }
      switch wordClass(at: index).kind {
      case .han: index = scanHan(at: index)
      case .letter, .digit, .connector: index = scanLatin(at: index)
      case .space: index += scalarLength(at: index)
      case .foreign: index = scanForeign(at: index)
      default: index = scanSign(at: index)
      }
    }
    return words
  }

  @inline(__always)
  mutating func append(_ range: Range<Int>, _ kind: WordKind) {
    words.append(Word(span: TextSpan(range), kind: kind))
  }

  /// Where a word that begins at `index` must end at the latest: at the next term.
  @inline(__always)
  var limit: Int { nextTerm < terms.count ? terms[nextTerm].start : bytes.count }

  // MARK: Han

  private mutating func scanHan(at start: Int) -> Int {
    if lattice.isPlanned(at: start) {
      let first = words.count
      let end = lattice.appendWords(to: &words)
      joinDottedName(at: first)
      return end
    }
    guard Self.isHan(bytes, at: start) else {
      // A Han character outside the first plane: no lexicon holds it.
      append(start..<(start + 4), .word)
      return start + 4
    }
    guard let lexicon else {
      var end = start
      let limit = limit
      while end < limit, Self.isHan(bytes, at: end) { end += 3 }
      return scanForeign(start..<end)
    }
    while nextHanTerm < hanTerms.count, hanTerms[nextHanTerm].start < start { nextHanTerm += 1 }
    lattice.plan(
      bytes, from: start, lexicon: lexicon, cuts: terms[nextTerm...],
      hanTerms: hanTerms[nextHanTerm...])
    let first = words.count
    let end = lattice.appendWords(to: &words)
    joinDottedName(at: first)
    return end
  }

  /// No name has more bytes; without a bound, a text of nothing but names would take quadratic time.
  private static let maximumNameLength = 120

  /// Joins `弗里德里克·泰勒`: names on both sides of a middle dot are one.
  private mutating func joinDottedName(at first: Int) {
    guard first >= 2, first < words.count, words[first - 1].kind == .punctuation else { return }
    let (left, dot, right) = (words[first - 2], words[first - 1], words[first])
    guard left.span.end == dot.span.start, dot.span.end == right.span.start,
      left.kind == .word, right.kind == .word, left.span.count <= Self.maximumNameLength,
      isMiddleDot(dot.span.range),
      writesSounds(left.span.range), writesSounds(right.span.range)
    else { return }
    words[first - 2] = Word(
      span: TextSpan(start: left.span.start, end: right.span.end), kind: .word)
    words.removeSubrange((first - 1)...first)
  }

  private func isMiddleDot(_ range: Range<Int>) -> Bool {
    range.count == 2 && bytes[range.lowerBound] == 0xC2 && bytes[range.lowerBound + 1] == 0xB7
      || range.count == 3 && bytes[range.lowerBound] == 0xE2 && bytes[range.lowerBound + 1] == 0x80
        && (bytes[range.lowerBound + 2] == 0xA2 || bytes[range.lowerBound + 2] == 0xA7)
      || range.count == 3 && Self.scalar(bytes, at: range.lowerBound) == 0x30FB
  }

  private func writesSounds(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      // The dots inside a name that was joined before.
      if !Self.isHan(bytes, at: index) {
        index += scalarLength(at: index)
        continue
      }
      let place = Int(Self.scalar(bytes, at: index) - ChineseLexicon.Layout.firstCode)
      let roles = ChineseCharacterRoles.standard.roles
      let wanted = ChineseCharacterRoles.sound | ChineseCharacterRoles.surname  // 冯·诺伊曼
      guard place < roles.count, roles[place] & wanted != 0 else { return false }
      index += 3
    }
    return true
  }

  // MARK: Everything that only ICU knows

  /// Cuts the text from a character of another script on, up to white space or Han.
  private mutating func scanForeign(at index: Int) -> Int {
    // A word that touches it may go on.
    var start = index
    if let last = words.last, Int(last.span.end) == index,
      last.kind == .word || last.kind == .number
    {
      start = Int(last.span.start)
      words.removeLast()
    }
    var end = index
    let limit = limit
    while end < limit {
      let (kind, length) = wordClass(at: end)
      if kind == .space || kind == .han { break }
      end += length
    }
    return scanForeign(start..<max(end, index + scalarLength(at: index)))
  }

  private mutating func scanForeign(_ range: Range<Int>) -> Int {
    guard let iterator = try? BreakIterator(.word, locale: rules.language.identifier) else {
      append(range, .word)
      return range.upperBound
    }
    var buffer = UTF16Buffer()
    buffer.load(bytes.span.extracting(range))
    var last = 0
    var offset = range.lowerBound
    var found: [(Range<Int>, Int32)] = []
    try? iterator.forEachBoundary(in: buffer) { boundary, status in
      let next = offset + buffer.utf8Count(last..<boundary)
      found.append((offset..<next, status))
      last = boundary
      offset = next
    }
    for (range, status) in found where !isBlank(range) {
      append(range, status >= 200 ? .word : status >= 100 ? .number : signKind(of: range))
    }
    return range.upperBound
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      let (kind, length) = wordClass(at: index)
      if kind != .space { return false }
      index += length
    }
    return true
  }

  /// Punctuation when every character is, by its general category; otherwise a symbol.
  func signKind(of range: Range<Int>) -> WordKind {
    var index = range.lowerBound
    while index < range.upperBound {
      let length = scalarLength(at: index)
      if length == 3, Self.isCommonPunctuation(Self.scalar(bytes, at: index)) {
        index += 3
        continue
      }
      let scalars = String(decoding: bytes[index..<(index + length)], as: UTF8.self).unicodeScalars
      switch scalars.first?.properties.generalCategory {
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation:
        index += length
      default: return .symbol
      }
    }
    return .punctuation
  }

  /// The punctuation of ordinary texts, so that it needs no look-up.
  @inline(__always)
  private static func isCommonPunctuation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2010...0x2027, 0x3001...0x3003, 0x3008...0x3011, 0x3014...0x301F, 0xFF01...0xFF03,
      0xFF05...0xFF0A, 0xFF0C...0xFF0F, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF20:
      true
    default: false
    }
  }
}
