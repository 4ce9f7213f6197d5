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
  func documents(with sequence: TokenSequence, _ scratch: inout SearchScratch) -> [Int] {
    let postingStartsBuffer = unsafe words(.postingStarts)
    let postingsBuffer = unsafe words(.postings)
    let tokenStartsBuffer = unsafe words(.tokenStarts)
    let tokensBuffer = unsafe words(.tokens)
    let postingStarts = unsafe postingStartsBuffer.span
    let postings = unsafe postingsBuffer.span
    let tokenStarts = unsafe tokenStartsBuffer.span
    let tokens = unsafe tokensBuffer.span

    var numbers: [TokenNumbers] = []
    var rarest: (lists: [UInt32], count: Int)?
    for index in sequence.tokens.indices {
      let found: [UInt32]
      if sequence.endsOpen, index == sequence.tokens.count - 1 {
        found = tokenNumbers(with: sequence, at: index)
        numbers.append(.several(Set(found)))
      } else {
        let bytes = sequence.tokens[index]
        let number = tokenNumber(
          hash: XXH64.hash(bytes.span), bytes: bytes.span, 0..<bytes.count)
        found = number == TokenPattern.unknown ? [] : [number]
        numbers.append(.one(number))
      }
      if found.isEmpty { return [] }
      let count = found.reduce(0) {
        $0 + Int(postingStarts[Int($1) + 1] - postingStarts[Int($1)])
      }
      if count < rarest?.count ?? .max { rarest = (found, count) }
    }
    guard let rarest else { return [] }
    scratch.begin(documents: documentCount)
    var found: [Int] = []
    for list in rarest.lists {
      for place in Int(postingStarts[Int(list)])..<Int(postingStarts[Int(list) + 1]) {
        let document = Int(postings[place])
        guard scratch.isFirst(document) else { continue }
        let range = Int(tokenStarts[document])..<Int(tokenStarts[document + 1])
        if sequence.isIn(tokens, range, numbers) { found.append(document) }
      }
    }
    return rarest.lists.count > 1 ? found.sorted() : found
  }

  /// The tokens that begin as the one at `index`: a walk over the vocabulary.
  private func tokenNumbers(with sequence: TokenSequence, at index: Int) -> [UInt32] {
    let startsBuffer = unsafe words(.vocabularyStarts)
    let bytesBuffer = unsafe octets(.vocabularyBytes)
    let starts = unsafe startsBuffer.span
    let bytes = unsafe bytesBuffer.span
    return (0..<(starts.count - 1)).filter {
      sequence.accepts(bytes, Int(starts[$0])..<Int(starts[$0 + 1]), at: index)
    }.map { UInt32($0) }
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
