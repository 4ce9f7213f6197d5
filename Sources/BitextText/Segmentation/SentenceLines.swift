public import BitextCore

/// Sentences as lines: what a person reads and an aligner takes.
extension SentenceSegmenter {
  /// Cuts a document and remembers where its paragraphs begin.
  ///
  /// Each sentence stands on one line: a line break inside it, as hard-wrapped prose has them, is
  /// shown as one space. Sentences without content are left out.
  ///
  /// - Complexity: O(length of the document).
  public func segmentedText(of document: String) -> SegmentedText {
    var lines: [String] = []
    var starts: [Int] = []
    var opensParagraph = true
    let bytes = Array(document.utf8)
    for sentence in sentences(in: document) where !sentence.content.isEmpty {
      if opensParagraph { starts.append(lines.count) }
      var line: [UInt8] = []
      Self.append(sentence.content.range, of: bytes, to: &line)
      lines.append(String(decoding: line, as: UTF8.self))
      opensParagraph = sentence.end == .paragraph
    }
    return SegmentedText(language: language, sentences: lines, paragraphStarts: starts)
  }

  /// Appends the sentences of a text to a buffer in UTF-8, one a line.
  ///
  /// - Parameters:
  ///   - text: A text, or the next piece of one.
  ///   - leavesLast: The last sentence is not appended, since the text may go on.
  /// - Returns: Where the part that was not appended begins: the end of the text, or the last sentence.
  /// - Throws: `SRXError.limit` when an SRX rule needs too much time or memory.
  /// - Complexity: O(length of the text).
  public func appendLines(
    of text: String, leavesLast: Bool = false, to lines: inout [UInt8]
  ) throws(SRXError) -> String.Index {
    let scanned = ScannedText(text)
    let (found, mayHoldBreaks) = try cutNotingBreaks(text, scanned)
    let shown = leavesLast ? found.dropLast() : found[...]
    lines.reserveCapacity(lines.count + scanned.count + shown.count)
    for sentence in shown where !sentence.content.isEmpty {
      if mayHoldBreaks {
        Self.append(sentence.content.range, of: scanned.bytes, to: &lines)
      } else {
        lines += scanned.bytes[sentence.content.range]
      }
      lines.append(0x0A)
    }
    guard leavesLast, let last = found.last else { return text.endIndex }
    return text.utf8.index(text.startIndex, offsetBy: Int(last.span.start))
  }

  private static func append(_ range: Range<Int>, of bytes: [UInt8], to line: inout [UInt8]) {
    let span = bytes.span
    var start = range.lowerBound
    while true {
      let separator = LineSeparators.next(in: span, start..<range.upperBound)
      guard separator < range.upperBound else { break }
      // The run of white space that holds a line break becomes one space.
      var before = separator
      while before > start, span[before - 1] == 0x20 || span[before - 1] == 0x09 { before -= 1 }
      line += bytes[start..<before]
      line.append(0x20)
      start = separator
      while start < range.upperBound {
        let length = LineSeparators.length(at: start, in: span)
        guard length > 0 || span[start] == 0x20 || span[start] == 0x09 else { break }
        start += max(length, 1)
      }
    }
    line += bytes[start..<range.upperBound]
  }
}
