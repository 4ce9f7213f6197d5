import BitextCore
import BitextInterchange
import Testing

/// Reads the units of a file in memory.
private func units(
  _ text: String, name: String, languages: [LanguageTag] = []
) throws(InterchangeError) -> [TranslationUnit] {
  try FormatReader.open(.text(text, name: name), options: ReadOptions(languages: languages))
    .reader.remainingUnits()
}

private func texts(_ units: [TranslationUnit]) -> [[String]] {
  units.map { $0.variants.map(\.segment.text) }
}

@Suite struct `XLIFF files` {
  private static let version1 = """
    <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
    <file original="a" source-language="en" target-language="zh-CN" datatype="plaintext"><body>
    <trans-unit id="1"><source>Press <g id="1">OK</g><x id="2"/>.</source><target state="translated">按<g id="1">确定</g><x id="2"/>。</target><note>button</note></trans-unit>
    <trans-unit id="2"><source>no target</source></trans-unit>
    <trans-unit id="3"><source>needs work</source><target state="needs-translation">要</target></trans-unit>
    <trans-unit id="4" translate="no"><source>locked</source><target>锁</target></trans-unit>
    <trans-unit id="5"><source>A. B.</source><seg-source><mrk mtype="seg" mid="1">A.</mrk> <mrk mtype="seg" mid="2">B.</mrk></seg-source>\
    <target><mrk mtype="seg" mid="1">甲。</mrk><mrk mtype="seg" mid="2">乙。</mrk></target></trans-unit>
    <group translate="no"><trans-unit id="6"><source>in a locked group</source><target>组</target></trans-unit></group>
    </body></file></xliff>
    """

  @Test func `of version 1 give what is translated, segment by segment`() throws {
    let read = try units(Self.version1, name: "a.xlf")
    #expect(texts(read) == [["Press OK.", "按确定。"], ["A.", "甲。"], ["B.", "乙。"]])
    #expect(read[0].variants.map(\.language) == ["en", "zh-CN"])
    #expect(read[0].notes == [Note("button")])
    #expect(read[0].variants[0].segment.codes.map(\.kind) == [.open, .close, .standalone])
    #expect(read[0].variants[1].segment.codes.map(\.utf8Offset) == [3, 9, 9])
  }

  @Test func `of version 2 give segments with their native codes`() throws {
    let text = """
      <xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="es">
      <file id="f"><unit id="u"><originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data></originalData>
      <segment state="final"><source>A <pc id="1" dataRefStart="d1" dataRefEnd="d2">bold</pc> word</source>\
      <target>Una palabra <pc id="1" dataRefStart="d1" dataRefEnd="d2">negrita</pc></target></segment>
      <segment state="initial"><source>later</source><target>luego</target></segment></unit></file></xliff>
      """
    let read = try units(text, name: "a.xlf")
    #expect(texts(read) == [["A bold word", "Una palabra negrita"]])
    #expect(read[0].variants[0].segment.codes.map(\.content) == [[.data("<b>")], [.data("</b>")]])
    // In TMX they become a pair.
    let tmx = try writeTMX(TMXHeader(sourceLanguage: "en"), read)
    #expect(
      tmx.contains("A <bpt i=\"1\" x=\"1\">&lt;b&gt;</bpt>bold<ept i=\"1\">&lt;/b&gt;</ept> word"))
  }

  @Test(arguments: XLIFFWriter.Version.allCases)
  func `that we write are read as the same text`(_ version: XLIFFWriter.Version) throws {
    let read = try readTMX(TMXRoundTripSample.text).units
    let sink = MemorySink()
    var writer = XLIFFWriter(
      to: sink, version: version, pair: TranslationDirection(source: "en", target: "zh-Hans"))
    for unit in read { try writer.write(unit) }
    try writer.finish()
    let again = try units(sink.text, name: "a.xlf")
    #expect(texts(again) == [["Press OK  now rights.", "按确定。"]])
    #expect(again[0].identifier == "a-1")
    #expect(
      writer.losses.lines(format: "XLIFF").contains { $0.hasPrefix("lost: 1 units without both") })
  }
}

@Suite struct `PO files` {
  private static let text = """
    # header
    msgid ""
    msgstr ""
    "Language: es\\n"
    "Content-Type: text/plain; charset=UTF-8\\n"

    #. for translators
    #: src/a.c:12
    msgctxt "menu"
    msgid "Open the file."
    msgstr "Abra el archivo."

    #, fuzzy
    msgid "fuzzy"
    msgstr "difuso"

    msgid "empty"
    msgstr ""

    msgid "%d file"
    msgid_plural "%d files"
    msgstr[0] "%d archivo"
    msgstr[1] "%d archivos"

    msgid "Two\\n"
    "lines\\t\\"x\\""
    msgstr "Dos\\nlíneas\\t\\"x\\""

    #~ msgid "old"
    #~ msgstr "viejo"

    """

  @Test func `give what is translated, with context and comments`() throws {
    let read = try units(Self.text, name: "messages.po")
    #expect(
      texts(read) == [
        ["Open the file.", "Abra el archivo."], ["%d file", "%d archivo"],
        ["%d files", "%d archivos"], ["Two\nlines\t\"x\"", "Dos\nlíneas\t\"x\""],
      ])
    #expect(read[0].variants.map(\.language) == ["en", "es"])
    #expect(
      read[0].properties == [
        Property(name: "x-context", value: "menu"),
        Property(name: "x-reference", value: "src/a.c:12"),
      ])
    #expect(read[0].notes == [Note("for translators")])
  }

  @Test func `that we write are read as the same units`() throws {
    let read = try units(Self.text, name: "messages.po")
    let sink = MemorySink()
    var writer = POWriter(to: sink, pair: TranslationDirection(source: "en", target: "es"))
    for unit in read { try writer.write(unit) }
    try writer.finish()
    #expect(try units(sink.text, name: "messages.po") == read)
  }

  @Test(arguments: [
    (
      "msgid \"a\"\nmsgstr \"never closed\n",
      "a.po:2:1: error: found a string that is never closed, expected \""
    ),
    (
      "msgid \"a\"\nmsgfoo \"b\"\n",
      "a.po:2:1: error: found \"msgfoo\", expected msgctxt, msgid, msgid_plural or msgstr"
    ),
    ("msgstr \"b\"\n", "a.po:1:1: error: found msgstr without a msgid, expected one before it"),
    (
      "msgid \"a\"\nmsgstr[99999999] \"b\"\n",
      "a.po:2:1: error: found the plural form 99999999, expected one below 64"
    ),
  ])
  func `that are damaged are refused with the line`(_ text: String, _ message: String) {
    let error = #expect(throws: InterchangeError.self) { try units(text, name: "a.po") }
    #expect(error?.description == message)
  }
}

@Suite struct `Glossaries of two languages` {
  @Test func `in UTX keep status and part of speech`() throws {
    let text =
      "#UTX 1.11; en/es; 2026-01-31; license: CC0\n#src\ttgt\tsrc:pos\tterm status\tconcept ID\n"
      + "privacy\tprivacidad\tnoun\tapproved\tc1\nprivacy\tintimidad\tnoun\tforbidden\tc1\nnet\t-\tnoun\t-\tc2\n"
    let concepts = try GlossaryReader().read(.text(text, name: "a.utx"))
    #expect(concepts.map(\.identifier) == ["c1", "c2"])
    #expect(concepts[0].terms(in: "es").map(\.text) == ["privacidad", "intimidad"])
    #expect(concepts[0].terms(in: "es").map(\.status) == [.preferred, .forbidden])
    #expect(concepts[0].terms(in: "en").map(\.partOfSpeech) == ["noun"])
  }

  @Test(arguments: PairTableWriter.Format.allCases)
  func `that we write are read as the same terms`(_ format: PairTableWriter.Format) throws {
    let concept = ConceptEntry(
      identifier: "c1",
      terms: [Term("en", "privacy"), Term("zh", "隐私"), Term("zh", "私隐", status: .admitted)],
      notes: [Note("a note")])
    let sink = MemorySink()
    var writer = PairTableWriter(
      to: sink, format: format, pair: TranslationDirection(source: "en", target: "zh"))
    try writer.write(TranslationUnit(concept))
    try writer.finish()
    let read = try units(
      sink.text, name: format == .utx ? "a.utx" : "a.txt", languages: ["en", "zh"])
    #expect(texts(read) == [["privacy", "隐私"], ["privacy", "私隐"]])
    #expect(read[0].notes == [Note("a note")])
  }
}

@Suite struct `Formats` {
  @Test(
    arguments: [
      ("a.tmx", .tmx), ("dir.d/a.TMX.gz", .tmx), ("a.sdlxliff", .xliff), ("a.po", .po),
      ("a.tab", .tsv), ("Localizable.xcstrings", .xcstrings), ("a", nil), ("a.bin", nil),
    ] as [(String, FileFormat?)])
  func `are known by name`(_ name: String, _ format: FileFormat?) {
    #expect(FileFormat(fileName: name) == format)
  }

  @Test(
    arguments: [
      ("<?xml version='1.0'?><!-- x --><tmx version=\"1.4\"><body/></tmx>", .tmx),
      ("<martif><text/></martif>", .tbx2), ("<tbx style=\"dct\"/>", .tbxDCT),
      ("<xliff version=\"2.1\"/>", .xliff2), ("<xliff version=\"1.2\"/>", .xliff),
      ("#UTX 1.11; en/es;\n", .utx), ("msgid \"\"\nmsgstr \"\"\n", .po), ("en\tes\na\tb\n", .tsv),
    ] as [(String, FileFormat)])
  func `are known by content where the name says nothing`(_ text: String, _ format: FileFormat)
    throws
  {
    #expect(try FormatReader.open(.text(text, name: "file")).format == format)
  }

  @Test func `that contradict the name are refused`() {
    let error = #expect(throws: InterchangeError.self) {
      try FormatReader.open(.text("<xliff version=\"1.2\"/>", name: "a.tmx"))
    }
    #expect(
      error?.description
        == "a.tmx:1:1: error: found XLIFF 1.2, expected TMX as the file's name says")
  }
}
