/// What a Chinese character means in a number.
struct IdeographicNumeral: Equatable {
  enum Kind: UInt8 {
    case none, digit, unit, scale, tens
  }
  let kind: Kind
  /// The digit, the unit (10, 100, 1000), the scale (10^4, 10^8) or the tens (20, 30).
  let value: UInt32

  static let none = IdeographicNumeral(kind: .none, value: 0)

  init(kind: Kind, value: UInt32) {
    self.kind = kind
    self.value = value
  }

  /// - Parameter scalar: A code point.
  init(scalar: UInt32) {
    // 〇 and ○ lie outside the block of Han characters.
    if scalar == 0x3007 || scalar == 0x25CB {
      self.init(kind: .digit, value: 0)
      return
    }
    guard scalar &- 0x4E00 < 0x5200 else {
      self = .none
      return
    }
    let code = Self.codes[Int(scalar - 0x4E00)]
    self =
      switch code {
      case 1...10: Self(kind: .digit, value: UInt32(code) - 1)
      case 11: Self(kind: .unit, value: 10)
      case 12: Self(kind: .unit, value: 100)
      case 13: Self(kind: .unit, value: 1000)
      case 14: Self(kind: .scale, value: 10_000)
      case 15: Self(kind: .scale, value: 100_000_000)
      case 16: Self(kind: .tens, value: 20)
      case 17: Self(kind: .tens, value: 30)
      default: .none
      }
  }

  /// One byte a Han character: 0 for all but numerals.
  private static let codes: [UInt8] = {
    var codes = [UInt8](repeating: 0, count: 0x5200)
    let rows: [(UInt8, String)] = [
      (1, "零"), (2, "一壹弌"), (3, "二贰貳两兩"), (4, "三叁參叄"), (5, "四肆"), (6, "五伍"),
      (7, "六陆陸"), (8, "七柒"), (9, "八捌"), (10, "九玖"), (11, "十拾"), (12, "百佰"),
      (13, "千仟"), (14, "万萬"), (15, "亿億"), (16, "廿"), (17, "卅"),
    ]
    for (code, characters) in rows {
      for scalar in characters.unicodeScalars { codes[Int(scalar.value) - 0x4E00] = code }
    }
    return codes
  }()
}

extension NumberScanner {
  /// The numeral of three bytes at `index`.
  @inline(__always)
  func numeral(at index: Int) -> IdeographicNumeral {
    guard index + 2 < bytes.count, bytes[index] >= 0xE2, bytes[index] < 0xF0 else { return .none }
    return IdeographicNumeral(
      scalar: UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
        | UInt32(bytes[index + 2] & 0x3F))
  }

  /// Reads the numerals that begin at `start` and returns where to go on.
  mutating func scanIdeographs(at start: Int) -> Int {
    // 百分之五十: a percentage.
    if has("百分之", at: start) {
      let after = start + 9
      if digitLength(at: after) > 0 {
        let count = found.count
        let end = scanDigits(at: after, afterLetter: false)
        if found.count == count + 1, let number = found.popLast() {
          append(start..<end, number.value, .digits, isPercentage: true)
        }
        return end
      }
      if numeral(at: after).kind != .none {
        let reading = readIdeographs(at: after)
        append(start..<reading.end, reading.value, .ideographs, isPercentage: true)
        return reading.end
      }
      return after
    }
    let reading = readIdeographs(at: start)
    let isOrdinal = has("第", at: start - 3)
    let isVague = [-3, 0].contains { offset in
      let place = offset < 0 ? start + offset : reading.end
      return has("几", at: place) || has("幾", at: place)
        || offset < 0 && (has("数", at: place) || has("數", at: place))
    }
    let percentEnd = percentSign(at: reading.end)
    append(
      start..<(percentEnd ?? reading.end), reading.value, .ideographs,
      isPercentage: percentEnd != nil, isOrdinal: isOrdinal,
      isWeak: !isOrdinal && (reading.isWeak || isVague))
    return percentEnd ?? reading.end
  }

  /// The value of digits with a Chinese unit after them: `3.5万`, `5千万`, `1亿2000万`.
  func ideographicScale(of digits: DecimalValue, at index: Int) -> (DecimalValue, Int)? {
    let next = numeral(at: index)
    guard next.kind == .scale || next.kind == .unit else { return nil }
    let reading = readIdeographs(at: index, coefficient: digits)
    return reading.value.map { ($0, reading.end) }
  }

  /// What the numerals at one place say.
  struct IdeographicReading {
    /// `nil` when they are no exact number (`二三十`, `百`).
    var value: DecimalValue?
    var end: Int
    var isWeak = false
  }

  /// Reads numerals, after `coefficient` where digits come before them.
  ///
  /// The grammar is that of GB/T 15835: sections of at most four digits with the units 千百十, joined
  /// by 万 and 亿; a last digit without its unit (`三百二`) has a tenth of the unit before it.
  func readIdeographs(at start: Int, coefficient: DecimalValue? = nil) -> IdeographicReading {
    var index = start
    if coefficient == nil {
      // A run of digits without units is read digit by digit: 一九八四.
      var count = 0
      var digits: UInt128 = 0
      var hasZero = false
      while case let next = numeral(at: index), next.kind == .digit {
        count += 1
        hasZero = hasZero || next.value == 0
        digits = digits < DecimalValue.limit / 10 ? digits * 10 + UInt128(next.value) : digits
        index += 3
      }
      if count > 1 {
        let after = numeral(at: index)
        if after.kind != .none {
          // 二三十 is twenty or thirty: nothing exact.
          while numeral(at: index).kind != .none { index += 3 }
          return IdeographicReading(value: nil, end: index)
        }
        let isExact = count < 38 && (count > 2 || hasZero)
        return IdeographicReading(
          value: isExact ? DecimalValue(significand: digits) : nil, end: index)
      }
      index = start
    }

    var total = DecimalValue(0)
    var section = DecimalValue(0)
    var current = coefficient
    var lastUnit: UInt32 = 0
    var sectionUnit: UInt32 = .max
    var lastScale: UInt32 = 0
    var sawZero = false
    var sawDigit = coefficient != nil
    var count = 0
    var isWeak = false
    var failed = false

    func add(_ left: DecimalValue, _ right: DecimalValue) -> DecimalValue {
      guard let sum = left.adding(right) else {
        failed = true
        return left
      }
      return sum
    }
    func multiply(_ left: DecimalValue, _ right: UInt32) -> DecimalValue {
      guard let product = left.multiplied(by: DecimalValue(right)) else {
        failed = true
        return left
      }
      return product
    }

    scanning: while true {
      let next = numeral(at: index)
      switch next.kind {
      case .none:
        // Digits may go on after a unit: 1亿2000万.
        guard coefficient != nil, current == nil, lastUnit > 1, !sawZero else { break scanning }
        let length = digitLength(at: index)
        guard length > 0 else { break scanning }
        let run = digitRun(at: index)
        guard run.count < 9, let value = run.value, value < UInt128(lastUnit),
          let decimal = DecimalValue(significand: value)
        else { break scanning }
        // Four digits after 万 are exact, one digit is colloquial (1万2).
        if run.count > 1 { sawZero = true }
        current = decimal
        index = run.range.upperBound
        count += 1
        continue
      case .digit:
        if next.value == 0 && (current != nil || sawDigit) {
          guard current == nil else { break scanning }
          sawZero = true
        } else {
          if current != nil {
            if coefficient == nil, numeral(at: index + 3).kind != .none {
              // 三百二三十: nothing exact.
              while numeral(at: index).kind != .none { index += 3 }
              return IdeographicReading(value: nil, end: index)
            }
            break scanning
          }
          current = DecimalValue(next.value)
          sawDigit = true
        }
      case .tens:
        guard current == nil, sectionUnit > 10 else { break scanning }
        section = add(section, DecimalValue(next.value))
        sectionUnit = 10
        lastUnit = 10
        sawDigit = true
        sawZero = false
      case .unit:
        guard next.value < sectionUnit, current != nil || count == 0 || next.value == 10 else {
          break scanning
        }
        if current == nil {
          isWeak = isWeak || count == 0 && next.value > 10
          sawDigit = sawDigit || next.value == 10
        }
        section = add(section, multiply(current ?? .one, next.value))
        current = nil
        sectionUnit = next.value
        lastUnit = next.value
        sawZero = false
      case .scale:
        if let digit = current {
          section = add(section, digit)
          current = nil
        }
        if section.significand == 0 {
          if total.significand != 0 {
            total = multiply(total, next.value)  // 万亿
          } else {
            guard count == 0 else { break scanning }
            isWeak = true
            total = DecimalValue(next.value)
          }
        } else if lastScale != 0, lastScale < next.value {
          total = multiply(add(total, section), next.value)
        } else {
          guard lastScale == 0 || next.value < lastScale else { break scanning }
          total = add(total, multiply(section, next.value))
        }
        section = DecimalValue(0)
        sectionUnit = .max
        lastScale = next.value
        lastUnit = next.value
        sawZero = false
      }
      count += 1
      index += 3
    }

    if let digit = current {
      let isColloquial = !sawZero && lastUnit > 1
      section = add(section, isColloquial ? multiply(digit, lastUnit / 10) : digit)
    }
    var value = add(total, section)

    // 三点五: a decimal point, unless an hour is meant (三点五十分).
    if coefficient == nil, has("点", at: index) || has("點", at: index) {
      var end = index + 3
      var fraction: UInt128 = 0
      var decimals = 0
      while case let next = numeral(at: end), next.kind == .digit, decimals < 18 {
        fraction = fraction * 10 + UInt128(next.value)
        decimals += 1
        end += 3
      }
      let after = numeral(at: end)
      if decimals > 0, after.kind == .none || after.kind == .scale,
        !has("分", at: end), !has("刻", at: end),
        let part = DecimalValue(significand: fraction, exponent: -decimals)
      {
        value = add(value, part)
        index = end
        count += 2
        if after.kind == .scale {
          value = multiply(value, after.value)
          index += 3
        }
      }
    }
    if failed || !sawDigit && count < 2 { return IdeographicReading(value: nil, end: index) }
    return IdeographicReading(
      value: value, end: index, isWeak: isWeak || count == 1 && coefficient == nil)
  }
}
