/// A source that a lexicon was made from, and the terms under which it was given.
public struct LexiconNotice: Sendable, Hashable {
  /// The name of the source: `CC-CEDICT`.
  public var name: String
  /// Its version or date, as it calls itself; may be empty.
  public var version: String
  /// The licence, as an SPDX identifier where there is one: `CC-BY-SA-4.0`.
  public var licence: String
  /// Where it comes from; may be empty.
  public var address: String
  /// Who made it, what was changed, and whatever else the licence asks to be said; may be empty.
  public var attribution: String

  public init(
    name: String, version: String = "", licence: String, address: String = "",
    attribution: String = ""
  ) {
    self.name = name
    self.version = version
    self.licence = licence
    self.address = address
    self.attribution = attribution
  }
}

extension LexiconNotice {
  // In a file, fields end with the unit separator and notices with the record separator of ASCII.
  private static let fieldEnd: UInt8 = 0x1F
  private static let recordEnd: UInt8 = 0x1E

  static func encode(_ notices: [LexiconNotice]) -> [UInt8] {
    var bytes: [UInt8] = []
    for notice in notices {
      for field in [
        notice.name, notice.version, notice.licence, notice.address, notice.attribution,
      ] {
        bytes += field.utf8.filter { $0 != fieldEnd && $0 != recordEnd }
        bytes.append(fieldEnd)
      }
      bytes.append(recordEnd)
    }
    return bytes
  }

  static func decode(_ bytes: [UInt8]) -> [LexiconNotice] {
    bytes.split(separator: recordEnd).map { record in
      var fields = record.split(separator: fieldEnd, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      while fields.count < 5 { fields.append("") }
      return LexiconNotice(
        name: fields[0], version: fields[1], licence: fields[2], address: fields[3],
        attribution: fields[4])
    }
  }
}
