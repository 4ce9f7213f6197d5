internal import BitextCore
internal import BitextText

/// Finds characters of a script that has no place in the language of a translation.
enum ScriptCheck {
  static func run(_ pair: inout SegmentPair) {
    guard pair.wants(.scriptMixed) else { return }
    if pair.target.isChinese {
      chinese(&pair)
    } else {
      leftovers(&pair)
    }
    lookalikes(&pair)
  }

  /// Traditional characters in a simplified text, and the other way round. Where the tag names no script,
  /// the one that the rest of the segment is written in counts.
  private static func chinese(_ pair: inout SegmentPair) {
    let scalars = pair.target.scalars
    let traditional = scalars.filter { HanScript.isTraditional($0.value) }
    let simplified = scalars.filter { HanScript.isSimplified($0.value) }
    let isTraditional: Bool
    switch (pair.target.language.script, pair.target.language.region) {
    case ("Hant", _), (nil, "TW"), (nil, "HK"), (nil, "MO"): isTraditional = true
    case ("Hans", _), (nil, "CN"), (nil, "SG"): isTraditional = false
    default:
      guard !traditional.isEmpty, !simplified.isEmpty else { return }
      isTraditional = traditional.count > simplified.count
    }
    let strays = isTraditional ? simplified : traditional
    guard let first = strays.first else { return }
    let shown = strays.prefix(8).compactMap { Unicode.Scalar($0.value).map(String.init) }
    pair.report(
      .scriptMixed, in: pair.target, first.offset..<(first.offset + 3),
      "found the \(isTraditional ? "simplified" : "traditional") characters "
        + "\(shown.joined()) in \(isTraditional ? "traditional" : "simplified") text")
  }

  /// Han characters in a text that is not Chinese or Japanese, when they are no quotation of the source's
  /// own script in brackets.
  private static func leftovers(_ pair: inout SegmentPair) {
    guard !["zh", "ja", "ko", "yue"].contains(pair.target.language.language) else { return }
    let scalars = pair.target.scalars
    guard let first = scalars.firstIndex(where: { PunctuationCheck.isHan($0.value) }) else {
      return
    }
    var end = first
    while end < scalars.count, PunctuationCheck.isHan(scalars[end].value) { end += 1 }
    let start = scalars[first].offset
    let stop = end < scalars.count ? scalars[end].offset : pair.target.bytes.count
    let run = String(pair.target.text[TextSpan(start..<stop)])
    let openers: [UInt32] = [
      0x28, 0x5B, 0x22, 0x27, 0x201C, 0x2018, 0xAB, 0xFF08, 0x300C, 0x300A, 0x60,
    ]
    if first > 0, openers.contains(scalars[first - 1].value) { return }
    // A text that speaks of characters: the source of another language has them, too.
    if !pair.source.isChinese, pair.source.text.contains(run) { return }
    pair.report(
      .scriptMixed, in: pair.target, start..<stop,
      "found \(run.quoted), Chinese characters in \(pair.target.language) text")
  }

  /// Cyrillic or Greek letters inside a Latin word.
  private static func lookalikes(_ pair: inout SegmentPair) {
    let scalars = pair.target.scalars
    var index = 0
    while index < scalars.count {
      let start = index
      var latin = 0
      var foreign = 0
      while index < scalars.count {
        let value = scalars[index].value
        if value | 0x20 &- 0x61 < 26
          || value >= 0xC0 && value < 0x250 && value != 0xD7 && value != 0xF7
        {
          latin += 1
        } else if value >= 0x400 && value < 0x530
          || value >= 0x391 && value < 0x3CA && value != 0x3BC
        {
          foreign += 1
        } else {
          break
        }
        index += 1
      }
      if latin >= 2, foreign >= 1, latin + foreign >= 4 {
        let end = index < scalars.count ? scalars[index].offset : pair.target.bytes.count
        let span = TextSpan(scalars[start].offset..<end)
        let word = String(pair.target.text[span])
        if !pair.source.text.contains(word) {
          pair.report(
            .scriptMixed, in: pair.target, span.range,
            "found \(word.quoted), a word with letters of two scripts that look alike")
          return
        }
      }
      index = max(index, start + 1)
    }
  }
}
