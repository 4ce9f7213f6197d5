/// The words of one language of a lexicon, their counts, and their rows of entries.
///
/// It holds places in the file; the bytes come with each call. A place that leads outside gives no
/// word or no entry.
struct LexiconSide {
  struct Words {
    let count: Int
    let blocks: Int
    let range: Range<Int>
  }

  private let words: Words
  private let counts: Range<Int>
  private let rows: Range<Int>

  init(words: Words, counts: Range<Int>, rows: Range<Int>) {
    self.words = words
    self.counts = counts
    self.rows = rows
  }

  var count: Int { words.count }

  /// Where the words stand in the file.
  var range: Range<Int> { words.range }

  /// Where the words of a block begin; `nil` in a damaged file.
  private func start(ofBlock block: Int, in bytes: borrowing RawSpan) -> Int? {
    guard let offset = bytes.uint32(at: words.range.lowerBound + 4 + 4 * block) else { return nil }
    let start = words.range.lowerBound + Int(offset)
    return start < words.range.upperBound ? start : nil
  }

  /// Finds the number of a word.
  ///
  /// - Complexity: O(log *words*).
  func number(of word: [UInt8], in bytes: borrowing RawSpan) -> Int? {
    // The last block whose first word is not after the word.
    var low = 0
    var high = words.blocks
    while low < high {
      let middle = (low + high) / 2
      guard let comparison = compare(firstOfBlock: middle, with: word, in: bytes) else {
        return nil
      }
      if comparison == 0 { return middle * LexiconFormat.blockLength }
      if comparison < 0 { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : scan(block: low - 1, for: word, in: bytes)
  }

  /// Negative when the block's first word comes before `word`, 0 when it is the same.
  private func compare(
    firstOfBlock block: Int, with word: [UInt8], in bytes: borrowing RawSpan
  ) -> Int? {
    guard var offset = start(ofBlock: block, in: bytes) else { return nil }
    let end = words.range.upperBound
    guard let shared = bytes.varint(at: &offset, before: end), shared == 0,
      let length = bytes.varint(at: &offset, before: end), length <= end - offset
    else { return nil }
    for index in 0..<min(length, word.count) {
      guard let byte = bytes.byte(at: offset + index) else { return nil }
      if byte != word[index] { return byte < word[index] ? -1 : 1 }
    }
    return length - word.count
  }

  /// Walks through a front-coded block without building its words: what is known of the last word is
  /// how many bytes it shares with `word`, and that it comes before it.
  private func scan(block: Int, for word: [UInt8], in bytes: borrowing RawSpan) -> Int? {
    guard var offset = start(ofBlock: block, in: bytes) else { return nil }
    let end = words.range.upperBound
    let from = block * LexiconFormat.blockLength
    var common = 0
    for number in from..<min(from + LexiconFormat.blockLength, words.count) {
      guard let shared = bytes.varint(at: &offset, before: end),
        let length = bytes.varint(at: &offset, before: end), length <= end - offset
      else { return nil }
      if shared < common { return nil }  // it left the common part upwards: it is past `word`
      if shared == common {
        var index = 0
        while index < length, common < word.count, bytes.byte(at: offset + index) == word[common] {
          index += 1
          common += 1
        }
        if common == word.count { return index == length ? number : nil }
        if index < length, let byte = bytes.byte(at: offset + index), byte > word[common] {
          return nil
        }
      }
      offset += length
    }
    return nil
  }

  /// The word of a number.
  func word(_ number: Int, in bytes: borrowing RawSpan) -> String? {
    guard number >= 0, number < words.count,
      var offset = start(ofBlock: number / LexiconFormat.blockLength, in: bytes)
    else { return nil }
    let end = words.range.upperBound
    var text: [UInt8] = []
    for _ in 0...(number % LexiconFormat.blockLength) {
      guard let shared = bytes.varint(at: &offset, before: end), shared <= text.count,
        let length = bytes.varint(at: &offset, before: end), length <= end - offset
      else { return nil }
      text.removeLast(text.count - shared)
      for index in 0..<length { text.append(bytes.byte(at: offset + index) ?? 0) }
      offset += length
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// How often the word was seen.
  func count(of number: Int, in bytes: borrowing RawSpan) -> Double {
    guard number >= 0, number < words.count,
      let quantised = bytes.uint16(at: counts.lowerBound + 2 * number)
    else { return 0 }
    return LexiconFormat.count(of: quantised)
  }

  /// Gives the entries of a word in ascending order of the other word's number.
  ///
  /// - Returns: Whether the row was whole.
  @inline(__always) @discardableResult
  func forEachEntry(
    of number: Int, in bytes: borrowing RawSpan, _ body: (_ other: Int, _ quantised: UInt8) -> Void
  ) -> Bool {
    guard number >= 0, number < words.count,
      let from = bytes.uint32(at: rows.lowerBound + 4 * number),
      let to = bytes.uint32(at: rows.lowerBound + 4 * number + 4), from <= to,
      Int(from) >= 4 * (words.count + 1), Int(to) <= rows.count
    else { return false }
    var offset = rows.lowerBound + Int(from)
    let end = rows.lowerBound + Int(to)
    var other = 0
    while offset < end {
      guard let step = bytes.varint(at: &offset, before: end), offset < end,
        let quantised = bytes.byte(at: offset)
      else { return false }
      offset += 1
      other += step
      body(other, quantised)
    }
    return true
  }
}
