/// Finds what is said in SubRip and WebVTT subtitles.
///
/// Cues follow the breath of the picture, not of the sentence: cues are joined to one block until a pause of
/// two seconds, the end of a sentence, or another speaker (a dash at the start of a line).
enum SubtitleBlocks {
  static func blocks(of text: String) -> [StructuredDocument.Block] {
    var blocks: [StructuredDocument.Block] = []
    var pending: (text: String, span: Range<Int>)?
    var lastEnd = 0
    func flush() {
      if let (text, span) = pending {
        let line = BlockText.joined(text)
        if !line.isEmpty { blocks.append(StructuredDocument.Block(.cue, line, span: span)) }
      }
      pending = nil
    }
    for cue in cues(of: text) {
      if cue.start - lastEnd >= 2_000 { flush() }
      lastEnd = cue.end
      for line in cue.lines {
        let plain = withoutTags(line)
        let spoken = plain.drop { $0 == "-" || $0 == "–" || $0 == "—" || $0 == " " }
        let hasDash = spoken.startIndex != plain.startIndex && plain.first != " "
        if hasDash || pending.map({ endsSentence($0.text) }) ?? false { flush() }
        if let open = pending {
          pending = (open.text + "\n" + spoken, open.span.lowerBound..<cue.span.upperBound)
        } else {
          pending = (String(spoken), cue.span)
        }
      }
    }
    flush()
    return blocks
  }

  private struct Cue {
    /// Milliseconds from the start.
    var start: Int
    var end: Int
    var lines: [Substring] = []
    var span: Range<Int>
  }

  private static func cues(of text: String) -> [Cue] {
    var cues: [Cue] = []
    var isOpen = false
    var offset = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let end = text.utf8.distance(from: text.startIndex, to: line.endIndex)
      defer { offset = end }
      if let (start, stop) = times(line) {
        cues.append(Cue(start: start, end: stop, span: offset..<end))
        isOpen = true
      } else if line.allSatisfy(\.isWhitespace) {
        isOpen = false
      } else if isOpen {
        cues[cues.count - 1].lines.append(line)
        cues[cues.count - 1].span = cues[cues.count - 1].span.lowerBound..<end
      }
    }
    return cues
  }

  /// The two times of `00:00:01,000 --> 00:00:02,500`.
  private static func times(_ line: Substring) -> (Int, Int)? {
    guard let arrow = line.firstRange(of: "-->") else { return nil }
    let behind = line[arrow.upperBound...].split(separator: " ").first
    guard let start = milliseconds(line[..<arrow.lowerBound]),
      let end = behind.flatMap({ milliseconds($0) })
    else { return nil }
    return (start, end)
  }

  private static func milliseconds(_ text: Substring) -> Int? {
    let fields = text.split { $0 == ":" || $0 == "," || $0 == "." || $0 == " " }
    guard (3...4).contains(fields.count) else { return nil }
    var total = 0
    for field in fields.dropLast() {
      guard field.utf8.count <= 4, let value = Int(field) else { return nil }
      total = total * 60 + value
    }
    guard let last = fields.last, last.utf8.count <= 4, let value = Int(last) else { return nil }
    return total * 1_000 + value
  }

  /// Without `<i>`, `{\an8}` and the like.
  private static func withoutTags(_ line: Substring) -> String {
    var result = ""
    var rest = line
    while let sign = rest.firstIndex(where: { $0 == "<" || $0 == "{" }) {
      result += rest[..<sign]
      let next = rest.index(after: sign)
      let closing: Character = rest[sign] == "<" ? ">" : "}"
      let isTag =
        next < rest.endIndex
        && (rest[sign] == "{"
          ? rest[next] == "\\" : rest[next] == "/" || rest[next].isLetter || rest[next].isNumber)
      guard isTag, let close = rest[next...].firstIndex(of: closing) else {
        result.append(rest[sign])
        rest = rest[next...]
        continue
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private static func endsSentence(_ text: String) -> Bool {
    let closing: Set<Character> = ["\"", "'", "”", "’", "»", ")", "）", "」", "』", " ", "♪"]
    guard let last = text.last(where: { !closing.contains($0) }) else { return false }
    return ".!?…。！？".contains(last) && !text.hasSuffix("...")
  }
}
