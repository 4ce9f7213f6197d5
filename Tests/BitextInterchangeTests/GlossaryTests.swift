import BitextCore
import BitextInterchange
import Testing

@Suite struct `Glossaries` {
  private static let tmx = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4">
      <header creationtool="Bitext" creationtoolversion="1" segtype="phrase" o-tmf="Bitext" \
    adminlang="en" srclang="en" datatype="plaintext"/>
      <body>
        <tu tuid="c1">
          <note>after Hobbes</note>
          <prop type="x-subjectField">governance</prop>
          <prop type="x-definition" xml:lang="en">A state beyond restraint.</prop>
          <tuv xml:lang="en">
            <prop type="x-partOfSpeech">noun</prop>
            <prop type="x-administrativeStatus">preferredTerm-admn-sts</prop>
            <seg>digital Leviathan</seg>
          </tuv>
          <tuv xml:lang="zh">
            <prop type="x-administrativeStatus">preferredTerm-admn-sts</prop>
            <seg>数字利维坦</seg>
          </tuv>
          <tuv xml:lang="zh">
            <note>older</note>
            <prop type="x-administrativeStatus">admitted</prop>
            <seg>数码利维坦</seg>
          </tuv>
          <tuv xml:lang="es">
            <prop type="x-grammaticalGender">masculine</prop>
            <seg>Leviatán digital</seg>
          </tuv>
        </tu>
      </body>
    </tmx>

    """

  @Test func `in TMX become concepts with their terms`() throws {
    let concepts = try GlossaryReader().read(.text(Self.tmx, name: "a.tmx"))
    let concept = try #require(concepts.first)
    #expect(concepts.count == 1)
    #expect(concept.identifier == "c1")
    #expect(concept.subjectField == "governance")
    #expect(concept.definition == "A state beyond restraint.")
    #expect(concept.definitionLanguage == "en")
    #expect(concept.notes == [Note("after Hobbes")])
    #expect(concept.terms(in: "zh").map(\.text) == ["数字利维坦", "数码利维坦"])
    #expect(concept.terms.map(\.status) == [.preferred, .preferred, .admitted, .preferred])
    #expect(concept.terms[0].partOfSpeech == "noun")
    #expect(
      concept.terms[3].properties == [Property(name: "x-grammaticalGender", value: "masculine")])
  }

  @Test func `give the terms of one language to a segmenter`() throws {
    #expect(
      try GlossaryReader.terms(.text(Self.tmx, name: "a.tmx"), in: "zh-Hant")
        == ["数字利维坦", "数码利维坦"])
    let table = "en\tzh\tes-MX\nprivacy\t隐私\tprivacidad\nprivacy\t私隐\tintimidad\n"
    #expect(try GlossaryReader.terms(.text(table, name: "t.tsv"), in: "en") == ["privacy"])
    #expect(try GlossaryReader.terms(.text(table, name: "t.tsv"), in: "zh") == ["隐私", "私隐"])
    #expect(
      try GlossaryReader.terms(.text(table, name: "t.tsv"), in: "es") == [
        "privacidad", "intimidad",
      ])
    // One column is enough, with a header or without.
    #expect(try GlossaryReader.terms(.text("zh\n隐私\n", name: "t.tsv"), in: "zh") == ["隐私"])
    for name in ["t.tsv", "t.txt"] {
      #expect(
        try GlossaryReader.terms(.text("隐私\n数字利维坦\n", name: name), in: "zh") == ["隐私", "数字利维坦"])
    }
    #expect(
      try GlossaryReader.terms(.text("state of the art\nart\n", name: "t.txt"), in: "en")
        == ["state of the art", "art"])
  }

  @Test func `without a term in the language say which languages they have`() {
    let table = "en\tzh\nprivacy\t隐私\n"
    #expect {
      try GlossaryReader.terms(.text(table, name: "t.tsv"), in: "es")
    } throws: { error in
      "\(error)" == "t.tsv: error: found terms in en, zh, expected some in es"
    }
  }

  @Test func `come back as the units they were`() throws {
    let (header, units, _) = try readTMX(Self.tmx)
    let concepts = try GlossaryReader().read(.text(Self.tmx, name: "a.tmx"))
    #expect(concepts.map { TranslationUnit($0) } == units)
    #expect(try writeTMX(header, concepts.map { TranslationUnit($0) }) == Self.tmx)
  }

  @Test func `survive a table with synonyms, status and notes`() throws {
    let sink = MemorySink()
    var writer = CSVWriter(to: sink)
    for concept in try GlossaryReader().read(.text(Self.tmx, name: "a.tmx")) {
      try writer.write(TranslationUnit(concept))
    }
    try writer.finish()
    #expect(
      sink.text == """
        concept,en,en:pos,en:status,zh,zh:status,zh:note,es,es:x-grammaticalGender,subject,definition,concept:note\r
        c1,digital Leviathan,noun,preferredTerm-admn-sts,数字利维坦 | 数码利维坦,preferredTerm-admn-sts | admitted,\" | older\",\
        Leviatán digital,masculine,governance,A state beyond restraint.,after Hobbes\r

        """)
    #expect(
      writer.losses.lines(format: "CSV") == [
        "lost: 1 languages of notes and properties (CSV has no place for them)"
      ])
    let read = try GlossaryReader().read(.bytes(sink.bytes, name: "a.csv"))
    var expected = try GlossaryReader().read(.text(Self.tmx, name: "a.tmx"))
    expected[0].definitionLanguage = nil
    #expect(read == expected)
  }

  @Test(
    arguments: [
      ("preferredTerm-admn-sts", .preferred), ("Preferred", .preferred), ("approved", .preferred),
      ("admittedTerm-admn-sts", .admitted), ("provisional", .admitted),
      ("notRecommended", .deprecated),
      ("supersededTerm-admn-sts", .deprecated), ("non-standard", .deprecated),
      ("forbidden", .forbidden), ("Draft", nil), ("", nil),
    ] as [(String, TermStatus?)])
  func `spell a status in many ways`(_ spelling: String, _ status: TermStatus?) {
    #expect(TermStatus(spelling: spelling) == status)
  }

  private struct Table: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var languages: [LanguageTag] = []
    let terms: [[String]]
    let why: String
    var testDescription: String { why }
  }

  private static let tables = [
    Table(
      name: "a.csv", text: "en,zh-CN,es\r\n\"rule, law\",法治,Estado de derecho\r\n",
      terms: [["rule, law", "法治", "Estado de derecho"]], why: "commas, quotes, CR LF"),
    Table(
      name: "a.csv", text: "\u{FEFF}en;es\n\"say \"\"no\"\"\";\"dos\nlíneas\"\n",
      terms: [["say \"no\"", "dos\nlíneas"]],
      why: "semicolons, a mark, quotes and a line break inside"),
    Table(
      name: "a.tsv", text: "en\tzh\na\\tb\\n\\\\c\t甲\n", terms: [["a\tb\n\\c", "甲"]],
      why: "tabs and backslashes"),
    Table(
      name: "a.txt", text: "# comment\nprivacy\t隐私\tlegal\nalone\n", languages: ["en", "zh"],
      terms: [["privacy", "隐私"]], why: "OmegaT: comments, no header, rows without a target left out"
    ),
    Table(
      name: "words.tsv", text: "zh\n数字利维坦\n人权\n", terms: [["数字利维坦"], ["人权"]],
      why: "one column is enough"),
    Table(
      name: "a.csv", text: "forbidden,domain,en-US,Notes,es-ES\nx,law,hit man,slang,sicario\n",
      terms: [["hit man", "sicario"]], why: "columns before and between the languages"),
  ]

  @Test(arguments: tables)
  private func `are read from tables`(_ table: Table) throws {
    let concepts = try GlossaryReader(options: ReadOptions(languages: table.languages))
      .read(.text(table.text, name: table.name))
    #expect(concepts.map { $0.terms.map(\.text) } == table.terms)
  }

  @Test func `give columns to the concept or to the language at their left`() throws {
    let concept = try #require(
      GlossaryReader().read(
        .text("forbidden,domain,en-US,Notes,es-ES\nx,law,hit man,slang,sicario\n", name: "a.csv")
      ).first)
    #expect(concept.subjectField == "law")
    #expect(concept.terms[0].notes == [Note("slang")])
    #expect(concept.terms.map(\.status) == [.forbidden, .forbidden])
  }

  @Test(arguments: [
    (
      "a.csv", "en,es\na,b\nonly one\nc,d\n",
      "a.csv:3:1: error: found a row of 1 cells, expected 2 as in the first row"
    ),
    (
      "a.csv", "en,es\nuno,\"dos\ntres\n",
      "a.csv:2:5: error: found a \" that is never closed, expected another \""
    ),
    ("a.csv", "", "a.csv:1:1: error: found an empty file, expected a table"),
    (
      "a.csv", "hello,hola\nworld,mundo\n",
      "a.csv:1:1: error: found no header of language tags (\"hello, hola\"), expected one such as en,es, or the languages of the columns"
    ),
    ("a.csv", "PK\u{3}\u{4}zip", "a.csv:1:1: error: found a zip archive, expected a table"),
  ])
  func `are refused with the place of what is wrong`(
    _ name: String, _ text: String, _ message: String
  ) {
    let error = #expect(throws: InterchangeError.self) {
      try GlossaryReader().read(.text(text, name: name))
    }
    #expect(error?.description == message)
  }
}
