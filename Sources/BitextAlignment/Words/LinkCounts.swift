/// How often each source word is linked to each target word, and what was known before.
///
/// Each target word owns a run of one flat table, an open-addressing map from source word to counts.
/// A token has one link, so a word that occurs *n* times has at most *n* entries with a count; its run
/// is sized for them and for its priors, and never grows. The candidates of one token are looked up
/// in one run, which for nearly all words lies in a cache line or two.
struct LinkCounts: Sendable {
  /// One entry; `source` is one more than the word's number, so that zero means a free slot.
  struct Slot: Sendable {
    var source: UInt32 = 0
    var count: UInt32 = 0
    var prior: Float = 0
  }

  private(set) var slots: [Slot]
  /// Where the run of each target word begins.
  let starts: [UInt32]
  /// The length of each run, a power of two, less one.
  let masks: [UInt32]

  /// - Parameters:
  ///   - occurrences: For each target word, how many tokens it has.
  ///   - priors: Source word, target word and pseudo-count; no pair stands twice.
  init(occurrences: [UInt32], priors: [(source: UInt32, target: UInt32, count: Float)]) {
    var needed = occurrences
    for prior in priors { needed[Int(prior.target)] += 1 }
    var starts: [UInt32] = []
    var masks: [UInt32] = []
    starts.reserveCapacity(needed.count)
    masks.reserveCapacity(needed.count)
    var total: UInt32 = 0
    for need in needed {
      var capacity: UInt32 = 2
      while capacity < need + need / 2 + 1 { capacity *= 2 }
      starts.append(total)
      masks.append(capacity - 1)
      total += capacity
    }
    self.starts = starts
    self.masks = masks
    slots = [Slot](repeating: Slot(), count: Int(total))
    for prior in priors {
      let slot = place(of: prior.source, in: prior.target)
      slots[slot].source = prior.source + 1
      slots[slot].prior = prior.count
    }
  }

  @inline(__always)
  static func hash(_ source: UInt32) -> UInt32 {
    let mixed = source &* 0x9E37_79B1
    return mixed ^ (mixed &>> 15)
  }

  /// The slot of a pair, or the free slot where it would go.
  @inline(__always)
  func place(of source: UInt32, in target: UInt32) -> Int {
    let start = Int(starts[Int(target)])
    let mask = masks[Int(target)]
    var index = Self.hash(source &+ 1) & mask
    while true {
      let held = slots[start &+ Int(index)].source
      if held == source &+ 1 || held == 0 { return start &+ Int(index) }
      index = (index &+ 1) & mask
    }
  }

  /// Links of the pair, and its pseudo-count.
  @inline(__always)
  func weight(of source: UInt32, with target: UInt32) -> Float {
    let slot = slots[place(of: source, in: target)]
    return Float(slot.count) + slot.prior
  }

  @inline(__always)
  mutating func add(_ source: UInt32, _ target: UInt32) {
    let slot = place(of: source, in: target)
    slots[slot].source = source &+ 1
    slots[slot].count &+= 1
  }

  /// Takes one link out; an entry with neither link nor prior leaves the table.
  @inline(__always)
  mutating func remove(_ source: UInt32, _ target: UInt32) {
    let slot = place(of: source, in: target)
    slots[slot].count &-= 1
    if slots[slot].count == 0, slots[slot].prior == 0 { free(slot, in: target) }
  }

  /// Frees a slot and moves later entries of its cluster back, so that no search ends too early.
  private mutating func free(_ slot: Int, in target: UInt32) {
    let start = Int(starts[Int(target)])
    let mask = masks[Int(target)]
    var hole = UInt32(slot - start)
    var index = hole
    while true {
      index = (index &+ 1) & mask
      let moved = slots[start + Int(index)]
      if moved.source == 0 { break }
      let home = Self.hash(moved.source) & mask
      // The entry may move when its home does not lie between the hole and its place.
      if ((index &- home) & mask) >= ((index &- hole) & mask) {
        slots[start + Int(hole)] = moved
        hole = index
      }
    }
    slots[start + Int(hole)] = Slot()
  }
}
