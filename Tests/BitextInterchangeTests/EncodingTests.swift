import BitextCore
import BitextInterchange
import Testing

/// One text in an encoding, as bytes.
private func encoded(_ text: String, _ encoding: String) -> [UInt8] {
  switch encoding {
  case "UTF-16LE": text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  case "UTF-16BE": text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  case "UTF-32LE":
    text.unicodeScalars.flatMap { scalar in
      (0..<4).map { UInt8(scalar.value >> (8 * $0) & 0xFF) }
    }
  case "ISO-8859-1": text.unicodeScalars.map { UInt8($0.value) }
  default: Array(text.utf8)
  }
}

private struct EncodingCase: Sendable, CustomTestStringConvertible {
  let mark: [UInt8]
  let label: String
  let encoding: String
  var warns = false
  var testDescription: String { "\(encoding) labelled \(label), mark \(mark)" }
}

private let encodingCases = [
  EncodingCase(mark: [], label: "UTF-8", encoding: "UTF-8"),
  EncodingCase(mark: [0xEF, 0xBB, 0xBF], label: "UTF-8", encoding: "UTF-8"),
  EncodingCase(mark: [0xFF, 0xFE], label: "UTF-16", encoding: "UTF-16LE"),
  EncodingCase(mark: [0xFE, 0xFF], label: "UTF-16", encoding: "UTF-16BE"),
  EncodingCase(mark: [], label: "UTF-16", encoding: "UTF-16LE"),
  EncodingCase(mark: [], label: "UTF-16BE", encoding: "UTF-16BE"),
  EncodingCase(mark: [0xFF, 0xFE, 0, 0], label: "UTF-32", encoding: "UTF-32LE"),
  EncodingCase(mark: [], label: "UTF-16", encoding: "UTF-8", warns: true),
  EncodingCase(mark: [0xFF, 0xFE], label: "UTF-8", encoding: "UTF-16LE", warns: true),
]

@Suite struct `Encodings` {
  private static func file(label: String, _ segment: String) -> String {
    smallTMX([smallUnit("1", segment)]).replacing(
      "encoding=\"UTF-8\"", with: "encoding=\"\(label)\"")
  }

  @Test(arguments: encodingCases)
  private func `are found by mark, pattern and label, and the bytes beat the label`(
    _ example: EncodingCase
  ) throws {
    let segment = "数字利维坦 😀 ñ"
    let bytes = example.mark + encoded(Self.file(label: example.label, segment), example.encoding)
    var said: [Diagnostic] = []
    let units = try TMXReader(.bytes(bytes, name: "a.tmx")) { said.append($0) }.remainingUnits()
    #expect(units.first?.variants.first?.segment.text == segment)
    #expect(said.map(\.code) == (example.warns ? ["encoding-label"] : []))
  }

  @Test func `of one byte and of two are read by their label`() throws {
    let latin = encoded(
      Self.file(label: "ISO-8859-1", "año, ¿qué?").replacing("你好", with: "hi"), "ISO-8859-1")
    let units = try TMXReader(.bytes(latin, name: "a.tmx")).remainingUnits()
    #expect(units.first?.variants.first?.segment.text == "año, ¿qué?")
    // 数字 in GB 18030.
    var chinese = Array(Self.file(label: "GB18030", "@").replacing("你好", with: "hi").utf8)
    let place = try #require(chinese.firstIndex(of: UInt8(ascii: "@")))
    chinese.replaceSubrange(place...place, with: [0xCA, 0xFD, 0xD7, 0xD6])
    let read = try TMXReader(.bytes(chinese, name: "a.tmx")).remainingUnits()
    #expect(read.first?.variants.first?.segment.text == "数字")
  }

  @Test func `can be named by the caller`() throws {
    var bytes = Array(smallTMX([smallUnit("1", "@")]).replacing("你好", with: "hi").utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "@")))
    bytes[place] = 0x93  // “ in windows-1252
    let reader = try TMXReader(
      .bytes(bytes, name: "a.tmx"), options: ReadOptions(encoding: "windows-1252"))
    #expect(try reader.remainingUnits().first?.variants.first?.segment.text == "“")
    let error = #expect(throws: InterchangeError.self) {
      try TMXReader(.bytes(bytes, name: "a.tmx"), options: ReadOptions(encoding: "klingon"))
    }
    #expect(error?.kind == .usage)
  }

  @Test func `that are broken stop strict reading at the byte and are mended in lenient`() throws {
    var bytes = Array(smallTMX([smallUnit("1", "数@字")]).utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "@")))
    bytes[place] = 0xFF
    let error = #expect(throws: InterchangeError.self) {
      try TMXReader(.bytes(bytes, name: "a.tmx")).remainingUnits()
    }
    #expect(
      error?.description
        == "a.tmx:4:39: error: found byte 0xFF at offset \(place), expected UTF-8 (unit 1, tuid \"1\")"
    )
    var said: [Diagnostic] = []
    let reader = try TMXReader(.bytes(bytes, name: "a.tmx"), options: ReadOptions(mode: .lenient)) {
      said.append($0)
    }
    #expect(try reader.remainingUnits().first?.variants.first?.segment.text == "数\u{FFFD}字")
    #expect(said.first?.place == "a.tmx:4:39")
  }

  @Test func `with surrogates encoded one by one are joined in lenient mode`() throws {
    var bytes = Array(smallTMX([smallUnit("1", "@")]).utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "@")))
    bytes.replaceSubrange(place...place, with: [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80])
    let reader = try TMXReader(.bytes(bytes, name: "a.tmx"), options: ReadOptions(mode: .lenient))
    #expect(try reader.remainingUnits().first?.variants.first?.segment.text == "😀")
  }
}
