public import BitextCore

/// A part of a text that a translation takes over, or converts by rule: a number, a date, an address, a
/// variable of a program.
public struct Placeable: Sendable, Hashable {
  /// Where it stands.
  public let span: TextSpan
  /// What it is.
  public let kind: PlaceableKind
  /// The value of a number; `nil` for everything else.
  public let value: DecimalValue?
  /// The parts of a date that are written; `nil` for everything else.
  public let date: CalendarDate?

  public init(
    span: TextSpan, kind: PlaceableKind, value: DecimalValue? = nil, date: CalendarDate? = nil
  ) {
    self.span = span
    self.kind = kind
    self.value = value
    self.date = date
  }
}

/// What a placeable is.
public enum PlaceableKind: String, Sendable, Hashable, CaseIterable {
  /// A number, in digits, words or Chinese numerals.
  case number
  /// A date, or a part of one: `2026-11-25`, `11月25日`, `25 de noviembre`.
  case date
  /// A time of day: `10:30`.
  case time
  /// The unit after a number: `km`, `°C`.
  case unit
  /// A URL or a host.
  case url
  /// An e-mail address.
  case email
  /// The name of a file.
  case file
  /// A variable of a program: `%s`, `{0}`, `${name}`, `$HOME`.
  case variable
  /// A tag or an entity of a markup language: `<b>`, `&amp;`.
  case tag
  /// Capital letters with digits: `A4`, `MP3`.
  case code
}

/// A date as it is written; parts that are not written are `nil`.
public struct CalendarDate: Sendable, Hashable {
  public var year: Int?
  /// 1 to 12.
  public var month: Int?
  /// 1 to 31.
  public var day: Int?

  public init(year: Int? = nil, month: Int? = nil, day: Int? = nil) {
    self.year = year
    self.month = month
    self.day = day
  }
}
