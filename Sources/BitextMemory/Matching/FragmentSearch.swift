internal import BitextText

/// A stored text that stands as a whole inside a query.
struct FragmentHit: Sendable, Hashable {
  /// The tokens of the query that it covers.
  let tokens: Range<Int>
  let segment: Int
  let document: Int
}

/// The stretches of a query that could be stored as texts of their own, by the hash of their keys.
struct FragmentWindows {
  private(set) var windows: [(tokens: Range<Int>, hash: UInt64)] = []

  init(_ query: SearchQuery) {
    let encoded = query.key.encoded
    let areCharacters = query.tokens.map {
      $0.range.isEmpty ? false : IndexSegment.isCharacter(encoded[$0.range.lowerBound])
    }
    for start in query.sequence.indices {
      let ofCharacters = areCharacters[query.sequence[start]]
      var hash: UInt64 = 0
      for end in start..<min(query.count, start + 20) {
        hash = IndexSegment.keyHash(hash, query.tokens[query.sequence[end]].hash)
        let count = end + 1 - start
        // The whole query is no fragment of itself.
        if count < query.count, IndexSegment.isFragment(tokens: count, ofCharacters: ofCharacters) {
          windows.append((start..<(end + 1), hash))
        }
      }
    }
  }
}

extension IndexSegment {
  /// Finds the documents whose key is one of the windows.
  func fragments(
    of query: SearchQuery, _ windows: FragmentWindows, number: Int, _ found: inout [FragmentHit]
  ) throws(DamagedIndex) {
    var known = BlockGuard(bytes)
    let placesBuffer = unsafe words(.keyPlaces)
    let tokensBuffer = unsafe octets(.tokens)
    let places = unsafe placesBuffer.span
    let tokens = unsafe tokensBuffer.span
    var numbers: [UInt32] = []
    for token in query.tokens { numbers.append(try tokenNumber(token, in: query.key, &known)) }
    for (window, hash) in windows.windows {
      var place = Self.place(hash, of: places.count)
      while true {
        try known.check(start(.keyPlaces) &+ 4 &* place, 4)
        let tagged = places[place]
        if tagged == .max { break }
        if tagged &>> 26 == UInt32(truncatingIfNeeded: hash & 63) {
          let document = Int(tagged & 0x3FF_FFFF)
          var token = tokenStart(document)
          let end = tokenStart(document + 1)
          try known.check(start(.tokens) + token, end - token)
          var index = window.lowerBound
          while token < end, index < window.upperBound,
            PackedNumber.read(tokens, &token) == numbers[query.sequence[index]]
          {
            index += 1
          }
          if token == end, index == window.upperBound {
            found.append(FragmentHit(tokens: window, segment: number, document: document))
            break
          }
        }
        place = place + 1 == places.count ? 0 : place + 1
      }
    }
  }
}

extension IndexTail {
  /// Finds the variants that stand as a whole inside the query.
  func fragments(of query: SearchQuery, number: Int, _ found: inout [FragmentHit]) {
    guard count > 0 else { return }
    let asked = query.sequence.map { token in
      vocabulary.find(
        query.key.encoded.span, query.tokens[token].range, hash: query.tokens[token].hash)
    }
    for document in entries.indices where signature(document) & ~query.signature == 0 {
      let own = tokens[Int(starts[document])..<Int(starts[document + 1])]
      guard let first = own.first, own.count < asked.count else { continue }
      let byte = vocabulary.bytes[Int(vocabulary.starts[Int(first)])]
      guard
        IndexSegment.isFragment(tokens: own.count, ofCharacters: IndexSegment.isCharacter(byte)),
        let start = (0...(asked.count - own.count)).first(where: {
          asked[$0..<($0 + own.count)].elementsEqual(own)
        })
      else { continue }
      found.append(
        FragmentHit(
          tokens: start..<(start + own.count), segment: number, document: document))
    }
  }
}

extension LanguageIndex {
  /// The stored texts of a few words that stand as a whole inside a query: the longest first, then from
  /// left to right, then the newest.
  func fragments(of query: SearchQuery) throws(DamagedPart) -> [(FragmentHit, [IndexEntry])] {
    let windows = FragmentWindows(query)
    var found: [FragmentHit] = []
    for (number, part) in parts.enumerated() {
      do throws(DamagedIndex) {
        try part.segment.fragments(of: query, windows, number: number, &found)
      } catch {
        throw DamagedPart(file: part.file)
      }
    }
    tail.fragments(of: query, number: parts.count, &found)
    found.sort {
      ($1.tokens.count, $0.tokens.lowerBound, $1.segment, $1.document)
        < ($0.tokens.count, $1.tokens.lowerBound, $0.segment, $0.document)
    }
    var answers: [(FragmentHit, [IndexEntry])] = []
    for hit in found {
      let entries = try self.entries(
        .init(score: 0, segment: hit.segment, document: hit.document))
      if !entries.isEmpty { answers.append((hit, entries)) }
    }
    return answers
  }
}
