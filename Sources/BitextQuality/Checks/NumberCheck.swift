internal import BitextCore
internal import BitextText

/// Compares the numbers of a translation by value.
///
/// Numbers in digits must have their value on the other side, in whatever notation: `35,000` is `3.5万`,
/// `twelve` and 十二. What languages say with other numbers is let pass: months by name, hours after noon,
/// decades, centuries in Roman numerals, dozens and halves in words.
enum NumberCheck {
  static func run(_ pair: inout SegmentPair) {
    guard pair.wants(.numberMissing, .numberExtra, .numberFormat) else { return }
    let source = Values(pair.source)
    let target = Values(pair.target)
    var missing = strays(pair.source, source, in: target)
    var extra = strays(pair.target, target, in: source)
    decimalSigns(&pair)
    if missing.isEmpty, extra.isEmpty { return }
    formats(&pair, &missing, &extra, source)
    // Of as many strays on both sides, each stands for one of the other: a wrong number, said once.
    if missing.count == extra.count {
      for (wanted, found) in zip(missing, extra) {
        let expected = String(pair.source.text[wanted.span])
        pair.report(
          .numberMissing, in: pair.target, found.span.range, expected: [expected],
          "found the number \(String(pair.target.text[found.span]).quoted), expected "
            + "\(expected.quoted) as in the source")
      }
      return
    }
    for number in missing {
      let text = String(pair.source.text[number.span])
      pair.report(
        .numberMissing, in: pair.source, number.span.range, expected: [text],
        "the number \(text.quoted) of the source is not in the translation")
    }
    for number in extra {
      let text = String(pair.target.text[number.span])
      pair.report(
        .numberExtra, in: pair.target, number.span.range,
        "the number \(text.quoted) is not in the source")
    }
  }

  /// The values that a text tells.
  private struct Values {
    var all: Set<DecimalValue> = []
    /// Those of digits that a word for thousands or millions may follow.
    var scaled: Set<UInt128> = []
    var hasDouble = false
    var hasHalf = false

    init(_ side: PairSide) {
      for number in side.numbers {
        all.insert(number.value)
        if NumberCheck.isScaled(number, side) { scaled.insert(number.value.significand) }
        for part in NumberCheck.clockParts(number.value) { all.insert(part) }
        if side.bytes[Int(number.span.end)...].starts(with: "成".utf8),
          let tenfold = number.value.multiplied(by: DecimalValue(10))
        {
          all.insert(tenfold)
        }
      }
      // Authors write numbers as other languages do, too; the translation need not repeat that.
      for number in side.exchangedNumbers { all.insert(number.value) }
      if side.isChinese {
        // 六七级: each numeral tells a number.
        for (digit, numeral) in "一二三四五六七八九".unicodeScalars.enumerated()
        where side.text.unicodeScalars.contains(numeral) {
          all.insert(DecimalValue(UInt32(digit + 1)))
        }
      }
      for placeable in side.placeables {
        guard let date = placeable.date else { continue }
        for part in [date.year, date.month, date.day] {
          if let part { all.insert(DecimalValue(UInt32(part))) }
        }
      }
      let lower = side.text.lowercased()
      for (month, names) in (NumberCheck.months[side.language.language] ?? []).enumerated()
      where names.contains(where: { NumberCheck.hasWord($0, in: lower) }) {
        all.insert(DecimalValue(UInt32(month + 1)))
      }
      for value in NumberCheck.romanNumerals(side.bytes) { all.insert(DecimalValue(value)) }
      let words = NumberCheck.smallWords[side.language.language] ?? [:]
      for (word, values) in words
      where side.isChinese ? lower.contains(word) : NumberCheck.hasWord(word, in: lower) {
        for value in values { all.insert(DecimalValue(value)) }
      }
    }
  }

  /// The numbers in digits of a text that the other one does not have.
  private static func strays(
    _ side: PairSide, _ own: Values, in other: Values
  ) -> [RecognizedNumber] {
    let bytes = side.bytes
    return side.numbers.filter { number in
      guard number.notation == .digits, !number.isWeak, number.value > DecimalValue(1),
        !other.all.contains(number.value)
      else { return false }
      let start = Int(number.span.start)
      let end = Int(number.span.end)
      if number.isPercentage, number.value == DecimalValue(100) { return false }
      // Part of a number that is written as another language does.
      if side.exchangedNumbers.contains(where: {
        $0.span.start <= number.span.start && number.span.end <= $0.span.end
          && other.all.contains($0.value)
      }), side.isSource || side.isFreeSpanish {
        return false
      }
      // 七成, 7成: tenths.
      if side.bytes[Int(number.span.end)...].starts(with: "成".utf8),
        let tenfold = number.value.multiplied(by: DecimalValue(10)), other.all.contains(tenfold)
      {
        return false
      }
      // 15.30 for 15:30.
      let clock = clockParts(number.value)
      if !clock.isEmpty, clock.allSatisfy(other.all.contains) { return false }
      // A half, three quarters, 24/7, 3/4.
      if start > 0, bytes[start - 1] == 0x2F || end < bytes.count && bytes[end] == 0x2F {
        return false
      }
      if end < bytes.count, bytes[end] == 0x2F { return false }
      // The number of a list item or a footnote.
      if start == 0, end < bytes.count, bytes[end] == 0x2E || bytes[end] == 0x29 { return false }
      if start > 0, bytes[start - 1] == 0x5B, end < bytes.count, bytes[end] == 0x5D { return false }
      if own.scaled.contains(number.value.significand)
        || other.scaled.contains(number.value.significand),
        number.value.significand > 0,
        other.all.contains(where: { $0.significand == number.value.significand })
      {
        return false
      }
      guard let value = integer(number.value) else { return true }
      if value <= 21, isCentury(side, start, end),
        other.all.contains(where: { year in
          integer(year).map { $0 / 100 + 1 == value || $0 == value * 100 } ?? false
        })
      {
        return false
      }
      return !isSaidOtherwise(value, side, start, end, other)
    }
  }

  /// Whether other languages would say this number with another one.
  private static func isSaidOtherwise(
    _ value: Int, _ side: PairSide, _ start: Int, _ end: Int, _ other: Values
  ) -> Bool {
    func has(_ value: Int) -> Bool {
      value >= 0 && other.all.contains(DecimalValue(UInt32(value)))
    }
    // Hours: 3 p.m. and 15:00.
    if value <= 24, has(value + 12) || value > 12 && has(value - 12) { return true }
    // Decades and short years: the 1990s, los años 90, 90年代, '98.
    if value >= 1000, value < 2100, has(value % 100) { return true }
    if value < 100,
      other.all.contains(where: { year in
        guard let year = integer(year), year >= 1000, year < 2100 else { return false }
        return year % 100 == value
      })
    {
      return true
    }
    // Centuries: 19世纪 and the 1800s.
    if value < 22, value > 10, has((value - 1) * 100) { return true }
    if value >= 1000, value < 2100, value % 100 == 0, has(value / 100 + 1) { return true }
    return false
  }

  private static func isCentury(_ side: PairSide, _ start: Int, _ end: Int) -> Bool {
    if side.isChinese {
      let rest = side.bytes[end...].drop { $0 == 0x20 }
      return rest.starts(with: "世纪".utf8) || rest.starts(with: "世紀".utf8)
    }
    return String(decoding: side.bytes[..<start].suffix(7), as: UTF8.self).lowercased()
      .contains("siglo") || side.bytes[end...].prefix(10).contains(0x63)
  }

  /// Hours and minutes of a number that may be a time: 15.30.
  private static func clockParts(_ value: DecimalValue) -> [DecimalValue] {
    guard value.exponent == -2 || value.exponent == -1, value.significand < 2460 else { return [] }
    let hundredths = Int(value.significand) * (value.exponent == -1 ? 10 : 1)
    guard hundredths / 100 <= 24, hundredths % 100 < 60 else { return [] }
    return [DecimalValue(UInt32(hundredths / 100)), DecimalValue(UInt32(hundredths % 100))]
  }

  private static func integer(_ value: DecimalValue) -> Int? {
    guard value.exponent >= 0, value.exponent < 10, value.significand < 1_000_000_000 else {
      return nil
    }
    var result = Int(value.significand)
    for _ in 0..<value.exponent { result *= 10 }
    return result < 1_000_000_000 ? result : nil
  }

  /// Whether a letter or a word for thousands comes right after the number, or is part of it: `5k`,
  /// `$1.5bn`.
  private static func isScaled(_ number: RecognizedNumber, _ side: PairSide) -> Bool {
    if containsLetter(side.bytes[number.span.range]) { return true }
    let end = Int(number.span.end)
    var rest = side.bytes[end...].prefix(12)
    while let first = rest.first, first == 0x20 || first == 0x2D { rest.removeFirst() }
    let text = String(decoding: rest, as: UTF8.self).lowercased()
    return scales.contains { text.hasPrefix($0) }
  }

  private static func containsLetter(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.contains { $0 >= 0x80 || $0 | 0x20 &- 0x61 < 26 }
  }

  private static let scales = [
    "k", "m ", "m,", "m.", "mn", "bn", "tn", "thousand", "million", "billion", "trillion", "mil",
    "hundred", "百", "千", "万", "萬", "亿", "億", "兆",
  ]

  /// Finds decimals that a region of Spanish writes with the other sign. Spanish without a region knows
  /// both.
  private static func decimalSigns(_ pair: inout SegmentPair) {
    let target = pair.target
    guard target.language.language == "es", !target.isFreeSpanish else { return }
    let sign: UInt8 = NumberRecognizer.usesDecimalComma(target.language) ? 0x2C : 0x2E
    for number in target.numbers where number.notation == .digits && number.value.exponent < 0 {
      let separator = target.bytes[number.span.range].last { $0 == 0x2C || $0 == 0x2E }
      guard let separator, separator != sign else { continue }
      pair.report(
        .numberFormat, in: target, number.span.range,
        "the number \(String(target.text[number.span]).quoted) has the decimal sign of another "
          + "language than \(target.language)")
    }
  }

  /// Reads numbers that were written as another language writes them.
  private static func formats(
    _ pair: inout SegmentPair, _ missing: inout [RecognizedNumber],
    _ extra: inout [RecognizedNumber], _ source: Values
  ) {
    let isFree = pair.target.isFreeSpanish
    for number in pair.target.exchangedNumbers where number.notation == .digits {
      let length = missing.count
      missing.removeAll { $0.value == number.value }
      guard missing.count < length || source.all.contains(number.value) else { continue }
      let before = extra.count
      extra.removeAll {
        $0.span.start >= number.span.start && $0.span.end <= number.span.end
      }
      guard missing.count < length || extra.count < before, !isFree else { continue }
      pair.report(
        .numberFormat, in: pair.target, number.span.range,
        "the number \(String(pair.target.text[number.span]).quoted) has the separators of another "
          + "language than \(pair.target.language)")
    }
  }

  // MARK: Words

  private static let months: [String: [[String]]] = [
    "en": [
      ["january", "jan"], ["february", "feb"], ["march", "mar"], ["april", "apr"], ["may"],
      ["june", "jun"], ["july", "jul"], ["august", "aug"], ["september", "sept", "sep"],
      ["october", "oct"], ["november", "nov"], ["december", "dec"],
    ],
    "es": [
      ["enero", "ene"], ["febrero", "feb"], ["marzo"], ["abril", "abr"], ["mayo"],
      ["junio", "jun"],
      ["julio", "jul"], ["agosto", "ago"], ["septiembre", "setiembre", "sept"],
      ["octubre", "oct"], ["noviembre", "nov"], ["diciembre", "dic"],
    ],
  ]

  /// Words that stand for a small number where another language has digits.
  private static let smallWords: [String: [String: [UInt32]]] = [
    "en": [
      "both": [2], "pair": [2], "double": [2], "twice": [2], "couple": [2], "second": [2],
      "third": [3], "triple": [3], "dozen": [12], "half": [50, 2, 30], "quarter": [25, 4, 15],
      "fourth": [4], "fifth": [5], "decade": [10], "fortnight": [14, 15], "noon": [12],
      "midnight": [12, 24], "two-day": [2], "weekly": [7], "century": [100], "score": [20],
      "twenties": [20], "thirties": [30], "forties": [40],
      "fifties": [50], "sixties": [60], "seventies": [70], "eighties": [80], "nineties": [90],
      "hundred": [100], "hundreds": [100], "thousand": [1000], "thousands": [1000],
      "million": [1_000_000], "millions": [1_000_000], "three-quarters": [75],
      "two-thirds": [66, 67, 2, 3], "quadruple": [4],
    ],
    "es": [
      "ambos": [2], "ambas": [2], "par": [2], "doble": [2], "pareja": [2], "segundo": [2],
      "segunda": [2], "tercer": [3], "tercero": [3], "tercera": [3], "tercio": [3, 33],
      "tercios": [3, 66, 67], "triple": [3], "docena": [12], "medio": [50, 2, 30],
      "media": [50, 2, 30], "mitad": [50, 2], "cuarto": [4, 25, 15], "cuarta": [4], "quinto": [5],
      "quinta": [5], "década": [10], "quincena": [15], "mediodía": [12], "medianoche": [12, 24],
      "siglo": [100], "cien": [100], "cientos": [100], "mil": [1000], "miles": [1000],
      "millar": [1000],
      "millares": [1000], "millón": [1_000_000], "millones": [1_000_000], "decena": [10],
      "centenar": [100], "centenares": [100], "cuádruple": [4],
    ],
    "zh": [
      "双": [2], "两": [2], "雙": [2], "兩": [2], "俩": [2], "对": [2], "倍": [2], "半": [50, 2, 30],
      "百": [100], "千": [1000], "万": [10000], "萬": [10000], "百万": [1_000_000], "打": [12], "季": [3],
      "刻": [15], "成": [10, 20, 30, 40, 50, 60, 70, 80, 90], "仨": [3],
      "正午": [12], "中午": [12], "午夜": [12, 24], "世纪": [100], "廿": [20], "卅": [30],
    ],
  ]

  /// Whether a word stands in a text in lower case, not inside another word.
  private static func hasWord(_ word: String, in text: String) -> Bool {
    let bytes = text.utf8
    let wanted = Array(word.utf8)
    guard bytes.count >= wanted.count else { return false }
    return Array(bytes).withContiguousMatches(of: wanted) { before, after in
      !isLetter(before) && !isLetter(after)
    }
  }

  private static func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte | 0x20 &- 0x61 < 26 || byte >= 0xC3 && byte < 0xE0
  }

  /// The values of Roman numerals in capitals: `XXI`, `VI`.
  private static func romanNumerals(_ bytes: [UInt8]) -> [UInt32] {
    let digits: [UInt8: UInt32] = [0x49: 1, 0x56: 5, 0x58: 10, 0x4C: 50, 0x43: 100]
    var found: [UInt32] = []
    var index = 0
    while index < bytes.count {
      var end = index
      while end < bytes.count, digits[bytes[end]] != nil { end += 1 }
      if end > index {
        let isWord =
          index > 0 && isLetter(bytes[index - 1]) || end < bytes.count && isLetter(bytes[end])
        if !isWord {
          var value: UInt32 = 0
          var largest: UInt32 = 0
          for byte in bytes[index..<end].reversed() {
            let digit = digits[byte] ?? 0
            if digit >= largest { value += digit } else if value >= digit { value -= digit }
            largest = max(largest, digit)
          }
          found.append(value)
        }
      }
      index = max(end, index + 1)
    }
    return found
  }
}

extension Array where Element == UInt8 {
  /// Whether the bytes of `wanted` stand somewhere between two bytes that `isBetween` accepts.
  func withContiguousMatches(
    of wanted: [UInt8], _ isBetween: (UInt8?, UInt8?) -> Bool
  ) -> Bool {
    guard !wanted.isEmpty, count >= wanted.count else { return false }
    for start in 0...(count - wanted.count) where self[start] == wanted[0] {
      guard self[start..<(start + wanted.count)].elementsEqual(wanted) else { continue }
      let end = start + wanted.count
      if isBetween(start > 0 ? self[start - 1] : nil, end < count ? self[end] : nil) { return true }
    }
    return false
  }
}
