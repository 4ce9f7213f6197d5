internal import BitextCore
internal import BitextText

/// Looks at the marks of a translation by the conventions of its language.
enum PunctuationCheck {
  static func run(_ pair: inout SegmentPair) {
    if pair.wants(.punctuationEnd) { end(&pair) }
    if pair.wants(.punctuationPair) {
      brackets(&pair)
      if pair.target.language.language == "es" { openingMarks(&pair) }
    }
    if pair.wants(.punctuationScript) { width(&pair) }
  }

  // MARK: The end

  /// What a segment ends with.
  private enum Ending: Equatable {
    case nothing, statement, question, colon, other
  }

  private static let closers: Set<UInt32> = [
    0x22, 0x27, 0x29, 0x5D, 0x7D, 0xBB, 0x2019, 0x201D, 0x300D, 0x300F, 0x300B, 0xFF09, 0x3011,
    0x203A, 0x2A, 0x5F,
  ]

  private static func ending(_ side: PairSide) -> (kind: Ending, range: Range<Int>) {
    var scalars = side.scalars
    while let last = scalars.last,
      last.value <= 0x20 || last.value == 0xA0 || last.value == 0x3000
        || closers.contains(last.value)
    {
      scalars.removeLast()
    }
    guard let last = scalars.last else { return (.nothing, 0..<0) }
    let end = last.offset + UTF8.width(Unicode.Scalar(last.value) ?? " ")
    let range = last.offset..<end
    switch last.value {
    case 0x2E, 0x3002, 0xFF0E, 0x21, 0xFF01, 0x2026, 0x22EF, 0x3B, 0xFF1B, 0x203C:
      return (.statement, range)
    case 0x3F, 0xFF1F, 0x2047, 0x2048, 0x2049: return (.question, range)
    case 0x3A, 0xFF1A: return (.colon, range)
    default:
      let isText = Unicode.Scalar(last.value).map {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
      return (isText == true ? .nothing : .other, range)
    }
  }

  private static func end(_ pair: inout SegmentPair) {
    let source = ending(pair.source)
    let target = ending(pair.target)
    guard source.kind != target.kind, source.kind != .other, target.kind != .other,
      !pair.target.core.isEmpty, !pair.source.core.isEmpty
    else { return }
    // A full stop may belong to an abbreviation: U.S., Inc., etc.
    if source.kind == .nothing, target.kind == .statement, endsWithAbbreviation(pair.target) {
      return
    }
    if target.kind == .nothing, source.kind == .statement, endsWithAbbreviation(pair.source) {
      return
    }
    // The author forgot the mark of a sentence; the translator did not.
    if source.kind == .nothing, target.kind == .statement, isSentence(pair.source) { return }
    // An exclamation and a question are close to each other.
    if target.kind == .question, isExclamation(source, pair.source) { return }
    if source.kind == .question, isExclamation(target, pair.target) { return }
    // ". . .", "?!", "…?" count as what they hold.
    if source.kind == .question || target.kind == .question {
      let tails = [pair.source, pair.target].map { Array($0.text.unicodeScalars.suffix(6)) }
      if tails.allSatisfy({ $0.contains { $0 == "?" || $0 == "？" } }) { return }
    }
    // Text such as a heading or a list item may end with a colon on one side only.
    if source.kind == .colon && target.kind == .statement
      || source.kind == .statement && target.kind == .colon
    {
      return
    }
    let expected = mark(source.kind, pair.target.language)
    let found = String(pair.target.text[TextSpan(target.range)])
    pair.report(
      .punctuationEnd, in: pair.target, target.range, expected: expected.map { [$0] } ?? [],
      target.kind == .nothing
        ? "found no mark at the end, expected \((expected ?? "one").quoted)"
        : source.kind == .nothing
          ? "found \(found.quoted) at the end, expected no mark, as in the source"
          : "found \(found.quoted) at the end, expected \((expected ?? "one").quoted)")
  }

  private static func isExclamation(
    _ ending: (kind: Ending, range: Range<Int>), _ side: PairSide
  ) -> Bool {
    let mark = side.text[TextSpan(ending.range)]
    return mark == "!" || mark == "！"
  }

  /// Whether a text is long enough for a sentence.
  private static func isSentence(_ side: PairSide) -> Bool {
    side.tools.words.words(in: side.text).count { $0.kind == .word } >= 5
  }

  private static func mark(_ kind: Ending, _ language: LanguageTag) -> String? {
    let isChinese = language.language == "zh"
    return switch kind {
    case .statement: isChinese ? "。" : "."
    case .question: isChinese ? "？" : "?"
    case .colon: isChinese ? "：" : ":"
    default: nil
    }
  }

  /// Whether the last word is an abbreviation with its full stop: one letter before the stop, or a
  /// stop inside, or one of the usual ones.
  private static func endsWithAbbreviation(_ side: PairSide) -> Bool {
    let core = side.core
    guard let last = side.tools.words.words(in: side.text).last(where: { $0.kind != .punctuation })
    else { return false }
    let text = side.bytes[last.span.range]
    if text.last == 0x2E || text.dropLast().contains(0x2E) { return true }
    return text.count == 1 && core.upperBound - Int(last.span.end) <= 1
  }

  // MARK: Pairs

  private struct PairKind {
    let open: [UInt32]
    let close: [UInt32]
    let name: String
  }

  private static let pairs = [
    PairKind(open: [0x28, 0xFF08], close: [0x29, 0xFF09], name: "bracket"),
    PairKind(open: [0x5B, 0xFF3B, 0x3010], close: [0x5D, 0xFF3D, 0x3011], name: "bracket"),
    PairKind(open: [0x7B, 0xFF5B], close: [0x7D, 0xFF5D], name: "brace"),
    PairKind(open: [0x201C], close: [0x201D], name: "quotation mark"),
    PairKind(open: [0xAB], close: [0xBB], name: "quotation mark"),
    PairKind(open: [0x300C], close: [0x300D], name: "quotation mark"),
    PairKind(open: [0x300E], close: [0x300F], name: "quotation mark"),
    PairKind(open: [0x300A], close: [0x300B], name: "title mark"),
  ]

  /// Marks of a kind that have no partner.
  private static func unpaired(
    _ kind: PairKind, _ side: PairSide, _ scalars: [(value: UInt32, offset: Int)]
  ) -> [(value: UInt32, offset: Int)] {
    var open: [(value: UInt32, offset: Int)] = []
    var stray: [(value: UInt32, offset: Int)] = []
    for (index, scalar) in scalars.enumerated() {
      if kind.open.contains(scalar.value) {
        if isFace(scalars, index) { continue }
        open.append(scalar)
      } else if kind.close.contains(scalar.value) {
        if open.popLast() == nil {
          if isListMarker(scalars, index) || isFace(scalars, index) { continue }
          stray.append(scalar)
        }
      }
    }
    return stray + open
  }

  /// `a)`, `12)` at the beginning or after a space.
  private static func isListMarker(
    _ scalars: [(value: UInt32, offset: Int)], _ index: Int
  ) -> Bool {
    guard scalars[index].value == 0x29 || scalars[index].value == 0xFF09 else { return false }
    var start = index
    while start > 0, index - start < 4,
      scalars[start - 1].value &- 0x30 < 10 || scalars[start - 1].value | 0x20 &- 0x61 < 26
    {
      start -= 1
    }
    return start < index && (start == 0 || scalars[start - 1].value <= 0x20)
  }

  /// `:)`, `;-(`
  private static func isFace(_ scalars: [(value: UInt32, offset: Int)], _ index: Int) -> Bool {
    guard index > 0 else { return false }
    let before = scalars[index - 1].value
    return before == 0x3A || before == 0x3B
      || before == 0x2D && index > 1
        && (scalars[index - 2].value == 0x3A || scalars[index - 2].value == 0x3B)
  }

  private static func brackets(_ pair: inout SegmentPair) {
    let source = pair.source.scalars
    let target = pair.target.scalars
    // Quotations often go on in the next segment: where the source's do, so may the target's.
    let quotes = pairs.filter { $0.name == "quotation mark" }
    let isOpenQuote =
      quotes.contains { !unpaired($0, pair.source, source).isEmpty }
      || straightQuotes(source) % 2 == 1
    let hasQuotes = source.contains { scalar in
      scalar.value == 0x22 || quotes.contains { $0.open.contains(scalar.value) }
    }
    let isOpenBracket = pairs.contains {
      $0.name != "quotation mark" && !unpaired($0, pair.source, source).isEmpty
    }
    for kind in pairs {
      if kind.name == "quotation mark" ? isOpenQuote : isOpenBracket { continue }
      guard let stray = unpaired(kind, pair.target, target).first else { continue }
      // German and Chinese typists close with ” and open with ”: an even number is a pair of its own.
      if kind.open == [0x201C], isEvenOfOneKind(target) { continue }
      let scalar = Unicode.Scalar(stray.value).map { String($0) } ?? ""
      let range = stray.offset..<(stray.offset + scalar.utf8.count)
      let isOpening = kind.open.contains(stray.value)
      let message =
        "found the \(kind.name) \(scalar) without the one that \(isOpening ? "closes" : "opens") it"
      if kind.name == "quotation mark", !hasQuotes {
        pair.reportQuotation(opens: isOpening, range, message)
      } else {
        pair.report(.punctuationPair, in: pair.target, range, message)
      }
      return
    }
    if !isOpenQuote, straightQuotes(target) % 2 == 1,
      let mark = target.last(where: { $0.value == 0x22 })
    {
      pair.report(
        .punctuationPair, in: pair.target, mark.offset..<(mark.offset + 1),
        "found an odd number of quotation marks \", expected pairs")
    }
  }

  private static func isEvenOfOneKind(_ scalars: [(value: UInt32, offset: Int)]) -> Bool {
    let count = scalars.count { $0.value == 0x201C || $0.value == 0x201D }
    return count % 2 == 0
  }

  /// Straight double quotation marks that are no inches.
  private static func straightQuotes(_ scalars: [(value: UInt32, offset: Int)]) -> Int {
    scalars.indices.count { index in
      scalars[index].value == 0x22 && !(index > 0 && scalars[index - 1].value &- 0x30 < 10)
        || scalars[index].value == 0x22 && index > 0 && scalars[index - 1].value &- 0x30 < 10
          && scalars[..<index].contains { $0.value == 0x22 }
    }
  }

  /// Spanish opens a question and an exclamation: each run of closing marks needs an opening one.
  private static func openingMarks(_ pair: inout SegmentPair) {
    let scalars = pair.target.scalars
    let opaque = pair.target.placeables.filter {
      $0.kind == .url || $0.kind == .variable || $0.kind == .tag
    }
    var open = 0
    var index = 0
    while index < scalars.count {
      let value = scalars[index].value
      if value == 0xBF || value == 0xA1 {
        open += 1
        while index < scalars.count, scalars[index].value == 0xBF || scalars[index].value == 0xA1 {
          index += 1
        }
        continue
      }
      guard value == 0x3F || value == 0x21 || value == 0xFF1F || value == 0xFF01 else {
        index += 1
        continue
      }
      let first = index
      while index < scalars.count, [0x3F, 0x21, 0xFF1F, 0xFF01].contains(scalars[index].value) {
        index += 1
      }
      let offset = scalars[first].offset
      if opaque.contains(where: { $0.span.range.contains(offset) }) { continue }
      // (?), (!), [?] are remarks; != is a sign; a mark in quotation marks is spoken of.
      if first > 0,
        [0x28, 0x5B, 0x22, 0x27, 0x60, 0x201C, 0xAB, 0x2018].contains(
          scalars[first - 1].value)
      {
        continue
      }
      if index < scalars.count, scalars[index].value == 0x3D { continue }
      // Names: Yahoo!
      if open > 0 {
        open -= 1
        continue
      }
      let mark = value == 0x3F || value == 0xFF1F ? "¿" : "¡"
      // The source has the same number inside a name or a code: nothing is asked.
      if index < scalars.count, mark == "¡", scalars[index].value > 0x20,
        Unicode.Scalar(scalars[index].value)?.properties.isAlphabetic == true
      {
        continue
      }
      pair.report(
        .punctuationPair, in: pair.target, offset..<(offset + 1), expected: [mark],
        "found \(mark == "¿" ? "?" : "!") without \(mark) before it")
      return
    }
  }

  // MARK: Width

  private static let wide: [UInt32: String] = [
    0x2C: "，", 0x3B: "；", 0x3A: "：", 0x3F: "？", 0x21: "！", 0x2E: "。",
  ]
  private static let narrow: [UInt32: String] = [
    0xFF0C: ",", 0x3002: ".", 0xFF1B: ";", 0xFF1A: ":", 0xFF1F: "?", 0xFF01: "!", 0xFF08: "(",
    0xFF09: ")", 0x3001: ",",
  ]

  private static func width(_ pair: inout SegmentPair) {
    let scalars = pair.target.scalars
    if pair.target.isChinese {
      for index in scalars.indices.dropFirst() {
        guard let expected = wide[scalars[index].value], isHan(scalars[index - 1].value) else {
          continue
        }
        let next = index + 1 < scalars.count ? scalars[index + 1].value : 0x20
        guard isHan(next) || next <= 0x20 else { continue }
        report(&pair, scalars[index], expected)
        return
      }
    } else if ["en", "es"].contains(pair.target.language.language) {
      for (index, scalar) in scalars.enumerated() {
        guard let expected = narrow[scalar.value] else { continue }
        let before = index > 0 ? scalars[index - 1].value : 0x20
        if isHan(before) { continue }
        report(&pair, scalar, expected)
        return
      }
    }
  }

  private static func report(
    _ pair: inout SegmentPair, _ scalar: (value: UInt32, offset: Int), _ expected: String
  ) {
    let text = Unicode.Scalar(scalar.value).map { String($0) } ?? ""
    pair.report(
      .punctuationScript, in: pair.target, scalar.offset..<(scalar.offset + text.utf8.count),
      expected: [expected],
      "found \(text.quoted) in \(pair.target.language) text, expected \(expected.quoted)")
  }

  static func isHan(_ value: UInt32) -> Bool {
    value &- 0x4E00 < 0x5200 || value &- 0x3400 < 0x19C0 || value &- 0x20000 < 0x20000
      || value == 0x3005 || value == 0x3007
  }
}
