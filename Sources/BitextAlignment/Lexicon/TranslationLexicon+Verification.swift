internal import Foundation

extension TranslationLexicon {
  /// Reads the whole file and checks it: the checksum first, then each word and each row.
  ///
  /// - Throws: `LexiconError.Code.damaged`.
  /// - Complexity: O(size of the file).
  public func verify() throws(LexiconError) {
    try verifyChecksum()
    let directory = try LexiconDirectory(data, path: path)
    let bytes = data.bytes
    for side in [first, second] {
      var previous: String?
      let others = side.range == first.range ? second.count : first.count
      for number in 0..<side.count {
        guard let word = side.word(number, in: bytes),
          previous.map({ $0.utf8.lexicographicallyPrecedes(word.utf8) }) ?? true
        else { throw directory.damaged(at: side.range.lowerBound, "words in order") }
        previous = word
        var inside = true
        let whole = side.forEachEntry(of: number, in: bytes) { other, _ in
          inside = inside && other < others
        }
        guard whole, inside else {
          throw directory.damaged(at: side.range.lowerBound, "a whole row for word \(number)")
        }
      }
    }
  }

  /// Reads the whole file and compares its checksum: a byte that was changed is found.
  ///
  /// - Throws: `LexiconError.Code.damaged`.
  /// - Complexity: O(size of the file), about 1 ms a megabyte.
  public func verifyChecksum() throws(LexiconError) {
    let directory = try LexiconDirectory(data, path: path)
    let bytes = data.bytes
    var hash = FNV1a()
    let checksum = LexiconFormat.checksumOffset..<(LexiconFormat.checksumOffset + 8)
    for offset in 0..<bytes.byteCount {
      hash.add(checksum.contains(offset) ? 0 : bytes.byte(at: offset) ?? 0)
    }
    guard hash.value == directory.checksum else {
      throw directory.damaged(
        at: LexiconFormat.checksumOffset, "the checksum \(String(hash.value, radix: 16))")
    }
  }

  /// How many entries each direction has.
  ///
  /// - Complexity: O(size of the file).
  public func entryCounts() -> (forward: Int, backward: Int) {
    let bytes = data.bytes
    func count(_ side: LexiconSide) -> Int {
      var count = 0
      for number in 0..<side.count {
        side.forEachEntry(of: number, in: bytes) { _, _ in count += 1 }
      }
      return count
    }
    return (count(first), count(second))
  }
}
