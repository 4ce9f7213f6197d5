internal import Foundation

/// The layout of a lexicon file, version 1. All integers are little-endian.
///
///     header    48 B | magic 8, version UInt32, tokenizer version UInt32, file length UInt64,
///                    | checksum UInt64, section count UInt32, flags UInt32, reserved 8
///     directory      | for each section: kind UInt32, offset UInt32, length UInt32
///     sections       | any order, unknown kinds are skipped
///
/// - Words: count UInt32, then one UInt32 offset a block of 16 words (from the section's start), then
///   the blocks: words sorted by their UTF-8 bytes, each as varint shared prefix, varint rest, rest;
///   the first of a block shares nothing. A word's number is its rank.
/// - Counts: one UInt16 a word, `ln(1 + count) * 2000`.
/// - Rows: one UInt32 offset a word and one for the end (from the section's start), then the rows:
///   pairs of (varint difference to the previous word number, UInt8 quantised probability).
/// - Link parameters (only in a ``LinkModel``): two tables of 33 jump probabilities as Float32, then for
///   each word of the first and of the second language its links, as a count, and the shares of its
///   occurrences with 0, 1, 2 and more links, in 255ths.
/// - Facts: first total, second total, segment pairs as Float64; languages follow as two lines.
///
/// The checksum is FNV-1a, 64 bits, over the file with the checksum's own bytes as zero.
enum LexiconFormat {
  static let magic: [UInt8] = [0x89, 0x42, 0x54, 0x4C, 0x58, 0x0D, 0x0A, 0x1A]  // .BTLX\r\n.
  static let version: UInt32 = 1
  static let headerLength = 48
  static let directoryEntryLength = 12
  static let checksumOffset = 24
  static let blockLength = 16
  static let baseFormsFlag: UInt32 = 1

  enum Section: UInt32, CaseIterable {
    case facts = 1
    case notices = 2
    case firstWords = 16
    case secondWords = 17
    case firstCounts = 18
    case secondCounts = 19
    case firstRows = 20
    case secondRows = 21
    case linkParameters = 32
  }

  /// One byte for a probability: `exp(-q / 32)`, 3.4e-4 at the lowest, less than 1.6 % off.
  static func quantise(probability: Float) -> UInt8 {
    guard probability > 0 else { return 255 }
    return UInt8(max(0, min(255, (-log(Double(probability)) * 32).rounded())))
  }

  /// The probabilities of all 256 bytes.
  static let probabilities: [Float] = (0..<256).map { Float(exp(-Double($0) / 32)) }

  static func quantise(count: Double) -> UInt16 {
    UInt16(max(0, min(65535, (log(1 + max(0, count)) * 2000).rounded())))
  }

  static func count(of quantised: UInt16) -> Double {
    (exp(Double(quantised) / 2000) - 1)
  }
}

/// The 64-bit hash of Fowler, Noll and Vo, 1a.
struct FNV1a {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}
