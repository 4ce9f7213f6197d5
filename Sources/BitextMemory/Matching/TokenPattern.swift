/// A query, prepared so that its token distance to many documents is quick to compute.
///
/// The distance is Levenshtein's over token numbers: insertions, deletions and substitutions cost 1.
/// One machine word holds 64 rows of the matrix as differences of neighbours, so a document of *m*
/// tokens takes *m* steps per 64 query tokens, and the walk ends as soon as the limit is out of reach.
///
/// Source: Myers 1999, *JACM* 46(3); Hyyrö 2003, *A bit-vector algorithm for computing Levenshtein and
/// Damerau edit distances*; the cut-off follows Ukkonen 1985.
public struct TokenPattern: Sendable {
  /// Stands for a token of the query that no document holds.
  public static let unknown: UInt32 = .max

  /// The number of tokens.
  public let count: Int
  private let blocks: Int
  /// Open addressing from token number to slot, at most a quarter full; `unknown` marks a free place.
  private var keys: [UInt32]
  private var slots: [UInt32]
  private let shift: UInt32
  /// For each slot and block, the query positions of the token. Slot 0 holds no position.
  private var positions: [UInt64]
  private var plus: [UInt64]
  private var minus: [UInt64]

  /// - Parameter tokens: Token numbers; `unknown` may stand several times and equals nothing.
  public init(_ tokens: [UInt32]) {
    count = tokens.count
    blocks = max(1, (tokens.count + 63) / 64)
    var bits: UInt32 = 6
    while 1 << bits < tokens.count * 4 { bits += 1 }
    shift = 32 - bits
    keys = [UInt32](repeating: Self.unknown, count: 1 << bits)
    slots = [UInt32](repeating: 0, count: 1 << bits)
    positions = [UInt64](repeating: 0, count: blocks)
    plus = [UInt64](repeating: 0, count: blocks)
    minus = [UInt64](repeating: 0, count: blocks)
    for (index, token) in tokens.enumerated() where token != Self.unknown {
      var place = Int((token &* 0x9E37_79B1) &>> shift)
      while keys[place] != token, keys[place] != Self.unknown {
        place = (place + 1) & (keys.count - 1)
      }
      if keys[place] == Self.unknown {
        keys[place] = token
        slots[place] = UInt32(positions.count / blocks)
        positions.append(contentsOf: repeatElement(0, count: blocks))
      }
      positions[Int(slots[place]) * blocks + index / 64] |= 1 << UInt64(index % 64)
    }
  }

  /// The distance to a document, or `limit + 1` when it is larger than `limit`.
  public mutating func distance(to document: [UInt32], limit: Int = .max - 1) -> Int {
    distance(to: document.span, 0..<document.count, limit: limit)
  }

  /// The distance to the tokens in `range`, or `limit + 1` when it is larger than `limit`.
  mutating func distance(to tokens: Span<UInt32>, _ range: Range<Int>, limit: Int) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= tokens.count)
    let found =
      count == 0
      ? range.count
      : blocks == 1
        ? distanceInOneBlock(tokens, range, limit)
        : distanceInBlocks(tokens, range, limit)
    return found <= limit ? found : limit + 1
  }

  private func distanceInOneBlock(_ tokens: Span<UInt32>, _ range: Range<Int>, _ limit: Int) -> Int
  {
    let keys = keys.span
    let slots = slots.span
    let positions = positions.span
    let mask = keys.count &- 1
    let last: UInt64 = 1 &<< UInt64(count &- 1)
    var pv: UInt64 = .max
    var mv: UInt64 = 0
    var distance = count
    var remaining = range.count
    var index = range.lowerBound
    while remaining > 0 {
      let token = tokens[index]
      index &+= 1
      remaining &-= 1
      var place = Int((token &* 0x9E37_79B1) &>> shift)
      var eq: UInt64 = 0
      while true {
        let key = keys[place]
        if key == token {
          eq = positions[Int(slots[place])]
          break
        }
        if key == Self.unknown { break }
        place = (place &+ 1) & mask
      }
      let xv = eq | mv
      let xh = (((eq & pv) &+ pv) ^ pv) | eq
      var ph = mv | ~(xh | pv)
      var mh = pv & xh
      if ph & last != 0 {
        distance &+= 1
      } else if mh & last != 0 {
        distance &-= 1
      }
      // Each token that is left can take back at most one.
      if distance &- remaining > limit { return limit &+ 1 }
      ph = ph &<< 1 | 1
      mh = mh &<< 1
      pv = mh | ~(xv | ph)
      mv = ph & xv
    }
    return distance
  }

  private mutating func distanceInBlocks(
    _ tokens: Span<UInt32>, _ range: Range<Int>, _ limit: Int
  ) -> Int {
    for block in 0..<blocks {
      plus[block] = .max
      minus[block] = 0
    }
    let last: UInt64 = 1 &<< UInt64((count &- 1) & 63)
    var distance = count
    var remaining = range.count
    var index = range.lowerBound
    while remaining > 0 {
      let token = tokens[index]
      index &+= 1
      remaining &-= 1
      let slot = slot(of: token) &* blocks
      // The horizontal difference that enters the first row is always +1.
      var enteringPlus: UInt64 = 1
      var enteringMinus: UInt64 = 0
      for block in 0..<blocks {
        var eq = positions[slot &+ block]
        let pv = plus[block]
        let mv = minus[block]
        let xv = eq | mv
        eq |= enteringMinus
        let xh = (((eq & pv) &+ pv) ^ pv) | eq
        var ph = mv | ~(xh | pv)
        var mh = pv & xh
        if block == blocks &- 1 {
          if ph & last != 0 {
            distance &+= 1
          } else if mh & last != 0 {
            distance &-= 1
          }
        }
        let leavingPlus = ph &>> 63
        let leavingMinus = mh &>> 63
        ph = ph &<< 1 | enteringPlus
        mh = mh &<< 1 | enteringMinus
        plus[block] = mh | ~(xv | ph)
        minus[block] = ph & xv
        enteringPlus = leavingPlus
        enteringMinus = leavingMinus
      }
      if distance &- remaining > limit { return limit &+ 1 }
    }
    return distance
  }

  private func slot(of token: UInt32) -> Int {
    var place = Int((token &* 0x9E37_79B1) &>> shift)
    while true {
      if keys[place] == token { return Int(slots[place]) }
      if keys[place] == Self.unknown { return 0 }
      place = (place &+ 1) & (keys.count &- 1)
    }
  }
}

/// The published score of a fuzzy match, in whole percent.
public enum TextScore {
  /// Token sequences longer than this are matched exactly and by context only.
  public static let longestFuzzy = 2_000

  /// `floor(100 · (M − distance) / M)` for `M` tokens in the longer text; 100 for two empty ones. It is
  /// 100 exactly when the distance is 0.
  public static func percent(distance: Int, longer: Int) -> Int {
    longer == 0 ? 100 : 100 * (longer - distance) / longer
  }

  /// The largest distance with which texts of at most `longer` tokens still reach `percent`.
  @inline(__always)
  static func largestDistance(percent: Int, longer: Int) -> Int {
    longer &- (percent &* longer &+ 99) / 100
  }
}
