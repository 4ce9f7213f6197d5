/// A date and time as a file or a program wrote it.
///
/// The spelling is kept, since exchange formats are compared byte for byte; the instant is there
/// when the spelling is understood.
public struct Timestamp: Sendable, Hashable {
  /// Seconds since 1970-01-01T00:00:00Z; `nil` when the spelling is not understood.
  public let secondsSince1970: Int64?
  /// The spelling, as it was read.
  public let asWritten: String

  public init(asWritten: String, secondsSince1970: Int64?) {
    self.asWritten = asWritten
    self.secondsSince1970 = secondsSince1970
  }

  /// Reads `20260131T235959Z`, `2026-01-31T23:59:59Z` and `2026-01-31 23:59:59 UTC`; any other
  /// spelling is kept without an instant.
  public init(_ text: String) {
    self.init(asWritten: text, secondsSince1970: Self.instant(of: text))
  }

  /// The instant in TMX's spelling, `YYYYMMDDThhmmssZ`.
  ///
  /// - Parameter seconds: Seconds since 1970-01-01T00:00:00Z, in the years 0...9999.
  public init(secondsSince1970 seconds: Int64) {
    let days = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
    let time = seconds - days * 86_400
    let (year, month, day) = Self.date(ofDay: days)
    func padded(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    self.init(
      asWritten: padded(year, 4) + padded(month, 2) + padded(day, 2) + "T"
        + padded(time / 3600, 2) + padded(time / 60 % 60, 2) + padded(time % 60, 2) + "Z",
      secondsSince1970: seconds)
  }

  /// The digits of the three spellings are the same fourteen; what lies between them is fixed. A memory
  /// has several dates a unit, so nothing is allocated here and nothing is walked twice.
  private static func instant(of text: String) -> Int64? {
    let bytes = text.utf8Span.span
    let count = bytes.count
    guard count == 16 || count == 20 || count == 23 else { return nil }
    // How far the month and the hour stand behind their place in the compact spelling.
    let isCompact = count == 16
    let gap = isCompact ? 0 : 1
    var isGood =
      isCompact
      ? bytes[8] == UInt8(ascii: "T") && bytes[15] == UInt8(ascii: "Z")
      : bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-")
        && bytes[13] == UInt8(ascii: ":") && bytes[16] == UInt8(ascii: ":")
    if count == 20 {
      isGood = isGood && bytes[10] == UInt8(ascii: "T") && bytes[19] == UInt8(ascii: "Z")
    } else if count == 23 {
      isGood =
        isGood && bytes[10] == UInt8(ascii: " ") && bytes[19] == UInt8(ascii: " ")
        && bytes[20] == UInt8(ascii: "U") && bytes[21] == UInt8(ascii: "T")
        && bytes[22] == UInt8(ascii: "C")
    }
    guard isGood else { return nil }
    func pair(_ index: Int) -> Int64 {
      let (tens, ones) = (bytes[index] &- 48, bytes[index + 1] &- 48)
      if tens > 9 || ones > 9 { isGood = false }
      return Int64(tens) * 10 + Int64(ones)
    }
    let year = pair(0) * 100 + pair(2)
    let month = pair(4 + gap)
    let day = pair(6 + 2 * gap)
    let hour = pair(9 + 2 * gap)
    let minute = pair(11 + 3 * gap)
    let second = pair(13 + 4 * gap)
    guard isGood, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    return dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar, with years that begin in March.
  private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func date(ofDay days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let calendarMonth = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0), calendarMonth, day)
  }
}
