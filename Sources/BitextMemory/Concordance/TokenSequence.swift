internal import BitextText

/// The words of a concordance query, as the index knows them.
struct TokenSequence: Sendable {
  /// The tokens, in order.
  let tokens: [[UInt8]]
  /// Whether the last one may go on.
  let endsOpen: Bool
  /// Whether they stand one after the other.
  let isPhrase: Bool

  init(_ query: ConcordanceQuery) {
    var text = query.text
    var endsOpen = query.mode == .prefix
    if text.hasSuffix("*"), query.mode == .phrase || query.mode == .prefix {
      let shorter = String(text.drop { $0.isWhitespace }.reversed().drop { $0 == "*" }.reversed())
      // A query of nothing but stars asks for stars.
      if shorter.contains(where: { !$0.isWhitespace }) {
        text = shorter
        endsOpen = true
      }
    }
    var tokens: [[UInt8]] = []
    TokenReader.forEachToken(in: TokenKey(text).encoded.span) { bytes, range in
      tokens.append(range.map { bytes[$0] })
    }
    self.tokens = tokens
    self.endsOpen = endsOpen && !tokens.isEmpty
    isPhrase = query.mode != .all
  }

  /// Whether a token of a text is the one at `index`.
  func accepts(_ token: Span<UInt8>, _ range: Range<Int>, at index: Int) -> Bool {
    let wanted = tokens[index]
    guard
      endsOpen && index == tokens.count - 1
        ? range.count >= wanted.count : range.count == wanted.count
    else { return false }
    return wanted.indices.allSatisfy { token[range.lowerBound + $0] == wanted[$0] }
  }

  /// Whether a document holds the sequence; `numbers` are the token numbers that each place accepts.
  func isIn(_ document: Span<UInt32>, _ range: Range<Int>, _ numbers: [TokenNumbers]) -> Bool {
    if !isPhrase {
      return numbers.allSatisfy { wanted in range.contains { wanted.contains(document[$0]) } }
    }
    guard range.count >= numbers.count else { return false }
    for start in range.lowerBound...(range.upperBound - numbers.count) {
      var offset = 0
      while offset < numbers.count, numbers[offset].contains(document[start + offset]) {
        offset += 1
      }
      if offset == numbers.count { return true }
    }
    return false
  }

  /// The indexes of the text's tokens that belong to a hit, as ranges in order.
  func places(in text: TokenKey.Located) -> [Range<Int>] {
    var accepted: [[Bool]] = []
    TokenReader.forEachToken(in: text.key.encoded.span) { bytes, range in
      accepted.append(tokens.indices.map { accepts(bytes, range, at: $0) })
    }
    if !isPhrase {
      return accepted.indices.filter { accepted[$0].contains(true) }.map { $0..<($0 + 1) }
    }
    var places: [Range<Int>] = []
    var start = 0
    while start + tokens.count <= accepted.count {
      if tokens.indices.allSatisfy({ accepted[start + $0][$0] }) {
        places.append(start..<(start + tokens.count))
        start += tokens.count
      } else {
        start += 1
      }
    }
    return places
  }
}

/// The token numbers that a place of a query accepts.
enum TokenNumbers: Sendable {
  case one(UInt32)
  case several(Set<UInt32>)

  @inline(__always)
  func contains(_ number: UInt32) -> Bool {
    switch self {
    case .one(let own): own == number
    case .several(let own): own.contains(number)
    }
  }
}

extension IndexSegment {
  /// The documents that hold the sequence, ascending.
  func documents(
    with sequence: TokenSequence, _ scratch: inout SearchScratch
  ) throws(DamagedIndex) -> [Int] {
    var known = BlockGuard(bytes)
    let postingsBuffer = unsafe octets(.postings)
    let tokensBuffer = unsafe octets(.tokens)
    let postings = unsafe postingsBuffer.span
    let tokens = unsafe tokensBuffer.span

    var numbers: [TokenNumbers] = []
    var rarest: (lists: [PostingList], count: Int)?
    for index in sequence.tokens.indices {
      let found: [UInt32]
      if sequence.endsOpen, index == sequence.tokens.count - 1 {
        found = try tokenNumbers(&known) { sequence.accepts($0, $1, at: index) }
        numbers.append(.several(Set(found)))
      } else {
        let bytes = sequence.tokens[index]
        let number = try tokenNumber(
          hash: XXH64.hash(bytes.span), bytes: bytes.span, 0..<bytes.count, &known)
        found = number == TokenPattern.unknown ? [] : [number]
        numbers.append(.one(number))
      }
      if found.isEmpty { return [] }
      var lists: [PostingList] = []
      for number in found { lists.append(try postingList(number, &known)) }
      let count = lists.reduce(0) { $0 + $1.count }
      if count < rarest?.count ?? .max { rarest = (lists, count) }
    }
    guard let rarest else { return [] }
    scratch.begin(documents: documentCount)
    var found: [Int] = []
    var text: [UInt32] = []
    for list in rarest.lists {
      for posting in try list.documents(postings, sectionStart: start(.postings), &known) {
        let document = Int(posting)
        guard scratch.isFirst(document) else { continue }
        var place = tokenStart(document)
        let end = tokenStart(document + 1)
        try known.check(start(.tokens) + place, end - place)
        text.removeAll(keepingCapacity: true)
        while place < end { text.append(PackedNumber.read(tokens, &place)) }
        if sequence.isIn(text.span, 0..<text.count, numbers) { found.append(document) }
      }
    }
    return rarest.lists.count > 1 ? found.sorted() : found
  }

  /// The tokens that `accepts` takes: a walk over the vocabulary.
  func tokenNumbers(
    _ known: inout BlockGuard, accepts: (Span<UInt8>, Range<Int>) -> Bool
  ) throws(DamagedIndex) -> [UInt32] {
    let bytesBuffer = unsafe octets(.vocabulary)
    let bytes = unsafe bytesBuffer.span
    try known.check(start(.vocabulary), bytes.count)
    var found: [UInt32] = []
    var place = 0
    for number in 0..<UInt32(facts.tokenCount) {
      let size = Int(PackedNumber.read(bytes, &place))
      if accepts(bytes, place..<(place + size)) { found.append(number) }
      place += size
    }
    return found
  }
}

extension IndexTail {
  /// The documents that hold the sequence, ascending.
  func documents(with sequence: TokenSequence) -> [Int] {
    guard count > 0, !sequence.tokens.isEmpty else { return [] }
    var numbers: [TokenNumbers] = []
    for index in sequence.tokens.indices {
      let wanted = sequence.tokens[index]
      if sequence.endsOpen, index == sequence.tokens.count - 1 {
        numbers.append(
          .several(
            Set(
              (0..<vocabulary.count).filter {
                sequence.accepts(
                  vocabulary.bytes.span,
                  Int(vocabulary.starts[$0])..<Int(vocabulary.starts[$0 + 1]), at: index)
              }.map { UInt32($0) })))
      } else {
        let number = vocabulary.find(
          wanted.span, 0..<wanted.count, hash: XXH64.hash(wanted.span))
        if number == .max { return [] }
        numbers.append(.one(number))
      }
    }
    let tokens = tokens.span
    return (0..<count).filter {
      sequence.isIn(tokens, Int(starts[$0])..<Int(starts[$0 + 1]), numbers)
    }
  }
}
