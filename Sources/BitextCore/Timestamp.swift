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
  /// has several dates a unit, so nothing is allocated here.
  private static func instant(of text: String) -> Int64? {
    let length = text.utf8.count
    guard length == 16 || length == 20 || length == 23 else { return nil }
    var digits = 0
    var fields: (year: Int64, month: Int64, day: Int64) = (0, 0, 0)
    var time: (hour: Int64, minute: Int64, second: Int64) = (0, 0, 0)
    var index = 0
    for byte in text.utf8 {
      let isDigit = (48...57).contains(byte)
      let expected: UInt8 =
        switch length {
        case 16: index == 8 ? UInt8(ascii: "T") : index == 15 ? UInt8(ascii: "Z") : 0
        default:
          switch index {
          case 4, 7: UInt8(ascii: "-")
          case 10: length == 20 ? UInt8(ascii: "T") : UInt8(ascii: " ")
          case 13, 16: UInt8(ascii: ":")
          case 19: length == 20 ? UInt8(ascii: "Z") : UInt8(ascii: " ")
          case 20: UInt8(ascii: "U")
          case 21: UInt8(ascii: "T")
          case 22: UInt8(ascii: "C")
          default: 0
          }
        }
      guard expected == 0 ? isDigit : byte == expected else { return nil }
      if isDigit {
        let value = Int64(byte - 48)
        switch digits {
        case 0..<4: fields.year = fields.year * 10 + value
        case 4..<6: fields.month = fields.month * 10 + value
        case 6..<8: fields.day = fields.day * 10 + value
        case 8..<10: time.hour = time.hour * 10 + value
        case 10..<12: time.minute = time.minute * 10 + value
        default: time.second = time.second * 10 + value
        }
        digits += 1
      }
      index += 1
    }
    guard (1...12).contains(fields.month), (1...31).contains(fields.day), time.hour < 24,
      time.minute < 60, time.second <= 60
    else { return nil }
    return dayNumber(fields.year, fields.month, fields.day) * 86_400 + time.hour * 3600
      + time.minute * 60 + time.second
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
