/// A run of digits without separators.
struct DigitRun {
  var range: Range<Int>
  var count: Int
  /// `nil` when the digits do not fit.
  var value: UInt128?
  var isFullWidth: Bool
}

/// What can stand between the digits of one number.
enum DigitSeparator: UInt8 {
  case comma, point, space, apostrophe
}

extension NumberScanner {
  /// The length of the digit at `index`, ASCII or full-width; 0 when there is none.
  @inline(__always)
  func digitLength(at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    if bytes[index] &- 0x30 < 10 { return 1 }
    // U+FF10 to U+FF19.
    if bytes[index] == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBC,
      bytes[index + 2] &- 0x90 < 10
    {
      return 3
    }
    return 0
  }

  func digitRun(at start: Int) -> DigitRun {
    var index = start
    var count = 0
    var value: UInt128? = 0
    let isFullWidth = digitLength(at: start) == 3
    while true {
      let length = digitLength(at: index)
      if length == 0 { break }
      let digit = length == 1 ? bytes[index] - 0x30 : bytes[index + 2] - 0x90
      if let old = value {
        value = old < DecimalValue.limit / 10 ? old * 10 + UInt128(digit) : nil
      }
      count += 1
      index += length
    }
    return DigitRun(range: start..<index, count: count, value: value, isFullWidth: isFullWidth)
  }

  /// The separator at `index` that has a digit after it, and its length.
  func separator(at index: Int, fullWidth: Bool) -> (kind: DigitSeparator, length: Int)? {
    guard index < bytes.count else { return nil }
    let found: (DigitSeparator, Int)? =
      switch bytes[index] {
      case 0x2C: (.comma, 1)
      case 0x2E: (.point, 1)
      case 0x27: (.apostrophe, 1)
      case 0x20: convention.groupsWithSpace ? (.space, 1) : nil
      case 0xC2 where has("\u{A0}", at: index): (.space, 2)
      case 0xE2 where has("\u{2009}", at: index) || has("\u{202F}", at: index): (.space, 3)
      case 0xE2 where has("\u{2019}", at: index): (.apostrophe, 3)
      case 0xEF where fullWidth && has("，", at: index): (.comma, 3)
      case 0xEF where fullWidth && has("．", at: index): (.point, 3)
      default: nil
      }
    guard let found, digitLength(at: index + found.1) > 0 else { return nil }
    return found
  }

  /// Reads the number or numbers that begin with the digits, the point or the fraction at `start`.
  mutating func scanDigits(at start: Int, afterLetter: Bool) -> Int {
    if let (value, length) = fraction(at: start) {
      append(start..<(start + length), value, .digits)
      return start + length
    }
    if bytes[start] == 0x2E {
      let run = digitRun(at: start + 1)
      return finish(
        start..<run.range.upperBound,
        run.value.flatMap { DecimalValue(significand: $0, exponent: -run.count) },
        isWeak: false)
    }

    // The digits and what lies between them. More than 12 groups are no one number.
    var runs = [digitRun(at: start)]
    var separators: [DigitSeparator] = []
    while runs.count < 13, let last = runs.last,
      let next = separator(at: last.range.upperBound, fullWidth: last.isFullWidth)
    {
      let run = digitRun(at: last.range.upperBound + next.length)
      if (next.kind == .space || next.kind == .apostrophe) && run.count != 3 { break }
      separators.append(next.kind)
      runs.append(run)
    }

    if isDottedSequence(runs, separators), let last = runs.last {
      for (index, run) in runs.enumerated() {
        append(
          run.range, run.value.flatMap { DecimalValue(significand: $0) }, .digits,
          isWeak: index == 0 && afterLetter)
      }
      return last.range.upperBound
    }
    var taken = 1
    if !separators.isEmpty {
      taken = runs.count
      while taken > 1, number(runs[..<taken], separators[..<(taken - 1)]) == nil { taken -= 1 }
    }
    let value = number(runs[..<taken], separators[..<(taken - 1)])
    return finish(start..<runs[taken - 1].range.upperBound, value, isWeak: afterLetter)
  }

  /// Whether the groups are the parts of a version, a date or an address: `1.2.3`.
  private func isDottedSequence(_ runs: [DigitRun], _ separators: [DigitSeparator]) -> Bool {
    separators.count > 1 && separators.allSatisfy { $0 == .point }
      && number(runs[...], separators[...]) == nil
  }

  /// The value of the groups as one number; `nil` when they are none.
  private func number(
    _ runs: ArraySlice<DigitRun>, _ separators: ArraySlice<DigitSeparator>
  ) -> DecimalValue? {
    guard let first = runs.first, let last = runs.last, let lastSeparator = separators.last else {
      return runs.first.flatMap(\.value).flatMap { DecimalValue(significand: $0) }
    }
    let decimal: DigitSeparator = convention.decimalComma ? .comma : .point
    let isUniform = separators.allSatisfy { $0 == lastSeparator }
    func isGrouped(_ groups: ArraySlice<DigitRun>) -> Bool {
      (1...3).contains(first.count) && first.value != 0
        && groups.dropFirst().allSatisfy { $0.count == 3 }
    }
    if isUniform {
      let canGroup = lastSeparator != decimal || separators.count > 1
      if canGroup, isGrouped(runs) { return joined(runs, decimals: 0) }
      guard separators.count == 1, lastSeparator == .point || lastSeparator == decimal else {
        return nil
      }
      return joined(runs, decimals: last.count)
    }
    // Two kinds of separator: the last is the decimal one, in every language.
    let grouping = separators.dropLast()
    guard lastSeparator == .comma || lastSeparator == .point,
      grouping.allSatisfy({ $0 == grouping.first && $0 != lastSeparator }),
      isGrouped(runs.dropLast())
    else { return nil }
    return joined(runs, decimals: last.count)
  }

  /// All digits as one significand.
  private func joined(_ runs: ArraySlice<DigitRun>, decimals: Int) -> DecimalValue? {
    var digits: UInt128 = 0
    for run in runs {
      guard let value = run.value else { return nil }
      for _ in 0..<run.count {
        guard digits < DecimalValue.limit / 10 else { return nil }
        digits *= 10
      }
      digits += value
    }
    return DecimalValue(significand: digits, exponent: -decimals)
  }

  /// Adds the number in `range` with what belongs to it on the right, and returns where it ends.
  private mutating func finish(_ range: Range<Int>, _ digits: DecimalValue?, isWeak: Bool) -> Int {
    var end = range.upperBound
    guard var value = digits else { return end }
    if let (part, length) = fraction(at: end), let sum = value.adding(part) {
      value = sum
      end += length
    }
    if readsIdeographs, let (scaled, after) = ideographicScale(of: value, at: end) {
      value = scaled
      end = after
    } else if let (scaled, after) = words.scaled(value, by: bytes, at: end) {
      value = scaled
      end = after
    }
    let percentEnd = percentSign(at: end)
    append(
      range.lowerBound..<(percentEnd ?? end), value, .digits, isPercentage: percentEnd != nil,
      isOrdinal: isOrdinal(range, end: end), isWeak: isWeak)
    return percentEnd ?? end
  }

  /// The vulgar fraction at `index` that has a decimal value, and its length.
  func fraction(at index: Int) -> (value: DecimalValue, length: Int)? {
    guard index + 1 < bytes.count else { return nil }
    let thousandths: (UInt128, Int)? =
      switch (bytes[index], bytes[index + 1]) {
      case (0xC2, 0xBC): (250, 2)
      case (0xC2, 0xBD): (500, 2)
      case (0xC2, 0xBE): (750, 2)
      case (0xE2, 0x85):
        // U+2155 to U+215E; thirds and sixths have no decimal value.
        switch index + 2 < bytes.count ? bytes[index + 2] : 0 {
        case 0x95: (200, 3)
        case 0x96: (400, 3)
        case 0x97: (600, 3)
        case 0x98: (800, 3)
        case 0x9B: (125, 3)
        case 0x9C: (375, 3)
        case 0x9D: (625, 3)
        case 0x9E: (875, 3)
        default: nil
        }
      default: nil
      }
    guard let thousandths, let value = DecimalValue(significand: thousandths.0, exponent: -3)
    else { return nil }
    return (value, thousandths.1)
  }

  /// Where the percent sign or word after a number ends.
  func percentSign(at end: Int) -> Int? {
    var index = end
    if has(" ", at: index) {
      index += 1
    } else if has("\u{A0}", at: index) {
      index += 2
    } else if has("\u{202F}", at: index) {
      index += 3
    }
    if has("%", at: index) { return index + 1 }
    if has("％", at: index) { return index + 3 }
    guard index > end else { return nil }
    for word in words.percentWords where has(word, at: index) {
      let after = index + word.utf8CodeUnitCount
      if after == bytes.count || !isLetter(at: after) { return after }
    }
    return nil
  }

  /// Whether `1st`, `2nd`, `20th`, `1.º` or a `第` before says that the number is an ordinal.
  private func isOrdinal(_ range: Range<Int>, end: Int) -> Bool {
    guard end == range.upperBound else { return false }
    if has("第", at: range.lowerBound - 3) { return true }
    for suffix: StaticString in ["st", "nd", "rd", "th"] where has(suffix, at: end) {
      return end + 2 == bytes.count || !isLetter(at: end + 2)
    }
    for suffix: StaticString in ["º", "ª", ".º", ".ª", "°", ".°"] where has(suffix, at: end) {
      return words.readsOrdinalSigns
    }
    return false
  }

  /// Whether a Latin letter stands at `index`.
  func isLetter(at index: Int) -> Bool {
    guard index < bytes.count else { return false }
    let byte = bytes[index]
    return byte | 0x20 &- 0x61 < 26 && byte < 0x80 || (0xC3...0xCD).contains(byte)
  }
}
