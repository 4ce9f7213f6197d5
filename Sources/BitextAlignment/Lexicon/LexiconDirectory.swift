internal import Foundation

/// The header of a lexicon file and the places of its parts, each checked against the file's length.
struct LexiconDirectory {
  let tokenizerVersion: UInt32
  let flags: UInt32
  let checksum: UInt64
  private let data: Data
  private let path: String?
  private var ranges: [UInt32: Range<Int>] = [:]

  init(_ data: Data, path: String?) throws(LexiconError) {
    let bytes = data.bytes
    for (index, expected) in LexiconFormat.magic.enumerated()
    where bytes.byte(at: index) != expected {
      throw LexiconError(
        .notALexicon, path: path,
        data.isEmpty
          ? "the file is empty, expected a translation lexicon (.btlex)"
          : "the file does not begin as a translation lexicon (.btlex) does")
    }
    guard let version = bytes.uint32(at: 8), let tokenizer = bytes.uint32(at: 12),
      let length = bytes.uint64(at: 16), let checksum = bytes.uint64(at: 24),
      let sections = bytes.uint32(at: 32), let flags = bytes.uint32(at: 36)
    else {
      throw Self.damaged(path, at: data.count, "a header of \(LexiconFormat.headerLength) bytes")
    }
    guard version == LexiconFormat.version else {
      throw LexiconError(
        .unsupportedVersion, path: path, position: 8,
        "the lexicon has format version \(version), this program reads \(LexiconFormat.version)")
    }
    guard length == UInt64(data.count) else {
      throw Self.damaged(path, at: data.count, "\(length) bytes, found \(data.count)")
    }
    guard sections <= 1000 else {
      throw Self.damaged(path, at: 32, "at most 1000 parts, found \(sections)")
    }
    self.data = data
    self.path = path
    tokenizerVersion = tokenizer
    self.flags = flags
    self.checksum = checksum
    for index in 0..<Int(sections) {
      let entry = LexiconFormat.headerLength + index * LexiconFormat.directoryEntryLength
      guard let kind = bytes.uint32(at: entry), let offset = bytes.uint32(at: entry + 4),
        let size = bytes.uint32(at: entry + 8), Int(offset) + Int(size) <= data.count
      else { throw Self.damaged(path, at: entry, "a part inside the file") }
      ranges[kind] = Int(offset)..<(Int(offset) + Int(size))
    }
  }

  func range(of section: LexiconFormat.Section) throws(LexiconError) -> Range<Int> {
    guard let range = ranges[section.rawValue] else {
      throw damaged(at: 32, "a part \(section)")
    }
    return range
  }

  /// The place of a part that not every lexicon has.
  func optionalRange(of section: LexiconFormat.Section) -> Range<Int>? {
    ranges[section.rawValue]
  }

  func text(in range: Range<Int>.SubSequence) -> String {
    String(decoding: data.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
  }

  /// The word section: its count of words must agree with its length.
  func words(_ section: LexiconFormat.Section) throws(LexiconError) -> LexiconSide.Words {
    let range = try range(of: section)
    let bytes = data.bytes
    guard range.count >= 4, let count = bytes.uint32(at: range.lowerBound) else {
      throw damaged(at: range.lowerBound, "a number of words")
    }
    let blocks =
      (Int(count) + LexiconFormat.blockLength - 1) / LexiconFormat.blockLength
    // Each word takes at least two bytes.
    guard 4 + 4 * blocks + 2 * Int(count) <= range.count else {
      throw damaged(at: range.lowerBound, "room for \(count) words")
    }
    return LexiconSide.Words(count: Int(count), blocks: blocks, range: range)
  }

  func counts(
    _ section: LexiconFormat.Section, of words: LexiconSide.Words
  ) throws(LexiconError) -> Range<Int> {
    let range = try range(of: section)
    guard range.count == 2 * words.count else {
      throw damaged(at: range.lowerBound, "\(words.count) counts")
    }
    return range
  }

  func rows(
    _ section: LexiconFormat.Section, of words: LexiconSide.Words
  ) throws(LexiconError) -> Range<Int> {
    let range = try range(of: section)
    guard range.count >= 4 * (words.count + 1) else {
      throw damaged(at: range.lowerBound, "rows for \(words.count) words")
    }
    return range
  }

  func damaged(at offset: Int, _ expected: String) -> LexiconError {
    Self.damaged(path, at: offset, expected)
  }

  private static func damaged(_ path: String?, at offset: Int, _ expected: String) -> LexiconError {
    LexiconError(
      .damaged, path: path, position: offset,
      "the lexicon is damaged at byte \(offset): expected \(expected)")
  }
}
