internal import Synchronization

/// The hashes of a mapped file's blocks, and which blocks were found good so far.
///
/// A large file is not read as a whole before the first look-up: each block is checked when it is read
/// for the first time. A bit that flipped on the disk is found before it can become a wrong answer.
final class BlockSums: Sendable {
  /// A block of 64 KiB.
  static let shift = 16
  private let hashes: [UInt64]
  /// A bit for each block.
  private let good: Mutex<[UInt64]>

  init(_ hashes: [UInt64]) {
    self.hashes = hashes
    good = Mutex([UInt64](repeating: 0, count: (hashes.count + 63) / 64))
  }

  static func blockCount(_ bytes: Int) -> Int { (bytes + (1 << shift) - 1) >> shift }

  /// The hash of each block.
  static func hashes(of bytes: IndexBytes) -> [UInt64] {
    let buffer = unsafe bytes.buffer(0..<bytes.count, of: UInt8.self)
    let span = unsafe buffer.span
    var hashes: [UInt64] = []
    for block in 0..<blockCount(bytes.count) {
      hashes.append(XXH64.hash(span, (block << shift)..<min(bytes.count, (block + 1) << shift)))
    }
    return hashes
  }

  /// Whether all blocks that hold these bytes are good.
  func areGood(_ range: Range<Int>, of bytes: IndexBytes) -> Bool {
    let blocks = (range.lowerBound >> Self.shift)..<Self.blockCount(range.upperBound)
    return blocks.allSatisfy { isGood($0, of: bytes) }
  }

  fileprivate var known: [UInt64] { good.withLock { $0 } }

  /// Reads a block and compares its hash.
  fileprivate func isGood(_ block: Int, of bytes: IndexBytes) -> Bool {
    let buffer = unsafe bytes.buffer(0..<bytes.count, of: UInt8.self)
    let span = unsafe buffer.span
    let range = (block << Self.shift)..<min(bytes.count, (block + 1) << Self.shift)
    guard block < hashes.count, XXH64.hash(span, range) == hashes[block] else { return false }
    good.withLock { $0[block >> 6] |= 1 << UInt64(block & 63) }
    return true
  }
}

/// An index file holds other bytes than were written.
struct DamagedIndex: Error {}

/// Lets one search read those blocks only that are good.
struct BlockGuard {
  private let bytes: IndexBytes
  private let sums: BlockSums?
  private var known: [UInt64]

  init(_ bytes: IndexBytes) {
    self.bytes = bytes
    sums = bytes.sums
    known = bytes.sums?.known ?? []
  }

  /// Checks what was not checked yet of `count` bytes from `start` on; what lies behind the end is
  /// left out.
  @inline(__always)
  mutating func check(_ start: Int, _ count: Int) throws(DamagedIndex) {
    guard sums != nil else { return }
    var block = start &>> BlockSums.shift
    let last = (min(start &+ count, bytes.count) &- 1) &>> BlockSums.shift
    while block <= last {
      if known[block &>> 6] &>> UInt64(block & 63) & 1 == 0 { try read(block) }
      block &+= 1
    }
  }

  private mutating func read(_ block: Int) throws(DamagedIndex) {
    guard let sums, sums.isGood(block, of: bytes) else { throw DamagedIndex() }
    known[block >> 6] |= 1 << UInt64(block & 63)
  }
}
