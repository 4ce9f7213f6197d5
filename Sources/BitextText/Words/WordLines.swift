internal import BitextCore

/// Words as lines: one line a paragraph.
extension SentenceSegmenter {
  /// Appends the words of a text to a buffer in UTF-8: one line a paragraph, one space between two
  /// words. White space inside a word is written as U+00A0.
  ///
  /// What a paragraph is, the line breaks and the options of this segmenter say.
  ///
  /// - Parameters:
  ///   - words: What cuts the words.
  ///   - text: A text, or the next piece of one.
  ///   - leavesLast: The last line is not appended, since the text may go on; where there is but one,
  ///     its last sentence.
  /// - Returns: Where the part that was not appended begins.
  /// - Throws: `SRXError.limit` when an SRX rule needs too much time or memory.
  /// - Complexity: O(length of the text).
  public func appendWords(
    of text: String, by words: WordSegmenter, leavesLast: Bool = false, to lines: inout [UInt8]
  ) throws(SRXError) -> String.Index {
    let scanned = ScannedText(text)
    var ends = try lineEnds(in: text, scanned)
    var isLineOpen = false
    var end = scanned.count
    if leavesLast {
      ends.removeLast()
      if let last = ends.last {
        end = last
      } else {
        end = Int(try cut(text, scanned).last?.span.start ?? 0)
        ends = [end]
        isLineOpen = true
      }
    }
    if end == scanned.count {
      Self.append(words.words(in: text, scanned.bytes), of: scanned.bytes, ends, to: &lines)
      return text.endIndex
    }
    let rest = text.utf8.index(text.startIndex, offsetBy: end)
    let part = String(text[..<rest])
    let bytes = Array(part.utf8)
    Self.append(words.words(in: part, bytes), of: bytes, ends, to: &lines)
    // The line goes on with the next piece.
    if isLineOpen, lines.last == 0x0A { lines[lines.count - 1] = 0x20 }
    return rest
  }

  /// Where the lines of words end: at the ends of paragraphs and at line breaks that count as one.
  private func lineEnds(in text: String, _ scanned: ScannedText) throws(SRXError) -> [Int] {
    guard scanned.count > 0 else { return [0] }
    if !hasUserRules, let ends = LineBreaks.lineEnds(in: scanned, mode: options.newlines) {
      return ends
    }
    var ends: [Int] = []
    for sentence in try cut(text, scanned) {
      switch sentence.end {
      case .terminator, .listItem, .rule: continue
      case .paragraph, .lineBreak, .endOfText: ends.append(Int(sentence.span.end))
      }
    }
    return ends
  }

  /// Writes the words up to each end on a line of their own; lines without a word are left out.
  private static func append(
    _ words: [Word], of bytes: [UInt8], _ ends: [Int], to lines: inout [UInt8]
  ) {
    let source = bytes.span
    // No word grows by more than one byte for each of its characters that is white space.
    let start = lines.count
    lines += repeatElement(0, count: 2 * bytes.count + words.count + 8)
    var target = lines.mutableSpan
    var place = start
    var next = 0
    for end in ends {
      let first = place
      while next < words.count, Int(words[next].span.start) < end {
        if place > first {
          target[place] = 0x20
          place &+= 1
        }
        place = copy(words[next].span.range, of: source, to: &target, at: place)
        next &+= 1
      }
      if place > first {
        target[place] = 0x0A
        place &+= 1
      }
    }
    lines.removeLast(lines.count - place)
  }

  /// Writes a word at a place that has room for eight bytes more; returns where it ends there.
  @inline(__always)
  private static func copy(
    _ word: Range<Int>, of source: Span<UInt8>, to target: inout MutableSpan<UInt8>, at place: Int
  ) -> Int {
    let length = word.count
    // Most words are written in one go: a loop of a few rounds, never as many as the last time, costs
    // the processor more than the bytes do. Eight bytes are read and written inside both spans.
    if length <= 8, word.lowerBound &+ 8 <= source.count, place &+ 8 <= target.count {
      let bytes = unsafe source.bytes.unsafeLoadUnaligned(
        fromByteOffset: word.lowerBound, as: UInt64.self)
      if !mayHoldWhiteSpace(UInt64(littleEndian: bytes), length: length) {
        var raw = unsafe target.mutableBytes
        raw.storeBytes(of: bytes, toByteOffset: place, as: UInt64.self)
        return place &+ length
      }
    }
    var place = place
    var index = word.lowerBound
    while index < word.upperBound {
      let byte = source[index]
      if byte <= 0x20 || byte == 0xC2 || byte == 0xE2, isWhiteSpace(byte, index, source) {
        target[place] = 0xC2
        target[place &+ 1] = 0xA0
        place &+= 2
        index &+= byte < 0x80 ? 1 : byte == 0xC2 ? 2 : 3
      } else {
        target[place] = byte
        place &+= 1
        index &+= 1
      }
    }
    return place
  }

  /// Whether one of the first bytes of `word` is a space or control, or C2 or E2, with which the
  /// separators beyond ASCII begin.
  @inline(__always)
  private static func mayHoldWhiteSpace(_ word: UInt64, length: Int) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let low = ~((word | highs) &- 0x21 &* ones) & ~word & highs
    let lead = (word | 0x20 &* ones) ^ 0xE2 &* ones
    let found = low | ((lead &- ones) & ~lead & highs)
    return found &<< UInt64(64 &- 8 &* length) != 0
  }

  /// White space that would break a line or look like the space between two words.
  private static func isWhiteSpace(_ byte: UInt8, _ index: Int, _ bytes: Span<UInt8>) -> Bool {
    byte == 0x20 || byte == 0x09 || LineSeparators.length(at: index, in: bytes) > 0
  }
}
