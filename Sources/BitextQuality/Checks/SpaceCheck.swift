internal import BitextCore
internal import BitextText

/// Looks at the white space of a translation.
enum SpaceCheck {
  static func run(_ pair: inout SegmentPair) {
    if pair.wants(.spaceEdge) { edges(&pair) }
    if pair.wants(.spaceDouble) { doubles(&pair) }
  }

  private static func edges(_ pair: inout SegmentPair) {
    let (source, target) = (pair.source, pair.target)
    guard !target.core.isEmpty, !source.core.isEmpty else { return }
    if source.core.lowerBound == 0, target.core.lowerBound > 0 {
      pair.report(
        .spaceEdge, in: target, 0..<target.core.lowerBound,
        "found white space at the beginning, expected none, as in the source")
    } else if source.core.upperBound == source.bytes.count,
      target.core.upperBound < target.bytes.count
    {
      pair.report(
        .spaceEdge, in: target, target.core.upperBound..<target.bytes.count,
        "found white space at the end, expected none, as in the source")
    }
  }

  private static func doubles(_ pair: inout SegmentPair) {
    let target = pair.target
    let core = target.core
    if !hasDouble(pair.source.bytes, pair.source.core) {
      for index in core.dropLast()
      where target.bytes[index] == 0x20 && target.bytes[index + 1] == 0x20 {
        pair.report(
          .spaceDouble, in: target, index..<(index + 2), expected: [" "],
          "found two spaces in a row, expected one")
        return
      }
    }
    guard target.isChinese else { return }
    let scalars = target.scalars
    guard scalars.count > 2 else { return }
    for index in 1..<(scalars.count - 1)
    where scalars[index].value == 0x20 && PunctuationCheck.isHan(scalars[index - 1].value)
      && PunctuationCheck.isHan(scalars[index + 1].value)
    {
      // A headline has spaces in place of marks, and some texts set one before a name. Only a space
      // that cuts a word in two is a mistake.
      guard cutsWord(target, scalars[index].offset) else { continue }
      pair.report(
        .spaceDouble, in: target, scalars[index].offset..<(scalars[index].offset + 1),
        expected: [""], "found a space between Han characters, expected none")
      return
    }
  }

  /// Whether a word goes on behind the space.
  private static func cutsWord(_ side: PairSide, _ offset: Int) -> Bool {
    let start = max(0, offset - 12)
    let end = min(side.bytes.count, offset + 13)
    let joined = side.bytes[start..<offset] + side.bytes[(offset + 1)..<end]
    let text = String(decoding: joined, as: UTF8.self)
    // Where the window cuts a character, the text grows; then the place is not known.
    guard text.utf8.count == joined.count else { return false }
    let place = UInt32(offset - start)
    return side.tools.words.words(in: text).contains {
      $0.span.start < place && place < $0.span.end
    }
  }

  private static func hasDouble(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    range.dropLast().contains { bytes[$0] == 0x20 && bytes[$0 + 1] == 0x20 }
  }
}
