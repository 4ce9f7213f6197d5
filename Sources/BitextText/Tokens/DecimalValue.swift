/// A number that is written with digits, kept exactly: `0.1` is a tenth, `1.50` equals `1.5`.
///
/// The value is `significand` × 10^`exponent`. There is no rounding anywhere: what does not fit in
/// 38 significant digits has no value. Numbers are not negative, since a hyphen before digits is
/// more often a dash than a sign.
public struct DecimalValue: Sendable, Hashable {
  /// The digits, without trailing zeros; less than 10^38.
  public let significand: UInt128
  /// The power of ten; 0 for zero.
  public let exponent: Int32

  /// The value `significand` × 10^`exponent`; `nil` when it does not fit.
  public init?(significand: UInt128, exponent: Int = 0) {
    var digits = significand
    var power = exponent
    while digits != 0, digits % 10 == 0 {
      digits /= 10
      power += 1
    }
    guard digits < Self.limit, (-4096...4096).contains(power) else { return nil }
    self.significand = digits
    self.exponent = digits == 0 ? 0 : Int32(power)
  }

  /// A whole number.
  public init(_ integer: UInt32) {
    var digits = integer
    var power: Int32 = 0
    while digits != 0, digits % 10 == 0 {
      digits /= 10
      power += 1
    }
    significand = UInt128(digits)
    exponent = power
  }

  /// Reads digits with at most one `.`: `1234.5`.
  public init?(_ text: String) {
    var digits: UInt128 = 0
    var fraction = 0
    var sawPoint = false
    var sawDigit = false
    for byte in text.utf8 {
      if byte == 0x2E, !sawPoint {
        sawPoint = true
      } else if (0x30...0x39).contains(byte), digits < Self.limit / 10 {
        digits = digits * 10 + UInt128(byte - 0x30)
        fraction += sawPoint ? 1 : 0
        sawDigit = true
      } else {
        return nil
      }
    }
    guard sawDigit else { return nil }
    self.init(significand: digits, exponent: -fraction)
  }

  /// The sum; `nil` when it does not fit.
  public func adding(_ other: DecimalValue) -> DecimalValue? {
    let power = min(exponent, other.exponent)
    guard let left = scaled(to: power), let right = other.scaled(to: power) else { return nil }
    return DecimalValue(significand: left + right, exponent: Int(power))
  }

  /// The product; `nil` when it does not fit.
  public func multiplied(by other: DecimalValue) -> DecimalValue? {
    let (product, overflow) = significand.multipliedReportingOverflow(by: other.significand)
    guard !overflow else { return nil }
    return DecimalValue(significand: product, exponent: Int(exponent) + Int(other.exponent))
  }

  /// The significand for a smaller exponent; `nil` when it would be 10^38 or more.
  private func scaled(to power: Int32) -> UInt128? {
    if significand == 0 { return 0 }
    var digits = significand
    var remaining = exponent - power
    while remaining > 0 {
      guard digits < Self.limit / 10 else { return nil }
      digits *= 10
      remaining -= 1
    }
    return digits
  }

  /// 10^38.
  static let limit: UInt128 = 100_000_000_000_000_000_000_000_000_000_000_000_000

  /// 1.
  static let one = DecimalValue(1)
}

extension DecimalValue: Comparable {
  public static func < (left: DecimalValue, right: DecimalValue) -> Bool {
    if left.significand == 0 || right.significand == 0 {
      return left.significand < right.significand
    }
    let leftDigits = digitCount(left.significand) + Int(left.exponent)
    let rightDigits = digitCount(right.significand) + Int(right.exponent)
    guard leftDigits == rightDigits else { return leftDigits < rightDigits }
    // Equally many digits before the point: both have at most 38 at the smaller exponent.
    let power = min(left.exponent, right.exponent)
    guard let scaledLeft = left.scaled(to: power), let scaledRight = right.scaled(to: power) else {
      return false
    }
    return scaledLeft < scaledRight
  }

  private static func digitCount(_ value: UInt128) -> Int {
    var rest = value
    var count = 0
    while rest != 0 {
      rest /= 10
      count += 1
    }
    return count
  }
}

extension DecimalValue: CustomStringConvertible {
  /// The number in plain digits: `35000`, `1234.5`.
  public var description: String {
    let digits = String(significand)
    if exponent >= 0 { return digits + String(repeating: "0", count: Int(exponent)) }
    let fraction = Int(-exponent)
    if digits.count > fraction {
      return digits.dropLast(fraction) + "." + digits.suffix(fraction)
    }
    return "0." + String(repeating: "0", count: fraction - digits.count) + digits
  }
}
