extension NumberScanner {
  /// Reads the word at `start`, or the number that begins with it, and returns where to go on.
  mutating func scanWord(at start: Int) -> Int {
    let (first, end) = words.entry(in: bytes, at: start)
    guard let first else {
      // "a hundred", "a million": the article belongs to the number.
      if words.grammar == .english, end == start + 1, bytes[start] | 0x20 == 0x61,
        let next = nextWord(after: end, hyphen: false),
        next.entry.kind == .hundred || next.entry.kind == .scale
      {
        let reading = readEnglish(next.entry, end: next.end, implied: 1)
        appendWords(start..<reading.end, reading, isWeak: false)
        return max(reading.end, end)
      }
      return max(end, start + 1)
    }
    let reading =
      words.grammar == .english
      ? readEnglish(first, end: end, implied: nil) : readSpanish(first, end: end)
    appendWords(start..<reading.end, reading, isWeak: first.isWeak && reading.end == end)
    return reading.end
  }

  struct WordReading {
    var value: UInt64
    var end: Int
    var isOrdinal = false
  }

  private mutating func appendWords(_ range: Range<Int>, _ reading: WordReading, isWeak: Bool) {
    let percentEnd = percentSign(at: range.upperBound)
    append(
      range.lowerBound..<(percentEnd ?? range.upperBound),
      DecimalValue(significand: UInt128(reading.value)), .words, isPercentage: percentEnd != nil,
      isOrdinal: reading.isOrdinal, isWeak: isWeak)
  }

  /// The number word after one space, line break or hyphen.
  private func nextWord(after end: Int, hyphen: Bool) -> (entry: NumberWords.Entry, end: Int)? {
    var index = end
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case 0x20, 0x0A: index += 1
    case 0x2D where hyphen: index += 1
    case 0xC2 where has("\u{A0}", at: index): index += 2
    case 0xE2 where hyphen && has("\u{2011}", at: index): index += 3
    default: return nil
    }
    guard isLetter(at: index) else { return nil }
    let (entry, after) = words.entry(in: bytes, at: index)
    return entry.map { ($0, after) }
  }

  /// Where a connecting word of one to three letters ends; `nil` when it is another word.
  private func connector(_ word: StaticString, after end: Int) -> Int? {
    guard has(" ", at: end), has(word, at: end + 1) else { return nil }
    let after = end + 1 + word.utf8CodeUnitCount
    return isLetter(at: after) ? nil : after
  }

  // MARK: English

  /// A number below one hundred, or an ordinal.
  private func readSmallEnglish(_ entry: NumberWords.Entry, end: Int) -> WordReading? {
    switch entry.kind {
    case .unit, .small: return WordReading(value: entry.value, end: end)
    case .ordinalUnit, .ordinalSmall, .ordinalTens:
      return WordReading(value: entry.value, end: end, isOrdinal: true)
    case .tens:
      guard let next = nextWord(after: end, hyphen: true) else {
        return WordReading(value: entry.value, end: end)
      }
      if next.entry.kind == .unit || next.entry.kind == .ordinalUnit {
        return WordReading(
          value: entry.value + next.entry.value, end: next.end,
          isOrdinal: next.entry.kind == .ordinalUnit)
      }
      return WordReading(value: entry.value, end: end)
    default: return nil
    }
  }

  /// Reads an English number: groups below a thousand, each with its scale, from the largest down.
  private func readEnglish(
    _ first: NumberWords.Entry, end firstEnd: Int, implied: UInt64?
  ) -> WordReading {
    var total: UInt64 = 0
    var group: UInt64
    var hasHundred = false
    var lastScale = UInt64.max
    var end = firstEnd

    // `group` is complete up to `end`; a word such as "hundred" may still multiply it.
    if let small = readSmallEnglish(first, end: firstEnd) {
      if small.isOrdinal { return small }
      group = small.value
      end = small.end
      // Years: nineteen eighty-four, twenty twenty-six.
      if (11...20).contains(group), let next = nextWord(after: end, hyphen: false),
        let rest = readSmallEnglish(next.entry, end: next.end), !rest.isOrdinal,
        (10...99).contains(rest.value)
      {
        return WordReading(value: group * 100 + rest.value, end: rest.end)
      }
    } else {
      group = implied ?? 1
      switch first.kind {
      case .hundred:
        group *= 100
        hasHundred = true
      case .scale:
        total = group * first.value
        lastScale = first.value
        group = 0
      case .ordinalHundred, .ordinalScale:
        return WordReading(value: first.value, end: firstEnd, isOrdinal: true)
      default: break
      }
    }

    while true {
      if let next = nextWord(after: end, hyphen: false) {
        switch next.entry.kind {
        case .hundred where !hasHundred && (1...99).contains(group):
          group *= 100
          hasHundred = true
          end = next.end
          continue
        case .ordinalHundred where !hasHundred && (1...99).contains(group):
          return WordReading(value: total + group * 100, end: next.end, isOrdinal: true)
        case .scale where group > 0 && next.entry.value < lastScale:
          total += group * next.entry.value
          lastScale = next.entry.value
          group = 0
          hasHundred = false
          end = next.end
          continue
        case .ordinalScale where group > 0 && next.entry.value < lastScale:
          return WordReading(
            value: total + group * next.entry.value, end: next.end, isOrdinal: true)
        default:
          // "three hundred five", "two thousand three hundred": a lower group begins.
          if let small = readSmallEnglish(next.entry, end: next.end), small.value > 0,
            hasHundred && group % 100 == 0 || group == 0 && total > 0
          {
            if small.isOrdinal {
              return WordReading(
                value: total + group + small.value, end: small.end, isOrdinal: true)
            }
            group += small.value
            end = small.end
            if hasHundred && !isScale(after: end) {
              return WordReading(value: total + group, end: end)
            }
            continue
          }
        }
      } else if hasHundred && group % 100 == 0 || group == 0 && total > 0,
        let and = connector("and", after: end), let next = nextWord(after: and, hyphen: false),
        let small = readSmallEnglish(next.entry, end: next.end), small.value > 0,
        !isHundred(after: small.end),
        // "three hundred and five thousand" is one number, "a million and two thousand" may be two.
        hasHundred || !isScale(after: small.end)
      {
        group += small.value
        end = small.end
        hasHundred = true
        if small.isOrdinal { return WordReading(value: total + group, end: end, isOrdinal: true) }
        if isScale(after: end) { continue }
      }
      return WordReading(value: total + group, end: end)
    }
  }

  private func isScale(after end: Int) -> Bool {
    guard let next = nextWord(after: end, hyphen: false) else { return false }
    return next.entry.kind == .scale || next.entry.kind == .ordinalScale
  }

  private func isHundred(after end: Int) -> Bool {
    guard let next = nextWord(after: end, hyphen: false) else { return false }
    return next.entry.kind == .hundred || next.entry.kind == .ordinalHundred
  }

  // MARK: Spanish

  /// A number below one thousand.
  private func readSmallSpanish(_ entry: NumberWords.Entry, end: Int) -> WordReading? {
    switch entry.kind {
    case .unit, .small: return WordReading(value: entry.value, end: end)
    case .tens:
      guard let and = connector("y", after: end), let next = nextWord(after: and, hyphen: false),
        next.entry.kind == .unit
      else { return WordReading(value: entry.value, end: end) }
      return WordReading(value: entry.value + next.entry.value, end: next.end)
    case .hundreds:
      guard let next = nextWord(after: end, hyphen: false), next.entry.kind != .hundreds,
        let rest = readSmallSpanish(next.entry, end: next.end), rest.value > 0
      else { return WordReading(value: entry.value, end: end) }
      return WordReading(value: entry.value + rest.value, end: rest.end)
    default: return nil
    }
  }

  /// A number below one million.
  private func readThousandsSpanish(_ entry: NumberWords.Entry, end: Int) -> WordReading? {
    var thousands: UInt64
    var last = end
    if entry.kind == .scale, entry.value == 1000 {
      thousands = 1
    } else {
      guard let small = readSmallSpanish(entry, end: end) else { return nil }
      guard let next = nextWord(after: small.end, hyphen: false), next.entry.kind == .scale,
        next.entry.value == 1000, small.value > 0
      else { return small }
      thousands = small.value
      last = next.end
    }
    if let next = nextWord(after: last, hyphen: false),
      let rest = readSmallSpanish(next.entry, end: next.end), rest.value > 0
    {
      return WordReading(value: thousands * 1000 + rest.value, end: rest.end)
    }
    return WordReading(value: thousands * 1000, end: last)
  }

  private func readSpanish(_ first: NumberWords.Entry, end firstEnd: Int) -> WordReading {
    if first.kind == .ordinalUnit {
      return WordReading(value: first.value, end: firstEnd, isOrdinal: true)
    }
    guard var reading = readThousandsSpanish(first, end: firstEnd) else {
      return WordReading(value: first.value, end: firstEnd)  // "millones" without a number
    }
    var total: UInt64 = 0
    var lastScale = UInt64.max
    while let next = nextWord(after: reading.end, hyphen: false), next.entry.kind == .scale,
      next.entry.value > 1000, next.entry.value < lastScale, reading.value > 0
    {
      total += reading.value * next.entry.value
      lastScale = next.entry.value
      guard let following = nextWord(after: next.end, hyphen: false),
        let rest = readThousandsSpanish(following.entry, end: following.end)
      else { return WordReading(value: total, end: next.end) }
      reading = rest
    }
    return WordReading(value: total + reading.value, end: reading.end)
  }
}

extension NumberWords {
  /// The value of digits with a word such as `million`, `mil` or `mil millones` after them.
  func scaled(
    _ value: DecimalValue, by bytes: [UInt8], at end: Int
  ) -> (value: DecimalValue, end: Int)? {
    guard !isEmpty else { return nil }
    var result: (value: DecimalValue, end: Int)?
    var index = end
    // At most two: "2 mil millones".
    for _ in 0..<2 {
      let start: Int
      if index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x2D {
        start = index + 1
      } else if index + 1 < bytes.count, bytes[index] == 0xC2, bytes[index + 1] == 0xA0 {
        start = index + 2
      } else {
        break
      }
      guard start < bytes.count, bytes[start] | 0x20 &- 0x61 < 26, bytes[start] < 0x80 else {
        break
      }
      let (entry, after) = entry(in: bytes, at: start)
      guard let entry, entry.kind == .scale || entry.kind == .hundred,
        result == nil || grammar == .spanish && entry.value > 1000,
        let factor = DecimalValue(significand: UInt128(entry.value)),
        let product = (result?.value ?? value).multiplied(by: factor)
      else { break }
      result = (product, after)
      index = after
    }
    return result
  }
}
