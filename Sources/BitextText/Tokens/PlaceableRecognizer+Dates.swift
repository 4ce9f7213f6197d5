internal import BitextCore

/// Finds dates, times, units and the numbers that are none of them.
struct DateScanner {
  let bytes: [UInt8]
  let language: LanguageTag
  let numbers: [RecognizedNumber]
  private var found: [Placeable] = []

  init(bytes: [UInt8], language: LanguageTag, numbers: [RecognizedNumber]) {
    self.bytes = bytes
    self.language = language
    self.numbers = numbers
  }

  mutating func scan() -> [Placeable] {
    var index = 0
    while index < numbers.count {
      let used =
        numericDate(index) ?? ideographicDate(index) ?? dateWithMonthName(index) ?? time(index)
      if let used {
        index += used
        continue
      }
      let number = numbers[index]
      index += 1
      if number.isWeak { continue }
      found.append(Placeable(span: number.span, kind: .number, value: number.value))
      if !number.isPercentage, let unit = unitSpan(after: Int(number.span.end)) {
        found.append(Placeable(span: TextSpan(unit), kind: .unit))
      }
    }
    return found
  }

  /// The whole number at `index`, when it is plain digits or Chinese numerals from 0 to 9999.
  private func integer(_ index: Int) -> Int? {
    guard index < numbers.count, numbers[index].notation != .words, !numbers[index].isPercentage
    else {
      return nil
    }
    let value = numbers[index].value
    guard value.exponent >= 0, value < DecimalValue(10_000) else { return nil }
    return Int(value.description)
  }

  private func start(_ index: Int) -> Int { Int(numbers[index].span.start) }
  private func end(_ index: Int) -> Int { Int(numbers[index].span.end) }
  private func digits(_ index: Int) -> Int { numbers[index].span.count }

  private mutating func append(
    _ range: Range<Int>, _ kind: PlaceableKind, _ date: CalendarDate? = nil
  ) {
    found.append(Placeable(span: TextSpan(range), kind: kind, date: date))
  }

  // MARK: Dates

  /// `2026-11-25`, `11/25/2026`, `25.11.2026`
  private mutating func numericDate(_ index: Int) -> Int? {
    guard index + 2 < numbers.count, start(index + 1) == end(index) + 1,
      start(index + 2) == end(index + 1) + 1,
      let first = integer(index), let second = integer(index + 1), let third = integer(index + 2)
    else { return nil }
    let joint = bytes[end(index)]
    guard [0x2D, 0x2F, 0x2E].contains(joint), bytes[end(index + 1)] == joint,
      digits(index + 1) <= 2
    else { return nil }
    var date = CalendarDate(year: third, month: first, day: second)
    if digits(index) == 4 {
      date = CalendarDate(year: first, month: second, day: third)
    } else if digits(index + 2) != 4, digits(index + 2) != 2 || joint == 0x2E {
      return nil
    } else if first > 12 || second <= 12 && !isMonthFirst {
      date = CalendarDate(year: third, month: second, day: first)
    }
    guard let month = date.month, let day = date.day, (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    append(start(index)..<end(index + 2), .date, date)
    return 3
  }

  private var isMonthFirst: Bool {
    language.language == "en" && (language.region == nil || language.region == "US")
  }

  /// `2026年11月25日`, `11月25日`, `二〇二六年`
  private mutating func ideographicDate(_ index: Int) -> Int? {
    guard language.language == "zh" else { return nil }
    var next = index
    var date = CalendarDate()
    var last = start(index)
    if let year = integer(next), has("年", end(next)), year >= 100 {
      date.year = year
      last = end(next) + 3
      next += 1
    }
    if next < numbers.count, next == index || start(next) == last, let month = integer(next),
      (1...12).contains(month), has("月", end(next))
    {
      date.month = month
      last = end(next) + 3
      next += 1
      if next < numbers.count, start(next) == last, let day = integer(next), (1...31).contains(day),
        has("日", end(next)) || has("号", end(next)) || has("號", end(next))
      {
        date.day = day
        last = end(next) + 3
        next += 1
      }
    }
    // A month alone is named so often in other senses (三月 as a span) that it needs a day or a year.
    guard date.year != nil || date.day != nil else { return nil }
    append(start(index)..<last, .date, date)
    return next - index
  }

  /// `November 25, 2026`, `25 November 2026`, `25 de noviembre de 2026`, `noviembre de 2026`
  private mutating func dateWithMonthName(_ index: Int) -> Int? {
    guard let months = Self.months[language.language] else { return nil }
    let connector = language.language == "es" ? " de " : " "
    // The month stands before.
    if let (month, from) = wordBefore(start(index), connector: connector, in: months),
      let first = integer(index)
    {
      if digits(index) == 4 {
        append(from..<end(index), .date, CalendarDate(year: first, month: month))
        return 1
      }
      guard language.language == "en", (1...31).contains(first), !has(":", end(index)) else {
        return nil
      }
      let dayEnd = afterOrdinal(end(index))
      if index + 1 < numbers.count, let year = integer(index + 1), digits(index + 1) == 4,
        isSeparator(dayEnd..<start(index + 1))
      {
        append(from..<end(index + 1), .date, CalendarDate(year: year, month: month, day: first))
        return 2
      }
      append(from..<dayEnd, .date, CalendarDate(month: month, day: first))
      return 1
    }
    // The month stands after.
    guard let day = integer(index), (1...31).contains(day) else { return nil }
    guard
      let (month, monthEnd) = wordAfter(afterOrdinal(end(index)), connector: connector, in: months)
    else { return nil }
    if index + 1 < numbers.count, let year = integer(index + 1), digits(index + 1) == 4 {
      let gap = monthEnd..<start(index + 1)
      if isSeparator(gap) || has(connector, monthEnd) && gap.count == connector.utf8.count {
        append(
          start(index)..<end(index + 1), .date, CalendarDate(year: year, month: month, day: day))
        return 2
      }
    }
    append(start(index)..<monthEnd, .date, CalendarDate(month: month, day: day))
    return 1
  }

  /// A space, a comma, or both.
  private func isSeparator(_ range: Range<Int>) -> Bool {
    (1...2).contains(range.count) && range.allSatisfy { bytes[$0] == 0x20 || bytes[$0] == 0x2C }
  }

  private func afterOrdinal(_ end: Int) -> Int {
    for suffix in ["st", "nd", "rd", "th"] where has(suffix, end) { return end + 2 }
    return end
  }

  private func wordBefore(
    _ index: Int, connector: String, in words: [String: Int]
  ) -> (month: Int, start: Int)? {
    let length = connector.utf8.count
    guard index >= length, has(connector, index - length) else { return nil }
    let last = index - length
    var first = last
    while first > 0, last - first < 12, isLetter(bytes[first - 1]) { first -= 1 }
    return words[lowercased(first..<last)].map { ($0, first) }
  }

  private func wordAfter(
    _ index: Int, connector: String, in words: [String: Int]
  ) -> (month: Int, end: Int)? {
    guard has(connector, index) else { return nil }
    let first = index + connector.utf8.count
    var last = first
    while last < bytes.count, last - first < 12, isLetter(bytes[last]) { last += 1 }
    return words[lowercased(first..<last)].map { ($0, last) }
  }

  private static let months: [String: [String: Int]] = [
    "en": names([
      "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
      "august aug", "september sep sept", "october oct", "november nov", "december dec",
    ]),
    "es": names([
      "enero ene", "febrero feb", "marzo mar", "abril abr", "mayo", "junio jun", "julio jul",
      "agosto ago", "septiembre setiembre sep sept", "octubre oct", "noviembre nov",
      "diciembre dic",
    ]),
  ]

  private static func names(_ rows: [String]) -> [String: Int] {
    var result: [String: Int] = [:]
    for (index, row) in rows.enumerated() {
      for name in row.split(separator: " ") { result[String(name)] = index + 1 }
    }
    return result
  }

  // MARK: Times

  /// `10:30`, `10:30:15`
  private mutating func time(_ index: Int) -> Int? {
    guard let hour = integer(index), hour <= 24, digits(index) <= 2, index + 1 < numbers.count,
      let minute = integer(index + 1), minute < 60, digits(index + 1) == 2,
      isColon(end(index), start(index + 1))
    else { return nil }
    var last = index + 1
    if last + 1 < numbers.count, let second = integer(last + 1), second < 60, digits(last + 1) == 2,
      isColon(end(last), start(last + 1))
    {
      last += 1
    }
    append(start(index)..<end(last), .time)
    return last + 1 - index
  }

  private func isColon(_ from: Int, _ to: Int) -> Bool {
    to - from == 1 && bytes[from] == 0x3A || to - from == 3 && has("：", from)
  }

  // MARK: Units

  /// Symbols that are hardly ever anything else after a number; not `in` and `A`, which are words.
  private static let units: Set<String> = [
    "mm", "cm", "dm", "m", "km", "mg", "g", "kg", "t", "ml", "cl", "l", "L", "ha", "s", "min", "h",
    "ms", "Hz", "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "kWh", "V", "mA", "K", "Pa", "hPa",
    "N", "J", "kJ", "cal", "kcal", "B", "KB", "MB", "GB", "TB", "bit", "kbit", "Mbit", "Gbit", "px",
    "pt", "ft", "lb", "oz", "mph", "rpm", "dB", "km/h", "m/s", "°", "°C", "°F", "€", "£", "¥",
    "公里", "千米", "米", "厘米", "毫米", "公斤", "千克", "克", "吨", "噸", "升", "毫升", "公顷", "公頃", "摄氏度",
    "攝氏度", "平方公里", "平方米", "立方米", "小时", "小時", "分钟", "分鐘", "秒", "元", "美元", "欧元", "歐元",
  ]

  /// The unit after a number, with at most one space between.
  private func unitSpan(after end: Int) -> Range<Int>? {
    var start = end
    if has(" ", start) {
      start += 1
    } else if has("\u{A0}", start) || has("\u{202F}", start) {
      start += has("\u{A0}", start) ? 2 : 3
    }
    // The longest that fits: km/h before km.
    var stop = min(bytes.count, start + 12)
    while stop > start {
      if stop == bytes.count || bytes[stop] & 0xC0 != 0x80,
        Self.units.contains(String(decoding: bytes[start..<stop], as: UTF8.self)),
        stop == bytes.count || bytes[stop] >= 0x80 || !isLetter(bytes[stop]) || bytes[start] >= 0xE0
      {
        return start..<stop
      }
      stop -= 1
    }
    return nil
  }

  // MARK: Bytes

  private func has(_ text: String, _ index: Int) -> Bool {
    guard index >= 0, index + text.utf8.count <= bytes.count else { return false }
    var place = index
    for byte in text.utf8 {
      if bytes[place] != byte { return false }
      place += 1
    }
    return true
  }

  private func isLetter(_ byte: UInt8) -> Bool { byte < 0x80 && byte | 0x20 &- 0x61 < 26 }

  private func lowercased(_ range: Range<Int>) -> String {
    String(decoding: bytes[range].map { $0 | 0x20 }, as: UTF8.self)
  }
}
