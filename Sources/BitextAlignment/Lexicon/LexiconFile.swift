/// Writes lexicons: the same contents give the same bytes.
public enum LexiconFile {
  /// Returns the bytes of a lexicon file.
  ///
  /// Words are sorted and renumbered; words and entries may come in any order.
  ///
  /// - Throws: `LexiconError.Code.tooLarge` when a section would pass 4 GiB or an entry names a word
  ///   that is not there.
  public static func bytes(of contents: LexiconContents) throws(LexiconError) -> [UInt8] {
    let (firstWords, firstRanks) = sorted(contents.first)
    let (secondWords, secondRanks) = sorted(contents.second)
    for entry in contents.entries
    where !firstRanks.indices.contains(Int(entry.source))
      || !secondRanks.indices.contains(Int(entry.target))
    {
      throw LexiconError(
        .tooLarge,
        "an entry names word \(entry.source) or \(entry.target), beyond the lists of words")
    }
    let most =
      contents.entries.count * 12
      + (firstWords + secondWords).reduce(0) { $0 + $1.text.count + 32 }
    guard most < Int(UInt32.max) else {
      throw LexiconError(.tooLarge, "\(contents.entries.count) entries; the format holds 4 GiB")
    }
    let entries = contents.entries.map { entry in
      LexicalEntry(
        source: firstRanks[Int(entry.source)], target: secondRanks[Int(entry.target)],
        forward: entry.forward, backward: entry.backward)
    }
    var sections: [(LexiconFormat.Section, [UInt8])] = [
      (.facts, facts(of: contents)),
      (.notices, LexiconNotice.encode(contents.notices)),
      (.firstWords, wordSection(firstWords)),
      (.secondWords, wordSection(secondWords)),
      (.firstCounts, countSection(firstWords)),
      (.secondCounts, countSection(secondWords)),
      (
        .firstRows,
        rowSection(firstWords.count, entries.map { ($0.source, $0.target, $0.forward) })
      ),
      (
        .secondRows,
        rowSection(secondWords.count, entries.map { ($0.target, $0.source, $0.backward) })
      ),
    ]
    if !contents.linkParameters.isEmpty {
      sections.append((.linkParameters, contents.linkParameters))
    }
    return assemble(sections, flags: contents.holdsBaseForms ? LexiconFormat.baseFormsFlag : 0)
  }

  private static func assemble(
    _ sections: [(LexiconFormat.Section, [UInt8])], flags: UInt32
  ) -> [UInt8] {
    let start =
      LexiconFormat.headerLength + sections.count * LexiconFormat.directoryEntryLength
    let length = sections.reduce(start) { $0 + $1.1.count }
    var bytes = LexiconFormat.magic
    bytes.reserveCapacity(length)
    append(LexiconFormat.version, to: &bytes)
    append(AlignmentTokenizer.version, to: &bytes)
    append(UInt64(length), to: &bytes)
    append(UInt64(0), to: &bytes)
    append(UInt32(sections.count), to: &bytes)
    append(flags, to: &bytes)
    append(UInt64(0), to: &bytes)
    var offset = start
    for (kind, section) in sections {
      append(kind.rawValue, to: &bytes)
      append(UInt32(offset), to: &bytes)
      append(UInt32(section.count), to: &bytes)
      offset += section.count
    }
    for (_, section) in sections { bytes += section }
    var hash = FNV1a()
    for byte in bytes { hash.add(byte) }
    for index in 0..<8 {
      bytes[LexiconFormat.checksumOffset + index] = UInt8(
        truncatingIfNeeded: hash.value >> (8 * UInt64(index)))
    }
    return bytes
  }

  /// The words in the order of their bytes, and for each given word its place there.
  private static func sorted(
    _ words: [LexiconContents.Word]
  ) -> (words: [(text: [UInt8], count: Double)], ranks: [Int32]) {
    let texts = words.map { Array($0.text.utf8) }
    let order = words.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
    var ranks = [Int32](repeating: 0, count: words.count)
    for (rank, index) in order.enumerated() { ranks[index] = Int32(rank) }
    return (order.map { (texts[$0], words[$0].count) }, ranks)
  }

  private static func facts(of contents: LexiconContents) -> [UInt8] {
    var bytes: [UInt8] = []
    append(contents.firstTotal.bitPattern, to: &bytes)
    append(contents.secondTotal.bitPattern, to: &bytes)
    append(Double(contents.segmentPairs).bitPattern, to: &bytes)
    bytes += "\(contents.languages.first)\n\(contents.languages.second)".utf8
    return bytes
  }

  private static func wordSection(_ words: [(text: [UInt8], count: Double)]) -> [UInt8] {
    let blocks = (words.count + LexiconFormat.blockLength - 1) / LexiconFormat.blockLength
    var head: [UInt8] = []
    append(UInt32(words.count), to: &head)
    var body: [UInt8] = []
    var previous: [UInt8] = []
    for (rank, word) in words.enumerated() {
      if rank.isMultiple(of: LexiconFormat.blockLength) {
        append(UInt32(4 + 4 * blocks + body.count), to: &head)
        previous = []
      }
      let shared = zip(previous, word.text).prefix { $0 == $1 }.count
      append(varint: shared, to: &body)
      append(varint: word.text.count - shared, to: &body)
      body += word.text[shared...]
      previous = word.text
    }
    return head + body
  }

  private static func countSection(_ words: [(text: [UInt8], count: Double)]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * words.count)
    for word in words {
      let quantised = LexiconFormat.quantise(count: word.count)
      bytes.append(UInt8(truncatingIfNeeded: quantised))
      bytes.append(UInt8(truncatingIfNeeded: quantised >> 8))
    }
    return bytes
  }

  private static func rowSection(
    _ rows: Int, _ entries: [(row: Int32, column: Int32, probability: Float)]
  ) -> [UInt8] {
    let entries = entries.filter { $0.probability > 0 }.sorted {
      ($0.row, $0.column) < ($1.row, $1.column)
    }
    var head: [UInt8] = []
    var body: [UInt8] = []
    var next = 0
    for row in 0..<rows {
      append(UInt32(4 * (rows + 1) + body.count), to: &head)
      var previous: Int32 = 0
      while next < entries.count, entries[next].row == Int32(row) {
        append(varint: Int(entries[next].column - previous), to: &body)
        body.append(LexiconFormat.quantise(probability: entries[next].probability))
        previous = entries[next].column
        next += 1
      }
    }
    append(UInt32(4 * (rows + 1) + body.count), to: &head)
    return head + body
  }

  private static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
    for index in 0..<(Number.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index)))
    }
  }

  private static func append(varint number: Int, to bytes: inout [UInt8]) {
    var rest = UInt32(truncatingIfNeeded: number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}
