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
    let bytes = Array(text.utf8)
    let found = try cut(text)
    let shown = leavesLast ? found.dropLast() : found[...]
    for sentence in shown where !sentence.content.isEmpty {
      Self.append(sentence.content.range, of: bytes, to: &lines)
      lines.append(0x0A)
    }
    guard leavesLast, let last = found.last else { return text.endIndex }
    return text.utf8.index(text.startIndex, offsetBy: Int(last.span.start))
  }

  /// Appends the words of a text to a buffer in UTF-8: one line a paragraph, one space between two
  /// words. White space inside a word is written as U+00A0.
  ///
  /// - Parameter words: The words of the text, in order.
  /// - Throws: `SRXError.limit` when an SRX rule needs too much time or memory.
  /// - Complexity: O(length of the text).
  public func appendWords(
    _ words: [Word], of text: String, to lines: inout [UInt8]
  ) throws(SRXError) {
    let bytes = Array(text.utf8)
    var next = 0
    var isLineOpen = false
    for sentence in try cut(text) {
      while next < words.count, words[next].span.start < sentence.span.end {
        if isLineOpen { lines.append(0x20) }
        Self.appendWord(words[next].span.range, of: bytes, to: &lines)
        isLineOpen = true
        next += 1
      }
      if isLineOpen, sentence.end != .terminator, sentence.end != .listItem, sentence.end != .rule {
        lines.append(0x0A)
        isLineOpen = false
      }
    }
  }

  private static func append(_ range: Range<Int>, of bytes: [UInt8], to line: inout [UInt8]) {
    let part = bytes[range]
    guard part.contains(where: { $0 < 0x0E && $0 > 0x09 || $0 == 0xC2 || $0 == 0xE2 }) else {
      line += part
      return
    }
    var index = range.lowerBound
    while index < range.upperBound {
      // A run of white space that holds a line break becomes one space.
      var end = index
      var hasBreak = false
      while end < range.upperBound {
        let (length, isBreak) = whiteSpace(at: end, in: bytes)
        if length == 0 { break }
        hasBreak = hasBreak || isBreak
        end += length
      }
      if end == index {
        line.append(bytes[index])
        index += 1
      } else {
        if hasBreak { line.append(0x20) } else { line += bytes[index..<end] }
        index = end
      }
    }
  }

  private static func appendWord(_ range: Range<Int>, of bytes: [UInt8], to line: inout [UInt8]) {
    var index = range.lowerBound
    while index < range.upperBound {
      let (length, _) = whiteSpace(at: index, in: bytes)
      if length > 0 {
        line += [0xC2, 0xA0]
        index += length
      } else {
        line.append(bytes[index])
        index += 1
      }
    }
  }

  /// The length of the white space at `index` and whether it breaks a line; 0 when there is none.
  private static func whiteSpace(at index: Int, in bytes: [UInt8]) -> (length: Int, isBreak: Bool) {
    switch bytes[index] {
    case 0x0A...0x0D: return (1, true)
    case 0x09, 0x20: return (1, false)
    case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0x85: return (2, true)
    case 0xE2
    where index + 2 < bytes.count && bytes[index + 1] == 0x80
      && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9):
      return (3, true)
    default: return (0, false)
    }
  }
}
