internal import BitextCore
internal import BitextText

/// Finds translations that are not there: empty ones, and those that are the source.
enum UntranslatedCheck {
  /// Whether the target is empty; then nothing else is worth a look.
  static func isEmpty(_ pair: inout SegmentPair) -> Bool {
    guard pair.target.core.isEmpty, pair.target.variant.segment.codes.isEmpty else { return false }
    if pair.source.core.isEmpty, pair.source.variant.segment.codes.isEmpty { return true }
    pair.report(
      .targetEmpty, in: pair.target, 0..<0,
      "found no translation of \(pair.source.text.quoted)")
    return true
  }

  static func run(_ pair: inout SegmentPair) {
    guard pair.wants(.targetSame), pair.source.language.language != pair.target.language.language
    else { return }
    let source = pair.source.tools.normalizer(pair.source.text)
    let target = pair.source.tools.normalizer(pair.target.text)
    guard source == target, isProse(pair.target, pair.source) else { return }
    pair.report(
      .targetSame, in: pair.target, pair.target.core, "found the source, expected a translation")
  }

  /// Whether a text has to be translated: it has words that are no names, codes or numbers.
  private static func isProse(_ side: PairSide, _ source: PairSide) -> Bool {
    let words = side.tools.words.words(in: side.text).filter { $0.kind == .word }
    if source.isChinese || side.isChinese {
      // One side writes Han, the other does not: what is the same on both belongs to one of them.
      let han = side.scalars.count { PunctuationCheck.isHan($0.value) }
      if han > 0 { return !side.isChinese && han >= 2 }
    }
    let plain = words.filter { word in
      let text = side.text[word.span]
      guard text.utf8.count >= 2, text.first?.isLowercase == true else { return false }
      return !side.placeables.contains {
        $0.span.start <= word.span.start && word.span.end <= $0.span.end
      }
        && !text.contains { $0 == "_" || $0 == "." || $0 == "/" }
    }
    return plain.count >= 3
  }
}
