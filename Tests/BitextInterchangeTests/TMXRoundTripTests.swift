import BitextCore
import BitextInterchange
import Testing

/// Reads a TMX text.
func readTMX(
  _ text: String, mode: ReadOptions.Mode = .strict
) throws(InterchangeError) -> (header: TMXHeader?, units: [TranslationUnit], said: [Diagnostic]) {
  var said: [Diagnostic] = []
  let reader = try TMXReader(.text(text, name: "a.tmx"), options: ReadOptions(mode: mode)) {
    said.append($0)
  }
  let units = try reader.remainingUnits()
  return (reader.header, units, said)
}

/// Writes units as a TMX text.
func writeTMX(_ header: TMXHeader?, _ units: [TranslationUnit]) throws(InterchangeError) -> String {
  let sink = MemorySink()
  var writer = try TMXWriter(to: sink, header: header)
  for unit in units { try writer.write(unit) }
  try writer.finish()
  return sink.text
}

/// A TMX whose unit n stands alone on line 4 + n, counted from 0.
func smallTMX(_ units: [String], prologue: String = "") -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  \(prologue)<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" \
  o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/>
  <body>
  \(units.joined(separator: "\n"))
  </body></tmx>

  """
}

/// A unit of English and Chinese on one line.
func smallUnit(_ identifier: String, _ segment: String) -> String {
  "<tu tuid=\"\(identifier)\"><tuv xml:lang=\"en\"><seg>\(segment)</seg></tuv>"
    + "<tuv xml:lang=\"zh\"><seg>你好</seg></tuv></tu>"
}

@Suite struct `TMX round trips` {
  /// Every element and attribute of TMX 1.4b that a unit can have.
  static let complete = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4">
      <header creationtool="Bitext" creationtoolversion="1" segtype="sentence" o-tmf="Bitext" \
    adminlang="en" srclang="en" datatype="plaintext" o-encoding="UTF-8" creationdate="20260131T235959Z" \
    creationid="ana" changedate="20260201T000000Z" changeid="li">
        <note xml:lang="es">Nota del encabezado</note>
        <prop type="x-project">Ñandú &amp; Co.</prop>
        <ude name="own" base="Macintosh">
          <map unicode="#xF8FF" code="#xF0" ent="apple" subst="[Apple]"/>
        </ude>
      </header>
      <body>
        <tu tuid="a-1" datatype="html" usagecount="3" lastusagedate="20260301T120000Z" \
    creationtool="Bitext" creationdate="20260131T235959Z" creationid="ana" segtype="sentence" srclang="en">
          <note>Two remarks,</note>
          <note xml:lang="zh">第二条</note>
          <prop type="x-domain">law</prop>
          <prop type="x-empty"></prop>
          <tuv xml:lang="en" changedate="20260201T000000Z" changeid="li">
            <prop type="x-context">menu</prop>
            <seg>Press <bpt i="1" x="1" type="bold">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept> \
    <ph x="2" assoc="p" type="image">&lt;img alt="<sub datatype="html" type="alt">a cat</sub>"/&gt;</ph> \
    now <it pos="begin" x="3">&lt;i&gt;</it><hi type="term">rights</hi><ut x="4">{\\\\}</ut>.</seg>
          </tuv>
          <tuv xml:lang="zh-Hans">
            <seg>按<bpt i="1" x="1">&lt;b&gt;</bpt>确定<ept i="1">&lt;/b&gt;</ept>。</seg>
          </tuv>
          <tuv xml:lang="ES-mx">
            <seg>  Espacios  &amp; signos &lt;¿?&gt;&#13;
    segunda línea  </seg>
          </tuv>
        </tu>
        <tu>
          <tuv xml:lang="es">
            <seg></seg>
          </tuv>
        </tu>
      </body>
    </tmx>

    """

  @Test func `give the same bytes for a file that uses everything`() throws {
    let (header, units, said) = try readTMX(Self.complete)
    #expect(said.isEmpty)
    let written = try writeTMX(header, units)
    #expect(written == Self.complete)
  }

  @Test func `keep what the file says in the model`() throws {
    let (header, units, _) = try readTMX(Self.complete)
    let unit = try #require(units.first)
    #expect(header?["creationid"] == "ana")
    #expect(header?.userEncodings.first?.maps.count == 1)
    #expect(unit.identifier == "a-1")
    #expect(unit.sourceLanguage == "en")
    #expect(unit.provenance.usageCount == 3)
    #expect(unit.provenance.created?.asWritten == "20260131T235959Z")
    #expect(unit.notes == [Note("Two remarks,"), Note("第二条", language: "zh")])
    #expect(unit.properties.first == Property(name: "x-domain", value: "law"))
    #expect(unit.variants.map(\.language) == ["en", "zh-Hans", "es-MX"])
    #expect(unit.variants[2].languageAsWritten == "ES-mx")
    #expect(unit.variants[2].segment.text == "  Espacios  & signos <¿?>\r\nsegunda línea  ")
    #expect(unit.variants[1].segment.text == "按确定。")
  }

  @Test func `place inline codes by UTF-8 bytes`() throws {
    let (_, units, _) = try readTMX(Self.complete)
    let english = try #require(units.first?.variants.first).segment
    #expect(english.text == "Press OK  now rights.")
    #expect(
      english.codes.map(\.kind) == [
        .open, .close, .standalone, .isolatedOpen, .highlightStart, .highlightEnd, .unknown,
      ])
    #expect(english.codes.map(\.utf8Offset) == [6, 8, 9, 14, 14, 20, 20])
    #expect(
      english.codes[2].content == [
        .data("<img alt=\""),
        .element(
          name: "sub",
          attributes: [
            Attribute(name: "datatype", value: "html"), Attribute(name: "type", value: "alt"),
          ], content: [.data("a cat")]),
        .data("\"/>"),
      ])
    let chinese = try #require(units.first?.variants[1]).segment
    #expect(chinese.codes.map(\.utf8Offset) == [3, 9])
  }

  @Test func `join text that comments, CDATA and pieces cut`() throws {
    let (_, units, _) = try readTMX(
      smallTMX([smallUnit("1", "a<!-- no -->b<![CDATA[ < & ]]>c<?pi x?>d&#x4E2D;")]))
    #expect(units.first?.variants.first?.segment.text == "ab < & cd中")
  }
}
