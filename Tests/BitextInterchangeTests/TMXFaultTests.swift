import BitextCore
import BitextInterchange
import Testing

/// A damaged unit on line 6, and what a reader says of it.
private struct Damage: Sendable, CustomTestStringConvertible {
  let unit: String
  let message: String
  /// The text of the first variant after repair in lenient mode; `nil` when the unit is left out.
  var repaired: String?
  var testDescription: String { unit }
}

private let damages = [
  Damage(
    unit: smallUnit("X", "a&nbsp;b"),
    message:
      "6:39: error: found \"&nbsp;\", which XML does not define, expected &#160; (unit 3, tuid \"X\")",
    repaired: "a\u{A0}b"),
  Damage(
    unit: smallUnit("X", "a&foo;b"),
    message:
      "6:39: error: found \"&foo;\", which XML does not define, expected &amp;, or the character itself (unit 3, tuid \"X\")",
    repaired: "a&foo;b"),
  Damage(
    unit: smallUnit("X", "AT&T"),
    message:
      "6:40: error: found \"&\" that opens no reference, expected &amp; (unit 3, tuid \"X\")",
    repaired: "AT&T"),
  Damage(
    unit: smallUnit("X", "a\u{B}b"),
    message:
      "6:39: error: found the control character U+000B, which XML does not allow, expected text (unit 3, tuid \"X\")",
    repaired: "ab"),
  Damage(
    unit: smallUnit("X", "中&#x1F;b"),
    message:
      "6:39: error: found \"&#x1F;\", which stands for no character of XML, expected text (unit 3, tuid \"X\")",
    repaired: "中b"),
  Damage(
    unit: smallUnit("X", "&#xD83D;&#xDE00;"),
    message:
      "6:38: error: found \"&#xD83D;\", which stands for no character of XML, expected text (unit 3, tuid \"X\")",
    repaired: "😀"),
  Damage(
    unit: smallUnit("X", "a\u{FFFF}b"),
    message:
      "6:39: error: found the character U+FFFF, which XML does not allow, expected text (unit 3, tuid \"X\")",
    repaired: "ab"),
  Damage(
    unit: smallUnit("X", "a < b"),
    message: "6:40: error: found \"<\" that opens no tag, expected &lt; (unit 3, tuid \"X\")"),
  Damage(
    unit: smallUnit("X", "<hi>a"),
    message: "6:43: error: found </seg>, expected </hi> (unit 3, tuid \"X\")"),
  Damage(
    unit: "<tu tuid=\"X><tuv xml:lang=\"en\"><seg>a</seg></tuv></tu>",
    message:
      "6:13: error: found \"<\" in the value of an attribute; expected the closing '\"', or &lt; (unit 3)"
  ),
  Damage(
    unit: String(smallUnit("X", "a").dropLast(5)),
    message: "7:1: error: found <tu> inside a tu, expected </tu> (unit 3, tuid \"X\")"),
  Damage(
    unit: "<tu tuid=\"X\"><tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv><seg>b</seg></tuv></tu>",
    message:
      "6:51: error: found a tuv without a language, expected xml:lang (unit 3, tuid \"X\")",
    repaired: "a"),
  Damage(
    unit: "<tu tuid=\"X\"><tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv xml:lang=\"es\">b</tuv></tu>",
    message: "6:51: error: found a tuv without a seg, expected one (unit 3, tuid \"X\")",
    repaired: "a"),
  Damage(
    unit: "<tu tuid=\"X\"></tu>",
    message: "6:1: error: found a tu without a tuv, expected one (unit 3, tuid \"X\")"),
  Damage(
    unit: smallUnit("X", String(repeating: "<hi>", count: 300)),
    message:
      "6:1042: error: found elements inside each other more than 256 deep, expected fewer (unit 3, tuid \"X\")"
  ),
]

@Suite struct `Faults in TMX` {
  @Test(arguments: damages)
  private func `are refused in strict mode with their place`(_ damage: Damage) {
    let text = smallTMX([
      smallUnit("1", "Hola"), smallUnit("2", "数字"), damage.unit, smallUnit("4", "Adiós"),
    ])
    let error = #expect(throws: InterchangeError.self) { try readTMX(text) }
    #expect(error?.description == "a.tmx:" + damage.message)
    #expect(error?.kind == .badData)
  }

  @Test(arguments: damages)
  private func `cost one unit in lenient mode`(_ damage: Damage) throws {
    let text = smallTMX([
      smallUnit("1", "Hola"), smallUnit("2", "数字"), damage.unit, smallUnit("4", "Adiós"),
      smallUnit("5", "再见"),
    ])
    let (_, units, said) = try readTMX(text, mode: .lenient)
    let kept = units.filter { $0.identifier != "X" }
    #expect(kept.map(\.identifier) == ["1", "2", "4", "5"])
    #expect(kept.last?.variants.first?.segment.text == "再见")
    #expect(units.first { $0.identifier == "X" }?.variants.first?.segment.text == damage.repaired)
    let place = "a.tmx:" + damage.message.prefix { $0 != " " }.dropLast()
    #expect(said.contains { $0.place == place }, "\(said.map(\.description))")
  }

  @Test func `never come from a unit that is not there`() throws {
    let text = smallTMX([smallUnit("1", "a"), smallUnit("2", "b")])
    let (_, units, said) = try readTMX(text)
    #expect(units.count == 2)
    #expect(said.isEmpty)
  }

  @Test(arguments: [
    ("", "a.tmx:1:1: error: found an empty file, expected XML"),
    ("PK\u{3}\u{4}…", "a.tmx:1:1: error: found a zip archive, expected XML"),
    ("hello", "a.tmx:1:1: error: found \"hello\", expected \"<\", the start of XML"),
    (
      "<!DOCTYPE html><html><body/></html>",
      "a.tmx:1:16: error: found <html>, which is an HTML page, expected <tmx>"
    ),
    (
      "<xliff version=\"1.2\"/>",
      "a.tmx:1:1: error: found <xliff>, which is XLIFF, expected <tmx>"
    ),
    ("<TMX/>", "a.tmx:1:1: error: found <TMX>, expected <tmx>: names in TMX are lower case"),
    (
      "<?xml version=\"1.0\" encoding=\"klingon\"?><tmx/>",
      "a.tmx:1:1: error: found the encoding \"klingon\", which is not known; expected a name such as UTF-8, GB18030 or windows-1252"
    ),
  ])
  func `of the whole file stop both modes`(_ text: String, _ message: String) {
    for mode in [ReadOptions.Mode.strict, .lenient] {
      let error = #expect(throws: InterchangeError.self) { try readTMX(text, mode: mode) }
      #expect(error?.description == message)
    }
  }

  @Test func `name an entity that a DOCTYPE declares, and never expand it`() {
    let text = smallTMX(
      [smallUnit("1", "&x;")],
      prologue: "<!DOCTYPE tmx [<!ENTITY x SYSTEM \"file:///etc/passwd\">\n<!ENTITY y \"&x;&x;\">]>"
    )
    let error = #expect(throws: InterchangeError.self) { try readTMX(text) }
    #expect(
      error?.description
        == "a.tmx:5:38: error: found \"&x;\", which XML does not define, expected &amp;, or the character itself (a DOCTYPE is never obeyed) (unit 1, tuid \"1\")"
    )
  }

  @Test func `of too many attributes are found in linear time`() {
    let many = (0..<120_000).map { " q\($0)=\"v\"" }.joined()
    let text = smallTMX(["<tu\(many)><tuv xml:lang=\"en\"><seg>a</seg></tuv></tu>"])
    let clock = ContinuousClock()
    let time = clock.measure {
      let error = #expect(throws: InterchangeError.self) { try readTMX(text) }
      #expect(
        error?.message == "found more than 256 attributes on one element, expected fewer (unit 1)")
    }
    #expect(time < .seconds(3))
  }

  @Test func `behind the end are said, a second document is refused`() throws {
    let text = smallTMX([smallUnit("1", "a")])
    let (_, units, said) = try readTMX(text + "\u{0}\u{0}garbage")
    #expect(units.count == 1)
    #expect(said.map(\.code) == ["after-root"])
    let error = #expect(throws: InterchangeError.self) { try readTMX(text + text) }
    #expect(error?.message == "found a second document behind </tmx>, expected one")
  }

  @Test(arguments: [
    ("<tmx version=\"1.4b\">", "version"), ("<tmx>", "version"),
  ])
  func `that harm nobody are warnings`(_ root: String, _ code: String) throws {
    let text = smallTMX([smallUnit("1", "a")]).replacing("<tmx version=\"1.4\">", with: root)
    let (_, units, said) = try readTMX(text)
    #expect(units.count == 1)
    #expect(said.map(\.code) == [code])
  }

  @Test(arguments: [
    ("<tu gitCommit=\"x\"><tuv xml:lang=\"en\"><seg>a</seg></tuv></tu>", "attribute"),
    ("<tu><tuv xml:lang=\"en_US\"><seg>a</seg></tuv></tu>", "language"),
    ("<tu><tuv lang=\"de\" xml:lang=\"en\"><seg>a</seg></tuv></tu>", "language-twice"),
    ("<tu><tuv xml:lang=\"en\"><seg>a</seg><prop type=\"p\">v</prop></tuv></tu>", "order"),
    ("<tu><prop>v</prop><tuv xml:lang=\"en\"><seg>a</seg></tuv></tu>", "property-type"),
    ("<tu><tuv xml:lang=\"en\"><seg><g id=\"1\">a</g></seg></tuv></tu>", "element"),
    ("<tu><tuv xml:lang=\"en\"><seg><t5:n id=\"1\"/>a</seg></tuv></tu>", "namespace"),
    ("<tu><tuv xml:lang=\"en\"><seg><bpt i=\"1\"/>a</seg></tuv></tu>", "code-pairs"),
    ("<tu>text<tuv xml:lang=\"en\"><seg>a</seg></tuv></tu>", "stray-text"),
  ])
  func `of one unit that can be kept are warnings, and are kept`(
    _ unit: String, _ code: String
  ) throws {
    let (header, units, said) = try readTMX(smallTMX([unit]))
    #expect(said.contains { $0.code == code && $0.severity == .warning })
    #expect(units.count == 1)
    // What was read is written, and reads the same again.
    let written = try writeTMX(header, units)
    #expect(try readTMX(written).units == units)
  }

  @Test func `that come again and again are said once and counted`() throws {
    let unit = "<tu odd=\"x\"><tuv xml:lang=\"en\"><seg>a</seg></tuv></tu>"
    let (_, units, said) = try readTMX(smallTMX(Array(repeating: unit, count: 50)))
    #expect(units.count == 50)
    #expect(
      said.map(\.description) == [
        "a.tmx:4:1: warning: found the attribute odd on <tu>, which TMX does not have; it was kept (unit 1)",
        "a.tmx: warning: attribute odd: 49 more of the same",
      ])
  }

  @Test func `of a character that XML cannot carry stop the writer at its unit`() throws {
    let sink = MemorySink()
    var writer = try TMXWriter(to: sink, header: TMXHeader(sourceLanguage: "en"))
    try writer.write(TranslationUnit(identifier: "1", variants: [Variant("en", "good")]))
    let error = #expect(throws: InterchangeError.self) {
      try writer.write(TranslationUnit(identifier: "2", variants: [Variant("en", "a\u{1F}b")]))
    }
    #expect(
      error?.message
        == "found the character U+001F in unit 2 (tuid \"2\"), which XML cannot carry; expected text"
    )
    try writer.write(TranslationUnit(identifier: "3", variants: [Variant("en", "good")]))
    try writer.finish()
    #expect(try readTMX(sink.text).units.map(\.identifier) == ["1", "3"])
  }
}

@Suite struct `Lines of units` {
  /// A file whose units are longer and shorter than the pieces in which it is read.
  @Test(arguments: [10, 3_000, 70_000, 300_000])
  func `are known however long a unit is`(_ length: Int) throws {
    let text = String(repeating: "The house 房子 la casa. ", count: length / 24 + 1)
    var file = "<tmx version=\"1.4\"><header/><body>\n"
    for number in 0..<20 {
      file += "<tu tuid=\"\(number)\">\n<tuv xml:lang=\"en\"><seg>\(text)</seg></tuv>\n</tu>\n\n"
    }
    file += "</body></tmx>\n"
    let reader = try TMXReader(.text(file))
    var number = 0
    while let unit = try reader.next() {
      #expect(unit.identifier == "\(number)")
      #expect(reader.unitPosition.line == 2 + 4 * number)
      #expect(reader.unitPosition.column == 1)
      number += 1
    }
    #expect(number == 20)
  }
}
