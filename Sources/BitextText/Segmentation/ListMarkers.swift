/// The mark that opens an item of a list: `1.` `1)` `1.)` `a.` `(a)` `ii.` `• 9.`.
struct ListMarker {
  /// How the marker is written; the items of one list share it.
  enum Style { case dot, parenthesis, dotParenthesis, enclosed }

  let style: Style
  /// Where it begins, bullet sign included.
  let start: Int
  /// Where it ends.
  let end: Int
  /// Its place in the list as a decimal number, a letter or a Roman numeral; 0 when it is none.
  let decimal: Int
  let letter: Int
  let roman: Int
  let isUpper: Bool

  /// Whether it is the item after `other`.
  func follows(_ other: ListMarker) -> Bool {
    style == other.style
      && ((decimal > 0 && decimal == other.decimal + 1 && other.decimal > 0)
        || (isUpper == other.isUpper
          && ((letter > 1 && letter == other.letter + 1 && other.letter > 0)
            || (roman > 1 && roman == other.roman + 1 && other.roman > 0))))
  }

  /// Whether it can be the first item of a list.
  var isFirst: Bool { decimal == 1 || letter == 1 || roman == 1 }
}

extension ListMarker {
  /// Reads the marker whose last sign, `.` or `)`, stands at `index`; `nil` when there is none.
  init?(endingAt index: Int, in text: ScannedText) {
    // Most words before a full stop are no marker; two small letters settle it.
    let nearest = text.byte(index - 1)
    if nearest >= 0x61, nearest <= 0x7A, !Self.isRoman(nearest), text.byte(index - 2) >= 0x61 {
      return nil
    }
    var end = index + 1
    var style = text.bytes[index] == 0x2E ? Style.dot : .parenthesis
    var last = index
    if style == .dot, text.byte(index + 1) == 0x29 {
      style = .dotParenthesis
      end += 1
    } else if style == .parenthesis, text.byte(index - 1) == 0x2E {
      style = .dotParenthesis
      last -= 1
    }
    guard let (value, start) = Self.value(endingAt: last, in: text) else { return nil }
    var first = start
    if style == .parenthesis, text.byte(first - 1) == 0x28 {
      style = .enclosed
      first -= 1
    }
    // A bullet sign belongs to the marker after it.
    var before = first
    while before > 0, text.bytes[before - 1] == 0x20, first - before < 2 { before -= 1 }
    let (sign, signStart) = text.scalar(before: before)
    if Self.isBullet(sign) {
      first = signStart
    } else if before == first, first > 0, !ScannedText.isWhiteSpace(sign) {
      return nil
    }
    self.init(
      style: style, start: first, end: end, decimal: value.decimal, letter: value.letter,
      roman: value.roman, isUpper: value.isUpper)
  }

  /// Reads a marker that begins at `index`, without a bullet sign.
  init?(startingAt index: Int, in text: ScannedText) {
    var end = text.byte(index) == 0x28 ? index + 1 : index
    let limit = end + 6
    while end < limit, Self.isAlphanumeric(text.byte(end)) { end += 1 }
    let sign = text.byte(end)
    guard sign == 0x2E || sign == 0x29, text.byte(index) != 0x28 || sign == 0x29 else { return nil }
    self.init(endingAt: end, in: text)
    guard start == index, text.whiteSpace(at: self.end) > 0 else { return nil }
  }

  private static func isRoman(_ byte: UInt8) -> Bool {
    byte == 0x69 || byte == 0x76 || byte == 0x78 || byte == 0x6C
  }

  static func isBullet(_ value: UInt32) -> Bool {
    switch value {
    case 0x2022, 0x2043, 0x2023, 0x25E6, 0x25AA, 0x25CF, 0x25CB, 0x25A0, 0xB7, 0x2219: true
    default: false
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private static func value(
    endingAt end: Int, in text: ScannedText
  ) -> (value: (decimal: Int, letter: Int, roman: Int, isUpper: Bool), start: Int)? {
    var start = end
    while start > 0, end - start < 6, isAlphanumeric(text.bytes[start - 1]) { start -= 1 }
    let count = end - start
    guard count > 0, count < 6 else { return nil }
    let first = text.bytes[start]
    if first < 0x3A {
      var number = 0
      guard count <= 3 else { return nil }
      for index in start..<end {
        let byte = text.bytes[index]
        guard byte < 0x3A else { return nil }
        number = number * 10 + Int(byte - 0x30)
      }
      return ((number, 0, 0, false), start)
    }
    let isUpper = first < 0x61
    var roman = 0
    var previous = 0
    var isRoman = true
    for index in (start..<end).reversed() {
      let byte = text.bytes[index]
      guard byte >= 0x41, (byte < 0x61) == isUpper else { return nil }
      let digit: Int
      switch byte | 0x20 {
      case 0x69: digit = 1
      case 0x76: digit = 5
      case 0x78: digit = 10
      case 0x6C: digit = 50
      default:
        digit = 0
        isRoman = false
      }
      roman += digit < previous ? -digit : digit
      previous = max(previous, digit)
    }
    let letter = count == 1 ? Int(first | 0x20) - 0x60 : 0
    if letter == 0, !isRoman { return nil }
    return ((0, letter, isRoman ? roman : 0, isUpper), start)
  }
}
