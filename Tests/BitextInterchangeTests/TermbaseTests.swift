import BitextCore
import BitextInterchange
import Testing

@Suite struct `Termbases` {
  private static let v3 = """
    <?xml version="1.0" encoding="UTF-8"?>
    <tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
      <tbxHeader>
        <fileDesc>
          <sourceDesc>
            <p>Bitext</p>
          </sourceDesc>
        </fileDesc>
      </tbxHeader>
      <text>
        <body>
          <conceptEntry id="c1">
            <descrip type="subjectField">governance</descrip>
            <descripGrp>
              <descrip type="context">seen in print</descrip>
              <admin type="source">a book</admin>
            </descripGrp>
            <transacGrp>
              <transac type="transactionType">origination</transac>
              <date>2026-01-31</date>
              <transacNote type="responsibility">Ana</transacNote>
            </transacGrp>
            <note>after Hobbes</note>
            <langSec xml:lang="en">
              <descrip type="definition">A state beyond restraint.</descrip>
              <termSec>
                <term>digital Leviathan</term>
                <termNote type="partOfSpeech">noun</termNote>
                <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
              </termSec>
            </langSec>
            <langSec xml:lang="zh-CN">
              <termSec>
                <term>数字利维坦</term>
              </termSec>
              <termSec>
                <term>数码利维坦</term>
                <termNote type="administrativeStatus">notRecommended</termNote>
                <note>older</note>
              </termSec>
            </langSec>
            <langSec xml:lang="es">
              <termSec>
                <term>Leviatán digital</term>
                <termNote type="grammaticalGender">masculine</termNote>
                <admin type="source">a paper</admin>
              </termSec>
            </langSec>
          </conceptEntry>
        </body>
      </text>
    </tbx>

    """

  private static let v2 = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
    <martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc>
    </martifHeader><text><body>
    <termEntry id="c1"><descrip type="subjectField">law</descrip>
      <langSet xml:lang="en"><tig><term>privacy</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>
      <langSet xml:lang="zh"><ntig><termGrp><term>隐私</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
    </termEntry>
    </body></text></martif>
    """

  private func read(_ text: String) throws(InterchangeError) -> [ConceptEntry] {
    try GlossaryReader().read(.text(text, name: "a.tbx"))
  }

  private func write(_ concepts: [ConceptEntry], _ style: TBXWriter.Style) throws -> String {
    let sink = MemorySink()
    var writer = TBXWriter(to: sink, style: style)
    for concept in concepts { try writer.write(concept) }
    try writer.finish()
    return sink.text
  }

  @Test func `are read on all three levels`() throws {
    let concept = try #require(read(Self.v3).first)
    #expect(concept.identifier == "c1")
    #expect(concept.subjectField == "governance")
    #expect(concept.notes == [Note("after Hobbes")])
    #expect(
      concept.properties.map(\.name) == [
        "x-context", "x-source", "x-transactionType", "x-date", "x-responsibility",
      ])
    #expect(concept.languages.map(\.language) == ["en"])
    #expect(concept.languages.first?.properties.first?.value == "A state beyond restraint.")
    #expect(
      concept.terms.map(\.text) == ["digital Leviathan", "数字利维坦", "数码利维坦", "Leviatán digital"])
    #expect(concept.terms.map(\.status) == [.preferred, .preferred, .deprecated, .preferred])
    #expect(concept.terms[0].partOfSpeech == "noun")
  }

  @Test func `come back byte for byte`() throws {
    #expect(try write(read(Self.v3), .dca) == Self.v3)
  }

  @Test(arguments: TBXWriter.Style.allCases)
  func `say the same in every style`(_ style: TBXWriter.Style) throws {
    let concepts = try read(Self.v3)
    let written = try write(concepts, style)
    #expect(try read(written) == concepts)
    #expect(try write(read(written), style) == written)
  }

  @Test func `of version 2 are read with tig and ntig`() throws {
    let concept = try #require(read(Self.v2).first)
    #expect(concept.terms.map(\.text) == ["privacy", "隐私"])
    #expect(concept.terms.map(\.partOfSpeech) == ["noun", "noun"])
    #expect(concept.subjectField == "law")
  }

  @Test func `become units of a memory and concepts again`() throws {
    let concepts = try read(Self.v2)
    let units = concepts.map { TranslationUnit($0) }
    #expect(units[0].variants.map(\.segment.text) == ["privacy", "隐私"])
    #expect(units.map { ConceptEntry($0, fallbackIdentifier: "?") } == concepts)
  }

  @Test func `with an identifier that XML does not allow are written with one that it does`() throws
  {
    let concepts = [
      ConceptEntry(identifier: "1-a", terms: [Term("en", "one")]),
      ConceptEntry(identifier: "x", terms: [Term("en", "two")]),
      ConceptEntry(identifier: "x", terms: [Term("en", "three")]),
    ]
    let sink = MemorySink()
    var writer = TBXWriter(to: sink)
    for concept in concepts { try writer.write(concept) }
    try writer.finish()
    #expect(try read(sink.text).map(\.identifier) == ["c1-a", "x", "x-2"])
    #expect(
      writer.losses.lines(format: "TBX") == [
        "lost: 2 concept ids that XML does not allow (TBX has no place for them)"
      ])
  }

  @Test func `that are damaged are refused with a place, or cost one concept`() throws {
    let damaged = Self.v2.replacing("</ntig>", with: "")
    let error = #expect(throws: InterchangeError.self) { try read(damaged) }
    #expect(error?.place == "a.tbx:7:111")
    #expect(error?.message == "found </langSet>, expected </ntig> (unit 1, tuid \"c1\")")
    let entries = (0..<5).map { number in
      "<termEntry id=\"t\(number)\"><langSet xml:lang=\"en\"><tig><term>w\(number)\(number == 2 ? "&bad;<" : "")</term></tig></langSet></termEntry>"
    }
    let text = "<martif><text><body>\n\(entries.joined(separator: "\n"))\n</body></text></martif>"
    let concepts = try GlossaryReader(options: ReadOptions(mode: .lenient))
      .read(.text(text, name: "a.tbx"))
    #expect(concepts.map(\.identifier) == ["t0", "t1", "t3", "t4"])
  }

  @Test func `cut anywhere never give a silent half`() {
    let bytes = Array(Self.v3.utf8)
    for length in stride(from: 0, to: bytes.count - 8, by: 7) {
      #expect(throws: InterchangeError.self, "cut at \(length)") {
        try GlossaryReader(format: .tbx).read(.bytes(Array(bytes[..<length]), name: "a.tbx"))
      }
    }
  }
}
