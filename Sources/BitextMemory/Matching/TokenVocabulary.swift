/// Gives each distinct token a number, from 0 on in order of first sight.
struct TokenVocabulary: Sendable {
  /// The bytes of all tokens, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each token starts in `bytes`, and where the last one ends.
  private(set) var starts: [UInt32] = [0]
  /// The hash of each token.
  private(set) var hashes: [UInt64] = []
  /// Open addressing by hash, at most half full; `UInt32.max` marks a free place.
  private(set) var places: [UInt32]

  init(capacity: Int = 32) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    places = [UInt32](repeating: .max, count: size)
  }

  /// The number of tokens.
  var count: Int { hashes.count }

  /// The number of the token in `range`, which becomes known when it was not.
  mutating func number(_ token: Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> UInt32 {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while true {
      let number = places[place]
      if number == .max { break }
      if hashes[Int(number)] == hash, isEqual(Int(number), token, range) { return number }
      place = (place + 1) & (places.count - 1)
    }
    let number = UInt32(hashes.count)
    places[place] = number
    for index in range { bytes.append(token[index]) }
    starts.append(UInt32(bytes.count))
    hashes.append(hash)
    if hashes.count * 2 > places.count { grow() }
    return number
  }

  /// The number of the token in `range`; `UInt32.max` when it is not known.
  func find(_ token: Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> UInt32 {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while true {
      let number = places[place]
      if number == .max || hashes[Int(number)] == hash && isEqual(Int(number), token, range) {
        return number
      }
      place = (place + 1) & (places.count - 1)
    }
  }

  private func isEqual(_ number: Int, _ token: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = Int(starts[number])
    guard Int(starts[number + 1]) - start == range.count else { return false }
    for offset in 0..<range.count where bytes[start + offset] != token[range.lowerBound + offset] {
      return false
    }
    return true
  }

  private mutating func grow() {
    places = [UInt32](repeating: .max, count: places.count * 2)
    for (number, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
      while places[place] != .max { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number)
    }
  }
}
