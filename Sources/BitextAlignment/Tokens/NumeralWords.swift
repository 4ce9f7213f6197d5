internal import BitextCore

/// Numbers that are written in words or in Chinese numerals, and the one spelling that all numbers
/// get as tokens.
///
/// Units, tens, hundreds and thousands of English and Spanish are known, and Chinese numerals up to
/// 亿 (10⁸) in any length.
struct NumeralWords: Sendable {
  private let values: [String: Int]
  private let readsHan: Bool
  private let joiner: String?

  init(language: LanguageTag) {
    var values: [String: Int] = [:]
    func add(_ words: String, from first: Int, step: Int = 1) {
      for (index, word) in words.split(separator: " ").enumerated() where word != "_" {
        values[String(word)] = first + index * step
      }
    }
    switch language.language {
    case "en":
      add(
        """
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
        sixteen seventeen eighteen nineteen
        """, from: 1)
      add("twenty thirty forty fifty sixty seventy eighty ninety", from: 20, step: 10)
      add("hundred", from: 100)
      add("thousand", from: 1000)
      joiner = nil
    case "es":
      add(
        """
        uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince \
        dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés \
        veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve
        """, from: 1)
      add("treinta cuarenta cincuenta sesenta setenta ochenta noventa", from: 30, step: 10)
      add("cien", from: 100)
      add("ciento", from: 100)
      add("mil", from: 1000)
      joiner = "y"
    default:
      joiner = nil
    }
    self.values = values
    readsHan = ["zh", "ja", "yue"].contains(language.language)
  }

  /// The number that a lower-cased word means; `nil` when it means none.
  func value(of word: String) -> Int? {
    if readsHan { return Self.hanValue(of: word) }
    return values.isEmpty ? nil : values[word]
  }

  /// Joins the tens and units of `twenty-one` and `treinta y uno` into one number.
  func withCompounds(_ tokens: [String]) -> [String] {
    guard !values.isEmpty else { return tokens }
    func number(at index: Int) -> Int? {
      guard index + 1 < tokens.count, let value = values[tokens[index]],
        tokens[index + 1] == "#\(value)"
      else { return nil }
      return value
    }
    var result: [String] = []
    result.reserveCapacity(tokens.count)
    var index = 0
    while index < tokens.count {
      if let tens = number(at: index), tens >= 20, tens < 100, tens % 10 == 0 {
        var next = index + 2
        if let joiner, next < tokens.count, tokens[next] == joiner { next += 1 }
        if let unit = number(at: next), unit < 10, joiner == nil || next == index + 3 {
          result.append(tokens[index])
          result.append(contentsOf: tokens[(index + 2)..<next])
          result.append(tokens[next])
          result.append("#\(tens + unit)")
          index = next + 2
          continue
        }
      }
      result.append(tokens[index])
      index += 1
    }
    return result
  }

  /// The token of a number in digits: separators of groups go, a decimal comma becomes a dot,
  /// leading zeros go.
  static func token(digits scalars: ArraySlice<UInt32>) -> String {
    var text = "#"
    var significant = false
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      if scalar == 0x2E || scalar == 0x2C {
        let rest = scalars[(index + 1)...].prefix { $0 != 0x2E && $0 != 0x2C }
        if rest.count != 3 || !significant {
          if !significant { text.append("0") }
          significant = true
          text.append(".")
        }
      } else {
        let digit = ScalarClass.digitValue(scalar)
        if digit != 0 || significant {
          significant = true
          text.append(Character(Unicode.Scalar(UInt8(0x30 + digit % 10))))
        }
      }
      index += 1
    }
    return significant ? text : "#0"
  }

  private static func hanDigit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "零", "〇": 0
    case "一": 1
    case "二", "两", "兩": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "七": 7
    case "八": 8
    case "九": 9
    default: nil
    }
  }

  private static func hanUnit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "十": 10
    case "百": 100
    case "千": 1000
    default: nil
    }
  }

  /// The value of a word that consists of Chinese numerals alone: `三百二十` is 320, `一九八四` 1984.
  static func hanValue(of word: String) -> Int? {
    var total = 0  // whole groups of 万 and 亿
    var group = 0  // what stands before the next 万
    var digits = 0  // a digit, or several in positional spelling
    var digitCount = 0
    var sawUnit = false
    for scalar in word.unicodeScalars {
      if let digit = hanDigit(scalar) {
        if digitCount >= 15 { return nil }
        digits = digits * 10 + digit
        digitCount += 1
      } else if let unit = hanUnit(scalar) {
        if digitCount > 2 { return nil }
        group += (digitCount == 0 ? 1 : digits) * unit
        (digits, digitCount, sawUnit) = (0, 0, true)
      } else if scalar == "万" || scalar == "萬" || scalar == "亿" || scalar == "億" {
        let factor = scalar == "万" || scalar == "萬" ? 10_000 : 100_000_000
        let before = total + group + digits
        guard before <= 1_000_000_000 else { return nil }
        total = (before == 0 ? 1 : before) * factor
        (group, digits, digitCount, sawUnit) = (0, 0, 0, true)
      } else {
        return nil
      }
    }
    guard sawUnit || digitCount > 0 else { return nil }
    return total + group + digits
  }
}
